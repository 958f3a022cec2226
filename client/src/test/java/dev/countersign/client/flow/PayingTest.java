package dev.countersign.client.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.flow.Paying.Taken;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.OpenPayment;
import dev.countersign.client.ledger.TillFixture;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.money.CashRounding;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.sale.Settlement;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.sale.TenderKind;
import dev.countersign.common.sale.TenderRules;
import dev.countersign.common.tax.TaxRounding;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayingTest {
  private static final Currency USD = Currency.getInstance("USD");
  private static final CashRounding TO_FIVE =
      new CashRounding(usd(5), CashRounding.Mode.HALF_UP, CashRounding.Scope.CASH);
  private static final TenderRules CHANGE_OF_VOUCHERS =
      new TenderRules(TenderRules.USUAL.taken(), Set.of(TenderKind.VOUCHER));

  @TempDir Path directory;
  private TillFixture till;

  @BeforeEach
  void open() throws Exception {
    till = TillFixture.in(directory);
    till.openShift();
  }

  @AfterEach
  void close() {
    till.close();
  }

  @Test
  void aSaleThatRoundsToNothingIsPaidWithNothing() {
    Paying paying = paying(running(2), TO_FIVE);
    assertThat(paying.leftInCash()).isEqualTo(usd(0));
    assertThat(paying.cash(usd(0))).isEqualTo(new Taken.Settled(usd(0)));
  }

  @Test
  void whatIsLeftAfterCashIsNotRoundedASecondTime() {
    CashRounding down = new CashRounding(usd(5), CashRounding.Mode.DOWN, CashRounding.Scope.CASH);
    Paying paying = paying(running(1_002), down);
    paying.cash(usd(101));
    assertThat(paying.leftInCash()).isEqualTo(usd(899));
    assertThat(paying.cash(paying.leftInCash())).isEqualTo(new Taken.Settled(usd(0)));
  }

  @Test
  void aCardIsNeverAskedForMoreThanIsOwedBecauseCashIsRoundedUp() {
    CashRounding up = new CashRounding(usd(5), CashRounding.Mode.UP, CashRounding.Scope.CASH);
    Paying paying = paying(running(3), up);
    paying.cash(usd(1));
    assertThat(paying.left()).isEqualTo(usd(3));
    assertThat(paying.card(paying.left(), "", "")).isEqualTo(new Taken.Settled(usd(1)));
  }

  @Test
  void nothingPaysNothingOfASaleThatCosts() {
    Paying paying = paying(running(100), null);
    assertThat(paying.cash(usd(0))).isEqualTo(new Taken.MoreToPay(usd(100)));
    assertThat(paying.tenders()).isEmpty();
  }

  @Test
  void whatWasHandedOverBeforeAPowerCutCounts() {
    Running running = running(1_999);
    Tender card = new CardTender(usd(1_000), "88 213", "4711");
    Paying before = paying(running, null);
    before.card(usd(1_000), "88 213", "4711");
    before.keep();
    till.reopen();
    Paying paying = paying(running, TERMS, till.ledger().kept().orElseThrow().payment());
    assertThat(paying.left()).isEqualTo(usd(999));
    assertThat(paying.cash(usd(1_000))).isEqualTo(new Taken.Settled(usd(1)));
    assertThat(paying.tenders()).containsExactly(card, new CashTender(usd(1_000)));
  }

  @Test
  void aSalePaidInFourWaysNamesEach() {
    Paying paying = paying(running(10_002), TO_FIVE);
    assertThat(paying.mobile(usd(3_000), "MP-77 1")).isInstanceOf(Taken.MoreToPay.class);
    assertThat(paying.voucher(usd(2_000), "V-9")).isInstanceOf(Taken.MoreToPay.class);
    assertThat(paying.card(usd(1_000), "", "4711")).isEqualTo(new Taken.MoreToPay(usd(4_002)));
    assertThat(paying.leftInCash()).isEqualTo(usd(4_000));
    assertThat(paying.cash(usd(5_000))).isEqualTo(new Taken.Settled(usd(1_000)));
    CompletedSale sale =
        paying.finish(TillFixture.CASHIER, TillFixture.SUPERVISOR, TillFixture.DAY);
    assertThat(sale.body().tenders())
        .extracting(Paid::means)
        .containsExactly(Means.MOBILE_MONEY, Means.VOUCHER, Means.CARD, Means.CASH);
    assertThat(sale.body().tenders())
        .extracting(Paid::reference)
        .containsExactly("MP-77 1", "V-9", "", "");
    assertThat(sale.body().rounding()).isEqualTo(-2);
    assertThat(sale.body().change()).isEqualTo(1_000);
  }

  @Test
  void aVoucherWorthMoreThanTheSaleGivesNoChangeAndSaysWhatItWasWorth() {
    Paying paying = paying(running(3_000), null);
    assertThat(paying.voucher(usd(5_000), "V-9")).isEqualTo(new Taken.Settled(usd(0)));
    Paid paid =
        paying
            .finish(TillFixture.CASHIER, TillFixture.SUPERVISOR, TillFixture.DAY)
            .body()
            .tenders()
            .getFirst();
    assertThat(paid).isEqualTo(new Paid(Means.VOUCHER, 3_000, "V-9", "", null, 5_000L));
  }

  @Test
  void whereTheShopGivesChangeOfAVoucherItIsTakenWhole() {
    Paying paying =
        paying(
            running(3_000),
            new Paying.Terms(null, CHANGE_OF_VOUCHERS, List.of()),
            OpenPayment.none(usd(0)));
    assertThat(paying.voucher(usd(5_000), "V-9")).isEqualTo(new Taken.Settled(usd(2_000)));
    Paid paid =
        paying
            .finish(TillFixture.CASHIER, TillFixture.SUPERVISOR, TillFixture.DAY)
            .body()
            .tenders()
            .getFirst();
    assertThat(paid).isEqualTo(new Paid(Means.VOUCHER, 5_000, "V-9", ""));
  }

  @Test
  void whatIsNotTakenHasNoReferenceOrIsACardNumberTakesNothing() {
    TenderRules cards = new TenderRules(Set.of(TenderKind.CARD), Set.of());
    Paying strict =
        paying(running(1_000), new Paying.Terms(null, cards, List.of()), OpenPayment.none(usd(0)));
    assertThat(strict.mobile(usd(1_000), "MP-1"))
        .isEqualTo(new Taken.NotTaken(TenderKind.MOBILE_MONEY));
    Paying paying = paying(running(1_000), null);
    assertThat(paying.mobile(usd(1_000), " ")).isEqualTo(new Taken.Malformed());
    assertThat(paying.voucher(usd(1_000), "4111 1111 1111 1111")).isEqualTo(new Taken.CardNumber());
    assertThat(paying.mobile(usd(1_001), "MP-1"))
        .isEqualTo(new Taken.Refused(Settlement.Reason.OVER_TENDER));
    assertThat(paying.tenders()).isEmpty();
  }

  @Test
  void aTipIsPaidOnTopAndIsNoTurnover() {
    Paying paying = tipping(running(2_000));
    assertThat(paying.tipOf(10)).isEqualTo(usd(200));
    assertThat(paying.tip(paying.tipOf(10))).isTrue();
    assertThat(paying.left()).isEqualTo(usd(2_200));
    assertThat(paying.cash(usd(2_500))).isEqualTo(new Taken.Settled(usd(300)));
    CompletedSale sale =
        paying.finish(TillFixture.CASHIER, TillFixture.SUPERVISOR, TillFixture.DAY);
    assertThat(sale.body().total()).isEqualTo(2_000);
    assertThat(sale.body().tip()).isEqualTo(200);
    assertThat(till.device().books().totals(TillFixture.DAY).total()).isEqualTo(usd(2_000));
    assertThat(till.device().books().totals(TillFixture.DAY).cash()).isEqualTo(usd(2_200));
  }

  @Test
  void noTipWhereTheShopAsksForNoneAndNoneBelowWhatIsPaid() {
    assertThat(paying(running(2_000), null).tip(usd(100))).isFalse();
    Paying paying = tipping(running(2_000));
    paying.tip(usd(500));
    paying.card(usd(2_300), "", "");
    assertThat(paying.tip(usd(0))).as("more was paid than would be due").isFalse();
    assertThat(paying.tip(usd(-1))).isFalse();
    assertThat(paying.tip(usd(600))).isTrue();
    assertThat(paying.left()).isEqualTo(usd(300));
  }

  @Test
  void aGiftCardIsSoldWithTheSaleAndItsSlipWaitsToBeHandedOver() {
    Paying paying = paying(running(2_000), null);
    assertThat(paying.sellGiftCard(usd(0))).isFalse();
    assertThat(paying.sellGiftCard(usd(2_500))).isTrue();
    assertThat(paying.left()).isEqualTo(usd(4_500));
    paying.cash(usd(4_500));
    CompletedSale sale =
        paying.finish(TillFixture.CASHIER, TillFixture.SUPERVISOR, TillFixture.DAY);
    assertThat(sale.body().total()).isEqualTo(2_000);
    assertThat(sale.body().due()).isEqualTo(4_500);
    assertThat(till.device().purse().slips())
        .singleElement()
        .satisfies(slip -> assertThat(slip.amount()).isEqualTo(usd(2_500)));
  }

  @Test
  void nothingIsWrittenOfAPaymentOnceItsSaleIsCompleted() {
    Paying paying = paying(running(1_000), null);
    paying.cash(usd(1_000));
    paying.finish(TillFixture.CASHIER, TillFixture.SUPERVISOR, TillFixture.DAY);
    paying.keep();
    assertThat(till.ledger().kept()).isEmpty();
  }

  @Test
  void aSaleIsNotFinishedWhileTheTerminalOwesAnAnswer() {
    Paying paying = paying(running(1_000), null);
    paying.keep(open -> open.asking(OpenPayment.Asked.charge(UUID.randomUUID(), usd(1_000))));
    paying.cash(usd(1_000));
    assertThatThrownBy(
            () -> paying.finish(TillFixture.CASHIER, TillFixture.SUPERVISOR, TillFixture.DAY))
        .isInstanceOf(IllegalStateException.class);
  }

  private static final Paying.Terms TERMS = new Paying.Terms(null, TenderRules.USUAL, List.of());

  private Paying paying(Running running, @Nullable CashRounding rounding) {
    return paying(
        running,
        new Paying.Terms(rounding, TenderRules.USUAL, List.of()),
        OpenPayment.none(usd(0)));
  }

  private Paying tipping(Running running) {
    return paying(
        running,
        new Paying.Terms(null, TenderRules.USUAL, List.of(10, 15)),
        OpenPayment.none(usd(0)));
  }

  private Paying paying(Running running, Paying.Terms terms, OpenPayment payment) {
    return new Paying(till.ledger(), Clock.systemUTC(), terms, running, payment);
  }

  static Running running(long price) {
    Basket basket = Basket.empty(USD).add(TillFixture.rum(), Quantity.ONE, TillFixture.each(price));
    return new Running(
        basket, Pricing.price(basket, TaxRounding.perLine(USD)), 1, Quantity.ONE, false);
  }

  private static Money usd(long minor) {
    return Money.of(minor, USD);
  }
}
