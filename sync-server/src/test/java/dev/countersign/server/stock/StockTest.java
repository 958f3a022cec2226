package dev.countersign.server.stock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeBody;
import dev.countersign.common.change.StockCounted;
import dev.countersign.common.change.StockMoved;
import dev.countersign.common.change.StockMoved.Reason;
import dev.countersign.common.change.VerdictResolved.Resolution;
import dev.countersign.common.json.Json;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.Acknowledgement.Judged;
import dev.countersign.common.protocol.FeedBody.StockItem;
import dev.countersign.common.protocol.FeedBody.StockMarkItem;
import dev.countersign.common.protocol.FeedBody.StockMarkItem.Through;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.db.postgres.Stored;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a store has, by what its devices say and whenever they say it. */
@ParameterizedClass
@EnumSource
class StockTest {
  @Parameter Stored stored;
  @TempDir Path folder;
  private StockGround ground;
  private UUID gin;
  private SellingTill office;
  private SellingTill first;
  private SellingTill second;
  private Instant noon;

  @BeforeEach
  void aStoreWithTwoTillsAndAnOffice() throws Exception {
    ground = new StockGround(folder, stored);
    gin = ground.shop.product;
    office = ground.till();
    first = ground.till();
    second = ground.till();
    ground.send(first, first.opening());
    ground.send(second, second.opening());
    noon = ground.shop.now.minus(Duration.ofHours(3));
  }

  @AfterEach
  void close() throws Exception {
    ground.close();
  }

  private Instant after(long minutes) {
    return noon.plus(Duration.ofMinutes(minutes));
  }

  private static void assertAccepted(List<Judged> judged) {
    assertThat(judged).extracting(Judged::verdict).containsOnly(Verdict.ACCEPTED);
  }

  @Test
  void twoTillsSellTheLastItem() throws Exception {
    assertAccepted(ground.send(office, ground.moved(office, noon, gin, 1)));
    assertAccepted(ground.send(first, ground.sale(first, after(1), gin, 1)));
    assertAccepted(ground.send(second, ground.sale(second, after(2), gin, 1)));
    assertThat(ground.level(gin)).as("below nothing, and nobody was stopped").isEqualTo(-1);
  }

  @Test
  void aCountRacingLateMovements() throws Exception {
    Change before = ground.sale(first, after(10), gin, 2);
    ground.send(office, ground.moved(office, noon, gin, 9));
    ground.send(second, ground.sale(second, after(30), gin, 1));
    assertThat(ground.level(gin)).isEqualTo(8);
    assertAccepted(ground.send(office, ground.counted(office, after(20), gin, 7)));
    assertThat(ground.level(gin)).as("seven, less the one sold since").isEqualTo(6);
    assertAccepted(ground.send(first, before));
    assertThat(ground.level(gin)).as("what left before is in the count").isEqualTo(6);
    ground.send(second, ground.sale(second, after(25), gin, -1));
    assertThat(ground.level(gin)).as("goods that came back since").isEqualTo(7);
  }

  @Test
  void anOlderCountIsSupersededAndOnlyInTheLinesThatWereCountedLater() throws Exception {
    UUID rum = ground.product();
    assertAccepted(ground.send(office, ground.counted(office, after(20), gin, 7)));
    Change older =
        ground.byManager(
            first,
            after(10),
            new StockCounted(
                ground.shop.store,
                List.of(
                    new StockCounted.Line(gin, Quantity.of(50)),
                    new StockCounted.Line(rum, Quantity.of(4)))));
    Judged judged = ground.send(first, older).getFirst();
    assertThat(judged.verdict()).isEqualTo(Verdict.SUPERSEDED);
    assertThat(judged.code()).isEqualTo("counted-later");
    assertThat(ground.level(gin)).isEqualTo(7);
    assertThat(ground.level(rum)).isEqualTo(4);
    List<Judged> both =
        ground.send(
            second,
            ground.counted(second, after(40), gin, 3),
            ground.counted(second, after(39), gin, 5));
    assertThat(both)
        .as("in one batch")
        .extracting(Judged::verdict)
        .containsExactly(Verdict.ACCEPTED, Verdict.SUPERSEDED);
    assertThat(ground.level(gin)).isEqualTo(3);
  }

