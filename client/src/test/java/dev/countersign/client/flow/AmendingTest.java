package dev.countersign.client.flow;

import static dev.countersign.client.ledger.TillFixture.CASHIER;
import static dev.countersign.client.ledger.TillFixture.SUPERVISOR;
import static dev.countersign.client.ledger.TillFixture.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.client.ledger.ActRefusedException;
import dev.countersign.client.ledger.NotPermittedException;
import dev.countersign.client.ledger.TillFixture;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.sale.Agreed;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.BasketLine;
import dev.countersign.common.sale.Discount;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AmendingTest {
  private static final Clock CLOCK = Clock.fixed(TillFixture.NOON, ZoneOffset.UTC);
  private static final Discount TENTH = new Discount.PercentOff(BigDecimal.TEN, "Damaged");
  private static final String CARD = "4111 1111 1111 1111";

  @TempDir Path temp;
  private TillFixture till;
  private Selling selling;
  private Amending amending;
  private Parking parking;

  @BeforeEach
  void aTill() throws Exception {
    till = TillFixture.in(temp);
    till.openShift();
    start();
    selling.scan("080480280024");
  }

  private void start() {
    selling = till.selling();
    amending = new Amending(selling, till.device().users(), CLOCK);
    parking = new Parking(selling, till.device().parked(), till.device().users());
  }

  @AfterEach
  void close() {
    till.close();
  }

  private Basket basket() {
    return selling.running().basket();
  }

  @Test
  void whatACashierMayNotDoAloneIsAskedWhenItIsDoneAndTheBasketIsAsItWas() {
    Basket before = basket();
    Money cheap = Money.of(1, USD);
    asks(PermissionKey.SALE_DISCOUNT, () -> amending.discount(CASHIER, null, 1, TENTH));
    asks(PermissionKey.SALE_DISCOUNT, () -> amending.discountAll(CASHIER, null, TENTH));
    asks(PermissionKey.SALE_PRICE, () -> amending.price(CASHIER, null, 1, cheap));
    asks(PermissionKey.SALE_PRICE, () -> amending.count(CASHIER, null, 1, Quantity.parse("0.1")));
    asks(
        PermissionKey.SALE_OPEN_ITEM,
        () -> amending.openItem(CASHIER, null, "Bag", cheap, List.of()));
    asks(PermissionKey.SALE_DISCOUNT, () -> amending.discount(CASHIER, CASHIER, 1, TENTH));
    assertThat(basket()).isEqualTo(before);
    assertThat(till.ledger().draft()).contains(before);
  }

  private void asks(PermissionKey key, ThrowingCallable act) {
    assertThatExceptionOfType(NotPermittedException.class)
        .isThrownBy(act)
        .satisfies(asked -> assertThat(asked.key()).isEqualTo(key));
  }

  @Test
  void whoAnsweredStaysWithTheBasketThroughAParkAndARestartAndLeavesWithTheActItself() {
    amending.discount(CASHIER, SUPERVISOR, 1, TENTH);
    amending.price(CASHIER, SUPERVISOR, 1, Money.of(1500, USD));
    List<Agreed> words =
        List.of(
            new Agreed(PermissionKey.SALE_DISCOUNT, SUPERVISOR),
            new Agreed(PermissionKey.SALE_PRICE, SUPERVISOR));
    assertThat(basket().agreed()).isEqualTo(words);
    parking.park(CASHIER, null, "");
    till.reopen();
    start();
    parking.recall(CASHIER, null, parking.waiting().getFirst().id());
    assertThat(basket().agreed()).isEqualTo(words);
    amending.discountAll(SUPERVISOR, null, TENTH);
    assertThat(selling.undo().basket().agreed()).isEqualTo(words);
  }

  @Test
  void theListedPriceGoesOnToBeNamedAndGoingBackToItNeedsNobody() {
    amending.price(CASHIER, SUPERVISOR, 1, Money.of(1500, USD));
    assertThat(selling.running().rows().getFirst().listed()).contains(Money.of(1999, USD));
    amending.price(CASHIER, null, 1, Money.of(1999, USD));
    assertThat(selling.running().rows().getFirst().listed()).isEmpty();
  }

  @Test
  void fewerLeavesTheLineStruckThroughAndMoreDoesNot() {
    amending.count(CASHIER, null, 1, Quantity.of(6));
    assertThat(basket().lines()).hasSize(1);
    amending.note(1, "blue");
    amending.count(CASHIER, null, 1, Quantity.of(2));
    assertThat(basket().lines()).extracting(BasketLine::voided).containsExactly(true, false);
    assertThat(basket().line(2).quantity()).isEqualTo(Quantity.of(2));
    assertThat(basket().line(2).note()).isEqualTo("blue");
    assertThat(selling.running().total().minor()).isEqualTo(2 * 1999);
    selling.undo();
    assertThat(selling.running().total().minor()).isEqualTo(6 * 1999);
    assertThat(basket().lines()).extracting(BasketLine::voided).containsExactly(false, true);
  }

  @Test
  void whatWasAllowedOfOneIsAskedForOnceMoreOfMore() {
    amending.price(CASHIER, SUPERVISOR, 1, Money.of(500, USD));
    Basket one = basket();
    asks(PermissionKey.SALE_PRICE, () -> amending.count(CASHIER, null, 1, Quantity.of(20)));
    assertThat(basket()).isEqualTo(one);
    amending.count(CASHIER, SUPERVISOR, 1, Quantity.of(20));
    amending.count(CASHIER, null, 1, Quantity.of(3));
    selling.voidLine(2);
    selling.scan("080480280024");
    amending.discount(CASHIER, SUPERVISOR, 3, TENTH);
    asks(PermissionKey.SALE_DISCOUNT, () -> amending.count(CASHIER, null, 3, Quantity.of(2)));
    amending.count(CASHIER, SUPERVISOR, 3, Quantity.of(2));
    assertThat(basket().agreed())
        .containsExactly(
            new Agreed(PermissionKey.SALE_PRICE, SUPERVISOR),
            new Agreed(PermissionKey.SALE_DISCOUNT, SUPERVISOR));
    amending.count(SUPERVISOR, null, 3, Quantity.of(5));
    assertThat(basket().line(3).quantity()).isEqualTo(Quantity.of(5));
  }

  @Test
  void aPercentageOffEverythingIsAskedForOnceMoreWhenGoodsCameAfterIt() {
    amending.discountAll(CASHIER, SUPERVISOR, TENTH);
    assertThat(Amending.isOpen(selling.running())).isFalse();
    Basket agreed = basket();
    selling.scan("080480280024");
    assertThat(Amending.isOpen(selling.running())).as("counted up").isTrue();
    assertThat(selling.undo().basket().agreed()).isEqualTo(agreed.agreed());
    selling.scan("088004017309");
    amending.discount(CASHIER, SUPERVISOR, 1, TENTH);
    assertThat(Amending.isOpen(selling.running())).as("after a word for one line").isTrue();
    amending.discountAll(CASHIER, SUPERVISOR, new Discount.AmountOff(Money.of(10, USD), "Damaged"));
    assertThat(Amending.isOpen(selling.running())).as("after a word for ten cents").isTrue();
    Basket more = basket();
    asks(
        PermissionKey.SALE_DISCOUNT,
        () -> till.ledger().complete(TillFixture.cashier(), TillFixture.draft(more)));
    asks(PermissionKey.SALE_DISCOUNT, () -> parking.park(CASHIER, null, ""));
    asks(PermissionKey.SALE_DISCOUNT, () -> amending.answerForAll(CASHIER, null));
    till.reopen();
    start();
    assertThat(basket()).isEqualTo(more);
    amending.answerForAll(CASHIER, SUPERVISOR);
    assertThat(basket().liveLines()).isEqualTo(more.liveLines());
    parking.park(CASHIER, null, "");
    parking.recall(CASHIER, null, parking.waiting().getFirst().id());
    till.ledger().complete(TillFixture.cashier(), TillFixture.draft(basket()));
  }

  @Test
  void whoMayGiveDiscountsIsNeverAskedForAPercentageOffMore() {
    amending.discountAll(SUPERVISOR, null, TENTH);
    selling.scan("088004017309");
    parking.park(SUPERVISOR, null, "");
    parking.recall(SUPERVISOR, null, parking.waiting().getFirst().id());
    selling.scan("088004017309");
    amending.answerForAll(SUPERVISOR, null);
    asks(PermissionKey.SALE_DISCOUNT, () -> amending.answerForAll(CASHIER, null));
  }

  /** Ninety percent of 1.00 was allowed, and of the price in the catalogue it is a gift. */
  @Test
  void aPercentageOffALineIsAskedForOnceMoreWhenItsPriceGoesUpAgain() {
    Money listed = selling.running().basket().line(1).amount();
    amending.price(CASHIER, SUPERVISOR, 1, Money.of(100, USD));
    amending.discount(
        CASHIER, SUPERVISOR, 1, new Discount.PercentOff(new BigDecimal("90"), "Damaged"));
    assertThat(Amending.isOpen(selling.running())).isFalse();
    amending.price(CASHIER, null, 1, listed);
    assertThat(Amending.isOpen(selling.running())).isTrue();
    asks(
        PermissionKey.SALE_DISCOUNT,
        () -> till.ledger().complete(TillFixture.cashier(), TillFixture.draft(basket())));
    amending.answerForAll(CASHIER, SUPERVISOR);
    assertThat(Amending.isOpen(selling.running())).isFalse();
  }

  @Test
  void anAmountOffEverythingIsNoMoreWithMoreGoods() {
    amending.discountAll(
        CASHIER, SUPERVISOR, new Discount.AmountOff(Money.of(100, USD), "Damaged"));
    selling.scan("088004017309");
    till.ledger().complete(TillFixture.cashier(), TillFixture.draft(basket()));
  }

  @Test
  void aCardNumberIsInNoNoteNameOrReason() {
    Basket before = basket();
    refuses(() -> amending.note(1, CARD));
    refuses(() -> amending.note(CARD));
    refuses(
        () ->
            amending.discountAll(SUPERVISOR, null, new Discount.PercentOff(BigDecimal.TEN, CARD)));
    refuses(() -> amending.openItem(SUPERVISOR, null, CARD, Money.of(1, USD), List.of()));
    refuses(() -> parking.park(CASHIER, null, CARD));
    assertThat(basket()).isEqualTo(before);
    assertThat(parking.count()).isZero();
  }

  private void refuses(ThrowingCallable act) {
    assertThatExceptionOfType(ActRefusedException.class)
        .isThrownBy(act)
        .satisfies(
            refused ->
                assertThat(refused.reason()).isEqualTo(ActRefusedException.Reason.CARD_NUMBER));
  }

  @Test
  void takingUpASaleWhileAnotherRunsChangesTheirPlaces() {
    parking.park(CASHIER, null, "Ann");
    selling.scan("088004017309");
    Basket second = basket();
    UUID first = parking.waiting().getFirst().id();
    assertThat(parking.recall(SUPERVISOR, null, first).orElseThrow().total().minor())
        .isEqualTo(1999);
    assertThat(parking.waiting())
        .singleElement()
        .satisfies(
            waiting -> {
              assertThat(waiting.total().minor()).isEqualTo(1550);
              assertThat(waiting.by()).isEqualTo("Supervisor Two");
              assertThat(waiting.items()).isEqualTo(1);
            });
    assertThat(parking.recall(CASHIER, null, first)).as("gone").isEmpty();
    assertThat(basket().lines()).hasSize(1);
    parking.recall(CASHIER, null, parking.waiting().getFirst().id());
    assertThat(basket()).isEqualTo(second);
  }

  @Test
  void aShiftDoesNotCloseOverParkedSales() {
    parking.park(CASHIER, null, "Ann");
    assertThatExceptionOfType(ActRefusedException.class)
        .isThrownBy(() -> till.ledger().closeShift(TillFixture.cashier(), Money.of(10_000, USD)))
        .satisfies(
            refused ->
                assertThat(refused.reason()).isEqualTo(ActRefusedException.Reason.SALES_PARKED));
    parking.recall(CASHIER, null, parking.waiting().getFirst().id());
    selling.discard(CASHIER, null);
    till.ledger().closeShift(TillFixture.cashier(), Money.of(10_000, USD));
  }

  @Test
  void aPriceThatChangesWhileASaleIsParkedDoesNotStopIt() throws Exception {
    parking.park(CASHIER, null, "");
    till.dearerRum();
    parking.recall(CASHIER, null, parking.waiting().getFirst().id());
    till.ledger().complete(TillFixture.cashier(), TillFixture.draft(basket()));
  }

  @Test
  void favouritesAreTheChosenOnesAndThenWhatSells() {
    var favourites = till.device().favourites();
    assertThat(favourites.list(10)).isEmpty();
    till.ledger().complete(TillFixture.cashier(), TillFixture.draft(basket()));
    assertThat(favourites.list(10)).extracting(p -> p.id()).containsExactly(TillFixture.RUM);
    favourites.choose(TillFixture.GIN, true);
    favourites.choose(TillFixture.GIN, true);
    assertThat(favourites.list(10))
        .extracting(p -> p.id())
        .containsExactly(TillFixture.GIN, TillFixture.RUM);
    assertThat(favourites.list(1)).hasSize(1);
    favourites.choose(TillFixture.GIN, false);
    assertThat(favourites.isChosen(TillFixture.GIN)).isFalse();
  }
}
