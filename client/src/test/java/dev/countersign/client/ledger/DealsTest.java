package dev.countersign.client.ledger;

import static dev.countersign.client.ledger.TillFixture.GIN;
import static dev.countersign.client.ledger.TillFixture.NOON;
import static dev.countersign.client.ledger.TillFixture.SUPERVISOR;
import static dev.countersign.client.ledger.TillFixture.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.flow.Amending;
import dev.countersign.client.flow.Parking;
import dev.countersign.client.flow.Running;
import dev.countersign.client.flow.ScanOutcome;
import dev.countersign.client.flow.Selling;
import dev.countersign.client.launch.TestClock;
import dev.countersign.common.catalogue.PriceList;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.money.Money;
import dev.countersign.common.permission.Role;
import dev.countersign.common.promotion.Caps;
import dev.countersign.common.promotion.Coupon;
import dev.countersign.common.promotion.Dated;
import dev.countersign.common.promotion.Offer;
import dev.countersign.common.promotion.Promotion;
import dev.countersign.common.promotion.Promotions;
import dev.countersign.common.promotion.Selection;
import dev.countersign.common.promotion.Terms;
import dev.countersign.common.promotion.Validity;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody.PriceListItem;
import dev.countersign.common.protocol.FeedBody.PromotionItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.Discount;
import dev.countersign.common.sale.PricedBasket;
import dev.countersign.common.sale.Settlement;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promotions and price lists that come by the feed, are written here, and count at the till. */
class DealsTest {
  private static final Actor MANAGER = new Actor(SUPERVISOR, null, NOON);
  private static final UUID PROMOTION = new UUID(7, 7);
  private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);
  private static final String GIN_CODE = "088004017309";

  @TempDir Path temp;
  private @Nullable TillFixture device;
  private long cursor = 10;

  @AfterEach
  void close() {
    if (device != null) {
      device.close();
    }
  }

  /** A tenth off all gin. */
  static Promotion tenth(int version) {
    return gin(version, null);
  }

  private static Promotion gin(int version, @Nullable Coupon coupon) {
    return new Promotion(
        "Gin week",
        version,
        5,
        false,
        true,
        Terms.of(new Offer.PercentOff(1000)),
        Selection.ofCategories("Gin"),
        Caps.NONE,
        coupon,
        Validity.from(LocalDate.of(2026, 3, 1), null));
  }

  static PriceList staff(int version) {
    return new PriceList(
        "Staff",
        version,
        LocalDate.of(2026, 3, 1),
        null,
        List.of(new PriceList.ListedPrice(GIN, 1200)));
  }

  private TillFixture open(DeviceKind kind) throws Exception {
    TillFixture opened = TillFixture.in(temp, kind);
    device = opened;
    hear(opened, TillFixture.user(1, SUPERVISOR, "Supervisor Two", Role.MANAGER));
    return opened;
  }

  private void hear(TillFixture here, FeedItem... items) throws Exception {
    cursor++;
    here.device().replica().apply(new FeedPage(TillFixture.EPOCH, cursor, false, List.of(items)));
  }

  private static List<Dated> promotions(TillFixture here) {
    return here.device().deals().promotions();
  }

  @Test
  void whatWasWrittenHereShowsAtOnceAndStaysThroughASnapshot() throws Exception {
    TillFixture office = open(DeviceKind.OFFICE);
    office.ledger().writePromotion(MANAGER, PROMOTION, tenth(1));
    office.ledger().writePriceList(MANAGER, PROMOTION, staff(1));
    assertThat(promotions(office)).containsExactly(new Dated(PROMOTION, tenth(1)));
    List<FeedItem> snapshot = new ArrayList<>(TillFixture.feed());
    office
        .device()
        .replica()
        .replaceAll(new FeedPage(TillFixture.EPOCH, 40, false, List.of()), snapshot.iterator());
    office.reopen();
    assertThat(promotions(office)).containsExactly(new Dated(PROMOTION, tenth(1)));
    assertThat(office.device().deals().priceLists()).containsEntry(PROMOTION, staff(1));
  }

  @Test
  void whatCountsStaysAndWhatDoesNotIsGone() throws Exception {
    TillFixture office = open(DeviceKind.OFFICE);
    office.ledger().writePromotion(MANAGER, PROMOTION, tenth(1));
    office.acknowledge(NOON, Verdict.ACCEPTED, "");
    assertThat(promotions(office)).as("before the feed says so").hasSize(1);
    office.ledger().writePromotion(MANAGER, PROMOTION, gin(2, new Coupon("GIN10", 1)));
    hear(office, FeedItem.of(2, PROMOTION, new PromotionItem(tenth(2))));
    office.acknowledge(NOON, Verdict.SUPERSEDED, "superseded-version");
    assertThat(promotions(office)).containsExactly(new Dated(PROMOTION, tenth(2)));
    hear(office, new FeedItem(3, "promotion", PROMOTION, true, null));
    assertThat(promotions(office)).isEmpty();
  }

  @Test
  void whatWasRefusedIsOffNoBasketAnyMore() throws Exception {
    TillFixture till = open(DeviceKind.TILL);
    till.ledger().writePromotion(MANAGER, PROMOTION, tenth(1));
    Selling selling = till.selling();
    selling.scan(GIN_CODE);
    assertThat(selling.running().priced().total()).isEqualTo(Money.of(1395, USD));
    till.acknowledge(NOON, Verdict.QUARANTINED, "malformed");
    assertThat(selling.running().priced().total()).isEqualTo(Money.of(1550, USD));
  }

  @Test
  void onlyTheVersionAfterTheOneThatIsShownIsWritten() throws Exception {
    TillFixture office = open(DeviceKind.OFFICE);
    for (int wrong : new int[] {0, 2}) {
      assertThatThrownBy(() -> office.ledger().writePromotion(MANAGER, PROMOTION, tenth(wrong)))
          .isInstanceOf(ActRefusedException.class);
    }
    assertThatThrownBy(
            () ->
                office
                    .ledger()
                    .writePromotion(MANAGER, PROMOTION, gin(1, new Coupon("4111111111111111", 1))))
        .hasMessage("CARD_NUMBER");
    assertThat(office.device().outbox().state().waiting()).isZero();
  }

  @Test
  void aPromotionIsOffTheBasketAndNamedInTheSale() throws Exception {
    TillFixture till = open(DeviceKind.TILL);
    till.openShift();
    hear(
        till,
        FeedItem.of(2, PROMOTION, new PromotionItem(tenth(1))),
        FeedItem.of(3, PROMOTION, new PriceListItem(staff(1))));
    Selling selling = till.selling();
    selling.scan(GIN_CODE);
    PricedBasket priced =
        selling.scan("080480280024") instanceof ScanOutcome.Added added
            ? added.running().priced()
            : selling.running().priced();
    assertThat(priced.total()).isEqualTo(Money.of(1550 - 155 + 1999, USD));
    Settlement.Settled paid =
        (Settlement.Settled)
            Settlement.of(priced.total(), List.of(new CashTender(priced.total())), null);
    // A cashier alone: nobody gave this discount, so nobody is asked.
    SaleCompleted sale =
        till.ledger()
            .complete(
                TillFixture.cashier(),
                new SaleDraft(selling.running().basket(), priced, paid, TillFixture.DAY, null))
            .body();
    assertThat(sale.lines().getFirst().off())
        .containsExactly(
            new SaleCompleted.Off(
                "Gin week", null, 155, false, new SaleCompleted.Promised(PROMOTION, 1)));
    assertThat(sale.lines().getLast().off()).isEmpty();
  }

  /** Shown before any goods by somebody who left: it is not the next customer's. */
  @Test
  void aCouponWithoutGoodsGoesWithTheSaleAndOneThatIsTypedIsNoProduct() throws Exception {
    TillFixture till = open(DeviceKind.TILL);
    hear(till, FeedItem.of(2, PROMOTION, new PromotionItem(gin(1, new Coupon("GIN", 1)))));
    Selling selling = till.selling();
    assertThat(selling.typed("gin")).isInstanceOf(ScanOutcome.CouponShown.class);
    selling.discard(TillFixture.CASHIER, null);
    selling.scan(GIN_CODE);
    assertThat(selling.running().priced().total()).isEqualTo(Money.of(1550, USD));
  }

  /** It was the sale's last second: the customer hears of it, once, before paying. */
  @Test
  void whatEndsWhileTheSaleRunsIsSaidBeforeItIsPaid() throws Exception {
    TillFixture till = open(DeviceKind.TILL);
    Promotion was = tenth(1);
    Validity untilNoon =
        new Validity(was.validity().from(), null, List.of(), 0, 12 * 60, List.of());
    hear(
        till,
        FeedItem.of(
            2,
            PROMOTION,
            new PromotionItem(
                new Promotion(
                    "Morning gin",
                    1,
                    5,
                    false,
                    true,
                    was.terms(),
                    was.goods(),
                    Caps.NONE,
                    null,
                    untilNoon))));
    TestClock clock = new TestClock(NOON.minusSeconds(120));
    Selling selling = till.selling(clock);
    selling.scan(GIN_CODE);
    Running shown = selling.running();
    assertThat(shown.total()).isEqualTo(Money.of(1395, USD));
    assertThat(selling.isAsShown(shown)).isTrue();
    clock.forward(Duration.ofMinutes(3));
    assertThat(selling.isAsShown(shown)).isFalse();
    assertThat(selling.isOvertaken(shown)).as("who looks for their purse").isFalse();
    clock.forward(Duration.ofMinutes(20));
    assertThat(selling.isOvertaken(shown)).isTrue();
    Running now = selling.current(shown);
    assertThat(now.total()).isEqualTo(Money.of(1550, USD));
    assertThat(now.former()).isEqualTo(shown.total());
    assertThat(selling.running().former()).as("said once").isNull();

    // Set back, the clock brings no morning back: the server has said what time it is.
    till.ledger().writePromotion(MANAGER, new UUID(8, 9), tenth(1));
    till.acknowledge(NOON.plusSeconds(60), Verdict.QUARANTINED, "malformed");
    clock.set(NOON.minusSeconds(3_600));
    assertThat(selling.running().total()).isEqualTo(Money.of(1550, USD));
  }

  @Test
  void aDiscountThatCostsTheCustomerAPromotionIsRefused() throws Exception {
    TillFixture till = open(DeviceKind.TILL);
    Promotion was = tenth(1);
    hear(
        till,
        FeedItem.of(
            2,
            PROMOTION,
            new PromotionItem(
                new Promotion(
                    "Full price alone",
                    1,
                    5,
                    false,
                    false,
                    was.terms(),
                    was.goods(),
                    Caps.NONE,
                    null,
                    was.validity()))));
    Selling selling = till.selling();
    Amending amending =
        new Amending(selling, till.device().users(), Clock.fixed(NOON, ZoneOffset.UTC));
    selling.scan(GIN_CODE);
    Discount cents = new Discount.AmountOff(Money.of(10, USD), "dented");
    assertThatThrownBy(() -> amending.discount(TillFixture.CASHIER, SUPERVISOR, 1, cents))
        .hasMessage("DEARER");
    assertThat(selling.running().total()).isEqualTo(Money.of(1395, USD));
    Discount half = new Discount.PercentOff(BigDecimal.valueOf(50), "dented");
    amending.discount(TillFixture.CASHIER, SUPERVISOR, 1, half);
    assertThat(selling.running().total()).isEqualTo(Money.of(775, USD));
  }

  @Test
  void couponsAreTakenBack() throws Exception {
    TillFixture till = open(DeviceKind.TILL);
    hear(till, FeedItem.of(2, PROMOTION, new PromotionItem(gin(1, new Coupon("GIN10", 1)))));
    Selling selling = till.selling();
    selling.scan(GIN_CODE);
    selling.scan("GIN10");
    Amending amending =
        new Amending(selling, till.device().users(), Clock.fixed(NOON, ZoneOffset.UTC));
    assertThat(amending.withoutCoupons().total()).isEqualTo(Money.of(1550, USD));
    assertThat(selling.scan("GIN10")).isInstanceOf(ScanOutcome.CouponShown.class);
  }

  /** Nothing was rung up yet: it survives a power cut, and stands in nobody's way. */
  @Test
  void aCouponWithoutGoodsIsKeptAndIsNoSaleYet() throws Exception {
    TillFixture till = open(DeviceKind.TILL);
    till.openShift();
    hear(till, FeedItem.of(2, PROMOTION, new PromotionItem(gin(1, new Coupon("GIN10", 1)))));
    till.selling().scan("GIN10");
    till.reopen();
    Selling again = till.selling();
    assertThat(again.running().basket().coupons()).containsExactly("GIN10");
    again.scan(GIN_CODE);
    var parking = new Parking(again, till.device().parked(), till.device().users());
    parking.park(TillFixture.CASHIER, null, "Ada");
    again.scan("GIN10");
    UUID parked = till.device().parked().list().getFirst().id();
    parking.recall(TillFixture.CASHIER, null, parked);
    assertThat(again.running().items()).isEqualTo(1);
    assertThat(till.device().parked().count()).as("an empty one was not parked").isZero();
    again.discard(TillFixture.CASHIER, SUPERVISOR);
    again.scan("GIN10");
    till.ledger().closeShift(TillFixture.cashier(), Money.of(10_000, USD));
    again.discard(TillFixture.CASHIER, null);
    till.reopen();
    assertThat(till.selling().running().basket().isUntouched()).isTrue();
  }

  @Test
  void aCouponIsScannedAndSurvivesARestart() throws Exception {
    TillFixture till = open(DeviceKind.TILL);
    hear(till, FeedItem.of(2, PROMOTION, new PromotionItem(gin(1, new Coupon("GIN10", 1)))));
    Selling selling = till.selling();
    selling.scan(GIN_CODE);
    assertThat(selling.running().priced().total()).isEqualTo(Money.of(1550, USD));
    assertThat(selling.scan("NOTHING")).isInstanceOf(ScanOutcome.Unknown.class);
    assertThat(selling.scan("gin10"))
        .isInstanceOfSatisfying(
            ScanOutcome.CouponShown.class,
            shown -> assertThat(shown.off()).isEqualTo(Money.of(155, USD)));
    assertThat(selling.scan("GIN10"))
        .isEqualTo(new ScanOutcome.CouponRefused("GIN10", Promotions.Showing.ENOUGH));
    assertThat(selling.running().priced().total()).isEqualTo(Money.of(1395, USD));
    assertThat(selling.undo().priced().total()).isEqualTo(Money.of(1550, USD));
    selling.scan("GIN10");
    till.reopen();
    Selling again = till.selling();
    assertThat(again.running().basket().coupons()).containsExactly("GIN10");
    assertThat(again.running().priced().total()).isEqualTo(Money.of(1395, USD));
  }
}