  @Test
  void whatIsQuarantinedMovesNothingUntilItIsAcceptedAndThenAtItsOwnTime() throws Exception {
    ground.send(office, ground.moved(office, noon, gin, 10));
    Change back = unapproved(first, after(10));
    Change never = unapproved(first, after(11));
    assertThat(ground.send(first, back, never))
        .extracting(Judged::verdict)
        .containsOnly(Verdict.QUARANTINED);
    long batch = first.nextBatch() - 1;
    assertThat(ground.level(gin)).isEqualTo(10);
    assertAccepted(
        ground.send(
            office,
            ground.decision(office, first, batch, back, Resolution.ACCEPT),
            ground.decision(office, first, batch, never, Resolution.REJECT)));
    assertThat(ground.level(gin)).isEqualTo(13);
    ground.send(office, ground.decision(office, first, batch, back, Resolution.ACCEPT));
    ground.send(office, ground.decision(office, first, batch, never, Resolution.ACCEPT));
    assertThat(ground.level(gin)).as("decided once").isEqualTo(13);
    ground.send(office, ground.counted(office, after(20), gin, 2));
    Change counted = unapproved(first, after(15));
    ground.send(first, counted);
    assertThat(ground.level(gin)).isEqualTo(2);
    long later = first.nextBatch() - 1;
    ground.send(office, ground.decision(office, first, later, counted, Resolution.ACCEPT));
    assertThat(ground.level(gin)).as("it is in the count").isEqualTo(2);
  }

  @Test
  void aDecisionThatIsReadTogetherWithWhatItIsAboutCountsOnce() throws Exception {
    Change back = unapproved(first, after(10));
    ground.send(first, back);
    ground.send(
        office, ground.decision(office, first, first.nextBatch() - 1, back, Resolution.ACCEPT));
    assertThat(ground.level(gin)).isEqualTo(3);
  }

  /** Three pieces taken back by a cashier alone. */
  private Change unapproved(SellingTill till, Instant at) {
    return StockGround.at(
        till.change(till.id(), StockGround.sale(till, gin, -3)),
        at,
        till.registered().cashier(),
        null);
  }

  @Test
  void aClockFarAheadDoesNotSwallowWhatComesLater() throws Exception {
    Instant far = Instant.parse("9999-01-01T00:00:00Z");
    assertThat(ground.send(office, ground.counted(office, far, gin, 7)).getFirst().code())
        .isEqualTo("clock-ahead");
    ground.shop.now = ground.shop.now.plus(Duration.ofMinutes(5));
    ground.send(first, ground.sale(first, ground.shop.now, gin, 1));
    assertThat(ground.level(gin)).isEqualTo(6);
    ground.shop.now = ground.shop.now.plus(Duration.ofMinutes(5));
    assertAccepted(ground.send(office, ground.counted(office, ground.shop.now, gin, 9)));
    assertThat(ground.level(gin)).isEqualTo(9);
  }

  @Test
  void whatIsWrongInItselfIsQuarantinedAndMovesNothing() throws Exception {
    UUID stranger = UUID.randomUUID();
    UUID store = ground.shop.store;
    assertCode("malformed", new StockCounted(store, List.of()));
    assertCode("malformed", new StockCounted(store, List.of(count(gin, 1), count(gin, 2))));
    assertCode("malformed", new StockCounted(store, List.of(count(gin, -1))));
    assertCode("unknown-product", new StockCounted(store, List.of(count(stranger, 1))));
    assertCode("wrong-store", new StockCounted(stranger, List.of(count(gin, 1))));
    assertCode("malformed", new StockMoved(store, Reason.RECEIVED, List.of(), ""));
    assertCode("malformed", new StockMoved(store, Reason.RECEIVED, List.of(move(gin, -1)), ""));
    assertCode("malformed", new StockMoved(store, Reason.WASTED, List.of(move(gin, 1)), ""));
    assertCode("malformed", new StockMoved(store, Reason.LOST, List.of(move(gin, 0)), ""));
    assertCode("wrong-store", new StockMoved(stranger, Reason.FOUND, List.of(move(gin, 1)), ""));
    assertCode(
        "unknown-product",
        new StockMoved(store, Reason.FOUND, List.of(move(gin, 1), move(stranger, 1)), ""));
    assertCode(
        "amount-out-of-range",
        new StockMoved(store, Reason.FOUND, List.of(move(gin, 1_000_000_001)), ""));
    assertCode(
        "card-number",
        new StockMoved(store, Reason.FOUND, List.of(move(gin, 1)), "4111 1111 1111 1111"));
    assertThat(ground.level(gin)).isZero();
    assertThat(ground.shop.write(ground.stock::levels)).isEmpty();
  }

  private static StockCounted.Line count(UUID product, long pieces) {
    return new StockCounted.Line(product, Quantity.of(pieces));
  }

  private static StockMoved.Line move(UUID product, long pieces) {
    return new StockMoved.Line(product, Quantity.of(pieces));
  }

  private void assertCode(String code, ChangeBody body) throws Exception {
    Judged judged = ground.send(office, ground.byManager(office, noon, body)).getFirst();
    assertThat(judged.code()).isEqualTo(code);
    assertThat(judged.verdict()).isEqualTo(Verdict.QUARANTINED);
  }

