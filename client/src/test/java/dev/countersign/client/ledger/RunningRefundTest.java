package dev.countersign.client.ledger;

import static dev.countersign.client.ledger.TillFixture.CASHIER;
import static dev.countersign.client.ledger.TillFixture.DAY;
import static dev.countersign.client.ledger.TillFixture.EPOCH;
import static dev.countersign.client.ledger.TillFixture.NOON;
import static dev.countersign.client.ledger.TillFixture.SUPERVISOR;
import static dev.countersign.client.ledger.TillFixture.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.flow.GivingBack;
import dev.countersign.client.flow.Paying;
import dev.countersign.client.flow.Retaxing;
import dev.countersign.client.flow.Running;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.json.Json;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.FeedBody.RefundedItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.protocol.RecentSales;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.BasketLine;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.sale.Refunds;
import dev.countersign.common.sale.TenderRules;
import dev.countersign.common.tax.TaxRounding;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A card has part of its money back, and the sale that it paid for grows too old meanwhile. */
class RunningRefundTest {
  private static final RefundedItem NOTHING = new RefundedItem(List.of(), List.of());
  private static final Instant LATER = NOON.plus(Duration.ofDays(1));

  /** Of seven for 10.00: what the others took back is 4.29, and the next one gives 1.42. */
  private static final RefundedItem THREE =
      new RefundedItem(List.of(new RefundedItem.Line(1, Quantity.of(3), 429)), List.of());

  private static final RefundedItem SEVEN =
      new RefundedItem(List.of(new RefundedItem.Line(1, Quantity.of(7), 1_000)), List.of());

  @TempDir Path temp;
  private TillFixture till;

  @BeforeEach
  void open() throws Exception {
    till = TillFixture.in(temp);
    till.openShift();
  }

  @AfterEach
  void close() {
    till.close();
  }

  private static CardTender card(long minor) {
    return new CardTender(Money.of(minor, USD), "SIM-71", "4711");
  }

  private Change elsewhere(long number) {
    return GatheredSalesTest.sale(number, till.ledger().enrolled().store(), "USD");
  }

  private void gather(GatheredSales gathered, long through, Instant since, Change... sales) {
    List<RecentSales.Taken> taken =
        List.of(sales).stream().map(sale -> GatheredSalesTest.taken(sale, NOTHING)).toList();
    gathered.take(new RecentSales(EPOCH, through, false, since, taken));
  }

  private void fetch(Change sale) {
    till.ledger().keepOlder(ChangeCodec.encode(sale), NOTHING);
  }

  /** Seven for 10.00 of this till, which the server knows. */
  private UUID own() throws Exception {
    Basket basket =
        Basket.empty(USD)
            .add(TillFixture.gin(), Quantity.of(7), new LinePrice.Total(Money.of(1_000, USD)));
    UUID sale =
        till.ledger()
            .complete(TillFixture.approved(), TillFixture.draft(basket, List.of(card(1_000)), null))
            .id();
    till.acknowledge(NOON, Verdict.ACCEPTED, "");
    return sale;
  }

  /** One piece comes back, and a card has the first 50 cents of it. */
  private void begin(UUID sale) {
    SoldBefore sold = till.ledger().soldBefore(sale).orElseThrow();
    Refunds.Part one = (Refunds.Part) Refunds.refund(sold.lines().getFirst(), Quantity.ONE);
    Basket basket = sold.bringBack(Basket.empty(USD), one, "torn");
    till.ledger().keepPayment(basket, OpenPayment.none(Money.zero(USD)).with(card(-50)));
  }

  /** After a stop, with what lies on the disk, which is still what it was checked against. */
  private long finish() {
    till.reopen();
    for (BasketLine line : till.ledger().draft().orElseThrow().lines()) {
      var back = (LinePrice.Refunded) line.price();
      var left = till.ledger().soldBefore(back.sale()).orElseThrow().lines().getFirst();
      assertThat(Refunds.refund(left, back.part().quantity())).isEqualTo(back.part());
    }
    return record();
  }

  private long record() {
    KeptSale kept = till.ledger().kept().orElseThrow();
    Running running =
        new Running(
            kept.basket(),
            Pricing.price(kept.basket(), TaxRounding.perLine(USD)),
            0,
            Quantity.ONE,
            false);
    GivingBack giving =
        new GivingBack(
            till.ledger(),
            Clock.fixed(NOON, ZoneOffset.UTC),
            new Paying.Terms(null, TenderRules.USUAL, List.of()),
            running,
            kept.payment(),
            UUID::randomUUID,
            Retaxing.NONE);
    giving.propose();
    long total = giving.finish(CASHIER, SUPERVISOR, DAY).body().total();
    assertThat(till.ledger().kept()).isEmpty();
    return total;
  }

