package dev.countersign.client.ledger;

import static dev.countersign.client.ledger.TillFixture.DAY;
import static dev.countersign.client.ledger.TillFixture.NOON;
import static dev.countersign.client.ledger.TillFixture.USD;
import static dev.countersign.client.ledger.TillFixture.approved;
import static dev.countersign.client.ledger.TillFixture.cashier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.ledger.ActRefusedException.Reason;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.change.DrawerCounted.Pieces;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.ShiftClosed;
import dev.countersign.common.change.ShiftFigures.RungUp;
import dev.countersign.common.change.ShiftFigures.Sum;
import dev.countersign.common.change.ShiftFigures.Tendered;
import dev.countersign.common.money.Money;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.FeedBody.SettingsItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.protocol.ShiftSettings;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.CashTender;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShiftBookTest {
  private static final Actor SUPERVISOR = new Actor(TillFixture.SUPERVISOR, null, NOON);

  @TempDir Path temp;
  private TillFixture till;
  private ShiftView shift;
  private long cursor = 10;

  @BeforeEach
  void aTillWithAnOpenShift() throws Exception {
    till = TillFixture.in(temp);
    shift = till.openShift();
  }

  @AfterEach
  void close() {
    till.close();
  }

  private void rules(boolean blind, boolean sumTyped, Long limit) throws Exception {
    var rules =
        new ShiftSettings(blind, sumTyped, limit, List.of(), List.of(), List.of(), List.of());
    var settings =
        new SettingsItem(
                "Tenant", "Store", List.of(), List.of(), "USD", 0, "HALF_UP", "CASH", 180, "UTC")
            .with(rules);
    cursor++;
    till.device()
        .replica()
        .apply(
            new FeedPage(
                TillFixture.EPOCH,
                cursor,
                false,
                List.of(FeedItem.of(cursor, till.ledger().enrolled().store(), settings))));
  }

  private static Money usd(long minor) {
    return Money.of(minor, USD);
  }

  private static DrawerCount sum(long minor) {
    return DrawerCount.ofSum(usd(minor));
  }

  private static void assertRefused(Runnable act, Reason reason) {
    assertThatThrownBy(act::run)
        .isInstanceOfSatisfying(
            ActRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static void assertNeeds(Runnable act, PermissionKey key) {
    assertThatThrownBy(act::run)
        .isInstanceOfSatisfying(
            NotPermittedException.class, e -> assertThat(e.key()).isEqualTo(key));
  }

  private ShiftClosed recorded() throws Exception {
    byte[] last =
        till.device()
            .store()
            .read(
                db ->
                    db.first(
                        "SELECT body FROM change ORDER BY number DESC LIMIT 1",
                        row -> row.bytes(1)))
            .orElseThrow();
    return (ShiftClosed) ChangeCodec.decode(last, 0, last.length).body();
  }

  @Test
  void everythingThatHappenedStandsOnTheReport() throws Exception {
    var cash = TillFixture.draft();
    till.ledger().complete(cashier(), cash);
    till.ledger()
        .complete(
            SUPERVISOR,
            TillFixture.draft(
                TillFixture.basket().voidLine(2),
                List.of(new CardTender(usd(3000), "", ""), new CashTender(usd(1000))),
                null));
    till.ledger().voidBasket(cashier(), TillFixture.basket());
    till.ledger().moveCash(approved(), usd(-1_000), "window cleaner");
    till.ledger().moveCash(approved(), usd(500), "coins");
    till.ledger().openDrawer(approved(), "a note changed");
    ShiftReport x = till.ledger().shiftReport(TillFixture.CASHIER).orElseThrow();
    assertThat(x.closed()).isFalse();
    long sold = 2 * 1999 + 1550;
    assertThat(x.expected()).isEqualTo(10_000 + sold + 998 - 1_000 + 500);
    assertThat(x.figures().tenders())
        .containsExactly(new Tendered(Means.CASH, sold + 998), new Tendered(Means.CARD, 3000));
    assertThat(x.figures().cashiers())
        .containsExactlyInAnyOrder(
            new RungUp(TillFixture.CASHIER, 1, sold),
            new RungUp(TillFixture.SUPERVISOR, 1, 2 * 1999));
    assertThat(x.figures().taxes())
        .singleElement()
        .satisfies(tax -> assertThat(tax.net() + tax.tax()).isEqualTo(sold + 2 * 1999));
    assertThat(x.figures().voidedLines()).isEqualTo(new Sum(1, 1550));
    assertThat(x.figures().voidedBaskets()).isEqualTo(new Sum(1, sold));
    assertThat(x.figures().openings()).isEqualTo(1);
    assertThat(x.figures().firstReceipt()).isEqualTo("R1-000001");
    assertThat(x.figures().lastReceipt()).isEqualTo("R1-000002");
    assertThat(x.categories())
        .containsExactly(
            new ShiftReport.Category("Gin", 1, 1550), new ShiftReport.Category("Rum", 2, 4 * 1999));
    assertThat(x.movements())
        .extracting(ShiftReport.Movement::by, ShiftReport.Movement::approver)
        .containsOnly(org.assertj.core.groups.Tuple.tuple("Cashier One", "Supervisor Two"));
    assertThat(x.people())
        .containsExactly(
            new ShiftReport.Person("Cashier One", 1, sold, Sum.NONE, new Sum(1, sold), 1),
            new ShiftReport.Person("Supervisor Two", 1, 2 * 1999, Sum.NONE, new Sum(1, 1550), 0));
    DrawerCount count =
        new DrawerCount(
            usd(x.expected() - 5),
            List.of(new Pieces(x.expected() - 5, 1)),
            List.of(new Tendered(Means.CARD, 2_900)));
    ClosedShift z = till.ledger().closeShift(cashier(), shift.id(), count);
    assertThat(z.report().figures()).isEqualTo(x.figures());
    assertThat(z.difference()).isEqualTo(usd(-5));
    assertThat(z.report().counted(Means.CARD)).contains(2_900L);
    assertThat(z.report().expected(Means.CARD)).isEqualTo(3_000);
    ShiftClosed body = recorded();
    assertThat(body.figures()).isEqualTo(x.figures());
    assertThat(body.pieces()).isEqualTo(count.pieces());
    assertThat(body.others()).isEqualTo(count.others());
  }

  /** The next shift of the same day begins at nothing, and the first one's report stays. */
  @Test
  void twoShiftsOfADayAreTwoReportsAndACopySaysWhatTheFirstPaperSaid() throws Exception {
    till.ledger().complete(cashier(), TillFixture.draft());
    ShiftReport first = till.ledger().closeShift(cashier(), usd(15_548)).report();
    till.openShift();
    till.ledger().complete(cashier(), TillFixture.draft());
    till.ledger().complete(cashier(), TillFixture.draft());
    ShiftReport second = till.ledger().closeShift(cashier(), usd(15_548)).report();
    assertThat(first.number()).isEqualTo(1);
    assertThat(second.number()).isEqualTo(2);
    assertThat(second.figures().sales()).isEqualTo(2);
    assertThat(second.figures().firstReceipt()).isEqualTo("R1-000002");
    hear(TillFixture.user(cursor, TillFixture.CASHIER, "Another Name", Role.CASHIER));
    till.reopen();
    assertThat(till.ledger().closedReport(1)).contains(first);
    assertThat(till.ledger().lastReport()).contains(second);
    assertThat(till.ledger().closedReport(3)).isEmpty();
  }

  private void hear(FeedItem item) throws Exception {
    cursor++;
    till.device().replica().apply(new FeedPage(TillFixture.EPOCH, cursor, false, List.of(item)));
  }

  /** Whoever does not know whether it worked asks again. */
  @Test
  void closingTwiceRecordsOnceAndGivesTheSameReport() {
    till.ledger().complete(cashier(), TillFixture.draft());
    ClosedShift z = till.ledger().closeShift(cashier(), shift.id(), sum(15_548));
    long waiting = till.device().outbox().state().waiting();
    assertThat(till.ledger().closeShift(SUPERVISOR, shift.id(), sum(99))).isEqualTo(z);
    till.reopen();
    assertThat(till.ledger().closeShift(SUPERVISOR, shift.id(), sum(99))).isEqualTo(z);
    assertThat(till.device().outbox().state().waiting()).isEqualTo(waiting);
    till.openShift();
    assertThat(till.ledger().closeShift(SUPERVISOR, shift.id(), sum(99))).isEqualTo(z);
    assertThat(till.ledger().currentShift()).isPresent();
    assertRefused(
        () -> till.ledger().closeShift(cashier(), UUID.randomUUID(), sum(0)), Reason.NO_OPEN_SHIFT);
  }

  @Test
  void aDifferenceAboveTheLimitNeedsASupervisorWhoseNameStandsInTheChange() throws Exception {
    rules(false, true, 500L);
    assertNeeds(
        () -> till.ledger().closeShift(cashier(), shift.id(), sum(10_501)),
        PermissionKey.SHIFT_DIFFERENCE);
    DrawerCount card =
        new DrawerCount(usd(10_000), List.of(), List.of(new Tendered(Means.CARD, 501)));
    assertNeeds(
        () -> till.ledger().closeShift(cashier(), shift.id(), card),
        PermissionKey.SHIFT_DIFFERENCE);
    assertThat(till.ledger().currentShift()).contains(shift);
    ClosedShift z = till.ledger().closeShift(approved(), shift.id(), sum(9_499));
    assertThat(z.report().approver()).isEqualTo("Supervisor Two");
    assertThat(recorded().requires())
        .containsExactlyInAnyOrder(PermissionKey.SHIFT_CLOSE, PermissionKey.SHIFT_DIFFERENCE);
    ShiftView next = till.openShift();
    till.ledger().closeShift(cashier(), next.id(), sum(9_500));
    assertThat(till.ledger().currentShift()).isEmpty();
  }

  @Test
  void aBlindCountIsOnRecordBeforeAnybodyIsToldAndAnotherOneNeedsASupervisor() throws Exception {
    rules(true, true, null);
    till.ledger().complete(cashier(), TillFixture.draft());
    assertRefused(
        () -> till.ledger().closeShift(cashier(), shift.id(), sum(15_548)), Reason.COUNT_FIRST);
    Told told = till.ledger().countDrawer(cashier(), shift.id(), sum(15_000));
    assertThat(told.difference()).isEqualTo(usd(-548));
    assertRefused(
        () -> till.ledger().closeShift(cashier(), shift.id(), sum(15_548)), Reason.COUNT_FIRST);
    assertNeeds(
        () -> till.ledger().countDrawer(cashier(), shift.id(), sum(15_548)),
        PermissionKey.SHIFT_DIFFERENCE);
    // Not even over a power cut.
    till.reopen();
    assertThat(till.ledger().told()).contains(told);
    assertNeeds(
        () -> till.ledger().countDrawer(cashier(), shift.id(), sum(15_548)),
        PermissionKey.SHIFT_DIFFERENCE);
    Told again = till.ledger().countDrawer(approved(), shift.id(), sum(15_500));
    assertThat(again.difference()).isEqualTo(usd(-48));
    ClosedShift z = till.ledger().closeShift(cashier(), shift.id(), again.count());
    assertThat(z.report().figures().counts()).containsExactly(15_000L, 15_500L);
    assertThat(z.difference()).isEqualTo(usd(-48));
  }

  @Test
  void whoSellsOnAfterABlindCountHasToCountAgain() throws Exception {
    rules(true, true, null);
    Told told = till.ledger().countDrawer(cashier(), shift.id(), sum(10_000));
    till.ledger().complete(cashier(), TillFixture.draft());
    assertThat(till.ledger().told()).isEmpty();
    assertRefused(
        () -> till.ledger().closeShift(cashier(), shift.id(), told.count()), Reason.COUNT_FIRST);
    till.ledger().countDrawer(approved(), shift.id(), sum(15_548));
    till.ledger().closeShift(cashier(), shift.id(), sum(15_548));
    assertThat(till.ledger().currentShift()).isEmpty();
  }

  @Test
  void aCountAddsUpAndIsMadePieceByPieceWhereTheStoreWantsIt() throws Exception {
    rules(false, false, null);
    assertRefused(
        () -> till.ledger().closeShift(cashier(), shift.id(), sum(10_000)), Reason.COUNT_EACH);
    for (List<Pieces> wrong :
        List.of(
            List.of(new Pieces(100, 99)),
            List.of(new Pieces(100, 50), new Pieces(100, 50)),
            List.of(new Pieces(0, 1), new Pieces(10_000, 1)),
            List.of(new Pieces(20_000, 1), new Pieces(100, -100)))) {
      assertRefused(
          () ->
              till.ledger()
                  .closeShift(
                      cashier(), shift.id(), new DrawerCount(usd(10_000), wrong, List.of())),
          Reason.COUNT_DOES_NOT_ADD_UP);
    }
    DrawerCount twice =
        new DrawerCount(
            usd(10_000), List.of(new Pieces(100, 100)), List.of(new Tendered(Means.CASH, 1)));
    assertRefused(
        () -> till.ledger().closeShift(cashier(), shift.id(), twice), Reason.COUNT_DOES_NOT_ADD_UP);
    DrawerCount each = new DrawerCount(usd(10_000), List.of(new Pieces(100, 100)), List.of());
    till.ledger().closeShift(cashier(), shift.id(), each);
  }

  @Test
  void aDrawerOpensForAReasonAndOnARightOfItsOwn() {
    assertNeeds(() -> till.ledger().openDrawer(cashier(), "why"), PermissionKey.DRAWER_OPEN);
    assertRefused(() -> till.ledger().openDrawer(approved(), " "), Reason.NO_REASON);
    assertRefused(
        () -> till.ledger().openDrawer(approved(), "4111 1111 1111 1111"), Reason.CARD_NUMBER);
    DrawerSlip slip = till.ledger().openDrawer(approved(), " a note changed ");
    assertThat(slip)
        .isEqualTo(
            new DrawerSlip(NOON, 1, "Cashier One", "Supervisor Two", usd(0), "a note changed"));
    assertThat(till.ledger().closeShift(cashier(), usd(10_000)).expected()).isEqualTo(usd(10_000));
    assertRefused(() -> till.ledger().openDrawer(approved(), "why"), Reason.NO_OPEN_SHIFT);
    assertThat(DAY).isEqualTo(shift.businessDate());
  }

  /** However many sales a till has kept, those of other shifts are not looked at. */
  @Test
  void noStatementOfAClosingGoesThroughTheWholeTable() {
    for (String sql : List.of(ShiftReader.CHANGES, ShiftBook.COUNTED, ShiftBook.LAST_COUNT)) {
      List<String> plan =
          till.device()
              .store()
              .read(
                  db -> db.list("EXPLAIN QUERY PLAN " + sql.replace("?", "7"), row -> row.text(4)));
      assertThat(plan).as(sql).isNotEmpty().noneMatch(step -> step.startsWith("SCAN"));
    }
  }
}
