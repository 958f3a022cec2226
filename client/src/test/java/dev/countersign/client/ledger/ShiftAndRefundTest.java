package dev.countersign.client.ledger;

import static dev.countersign.client.ledger.TillFixture.DAY;
import static dev.countersign.client.ledger.TillFixture.USD;
import static dev.countersign.client.ledger.TillFixture.approved;
import static dev.countersign.client.ledger.TillFixture.cashier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.ledger.ActRefusedException.Reason;
import dev.countersign.client.store.StoreException;
import dev.countersign.client.store.StoreFault;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.FeedBody.RefundedItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.RefundableLine;
import dev.countersign.common.sale.Refunds;
import dev.countersign.common.sale.Settlement;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShiftAndRefundTest {
  @TempDir Path temp;
  private TillFixture till;

  @BeforeEach
  void aTillWithAnOpenShift() throws Exception {
    till = TillFixture.in(temp);
    till.openShift();
  }

  @AfterEach
  void close() {
    till.close();
  }

  @Test
  void aShiftClosesWithWhatItsDrawerShouldHoldAndTheNextOneBeginsAtNothing() {
    CompletedSale sale = till.ledger().complete(cashier(), TillFixture.draft());
    till.ledger().moveCash(approved(), Money.of(-1_000, USD), "window cleaner");
    till.ledger().refund(approved(), draft(sale.id(), 1, Quantity.ONE));
    ClosedShift closed = till.ledger().closeShift(cashier(), Money.of(12_600, USD));
    long left = 1999 + 1550;
    assertThat(closed.sales()).isEqualTo(2);
    assertThat(closed.total()).isEqualTo(Money.of(left, USD));
    assertThat(closed.expected()).isEqualTo(Money.of(10_000 - 1_000 + left, USD));
    assertThat(closed.difference()).isEqualTo(Money.of(12_600 - 9_000 - left, USD));
    till.reopen();
    assertThat(till.ledger().currentShift()).isEmpty();
    assertRefused(
        () -> till.ledger().complete(cashier(), TillFixture.draft()), Reason.NO_OPEN_SHIFT);
    assertRefused(
        () -> till.ledger().closeShift(cashier(), Money.of(0, USD)), Reason.NO_OPEN_SHIFT);
    ShiftView next = till.openShift();
    assertThat(next.number()).isEqualTo(2);
    ClosedShift empty = till.ledger().closeShift(cashier(), Money.of(10_000, USD));
    assertThat(empty.sales()).isZero();
    assertThat(empty.difference().isZero()).isTrue();
  }

  /** Whatever the moment at which the disk is full: closed whole, or open as before. */
  @Test
  void aFailedClosing() {
    till.ledger().complete(cashier(), TillFixture.draft());
    ShiftView open = till.ledger().currentShift().orElseThrow();
    Disk.fill(till.device());
    int reasons = 0;
    StoreFault fault = null;
    while (fault == null && reasons < 2_000) {
      try {
        // Until there is no room for one more fact.
        till.ledger().moveCash(approved(), Money.of(100, USD), "coins ".repeat(8));
        reasons++;
      } catch (StoreException e) {
        fault = e.fault();
      }
    }
    assertThat(fault).isEqualTo(new StoreFault.Full());
    long waiting = till.device().outbox().state().waiting();
    boolean closed = false;
    for (int again = 0; again < 3 && !closed; again++) {
      try {
        till.ledger().closeShift(cashier(), Money.of(10_000, USD));
        closed = true;
      } catch (StoreException e) {
        assertThat(e.fault()).isEqualTo(new StoreFault.Full());
        assertThat(till.ledger().currentShift()).contains(open);
        assertThat(till.device().outbox().state().waiting()).isEqualTo(waiting);
      }
    }
    assertThat(closed).as("there was room for it after all").isFalse();
    till.reopen();
    assertThat(till.ledger().currentShift()).contains(open);
    Disk.free(till.device());
    ClosedShift z = till.ledger().closeShift(cashier(), Money.of(10_000, USD));
    assertThat(z.shift().number()).isEqualTo(open.number());
    assertThat(z.expected()).isEqualTo(Money.of(10_000 + 2 * 1999 + 1550 + reasons * 100L, USD));
    assertThat(till.device().outbox().state().waiting()).isEqualTo(waiting + 1);
    assertRefused(
        () -> till.ledger().closeShift(cashier(), Money.of(10_000, USD)), Reason.NO_OPEN_SHIFT);
  }

  @Test
  void aRunningBasketStandsInTheWayOfClosing() {
    till.ledger().saveDraft(TillFixture.basket());
    assertRefused(
        () -> till.ledger().closeShift(cashier(), Money.of(10_000, USD)), Reason.BASKET_OPEN);
    till.ledger().voidBasket(cashier(), TillFixture.basket());
    till.ledger().closeShift(cashier(), Money.of(10_000, USD));
    assertThat(till.ledger().currentShift()).isEmpty();
  }

  @Test
  void cashMovesForAReasonAndNeverByNothing() {
    assertRefused(
        () -> till.ledger().moveCash(approved(), Money.of(0, USD), "why"), Reason.NO_REASON);
    assertRefused(
        () -> till.ledger().moveCash(approved(), Money.of(5, USD), " "), Reason.NO_REASON);
    assertRefused(
        () -> till.ledger().moveCash(approved(), Money.of(5, USD), "4111 1111 1111 1111"),
        Reason.CARD_NUMBER);
    assertThatThrownBy(() -> till.ledger().moveCash(cashier(), Money.of(5, USD), "coins"))
        .isInstanceOf(NotPermittedException.class);
  }

  @Test
  void nothingComesBackTwiceAndInWhateverStepsNoCentIsLost() {
    CompletedSale sale = till.ledger().complete(cashier(), TillFixture.draft());
    RefundDraft both = draft(sale.id(), 1, Quantity.of(2));
    till.ledger().refund(approved(), draft(sale.id(), 1, Quantity.parse("0.7")));
    assertRefused(() -> till.ledger().refund(approved(), both), Reason.NOT_REFUNDABLE);
    till.ledger().refund(approved(), draft(sale.id(), 1, Quantity.parse("1.3")));
    CompletedSale gin = till.ledger().refund(approved(), draft(sale.id(), 2, Quantity.ONE));
    assertThat(till.ledger().refundable(sale.id())).allMatch(line -> line.remaining().isZero());
    assertThat(till.device().books().totals(DAY).total()).isEqualTo(Money.zero(USD));
    assertThat(till.ledger().refundable(gin.id())).as("of a refund").isEmpty();
    assertRefused(
        () ->
            till.ledger()
                .refund(
                    approved(),
                    new RefundDraft(UUID.randomUUID(), both.parts(), both.settlement(), DAY)),
        Reason.NOT_REFUNDABLE);
  }

  @Test
  void whatAnotherTillTookBackIsNotThereAnyMore() throws Exception {
    CompletedSale sale = till.ledger().complete(cashier(), TillFixture.draft());
    RefundedItem said =
        new RefundedItem(List.of(new RefundedItem.Line(1, Quantity.ONE, 1999)), List.of());
    till.device()
        .replica()
        .apply(
            new FeedPage(TillFixture.EPOCH, 11, false, List.of(FeedItem.of(11, sale.id(), said))));
    assertThat(line(sale.id(), 1).remaining()).isEqualTo(Quantity.ONE);
    till.ledger().refund(approved(), draft(sale.id(), 1, Quantity.ONE));
    assertThat(line(sale.id(), 1).remaining()).isEqualTo(Quantity.ZERO);
  }

  private RefundableLine line(UUID sale, int no) {
    return till.ledger().refundable(sale).stream()
        .filter(each -> each.lineNo() == no)
        .findFirst()
        .orElseThrow();
  }

  private RefundDraft draft(UUID sale, int no, Quantity quantity) {
    Refunds.Part part = (Refunds.Part) Refunds.refund(line(sale, no), quantity);
    Money due = part.amount().totalIncluded().negate();
    Settlement.Settled settled =
        (Settlement.Settled) Settlement.of(due, List.of(new CashTender(due)), null);
    return new RefundDraft(sale, List.of(part), settled, DAY);
  }

  private static void assertRefused(Runnable act, Reason reason) {
    assertThatThrownBy(act::run)
        .isInstanceOfSatisfying(
            ActRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