  /** The server says what came back, as long ago as the sale. */
  private void hear(UUID sale) throws Exception {
    hear(sale, THREE);
  }

  private void hear(UUID sale, RefundedItem back) throws Exception {
    FeedItem item =
        new FeedItem(11, back.kind(), sale, false, Json.strict().valueToTree(back), NOON);
    till.device().replica().apply(new FeedPage(EPOCH, 11, false, List.of(item)));
  }

  @Test
  void whatWasGatheredDoesNotGoByAge() {
    Change sale = elsewhere(1);
    Change other = elsewhere(2);
    gather(till.device().gathered(), 20, NOON, sale, other);
    begin(sale.entity());
    gather(till.device().gathered(), 20, LATER);
    till.device().replica().keepSince(LATER);
    assertThat(till.ledger().soldBefore(other.entity())).isEmpty();
    assertThat(finish()).isEqualTo(-995);
    gather(till.device().gathered(), 20, LATER);
    assertThat(till.ledger().soldBefore(sale.entity())).as("now it goes").isEmpty();
  }

  @Test
  void whatWasGatheredAndThenFetchedDoesNotGoByAge() {
    Change sale = elsewhere(1);
    gather(till.device().gathered(), 20, NOON, sale);
    fetch(sale);
    begin(sale.entity());
    gather(till.device().gathered(), 21, LATER);
    assertThat(finish()).isEqualTo(-995);
  }

  @Test
  void norByNumber() {
    GatheredSales few = new GatheredSales(till.device().store(), till.ledger().enrolled(), 3);
    Change sale = elsewhere(1);
    gather(few, 1, NOON, sale);
    begin(sale.entity());
    Change second = elsewhere(2);
    gather(few, 2, NOON, second);
    for (int i = 3; i <= 6; i++) {
      gather(few, i, NOON, elsewhere(i));
    }
    assertThat(till.ledger().soldBefore(second.entity())).isEmpty();
    assertThat(finish()).isEqualTo(-995);
  }

  @Test
  void whatWasFetchedDoesNotGoBecauseOthersAreLookedUp() {
    Change sale = elsewhere(1);
    fetch(sale);
    begin(sale.entity());
    for (int i = 2; i <= 60; i++) {
      fetch(elsewhere(i));
    }
    assertThat(finish()).isEqualTo(-995);
  }

  @Test
  void norByAge() {
    Change sale = elsewhere(1);
    fetch(sale);
    begin(sale.entity());
    till.device().replica().keepSince(LATER);
    assertThat(finish()).isEqualTo(-995);
  }

  @Test
  void whatThisTillSoldItselfComesBackThoughItIsNotToldOfItAnyMore() throws Exception {
    UUID sale = own();
    begin(sale);
    till.device().replica().keepSince(LATER);
    assertThat(finish()).isEqualTo(-143);
    assertThat(till.ledger().soldBefore(sale)).as("too old for the next one").isEmpty();
  }

  @Test
  void whatOthersTookBackIsNotForgotten() throws Exception {
    UUID sale = own();
    hear(sale);
    begin(sale);
    till.device().replica().keepSince(LATER);
    assertThat(finish()).isEqualTo(-142);
  }

  /** Two tills without a network gave the same back: what a card has is on paper nevertheless. */
  @Test
  void whatACardHasIsRecordedThoughAnotherTillTookAllOfItBackMeanwhile() throws Exception {
    UUID sale = own();
    begin(sale);
    hear(sale, SEVEN);
    assertThat(record()).isEqualTo(-143);
  }

  @Test
  void nothingIsRecordedOfItWhileNothingHasGone() throws Exception {
    UUID sale = own();
    begin(sale);
    Basket basket = till.ledger().draft().orElseThrow();
    till.ledger().keepPayment(basket, OpenPayment.none(Money.zero(USD)));
    hear(sale, SEVEN);
    assertThatThrownBy(this::record)
        .isInstanceOfSatisfying(
            ActRefusedException.class,
            refused ->
                assertThat(refused.reason()).isEqualTo(ActRefusedException.Reason.NOT_REFUNDABLE));
  }

  @Test
  void norByASnapshotThatIsSilentOfIt() throws Exception {
    UUID sale = own();
    hear(sale);
    begin(sale);
    till.device()
        .replica()
        .replaceAll(new FeedPage(EPOCH, 30, false, List.of()), TillFixture.feed().iterator());
    assertThat(finish()).isEqualTo(-142);
  }
}
