package dev.countersign.client.ledger;

import static dev.countersign.client.ledger.TillFixture.DAY;
import static dev.countersign.client.ledger.TillFixture.USD;
import static dev.countersign.client.ledger.TillFixture.approved;
import static dev.countersign.client.ledger.TillFixture.basket;
import static dev.countersign.client.ledger.TillFixture.cashier;
import static dev.countersign.client.ledger.TillFixture.draft;
import static dev.countersign.client.ledger.TillFixture.each;
import static dev.countersign.client.ledger.TillFixture.gin;
import static dev.countersign.client.ledger.TillFixture.rum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.ledger.ActRefusedException.Reason;
import dev.countersign.client.store.StoreException;
import dev.countersign.client.store.StoreFault;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.Decision;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.Discount;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.PricedBasket;
import dev.countersign.common.sale.Settlement;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  /** A published test number of a card scheme; satisfies Luhn's formula. */
  private static final String CARD = "4111 1111 1111 1111";

  @TempDir Path temp;
  private TillFixture till;

  @BeforeEach
  void anEnrolledTill() throws Exception {
    till = TillFixture.in(temp);
  }

  @AfterEach
  void close() {
    till.close();
  }

  @Test
  void aSaleIsStoredWholeAndSurvivesARestart() {
    till.openShift();
    CompletedSale sale = till.ledger().complete(cashier(), draft());
    assertThat(sale.body().receipt()).isEqualTo("R1-000001");
    assertThat(sale.body().total()).isEqualTo(2 * 1999 + 1550);
    assertThat(sale.body().lines().getFirst().name()).isEqualTo("Añejo Rum 750 ml");
    assertThat(sale.body().requires()).containsExactly(PermissionKey.SALE_RING);
    assertThat(sale.cashierName()).isEqualTo("Cashier One");
    till.reopen();
    assertThat(till.device().books().sale(sale.id())).contains(sale);
    assertThat(till.device().books().lastSale()).contains(sale);
    assertThat(till.device().books().salesOn(DAY))
        .singleElement()
        .satisfies(
            view -> {
              assertThat(view.receipt()).isEqualTo("R1-000001");
              assertThat(view.standing()).isEqualTo(SaleView.Standing.WAITING);
            });
    assertThat(till.device().books().salesOn(DAY.plusDays(1))).isEmpty();
  }

  @Test
  void theOpeningOfAShiftIsDurableAndThereIsOneAtATime() {
    ShiftView shift = till.openShift();
    till.reopen();
    assertThat(till.ledger().currentShift()).contains(shift);
    assertThat(shift.number()).isEqualTo(1);
    assertRefused(till::openShift, Reason.SHIFT_OPEN_ALREADY);
    assertThat(till.device().outbox().state().waiting()).isEqualTo(1);
  }

  @Test
  void aShiftOpensWithAFloatOfTheShopsCurrencyThatIsNotNegative() {
    assertRefused(
        () -> till.ledger().openShift(cashier(), DAY, Money.of(-1, USD)), Reason.NEGATIVE_FLOAT);
    assertRefused(
        () -> till.ledger().openShift(cashier(), DAY, Money.of(1, Currency.getInstance("EUR"))),
        Reason.OTHER_CURRENCY);
    assertThat(till.ledger().currentShift()).isEmpty();
  }

  @Test
  void nothingIsSoldWithoutAnOpenShiftOrFromAnEmptyBasket() {
    assertRefused(() -> till.ledger().complete(cashier(), draft()), Reason.NO_OPEN_SHIFT);
    till.openShift();
    Basket voided = Basket.empty(USD).add(rum(), Quantity.ONE, each(1999)).voidLine(1);
    assertRefused(() -> till.ledger().complete(cashier(), draft(voided)), Reason.EMPTY_BASKET);
    assertRefused(
        () -> till.ledger().voidBasket(cashier(), Basket.empty(USD)), Reason.EMPTY_BASKET);
  }

  @Test
  void aSaleInAnotherCurrencyIsRefused() {
    till.openShift();
    Currency eur = Currency.getInstance("EUR");
    Basket basket =
        Basket.empty(eur)
            .add(
                rum(),
                Quantity.ONE,
                new dev.countersign.common.sale.LinePrice.Each(Money.of(1999, eur)));
    assertRefused(() -> till.ledger().complete(cashier(), draft(basket)), Reason.OTHER_CURRENCY);
  }

  @Test
  void sumsThatDoNotAgreeAreRefused() {
    till.openShift();
    SaleDraft good = draft();
    PricedBasket priced = good.priced();
    PricedBasket dearer =
        new PricedBasket(
            priced.lines(),
            priced.discount(),
            priced.subtotal(),
            priced.taxes(),
            priced.total().plus(Money.of(1, USD)));
    Settlement.Settled paid = good.settlement();
    Settlement.Settled lessPaid =
        new Settlement.Settled(paid.due(), paid.tip(), paid.rounding(), paid.change(), List.of());
    for (SaleDraft bad :
        List.of(
            new SaleDraft(good.basket(), dearer, paid, DAY, null),
            new SaleDraft(good.basket(), priced, lessPaid, DAY, null),
            new SaleDraft(good.basket().voidLine(1), priced, paid, DAY, null))) {
      assertRefused(() -> till.ledger().complete(cashier(), bad), Reason.SUMS_DO_NOT_AGREE);
    }
    assertThat(till.ledger().complete(cashier(), good).body().receipt()).isEqualTo("R1-000001");
  }

  @Test
  void aCashierNeedsApprovalForAnotherPriceAnOpenItemAndAReturn() {
    till.openShift();
    LineItem open = new LineItem(null, "", "Corkscrew", "", List.of(TillFixture.VAT));
    Basket cheaper = Basket.empty(USD).add(rum(), Quantity.ONE, each(1));
    Basket openItem = Basket.empty(USD).add(open, Quantity.ONE, each(500));
    Basket back = Basket.empty(USD).add(rum(), Quantity.of(-1), each(1999));
    assertNotPermitted(cheaper, PermissionKey.SALE_PRICE);
    assertNotPermitted(openItem, PermissionKey.SALE_OPEN_ITEM);
    assertNotPermitted(back, PermissionKey.SALE_RETURN);
    assertThat(till.device().outbox().state().waiting()).as("only the shift").isEqualTo(1);
    CompletedSale approved = till.ledger().complete(approved(), draft(cheaper));
    assertThat(approved.body().lines().getFirst().listed()).isEqualTo(1999);
    till.ledger().complete(approved(), draft(openItem));
    till.ledger().complete(approved(), draft(back));
  }

  @Test
  void aStrangerAndACashierApprovingThemselvesMayNothing() {
    till.openShift();
    Actor stranger = new Actor(UUID.randomUUID(), null, TillFixture.NOON);
    assertThatThrownBy(() -> till.ledger().complete(stranger, draft()))
        .isInstanceOf(NotPermittedException.class);
    Actor self = new Actor(TillFixture.CASHIER, TillFixture.CASHIER, TillFixture.NOON);
    Basket cheaper = Basket.empty(USD).add(rum(), Quantity.ONE, each(1));
    assertThatThrownBy(() -> till.ledger().complete(self, draft(cheaper)))
        .isInstanceOf(NotPermittedException.class);
  }

  @Test
  void aPriceThatChangesUnderTheRunningBasketDoesNotStopTheSale() throws Exception {
    till.openShift();
    till.ledger().saveDraft(basket());
    till.dearerRum();
    CompletedSale sale = till.ledger().complete(cashier(), draft());
    assertThat(sale.body().lines().getFirst().listed()).isNull();
    assertNotPermitted(basket(), PermissionKey.SALE_PRICE);
  }

  @Test
  void aCardNumberIsRefusedInEveryTextThatAPersonCanType() {
    till.openShift();
    LineItem open = new LineItem(null, "", CARD, "", List.of(TillFixture.VAT));
    Basket typed = Basket.empty(USD).add(open, Quantity.ONE, each(500));
    assertRefused(() -> till.ledger().complete(approved(), draft(typed)), Reason.CARD_NUMBER);
    assertRefused(() -> till.ledger().saveDraft(typed), Reason.CARD_NUMBER);
    Money total = draft().priced().total();
    SaleDraft note = draft(basket(), List.of(new CashTender(total)), CARD);
    assertRefused(() -> till.ledger().complete(cashier(), note), Reason.CARD_NUMBER);
    Discount reason = new Discount.PercentOff(BigDecimal.TEN, CARD);
    for (Basket basket :
        List.of(
            basket().note(CARD),
            basket().note(1, CARD),
            basket().discount(reason),
            basket().discount(2, reason))) {
      assertRefused(() -> till.ledger().saveDraft(basket), Reason.CARD_NUMBER);
      assertRefused(() -> till.ledger().complete(approved(), draft(basket)), Reason.CARD_NUMBER);
    }
  }

  @Test
  void cardAndCashAreKeptApartAndChangeIsNotCountedAsCash() {
    till.openShift();
    SaleDraft split =
        draft(
            basket(),
            List.of(
                new CardTender(Money.of(5000, USD), "T-77", "1234"),
                new CashTender(Money.of(1000, USD))),
            null);
    SaleCompleted body = till.ledger().complete(cashier(), split).body();
    assertThat(body.change()).isEqualTo(6000 - 5548);
    DayTotals day = till.device().books().totals(DAY);
    assertThat(day.card()).isEqualTo(Money.of(5000, USD));
    assertThat(day.cash()).isEqualTo(Money.of(548, USD));
    assertThat(day.total()).isEqualTo(Money.of(5548, USD));
    assertThat(day.sales()).isEqualTo(1);
  }

  @Test
  void aSaleTooLargeForABatchIsRefusedWhenItIsRecorded() {
    till.openShift();
    Basket huge = Basket.empty(USD);
    LineItem item =
        new LineItem(
            TillFixture.RUM, "080480280024", "N".repeat(600), "", List.of(TillFixture.VAT));
    List<dev.countersign.common.sale.BasketLine> lines = new java.util.ArrayList<>();
    for (int i = 1; i <= 2000; i++) {
      lines.add(
          new dev.countersign.common.sale.BasketLine(i, item, Quantity.ONE, each(1999), false));
    }
    Basket full = new Basket(huge.currency(), lines);
    assertRefused(() -> till.ledger().complete(cashier(), draft(full)), Reason.TOO_LARGE);
    assertThat(till.ledger().complete(cashier(), draft()).body().receipt()).isEqualTo("R1-000001");
  }

  @Test
  void theDraftSurvivesARestartAndEndsWithTheSale() {
    till.openShift();
    Basket running =
        basket()
            .add(
                gin(),
                Quantity.parse("0.5"),
                new dev.countersign.common.sale.LinePrice.Total(Money.of(775, USD)))
            .voidLine(1);
    till.ledger().saveDraft(running);
    till.reopen();
    assertThat(till.ledger().draft()).contains(running);
    till.ledger().complete(cashier(), draft(running));
    assertThat(till.ledger().draft()).isEmpty();
    till.ledger().saveDraft(running);
    till.ledger().voidBasket(cashier(), running);
    assertThat(till.ledger().draft()).isEmpty();
    till.ledger().saveDraft(Basket.empty(USD));
    assertThat(till.ledger().draft()).isEmpty();
  }

  @Test
  void aFullDiskRecordsNothingAndConsumesNoReceiptNumber() {
    till.openShift();
    till.ledger().complete(cashier(), draft());
    long changes = till.device().outbox().state().waiting();
    till.device().store().write(db -> db.first("PRAGMA max_page_count = 1", r -> r.integer(1)));
    int completed = 0;
    StoreFault fault = null;
    while (fault == null && completed < 2000) {
      try {
        till.ledger().complete(cashier(), draft());
        completed++;
      } catch (StoreException e) {
        fault = e.fault();
      }
    }
    assertThat(fault).isEqualTo(new StoreFault.Full());
    assertThat(till.device().outbox().state().waiting()).isEqualTo(changes + completed);
    assertThat(till.device().receiptJobs().pending()).hasSize(1 + completed);
    till.device()
        .store()
        .write(db -> db.first("PRAGMA max_page_count = 1000000", r -> r.integer(1)));
    CompletedSale next = till.ledger().complete(cashier(), draft());
    assertThat(next.body().receipt()).isEqualTo("R1-%06d".formatted(completed + 2));
  }

  @Test
  void receiptNumbersStayGaplessOverRefusedSalesAndRestarts() {
    till.openShift();
    for (int i = 1; i <= 20; i++) {
      assertThatThrownBy(
              () ->
                  till.ledger()
                      .complete(
                          cashier(), draft(Basket.empty(USD).add(rum(), Quantity.ONE, each(1)))))
          .isInstanceOf(NotPermittedException.class);
      if (i % 7 == 0) {
        till.reopen();
      }
      assertThat(till.ledger().complete(cashier(), draft()).body().receipt())
          .isEqualTo("R1-%06d".formatted(i));
    }
  }

  @Test
  void salesOfSeveralThreadsGetNumbersOfTheirOwn() throws Exception {
    till.openShift();
    try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 40; i++) {
        var _ = threads.submit(() -> till.ledger().complete(cashier(), draft()));
      }
    }
    assertThat(till.device().books().salesOn(DAY))
        .extracting(SaleView::receipt)
        .hasSize(40)
        .doesNotHaveDuplicates()
        .contains("R1-000001", "R1-000040");
  }

  @Test
  void anOfficeSellsNothing() throws Exception {
    try (TillFixture office = TillFixture.in(temp.resolve("office"), DeviceKind.OFFICE)) {
      assertRefused(office::openShift, Reason.NOT_A_TILL);
      assertRefused(() -> office.ledger().complete(cashier(), draft()), Reason.NOT_A_TILL);
    }
  }

  @Test
  void listenersHearOfEveryCommitAndOfNothingElse() {
    AtomicInteger heard = new AtomicInteger();
    till.ledger().addListener(heard::incrementAndGet);
    assertRefused(() -> till.ledger().complete(cashier(), draft()), Reason.NO_OPEN_SHIFT);
    assertThat(heard).hasValue(0);
    till.openShift();
    till.ledger().complete(cashier(), draft());
    assertThat(heard).hasValue(2);
  }

  @Test
  void aReceiptBegunBeforeACrashIsPrintedAgainAsACopy() {
    till.openShift();
    CompletedSale first = till.ledger().complete(cashier(), draft());
    CompletedSale second = till.ledger().complete(cashier(), draft());
    till.device().receiptJobs().printing(first.id());
    till.reopen();
    assertThat(till.device().receiptJobs().pending())
        .containsExactly(new ReceiptJob(first, true), new ReceiptJob(second, false));
    till.device().receiptJobs().printed(first.id());
    till.device().receiptJobs().printed(first.id());
    assertThat(till.device().receiptJobs().pending())
        .containsExactly(new ReceiptJob(second, false));
  }

  private void assertNotPermitted(Basket basket, PermissionKey key) {
    assertThatThrownBy(() -> till.ledger().complete(cashier(), draft(basket)))
        .isInstanceOfSatisfying(
            NotPermittedException.class,
            e -> {
              assertThat(e.key()).isEqualTo(key);
              assertThat(e.decision()).isEqualTo(Decision.NEEDS_APPROVAL);
            });
  }

  private static void assertRefused(Runnable act, Reason reason) {
    assertThatThrownBy(act::run)
        .isInstanceOfSatisfying(
            ActRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
