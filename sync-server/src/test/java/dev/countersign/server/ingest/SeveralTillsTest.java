package dev.countersign.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.BasketVoided;
import dev.countersign.common.change.CashMoved;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.CustomerAdded;
import dev.countersign.common.change.DrawerCounted;
import dev.countersign.common.change.DrawerCounted.Pieces;
import dev.countersign.common.change.DrawerOpened;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.change.SaleCompleted.Sold;
import dev.countersign.common.change.ShiftClosed;
import dev.countersign.common.change.ShiftFigures;
import dev.countersign.common.change.ShiftTally;
import dev.countersign.common.change.VerdictResolved;
import dev.countersign.common.change.VerdictResolved.Resolution;
import dev.countersign.common.log.Checkpoint;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.Acknowledgement.Judged;
import dev.countersign.common.protocol.FeedBody.QuestionItem;
import dev.countersign.common.protocol.FeedBody.RefundedItem;
import dev.countersign.common.protocol.FeedBody.ResolutionItem;
import dev.countersign.common.protocol.ShiftSettings;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.db.postgres.Stored;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

// Long because one shop with its tills and its office plays every case.
/** What the tills of a store do without knowing of each other, and what a person makes of it. */
class SeveralTillsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void oneLineRefundedOnTwoTills(Stored stored) throws Exception {
    try (TestShop shop = new TestShop(folder, stored)) {
      SellingTill first = shop.enrol();
      SellingTill second = shop.enrol();
      Change opening = first.opening();
      Change sale = sold(first, shop, "3", 1000);
      assertVerdict(shop, first, List.of(opening, sale), Verdict.ACCEPTED);
      Sold line = new Sold(sale.entity(), 1);
      assertVerdict(
          shop,
          first,
          List.of(approved(shop, first, refund(first, shop, line, "1", 333))),
          Verdict.ACCEPTED);
      assertVerdict(
          shop,
          second,
          List.of(second.opening(), approved(shop, second, refund(second, shop, line, "2", 667))),
          Verdict.ACCEPTED);
      Judged third =
          assertVerdict(
              shop,
              second,
              List.of(approved(shop, second, refund(second, shop, line, "0.5", 100))),
              Verdict.QUARANTINED);
      assertThat(third.code()).isEqualTo("refund-exceeds");
      assertThat(refunded(shop, sale.entity())).containsExactly(3_000_000L, 1000L, 2L);
      assertThat(shop.told)
          .filteredOn(RefundedItem.class::isInstance)
          .last()
          .isEqualTo(
              new RefundedItem(
                  List.of(new RefundedItem.Line(1, Quantity.parse("3"), 1000)),
                  List.of(new RefundedItem.Given("CASH", 1000))));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSameLineTwiceInOneRefundIsCountedTogether(Stored stored) throws Exception {
    try (TestShop shop = new TestShop(folder, stored)) {
      SellingTill till = shop.enrol();
      Change opening = till.opening();
      Change sale = sold(till, shop, "1", 500);
      Sold line = new Sold(sale.entity(), 1);
      SaleCompleted twice =
          body(till, List.of(back(shop, 1, line, "-1", -500), back(shop, 2, line, "-1", -500)));
      Judged judged =
          assertVerdict(
              shop,
              till,
              List.of(opening, sale, approved(shop, till, till.change(till.id(), twice))),
              Verdict.QUARANTINED);
      assertThat(judged.code()).isEqualTo("refund-exceeds");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRefundGivesBackNoMoreMoneyThanWasPaidAndNoOtherGoods(Stored stored) throws Exception {
    try (TestShop shop = new TestShop(folder, stored)) {
      SellingTill till = shop.enrol();
      Change opening = till.opening();
      Change sale = sold(till, shop, "2", 1000);
      Sold line = new Sold(sale.entity(), 1);
      assertThat(
              assertVerdict(
                      shop,
                      till,
                      List.of(
                          opening, sale, approved(shop, till, refund(till, shop, line, "1", 1002))),
                      Verdict.QUARANTINED)
                  .code())
          .isEqualTo("refund-exceeds");
      SaleCompleted open =
          body(
              till,
              List.of(
                  new Line(
                      1,
                      null,
                      "",
                      "Gin",
                      Quantity.parse("-1"),
                      500L,
                      null,
                      -500,
                      List.of(),
                      line)));
      assertThat(
              assertVerdict(
                      shop,
                      till,
                      List.of(approved(shop, till, till.change(till.id(), open))),
                      Verdict.QUARANTINED)
                  .code())
          .isEqualTo("refund-of-other-goods");
      assertThat(
              assertVerdict(
                      shop,
                      till,
                      List.of(
                          approved(
                              shop,
                              till,
                              refund(till, shop, new Sold(sale.entity(), 2), "1", 500))),
                      Verdict.QUARANTINED)
                  .code())
          .as("a line that was not sold")
          .isEqualTo("original-unknown");
    }
  }

  @ParameterizedTest
  @EnumSource
  void twoTillsThatRoundedForThemselvesGiveBackACentTooMuchAndAreFlagged(Stored stored)
      throws Exception {
    try (TestShop shop = new TestShop(folder, stored)) {
      SellingTill first = shop.enrol();
      SellingTill second = shop.enrol();
      Change opening = first.opening();
      Change sale = sold(first, shop, "2", 5);
      Sold line = new Sold(sale.entity(), 1);
      assertVerdict(
          shop,
          first,
          List.of(opening, sale, approved(shop, first, refund(first, shop, line, "1", 3))),
          Verdict.ACCEPTED);
      assertThat(
              assertVerdict(
                      shop,
                      second,
                      List.of(
                          second.opening(),
                          approved(shop, second, refund(second, shop, line, "1", 3))),
                      Verdict.FLAGGED)
                  .code())
          .isEqualTo("refund-rounding");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aShiftClosedOverAnotherLogIsFlagged(Stored stored) throws Exception {
    try (TestShop shop = new TestShop(folder, stored)) {
      SellingTill till = shop.enrol();
      Change opening = till.opening();
      Change sale = till.sale(shop.product, 700);
      assertVerdict(shop, till, List.of(opening, sale), Verdict.ACCEPTED);
      Checkpoint now = shop.write(scope -> shop.log.checkpoint(scope)).checkpoint();
      var log = new ShiftClosed.LogHead(now.size(), now.root().toHex());
      assertVerdict(shop, till, List.of(closing(till, shop, List.of(sale), log)), Verdict.ACCEPTED);
      for (var other :
          List.of(
              new ShiftClosed.LogHead(now.size(), "0b".repeat(32)),
              new ShiftClosed.LogHead(now.size() - 1, log.root()),
              new ShiftClosed.LogHead(1_000_000, log.root()))) {
        assertVerdict(shop, till, List.of(till.opening()), Verdict.ACCEPTED);
        Change closing = closing(till, shop, List.of(), other);
        assertThat(assertVerdict(shop, till, List.of(closing), Verdict.FLAGGED).code())
            .isEqualTo("log-contradicted");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aShiftClosedWithLateSales(Stored stored) throws Exception {
    try (TestShop shop = new TestShop(folder, stored)) {
      SellingTill till = shop.enrol();
      Change opening = till.opening();
      Change paidOut =
          approved(
              shop,
              till,
              till.change(
                  till.id(),
                  new CashMoved(shop.store, shop.register, till.shift(), "USD", -300, "milk")));
      Change sale = till.sale(shop.product, 1000);
      assertVerdict(
          shop,
          till,
          List.of(opening, paidOut, sale, closing(till, shop, List.of(paidOut, sale), null)),
          Verdict.ACCEPTED);
      assertThat(
              assertVerdict(
                      shop,
                      till,
                      List.of(closing(till, shop, List.of(paidOut, sale), null)),
                      Verdict.QUARANTINED)
                  .code())
          .isEqualTo("duplicate");
      Change late = till.sale(shop.product, 700);
      assertThat(assertVerdict(shop, till, List.of(late), Verdict.FLAGGED).code())
          .isEqualTo("shift-closed");
      assertThat(
              shop.db()
                  .list(
                      "SELECT sales, total, cash, counted, expected FROM shift WHERE id = ?",
                      row ->
                          List.of(
                              row.integer(1),
                              row.integer(2),
                              row.integer(3),
                              row.integer(4),
                              row.integer(5)),
                      till.shift()))
          .containsExactly(List.of(1L, 1000L, 10_700L, 10_650L, 10_700L));
      assertThat(
              shop.db()
                  .list(
                      "SELECT entity, total, cash FROM shift_adjustment",
                      row -> List.of(row.uuid(1), row.integer(2), row.integer(3))))
          .containsExactly(List.of(late.entity(), 700L, 700L));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aShiftWhoseFiguresAreNotTheServersIsFlagged(Stored stored) throws Exception {
    try (TestShop shop = new TestShop(folder, stored)) {
      SellingTill till = shop.enrol();
      Change opening = till.opening();
      Change never = new Change(till.id(), 1, till.id(), till.id(), null, shop.now, saleOf(till));
      assertThat(
              assertVerdict(
                      shop,
                      till,
                      List.of(opening, closing(till, shop, List.of(never), null)),
                      Verdict.FLAGGED)
                  .code())
          .isEqualTo("shift-sums");
      SellingTill other = shop.enrol();
      assertThat(
              assertVerdict(
                      shop,
                      other,
                      List.of(
                          other.opening(),
                          other.change(till.shift(), closing(till, shop, List.of(), null).body())),
                      Verdict.QUARANTINED)
                  .code())
          .as("a shift of another till")
          .isEqualTo("no-shift");
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyFigureOfAShiftIsAddedUpHereOverAnyNumberOfBatches(Stored stored) throws Exception {
    try (TestShop shop = new TestShop(folder, stored)) {
      SellingTill till = shop.enrol();
      Change opening = till.opening();
      Change sale = till.sale(shop.product, 1000);
      Change basket =
          till.change(
              till.id(), new BasketVoided(shop.store, shop.register, till.shift(), "USD", 2, 1500));
      assertVerdict(shop, till, List.of(opening, sale, basket), Verdict.ACCEPTED);
      Change drawer =
          approved(
              shop,
              till,
              till.change(
                  till.id(),
                  new DrawerOpened(shop.store, shop.register, till.shift(), "a note changed")));
      Change back = approved(shop, till, refund(till, shop, new Sold(sale.entity(), 1), "1", 1000));
      Change count =
          till.change(
              till.id(),
              new DrawerCounted(
                  shop.store,
                  shop.register,
                  till.shift(),
                  "USD",
                  10_900,
                  List.of(new Pieces(100, 109)),
                  List.of(),
                  false));
      assertVerdict(shop, till, List.of(drawer, back, count), Verdict.ACCEPTED);
      List<Change> all = List.of(sale, basket, drawer, back, count);
      ShiftFigures figures = figures(all);
      assertThat(figures.openings()).isEqualTo(1);
      assertThat(figures.refunds()).isEqualTo(new ShiftFigures.Sum(1, -1000));
      Change closing = closing(till, shop, all, null);
      assertVerdict(shop, till, List.of(closing), Verdict.ACCEPTED);
    }
  }

  /** The sums agree, and yet one figure is left out of the report. */
  @ParameterizedTest
  @EnumSource
  void aReportThatLeavesADrawerOpeningOutIsFlagged(Stored stored) throws Exception {
    try (TestShop shop = new TestShop(folder, stored)) {
      SellingTill till = shop.enrol();
      Change opening = till.opening();
      Change sale = till.sale(shop.product, 1000);
      Change drawer =
          approved(
              shop,
              till,
              till.change(
                  till.id(), new DrawerOpened(shop.store, shop.register, till.shift(), "looked")));
      assertVerdict(shop, till, List.of(opening, sale, drawer), Verdict.ACCEPTED);
      assertThat(
              assertVerdict(
                      shop,
                      till,
                      List.of(closing(till, shop, List.of(sale), null)),
                      Verdict.FLAGGED)
                  .code())
          .isEqualTo("shift-sums");
    }
  }

  /** Another device's sale under this shift's id is its own affair. */
  @ParameterizedTest
  @EnumSource
  void nobodySpoilsTheFiguresOfAnotherTill(Stored stored) throws Exception {
    try (TestShop shop = new TestShop(folder, stored)) {
      SellingTill till = shop.enrol();
      SellingTill other = shop.enrol();
      Change opening = till.opening();
      assertVerdict(shop, till, List.of(opening), Verdict.ACCEPTED);
      Change own = other.opening();
      Change foreign =
          approved(
              shop,
              other,
              other.change(
                  other.id(),
                  new CashMoved(shop.store, shop.register, till.shift(), "USD", -300, "milk")));
      assertThat(assertVerdict(shop, other, List.of(own, foreign), Verdict.FLAGGED).code())
          .isEqualTo("no-shift");
      assertVerdict(shop, till, List.of(closing(till, shop, List.of(), null)), Verdict.ACCEPTED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDrawerThatIsOffNeedsSomebodyWhoAnswersForIt(Stored stored) throws Exception {
    try (TestShop shop = new TestShop(folder, stored)) {
      shop.shifts = new ShiftSettings(true, true, 40L, List.of(), List.of(), List.of(), List.of());
      SellingTill till = shop.enrol();
      assertVerdict(shop, till, List.of(till.opening()), Verdict.ACCEPTED);
      // The till says that it knows of no limit.
      assertThat(
              assertVerdict(
                      shop, till, List.of(closing(till, shop, List.of(), null)), Verdict.FLAGGED)
                  .code())
          .isEqualTo("difference-limit");
      assertVerdict(shop, till, List.of(till.opening()), Verdict.ACCEPTED);
      ShiftClosed off = closed(shop, ShiftFigures.NONE, 50, 40L, List.of(), null);
      assertThat(
              assertVerdict(
                      shop, till, List.of(till.change(till.shift(), off)), Verdict.QUARANTINED)
                  .code())
          .isEqualTo("not-permitted");
      Change agreed = approved(shop, till, till.change(till.shift(), off));
      assertVerdict(shop, till, List.of(agreed), Verdict.ACCEPTED);
      assertVerdict(shop, till, List.of(till.opening()), Verdict.ACCEPTED);
      ShiftClosed within = closed(shop, ShiftFigures.NONE, -40, 40L, List.of(), null);
      assertVerdict(shop, till, List.of(till.change(till.shift(), within)), Verdict.ACCEPTED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCountThatDoesNotAddUpOrIsMadeTwiceInSecretDoesNotPass(Stored stored) throws Exception {
    try (TestShop shop = new TestShop(folder, stored)) {
      SellingTill till = shop.enrol();
      assertVerdict(shop, till, List.of(till.opening()), Verdict.ACCEPTED);
      var wrong = List.of(new Pieces(100, 99));
      assertThat(
              assertVerdict(
                      shop, till, List.of(counted(till, shop, wrong, false)), Verdict.QUARANTINED)
                  .code())
          .isEqualTo("sums-do-not-agree");
      var endless = List.of(new Pieces(Long.MAX_VALUE, 3), new Pieces(1, 2));
      assertThat(
              assertVerdict(
                      shop, till, List.of(counted(till, shop, endless, false)), Verdict.QUARANTINED)
                  .code())
          .isEqualTo("amount-out-of-range");
      var right = List.of(new Pieces(100, 100));
      assertVerdict(shop, till, List.of(counted(till, shop, right, false)), Verdict.ACCEPTED);
      assertThat(
              assertVerdict(shop, till, List.of(counted(till, shop, right, false)), Verdict.FLAGGED)
                  .code())
          .isEqualTo("counted-again");
      assertVerdict(
          shop,
          till,
          List.of(approved(shop, till, counted(till, shop, right, true))),
          Verdict.ACCEPTED);
      assertThat(
              assertVerdict(
                      shop, till, List.of(counted(till, shop, right, true)), Verdict.QUARANTINED)
                  .code())
          .isEqualTo("not-permitted");
      ShiftClosed odd = closed(shop, ShiftFigures.NONE, 0, null, wrong, null);
      assertThat(
              assertVerdict(
                      shop, till, List.of(till.change(till.shift(), odd)), Verdict.QUARANTINED)
                  .code())
          .isEqualTo("sums-do-not-agree");
    }
  }

  private static Change counted(
      SellingTill till, TestShop shop, List<Pieces> pieces, boolean again) {
    return till.change(
        till.id(),
        new DrawerCounted(
            shop.store, shop.register, till.shift(), "USD", 10_000, pieces, List.of(), again));
  }

  @ParameterizedTest
  @EnumSource
  void whatAManagerAcceptsCountsFromThenOnAndWhatIsRejectedNeverDoes(Stored stored)
      throws Exception {
    try (TestShop shop = new TestShop(folder, stored)) {
      SellingTill till = shop.enrol();
      SellingTill office = shop.enrol();
      Change opening = till.opening();
      Change open = till.change(till.id(), body(till, List.of(openItem(900))));
      Change other = till.change(till.id(), body(till, List.of(openItem(800))));
      assertVerdict(shop, till, List.of(opening, open, other), Verdict.QUARANTINED);
      assertThat(shop.count("sale")).isZero();
      assertVerdict(
          shop,
          office,
          List.of(
              by(shop, office, resolution(till, open, Resolution.ACCEPT)),
              by(shop, office, resolution(till, other, Resolution.REJECT))),
          Verdict.ACCEPTED);
      assertThat(new ServerBooks().grandTotal(shop.scope()))
          .isEqualTo(new ServerBooks.Total(1, 900));
      assertThat(new ServerBooks().salesByVerdict(shop.scope()))
          .containsEntry(Verdict.FLAGGED, 1L)
          .containsEntry(Verdict.QUARANTINED, 1L);
      assertThat(new ServerBooks().quarantine(shop.scope(), 9)).isEmpty();
      assertThat(
              shop.db()
                  .first(
                      "SELECT total FROM shift WHERE id = ?", row -> row.integer(1), till.shift()))
          .contains(900L);
      assertThat(shop.told)
          .contains(
              new ResolutionItem(till.registered().device(), open.number(), "ACCEPT"),
              new ResolutionItem(till.registered().device(), other.number(), "REJECT"))
          .filteredOn(QuestionItem.class::isInstance)
          .extracting(item -> ((QuestionItem) item).decision())
          .contains("ACCEPT", "REJECT");
      assertThat(
              assertVerdict(
                      shop,
                      office,
                      List.of(by(shop, office, resolution(till, open, Resolution.REJECT))),
                      Verdict.SUPERSEDED)
                  .code())
          .isEqualTo("decided-before");
    }
  }

  @ParameterizedTest
  @EnumSource
  void nobodyAcceptsTwoSalesUnderOneReceiptNorWhatIsWrongInItself(Stored stored) throws Exception {
    try (TestShop shop = new TestShop(folder, stored)) {
      SellingTill till = shop.enrol();
      SellingTill office = shop.enrol();
      Change opening = till.opening();
      SaleCompleted sale = body(till, List.of(openItem(900)));
      Change one = till.change(till.id(), sale);
      Change same = till.change(till.id(), sale);
      Change wrong =
          till.change(
              till.id(), new CashMoved(shop.store, shop.register, till.shift(), "EUR", 5, "coins"));
      assertVerdict(shop, till, List.of(opening, one, same, wrong), Verdict.QUARANTINED);
      List<Judged> judged =
          verdicts(
              shop,
              office,
              List.of(
                  by(shop, office, resolution(till, one, Resolution.ACCEPT)),
                  by(shop, office, resolution(till, same, Resolution.ACCEPT)),
                  by(shop, office, resolution(till, wrong, Resolution.ACCEPT)),
                  by(shop, office, resolution(till, one, Resolution.SEEN))));
      assertThat(judged)
          .extracting(Judged::code)
          .containsExactly("", "cannot-decide", "cannot-decide", "decided-before");
      assertThat(shop.count("sale")).isEqualTo(1);
      assertThat(
              verdicts(
                      shop,
                      office,
                      List.of(
                          by(shop, office, resolution(till, same, Resolution.ACCEPT)),
                          by(shop, office, resolution(till, same, Resolution.REJECT))))
                  .getLast()
                  .verdict())
          .as("the office can still reject it")
          .isEqualTo(Verdict.ACCEPTED);
    }
  }

  /** Each on the ground of those before it: their sums are not written over each other. */
  @ParameterizedTest
  @EnumSource
  void severalThatAreAcceptedAtOnceCountLikeOneAfterTheOther(Stored stored) throws Exception {
    try (TestShop shop = new TestShop(folder, stored)) {
      SellingTill till = shop.enrol();
      SellingTill office = shop.enrol();
      UUID ada = new UUID(3, 3);
      Change opening = till.opening();
      Change added = till.change(ada, new CustomerAdded("a".repeat(64)));
      Change one = till.change(till.id(), owedBy(ada, body(till, List.of(openItem(900)))));
      Change other = till.change(till.id(), owedBy(ada, body(till, List.of(openItem(800)))));
      assertThat(verdicts(shop, till, List.of(opening, added, one, other)))
          .extracting(Judged::verdict)
          .containsExactly(
              Verdict.ACCEPTED, Verdict.ACCEPTED, Verdict.QUARANTINED, Verdict.QUARANTINED);
      assertVerdict(shop, office, accepting(shop, office, till, one, other), Verdict.ACCEPTED);
      assertThat(sums(shop, till)).isEqualTo(List.of(2L, 1700L));
      assertThat(shop.db().list("SELECT owed FROM customer_account", row -> row.integer(1)))
          .containsExactly(1700L);
      assertVerdict(
          shop, till, List.of(closing(till, shop, List.of(one, other), null)), Verdict.ACCEPTED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSalesOfAShiftThatIsAcceptedWithThemAreInIt(Stored stored) throws Exception {
    try (TestShop shop = new TestShop(folder, stored)) {
      SellingTill till = shop.enrol();
      SellingTill office = shop.enrol();
      Change opening = withPeople(till.opening(), UUID.randomUUID(), null);
      Change one = withPeople(till.sale(shop.product, 900), UUID.randomUUID(), null);
      Change other = withPeople(till.sale(shop.product, 800), UUID.randomUUID(), null);
      Change closing =
          withPeople(closing(till, shop, List.of(one, other), null), UUID.randomUUID(), null);
      assertVerdict(shop, till, List.of(opening, one, other, closing), Verdict.QUARANTINED);
      assertThat(
              verdicts(shop, office, accepting(shop, office, till, opening, one, other, closing)))
          .extracting(Judged::code)
          .containsOnly("");
      assertThat(sums(shop, till)).isEqualTo(List.of(2L, 1700L));
      assertThat(
              shop.db()
                  .list("SELECT code FROM question WHERE decision IS NULL", row -> row.text(1)))
          .isEmpty();
    }
  }

  private static List<Long> sums(TestShop shop, SellingTill till) throws SQLException {
    return shop.db()
        .first(
            "SELECT sales, total FROM shift WHERE id = ?",
            row -> List.of(row.integer(1), row.integer(2)),
            till.shift())
        .orElseThrow();
  }

  private static List<Change> accepting(
      TestShop shop, SellingTill office, SellingTill till, Change... changes) {
    return Stream.of(changes)
        .map(change -> by(shop, office, resolution(till, change, Resolution.ACCEPT)))
        .toList();
  }

  private static SaleCompleted owedBy(UUID customer, SaleCompleted sale) {
    return new SaleCompleted(
        sale.store(),
        sale.register(),
        sale.shift(),
        sale.receipt(),
        sale.businessDate(),
        sale.currency(),
        sale.lines(),
        List.of(new Paid(Means.ON_ACCOUNT, sale.total(), "", "", customer)),
        sale.total(),
        0,
        0,
        0,
        List.of(),
        null);
  }

  @ParameterizedTest
  @EnumSource
  void aQuestionOfNobodyAndOneThatDoesNotFitAreAnsweredAlike(Stored stored) throws Exception {
    try (TestShop shop = new TestShop(folder, stored)) {
      SellingTill till = shop.enrol();
      SellingTill office = shop.enrol();
      Change opening = till.opening();
      Change sale = till.sale(shop.product, 900);
      assertVerdict(shop, till, List.of(opening, sale), Verdict.ACCEPTED);
      assertThat(
              verdicts(
                  shop,
                  office,
                  List.of(
                      by(shop, office, resolution(till, sale, Resolution.SEEN)),
                      by(
                          shop,
                          office,
                          new VerdictResolved(UUID.randomUUID(), 1, 1, Resolution.SEEN, "")),
                      office.change(office.id(), resolution(till, sale, Resolution.SEEN)))))
          .extracting(Judged::code)
          .as("accepted, unknown, and by a cashier")
          .containsExactly("unknown-change", "unknown-change", "not-permitted");
    }
  }

  private static Change sold(SellingTill till, TestShop shop, String quantity, long amount) {
    Line line =
        new Line(
            1, shop.product, "", "Gin", Quantity.parse(quantity), null, null, amount, List.of());
    return till.change(till.id(), body(till, List.of(line)));
  }

  private static Change refund(
      SellingTill till, TestShop shop, Sold line, String quantity, long amount) {
    return till.change(
        till.id(), body(till, List.of(back(shop, 1, line, "-" + quantity, -amount))));
  }

  private static Line back(TestShop shop, int no, Sold of, String quantity, long amount) {
    return new Line(
        no, shop.product, "", "Gin", Quantity.parse(quantity), null, null, amount, List.of(), of);
  }

  private static Line openItem(long amount) {
    return new Line(1, null, "", "Ice", Quantity.ONE, amount, null, amount, List.of());
  }

  private static SaleCompleted body(SellingTill till, List<Line> lines) {
    SaleCompleted usual = till.saleBody(null, 1);
    long total = lines.stream().mapToLong(Line::amount).sum();
    return new SaleCompleted(
        usual.store(),
        usual.register(),
        usual.shift(),
        usual.receipt(),
        usual.businessDate(),
        usual.currency(),
        lines,
        List.of(new Paid(Means.CASH, total, "", "")),
        total,
        0,
        0,
        0,
        List.of(),
        null);
  }

  private static SaleCompleted saleOf(SellingTill till) {
    return body(till, List.of(openItem(700)));
  }

  /** Of a shift with these changes; 50 are missing. */
  private static Change closing(
      SellingTill till, TestShop shop, List<Change> changes, ShiftClosed.LogHead log) {
    return till.change(till.shift(), closed(shop, figures(changes), 50, null, List.of(), log));
  }

  private static ShiftFigures figures(List<Change> changes) {
    ShiftTally tally = new ShiftTally();
    changes.forEach(change -> tally.add(change.actor(), change.body()));
    return tally.figures();
  }

  private static ShiftClosed closed(
      TestShop shop,
      ShiftFigures figures,
      long missing,
      Long limit,
      List<Pieces> pieces,
      ShiftClosed.LogHead log) {
    long cash = 10_000 + figures.cash();
    return new ShiftClosed(
        shop.store,
        shop.register,
        1,
        LocalDate.ofInstant(shop.now, ZoneOffset.UTC),
        "USD",
        figures.sales(),
        figures.total(),
        cash,
        cash - missing,
        pieces,
        List.of(),
        limit,
        figures,
        log);
  }

  private static VerdictResolved resolution(SellingTill till, Change change, Resolution decision) {
    return new VerdictResolved(
        till.registered().device(), till.nextBatch() - 1, change.number(), decision, "seen it");
  }

  private static Change by(TestShop shop, SellingTill office, VerdictResolved body) {
    return withPeople(office.change(office.id(), body), shop.manager, null);
  }

  private static Change approved(TestShop shop, SellingTill till, Change change) {
    return withPeople(change, till.registered().cashier(), shop.manager);
  }

  private static Change withPeople(Change change, UUID actor, @Nullable UUID approver) {
    return new Change(
        change.id(), change.number(), change.entity(), actor, approver, change.at(), change.body());
  }

  /** The verdict on the last change; all before it are accepted. */
  private static Judged assertVerdict(
      TestShop shop, SellingTill till, List<Change> changes, Verdict expected) throws SQLException {
    Judged last = verdicts(shop, till, changes).getLast();
    assertThat(last.verdict()).as(last.code()).isEqualTo(expected);
    return last;
  }

  private static List<Judged> verdicts(TestShop shop, SellingTill till, List<Change> changes)
      throws SQLException {
    return ((IngestOutcome.Stored) shop.accept(till.seal(changes))).acknowledgement().verdicts();
  }

  private static List<Long> refunded(TestShop shop, UUID sale) throws SQLException {
    return shop.db()
        .list(
            "SELECT quantity, given, refunds FROM refund WHERE sale = ?",
            row -> List.of(row.integer(1), row.integer(2), row.integer(3)),
            sale)
        .getFirst();
  }
}