  @Test
  void aCashierCountsAndMovesNothingAndAMovementIsRecordedOnce() throws Exception {
    Change plain = ground.moved(first, noon, gin, 5);
    Change byCashier = StockGround.at(plain, noon, first.registered().cashier(), null);
    assertThat(ground.send(first, byCashier).getFirst().code()).isEqualTo("not-permitted");
    Change once = ground.moved(office, noon, gin, 5);
    assertAccepted(ground.send(office, once));
    Change again = ground.moved(second, noon, gin, 5);
    Change same =
        new Change(
            again.id(),
            again.number(),
            once.entity(),
            again.actor(),
            null,
            again.at(),
            again.body());
    assertThat(ground.send(second, same).getFirst().code()).isEqualTo("duplicate");
    assertThat(ground.level(gin)).isEqualTo(5);
  }

  @Test
  void aQuantityBeyondBeliefDoesNotStopTheOthers() throws Exception {
    UUID rum = ground.product();
    for (long pieces : List.of(9_000_000_000_000L, 9_000_000_000_000L, -9_000_000_000_000L)) {
      Change sale = ground.sale(first, after(5), gin, 1);
      Change huge =
          new Change(
              sale.id(),
              sale.number(),
              sale.entity(),
              sale.actor(),
              pieces < 0 ? ground.shop.manager : null,
              sale.at(),
              StockGround.sale(first, gin, pieces, pieces < 0 ? -5 : 5));
      assertThat(ground.send(first, huge).getFirst().verdict()).isNotEqualTo(Verdict.QUARANTINED);
    }
    ground.send(second, ground.sale(second, after(6), rum, 2));
    assertThat(ground.level(rum)).isEqualTo(-2);
    assertThat(ground.level(gin)).isEqualTo(-1_000_000_000);
  }

  @Test
  void takingInASaleWritesNothingOfStock() throws Exception {
    ground.readOn();
    ground.send(first, ground.sale(first, after(1), gin, 1));
    for (String table : List.of("stock_movement", "stock_level", "stock_entry", "stock_counted")) {
      assertThat(ground.shop.count(table)).as(table).isZero();
    }
    assertThat(ground.shop.write(ground.stock::isBehind)).isTrue();
    assertThat(ground.level(gin)).isEqualTo(-1);
  }

  @Test
  void whatTwoHaveFetchedAtOnceCountsOnce() throws Exception {
    ground.readOn();
    ground.send(first, ground.sale(first, after(1), gin, 1));
    ground.send(second, ground.sale(second, after(2), gin, 2));
    Unread one = ground.shop.<Unread>write(ground.stock::fetch);
    ground.send(first, ground.sale(first, after(3), gin, 4));
    Unread other = ground.shop.<Unread>write(ground.stock::fetch);
    assertThat(ground.shop.<Boolean>write(scope -> ground.stock.take(scope, one))).isFalse();
    assertThat(ground.shop.<Boolean>write(scope -> ground.stock.take(scope, other))).isFalse();
    assertThat(
            ground.shop.<Quantity>write(scope -> ground.stock.level(scope, ground.shop.store, gin)))
        .as("what came behind the first look is for the next")
        .isEqualTo(Quantity.of(-3));
    assertThat(ground.level(gin)).isEqualTo(-7);
  }

  @Test
  void devicesHearOfALevelOnceForManySalesAndUpToWhereItGoes() throws Exception {
    ground.send(office, ground.moved(office, noon, gin, 50));
    for (int batch = 0; batch < 3; batch++) {
      Change one = ground.sale(first, after(batch), gin, 1);
      Change other = ground.sale(first, after(batch), gin, 1);
      ground.send(first, one, other);
    }
    long head = ground.shop.write(ground.feed::head);
    ground.readOn();
    assertThat(ground.shop.write(ground.feed::head)).isEqualTo(head + 2);
    StockItem level =
        ground.shop.<StockItem>write(
            scope ->
                scope
                    .db()
                    .first(
                        "SELECT body FROM feed WHERE kind = 'stock' AND store = ?",
                        row -> Json.decode(row.bytes(1), StockItem.class),
                        ground.shop.store)
                    .orElseThrow());
    assertThat(level).isEqualTo(new StockItem(gin, Quantity.of(44), null));
    StockMarkItem mark =
        ground.shop.<StockMarkItem>write(
            scope ->
                ground
                    .feed
                    .find(scope, "stock-mark", ground.shop.store, StockMarkItem.class)
                    .orElseThrow());
    assertThat(mark.through())
        .contains(
            new Through(first.registered().device(), first.nextChange() - 1),
            new Through(office.registered().device(), office.nextChange() - 1));
    ground.readOn();
    assertThat(ground.shop.write(ground.feed::head)).as("nothing new").isEqualTo(head + 2);
  }
}
