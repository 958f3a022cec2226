package dev.countersign.client.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.countersign.client.flow.GivingBack.Way;
import dev.countersign.client.flow.SendingBack.Sent;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.NotPermittedException;
import dev.countersign.client.ledger.OpenPayment;
import dev.countersign.client.ledger.SoldBefore;
import dev.countersign.client.ledger.TillFixture;
import dev.countersign.client.terminal.SimulatedTerminal;
import dev.countersign.client.terminal.SimulatedTerminal.Manner;
import dev.countersign.common.change.PaymentReturned.How;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.sale.RefundableLine;
import dev.countersign.common.sale.Refunds;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.sale.TenderKind;
import dev.countersign.common.sale.TenderRules;
import dev.countersign.common.tax.TaxRounding;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refunds to cards over a real connection that breaks where it hurts. */
class SendingBackTest {
  private static final UUID CASHIER = TillFixture.CASHIER;
  private static final UUID SUPERVISOR = TillFixture.SUPERVISOR;

  @TempDir Path directory;
  private TillFixture till;
  private SimulatedTerminal terminal;
  private SendingBack sending;

  @BeforeEach
  void open() throws Exception {
    till = TillFixture.in(directory);
    till.openShift();
    terminal = SimulatedTerminal.start(_ -> Manner.APPROVE);
    sending = sending(terminal);
  }

  @AfterEach
  void close() throws Exception {
    terminal.close();
    till.close();
  }

  static SendingBack sending(SimulatedTerminal terminal) {
    return new SendingBack(ChargingTest.line(terminal.address()), UUID::randomUUID);
  }

  /** 55.48 by two cards and cash. */
  private CompletedSale sold() {
    return sold(card(3_000, "SIM-71"), card(1_500, "SIM-72"), new CashTender(usd(1_048)));
  }

  private CompletedSale sold(Tender... tenders) {
    return till.ledger()
        .complete(
            TillFixture.cashier(), TillFixture.draft(TillFixture.basket(), List.of(tenders), null));
  }

  private static CardTender card(long minor, String reference) {
    return new CardTender(usd(minor), reference, "4711");
  }

  private static Money usd(long minor) {
    return Money.of(minor, TillFixture.USD);
  }

  /** All of it comes back. */
  private GivingBack giving(CompletedSale sale) {
    SoldBefore sold = till.ledger().soldBefore(sale.id()).orElseThrow();
    Basket basket = Basket.empty(TillFixture.USD);
    for (RefundableLine line : sold.lines()) {
      Refunds.Part all = (Refunds.Part) Refunds.refund(line, line.remaining());
      basket = sold.bringBack(basket, all, "unwanted");
    }
    return giving(basket, OpenPayment.none(usd(0)));
  }

  private GivingBack giving(Basket basket, OpenPayment payment) {
    GivingBack giving =
        new GivingBack(
            till.ledger(),
            Clock.fixed(TillFixture.NOON, ZoneOffset.UTC),
            new Paying.Terms(null, TenderRules.USUAL, List.of()),
            new Running(
                basket,
                Pricing.price(basket, TaxRounding.perLine(TillFixture.USD)),
                0,
                Quantity.ONE,
                false),
            payment,
            UUID::randomUUID,
            Retaxing.NONE);
    giving.propose();
    return giving;
  }

  /** The till was stopped, and goes on with what lies on its disk. */
  private GivingBack afterRestart() {
    till.reopen();
    var kept = till.ledger().kept().orElseThrow();
    return giving(kept.basket(), kept.payment());
  }

  private static CardTender next(GivingBack giving) {
    return giving.toSend().orElseThrow();
  }

  private CompletedSale finish(GivingBack giving) {
    return giving.finish(CASHIER, SUPERVISOR, TillFixture.DAY);
  }

  @Test
  void eachCardGetsItsPartBeforeTheRefundIsRecordedAndTheRestIsCash() {
    GivingBack giving = giving(sold());
    assertThat(sending.send(giving, next(giving))).isInstanceOf(Sent.Gone.class);
    assertThat(till.device().books().lastSale().orElseThrow().body().total())
        .as("not recorded yet")
        .isPositive();
    assertThat(sending.send(giving, next(giving))).isInstanceOf(Sent.Gone.class);
    assertThat(giving.toSend()).isEmpty();
    assertThat(giving.left()).isEqualTo(usd(1_048));
    assertThat(terminal.refunded().values()).containsExactlyInAnyOrder(3_000L, 1_500L);
    assertThat(finish(giving).body().tenders())
        .containsExactly(
            new Paid(Means.CARD, -3_000, "SIM-1", "4242"),
            new Paid(Means.CARD, -1_500, "SIM-2", "4242"),
            new Paid(Means.CASH, -1_048, "", ""));
    assertThat(till.ledger().kept()).isEmpty();
    assertThat(terminal.charged()).isEmpty();
  }

  @Test
  void nobodyIsSentMoneyThatNobodyMayGiveBack() {
    GivingBack giving = giving(sold());
    assertThatThrownBy(() -> giving.require(CASHIER, null, TillFixture.DAY))
        .isInstanceOf(NotPermittedException.class);
    giving.require(CASHIER, SUPERVISOR, TillFixture.DAY);
    assertThat(till.ledger().kept()).as("asking records nothing").isEmpty();
    assertThat(till.device().books().salesOn(TillFixture.DAY)).hasSize(1);
  }

