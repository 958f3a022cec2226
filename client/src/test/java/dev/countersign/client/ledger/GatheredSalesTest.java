package dev.countersign.client.ledger;

import static dev.countersign.client.ledger.TillFixture.DAY;
import static dev.countersign.client.ledger.TillFixture.EPOCH;
import static dev.countersign.client.ledger.TillFixture.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody.RefundedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.protocol.OlderSale;
import dev.countersign.common.protocol.RecentSales;
import dev.countersign.common.protocol.RecentSales.Taken;
import dev.countersign.common.sale.ReceiptNumber;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a till keeps of the sales of the others. */
class GatheredSalesTest {
  private static final RefundedItem NOTHING = new RefundedItem(List.of(), List.of());
  private static final Instant LONG_AGO = NOON.minus(Duration.ofDays(30));

  @TempDir Path temp;
  private TillFixture till;

  @BeforeEach
  void open() throws Exception {
    till = TillFixture.in(temp);
  }

  @AfterEach
  void close() {
    till.close();
  }

  private GatheredSales gathered() {
    return till.device().gathered();
  }

  private Change sale(long number) {
    return sale(number, number);
  }

  private Change sale(long seconds, long number) {
    return sale(seconds, number, till.ledger().enrolled().store(), "USD");
  }

  static Change sale(long number, UUID store, String currency) {
    return sale(number, number, store, currency);
  }

  private static Change sale(long seconds, long number, UUID store, String currency) {
    SaleCompleted.Line line =
        new SaleCompleted.Line(
            1, null, "", "Gin " + number, Quantity.ONE, 995L, null, 995, List.of());
    return new Change(
        UUID.randomUUID(),
        number,
        UUID.randomUUID(),
        UUID.randomUUID(),
        null,
        NOON.plusSeconds(seconds),
        new SaleCompleted(
            store,
            UUID.randomUUID(),
            UUID.randomUUID(),
            new ReceiptNumber("R9", number).toString(),
            DAY,
            currency,
            List.of(line),
            List.of(new SaleCompleted.Paid(SaleCompleted.Means.CARD, 995, "SIM-71", "4711")),
            995,
            0,
            0,
            0,
            List.of(),
            null));
  }

  static Taken taken(Change sale, RefundedItem refunded) {
    return new Taken(NOON, older(ChangeCodec.encode(sale), refunded));
  }

  private static OlderSale older(byte[] change, RefundedItem refunded) {
    return new OlderSale(Base64.getEncoder().encodeToString(change), refunded);
  }

  private boolean take(long through, boolean more, Taken... sales) {
    return gathered().take(new RecentSales(EPOCH, through, more, LONG_AGO, List.of(sales)));
  }

  private Optional<UUID> kept(long number) {
    return till.ledger().soldBefore(new ReceiptNumber("R9", number)).map(sold -> sold.sale().id());
  }

  private List<String> found(String text) {
    return till.device().books().find(text, Set.of()).stream().map(FoundSale::receipt).toList();
  }

  @Test
  void aPageAndItsNumberAreThereAfterAStop() {
    Change first = sale(1);
    assertThat(take(20, true, taken(first, NOTHING))).isTrue();
    till.reopen();
    assertThat(gathered().position()).isEqualTo(new GatheredSales.Position(EPOCH, 20));
    assertThat(kept(1)).contains(first.entity());
    assertThat(till.ledger().soldBefore(first.entity())).isPresent();
    assertThat(take(20, true, taken(sale(2), NOTHING))).as("it leads no further").isFalse();
    assertThat(kept(2)).isEmpty();
    assertThat(gathered().isWanted()).isTrue();
  }

  @Test
  void anOfficeDoesNotGather() throws Exception {
    try (TillFixture office = TillFixture.in(temp.resolve("office"), DeviceKind.OFFICE)) {
      assertThat(office.device().gathered().isWanted()).isFalse();
    }
  }

  @Test
  void whatCannotBeReadOrIsNotOfThisStoreIsLeftOutAndStopsNothing() {
    UUID store = till.ledger().enrolled().store();
    List<Taken> wrong = new ArrayList<>();
    wrong.add(taken(sale(1, UUID.randomUUID(), "USD"), NOTHING));
    wrong.add(taken(sale(2, store, "EUR"), NOTHING));
    wrong.add(new Taken(NOON, new OlderSale("not Base64!", NOTHING)));
    wrong.add(new Taken(NOON, older("{}".getBytes(StandardCharsets.UTF_8), NOTHING)));
    wrong.add(new Taken(null, older(ChangeCodec.encode(sale(3)), NOTHING)));
    wrong.add(new Taken(NOON, null));
    wrong.add(taken(sale(4), null));
    wrong.add(taken(sale(5), NOTHING));
    assertThat(take(9, false, wrong.toArray(Taken[]::new))).isFalse();
    assertThat(gathered().position().after()).isEqualTo(9);
    assertThat(found("")).containsExactly("R9-000005");
  }

  @Test
  void aServerThatWasPutBackIsGatheredFromAnew() throws Exception {
    Change sale = sale(1);
    take(20, false, taken(sale, NOTHING));
    UUID next = UUID.randomUUID();
    till.device()
        .replica()
        .replaceAll(new FeedPage(next, 4, false, List.of()), TillFixture.feed().iterator());
    assertThat(gathered().position()).isEqualTo(new GatheredSales.Position(next, 0));
    assertThat(take(30, true, taken(sale(2), NOTHING))).as("of the former epoch").isFalse();
    assertThat(kept(2)).isEmpty();
    RefundedItem back =
        new RefundedItem(List.of(new RefundedItem.Line(1, Quantity.ONE, 995)), List.of());
    gathered().take(new RecentSales(next, 5, false, LONG_AGO, List.of(taken(sale, back))));
    assertThat(till.ledger().refundable(sale.entity()).getFirst().remaining().isZero()).isTrue();
    assertThat(found("")).containsExactly("R9-000001");
    till.reopen();
    assertThat(gathered().position()).isEqualTo(new GatheredSales.Position(next, 5));
  }

