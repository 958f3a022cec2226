package dev.countersign.client.ledger;

import static dev.countersign.client.ledger.TillFixture.USD;
import static dev.countersign.client.ledger.TillFixture.basket;
import static dev.countersign.client.ledger.TillFixture.cashier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.countersign.client.ledger.ActRefusedException.Reason;
import dev.countersign.common.change.PaymentReturned;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.money.Money;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.Tender;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenPaymentTest {
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

  @Test
  void whatWasPaidAlreadySurvivesARestartWithTheDraft() {
    till.openShift();
    List<Tender> paid =
        List.of(
            new CardTender(Money.of(2_000, USD), "88 213", "4711"),
            new CashTender(Money.of(500, USD)));
    Money none = Money.zero(USD);
    OpenPayment payment =
        new OpenPayment(
            paid,
            Money.of(150, USD),
            List.of(Money.of(1_000, USD)),
            OpenPayment.Asked.charge(UUID.randomUUID(), Money.of(700, USD)),
            none,
            LocalDateTime.parse("2026-11-21T23:59:58"));
    till.ledger().keepPayment(basket(), payment);
    till.reopen();
    assertThat(till.ledger().kept()).contains(new KeptSale(basket(), payment));
    till.ledger().saveDraft(basket());
    assertThat(till.ledger().kept().orElseThrow().payment())
        .as("a basket that is saved forgets no payment")
        .isEqualTo(payment);
    till.ledger().keepPayment(basket(), OpenPayment.none(none));
    assertThat(till.ledger().kept()).contains(new KeptSale(basket(), OpenPayment.none(none)));
  }

  @Test
  void aShiftIsNotClosedOverAPaymentForAGiftCardAlone() {
    till.openShift();
    OpenPayment payment =
        OpenPayment.none(Money.zero(USD))
            .selling(List.of(Money.of(1_000, USD)))
            .with(new CashTender(Money.of(1_000, USD)));
    till.ledger().keepPayment(Basket.empty(USD), payment);
    assertThatThrownBy(() -> till.ledger().closeShift(cashier(), Money.of(10_000, USD)))
        .isInstanceOfSatisfying(
            ActRefusedException.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.BASKET_OPEN));
    till.ledger().keepPayment(Basket.empty(USD), OpenPayment.none(Money.zero(USD)));
    till.ledger().closeShift(cashier(), Money.of(10_000, USD));
  }

  @Test
  void whatWentBackBeforeTheSaleIsRecordedAndForgottenTogether() throws Exception {
    till.openShift();
    Tender cash = new CashTender(Money.of(500, USD));
    Tender card = new CardTender(Money.of(700, USD), "88 213", "4711");
    OpenPayment both = OpenPayment.none(Money.zero(USD)).with(card).with(cash);
    till.ledger().keepPayment(basket(), both);
    till.ledger()
        .givePaymentBack(
            cashier(), basket(), cash, PaymentReturned.How.HANDED_BACK, both.without(cash));
    assertThat(till.ledger().kept().orElseThrow().payment().tenders()).containsExactly(card);
    assertThat(till.returned())
        .extracting(PaymentReturned::means, PaymentReturned::amount, PaymentReturned::how)
        .containsExactly(tuple(Means.CASH, 500L, PaymentReturned.How.HANDED_BACK));
    assertThat(till.device().books().totals(TillFixture.DAY).cash()).isEqualTo(Money.zero(USD));
  }
}