  @Test
  void anAnswerThatIsLostIsAskedForAndTheCardGetsItOnce() {
    terminal.behave(_ -> Manner.LOSE_ANSWER);
    GivingBack giving = giving(sold());
    assertThat(sending.send(giving, next(giving))).isInstanceOf(Sent.Gone.class);
    assertThat(terminal.refunded().values()).containsExactly(3_000L);
  }

  @Test
  void whatTheTerminalDoesNotSendMayGoAnotherWay() throws Exception {
    GivingBack giving = giving(sold());
    sending.send(giving, next(giving));
    terminal.behave(_ -> Manner.DECLINE);
    CardTender second = next(giving);
    assertThat(sending.send(giving, second)).isEqualTo(new Sent.Refused(second, "simulated"));
    terminal.behave(_ -> Manner.TIME_OUT);
    assertThat(sending.send(giving, second)).isEqualTo(new Sent.Refused(second, ""));
    terminal.close();
    assertThat(sending.send(giving, second)).isEqualTo(new Sent.NotReached(second));
    giving.choose(Way.STORE_CREDIT, usd(500));
    assertThat(giving.tenders())
        .extracting(Tender::amount)
        .containsExactly(usd(-3_000), usd(-1_500), usd(-500), usd(-548));
    giving.choose(Way.CASH, null);
    assertThat(giving.tenders())
        .extracting(Tender::kind, Tender::amount)
        .as("what has gone stays gone")
        .containsExactly(tuple(TenderKind.CARD, usd(-3_000)), tuple(TenderKind.CASH, usd(-2_548)));
    assertThat(finish(giving).body().tenders()).hasSize(2);
  }

  @Test
  void byHandItIsNotAskedForAgain() {
    GivingBack giving = giving(sold());
    CardTender first = next(giving);
    giving.byHand(first);
    assertThat(next(giving).reference()).isEqualTo("SIM-72");
    sending.send(giving, next(giving));
    assertThat(finish(giving).body().tenders())
        .containsExactly(
            new Paid(Means.CARD, -1_500, "SIM-1", "4242"),
            new Paid(Means.CARD, -3_000, "SIM-71", "4711"),
            new Paid(Means.CASH, -1_048, "", ""));
  }

  @Test
  void aPaymentWithoutAReferenceIsForAnotherTerminal() {
    GivingBack giving = giving(sold(card(5_548, "")));
    assertThat(giving.toSend()).isEmpty();
    assertThat(finish(giving).body().tenders()).hasSize(1);
  }

  @Test
  void whenNobodyKnowsTheRefundWaitsAlsoOverARestart() {
    GivingBack giving = giving(sold());
    sending.send(giving, next(giving));
    unplugAfter(Manner.LOSE_ANSWER);
    assertThat(sending.send(giving, next(giving))).isInstanceOf(Sent.Unsure.class);
    assertThatThrownBy(() -> finish(giving)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> sending.send(giving, next(giving)))
        .isInstanceOf(IllegalStateException.class);
    GivingBack after = afterRestart();
    assertThatThrownBy(() -> finish(after)).isInstanceOf(IllegalStateException.class);
    assertThat(sending.resolve(after)).isInstanceOf(Sent.Unsure.class);
    terminal.plugIn();
    assertThat(sending.resolve(after)).isInstanceOf(Sent.Gone.class);
    assertThat(after.toSend()).as("nothing twice").isEmpty();
    assertThat(after.left()).isEqualTo(usd(1_048));
    assertThat(finish(after).body().tenders())
        .extracting(Paid::amount)
        .containsExactly(-3_000L, -1_500L, -1_048L);
    assertThat(terminal.refunded().values()).containsExactlyInAnyOrder(3_000L, 1_500L);
  }

  @Test
  void theCashierSaysWhatNobodyElseCan() {
    GivingBack giving = giving(sold());
    unplugAfter(Manner.LOSE_ANSWER);
    sending.send(giving, next(giving));
    assertThat(sending.saySent(giving, "4111 1111 1111 1111", "")).isFalse();
    assertThat(giving.payment().asked()).isNotNull();
    assertThat(sending.saySent(giving, "88 213", "4711")).isTrue();
    GivingBack after = afterRestart();
    assertThat(next(after).reference()).as("the first has its part").isEqualTo("SIM-72");
    after.byHand(next(after));
    assertThat(finish(after).body().tenders().getFirst())
        .isEqualTo(new Paid(Means.CARD, -3_000, "88 213", "4711"));
  }

  @Test
  void thatNothingWasSentByTheCashiersWordIsRecorded() throws Exception {
    GivingBack giving = giving(sold());
    unplugAfter(Manner.LOSE_QUESTION);
    sending.send(giving, next(giving));
    sending.sayNotSent(giving, CASHIER, null);
    assertThat(giving.payment().isEmpty()).isTrue();
    assertThat(till.ledger().kept().orElseThrow().payment().isEmpty()).isTrue();
    assertThat(till.returned())
        .singleElement()
        .satisfies(
            word -> {
              assertThat(word.how()).isEqualTo(How.NOT_REFUNDED);
              assertThat(word.amount()).isEqualTo(3_000);
              assertThat(word.reference()).isEqualTo("SIM-71");
            });
    assertThat(next(giving).reference()).isEqualTo("SIM-71");
  }

  private void unplugAfter(Manner manner) {
    terminal.behave(
        _ -> {
          terminal.unplug();
          return manner;
        });
  }
}