  @Test
  void whatIsTooOldGoesAlsoWhenNothingNewCame() {
    take(20, false, taken(sale(1), NOTHING));
    gathered().take(new RecentSales(EPOCH, 20, false, NOON, List.of()));
    assertThat(kept(1)).isPresent();
    gathered().take(new RecentSales(EPOCH, 20, false, NOON.plusSeconds(1), List.of()));
    assertThat(kept(1)).isEmpty();
    take(21, false, taken(sale(2), NOTHING));
    till.device().replica().keepSince(NOON.plusSeconds(1));
    assertThat(kept(2)).as("what came back of it is not told any more").isEmpty();
  }

  @Test
  void noMoreThanSoManyAreKeptTheNewest() {
    GatheredSales few = new GatheredSales(till.device().store(), till.ledger().enrolled(), 3);
    for (int i = 1; i <= 5; i++) {
      few.take(new RecentSales(EPOCH, i, true, LONG_AGO, List.of(taken(sale(i), NOTHING))));
    }
    assertThat(found("")).containsExactly("R9-000005", "R9-000004", "R9-000003");
    assertThat(kept(2)).isEmpty();
  }

  @Test
  void thoseThatWereFetchedOneByOneAreCountedForThemselves() {
    for (int i = 1; i <= 60; i++) {
      take(i, true, taken(sale(i), NOTHING));
    }
    for (int i = 101; i <= 160; i++) {
      till.ledger().keepOlder(ChangeCodec.encode(sale(i)), NOTHING);
    }
    assertThat(kept(1)).isPresent();
    assertThat(kept(110)).isEmpty();
    assertThat(kept(111)).isPresent();
    assertThat(kept(160)).isPresent();
    assertThat(found("")).hasSize(50).first().isEqualTo("R9-000060");
  }

  @Test
  void oneThatWasGatheredAndThenFetchedIsThereOnceAsItWasSaidLast() {
    Change sale = sale(1);
    take(20, false, taken(sale, NOTHING));
    RefundedItem back =
        new RefundedItem(List.of(new RefundedItem.Line(1, Quantity.ONE, 995)), List.of());
    till.ledger().keepOlder(ChangeCodec.encode(sale), back);
    assertThat(till.ledger().refundable(sale.entity()).getFirst().remaining().isZero()).isTrue();
    assertThat(found("gin")).containsExactly("R9-000001");
  }

  @Test
  void ownSalesAndThoseOfOthersAreFoundTogetherTheNewestFirst() {
    till.openShift();
    take(1, false, taken(sale(-60, 1), NOTHING), taken(sale(60, 2), NOTHING));
    till.ledger().complete(TillFixture.cashier(), TillFixture.draft());
    assertThat(till.device().books().find("gin", Set.of()))
        .extracting(FoundSale::elsewhere)
        .containsExactly(true, false, true);
    assertThat(found("9.95")).hasSize(2);
  }

  private void sellAt(long seconds) {
    Actor actor = new Actor(TillFixture.CASHIER, null, NOON.plusSeconds(seconds));
    till.ledger().complete(actor, TillFixture.draft());
  }

  @Test
  void whereTheClockOfThisTillWentBackItsOwnKeepTheirOrder() {
    till.openShift();
    take(1, false, taken(sale(-60, 1), NOTHING), taken(sale(60, 2), NOTHING));
    sellAt(0);
    sellAt(-3_600);
    sellAt(-3_000);
    assertThat(found(""))
        .containsExactly("R9-000002", "R1-000003", "R1-000002", "R1-000001", "R9-000001");
  }

  @Test
  void whatThisTillSoldLastIsFoundHoweverMuchTheOthersSold() {
    till.openShift();
    for (int i = 1; i <= 60; i++) {
      take(i, true, taken(sale(i - 100, i), NOTHING));
    }
    sellAt(0);
    sellAt(-3_600);
    assertThat(found("")).hasSize(50).startsWith("R1-000002", "R1-000001", "R9-000060");
  }

  /** A store of the version before had the fetched ones alone, and their receipts in them only. */
  @Test
  void aFormerStoreKeepsWhatWasFetched() {
    Change sale = sale(7);
    till.device()
        .store()
        .write(
            db -> {
              for (String table : List.of("older_sale", "gathering")) {
                db.execute("DROP TABLE " + table);
              }
              db.execute(
                  "CREATE TABLE older_sale (id BLOB PRIMARY KEY, fetched INTEGER NOT NULL,"
                      + " change BLOB NOT NULL, refunded BLOB NOT NULL) WITHOUT ROWID");
              String insert =
                  "INSERT INTO older_sale (id, fetched, change, refunded) VALUES (?, ?, ?, '{}')";
              db.update(insert, sale.entity(), NOON, ChangeCodec.encode(sale));
              db.update(insert, UUID.randomUUID(), NOON, new byte[] {1, 2});
              long version = db.first("PRAGMA user_version", row -> row.integer(1)).orElseThrow();
              db.execute("PRAGMA user_version = " + (version - 1));
              return true;
            });
    till.reopen();
    assertThat(kept(7)).contains(sale.entity());
    assertThat(gathered().position().after()).isZero();
  }
}
