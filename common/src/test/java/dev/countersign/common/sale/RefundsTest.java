package dev.countersign.common.sale;

import static dev.countersign.common.sale.Goods.USD;
import static dev.countersign.common.sale.Goods.item;
import static dev.countersign.common.sale.Goods.qty;
import static dev.countersign.common.sale.Goods.tax;
import static dev.countersign.common.sale.Goods.total;
import static dev.countersign.common.sale.Goods.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.Refunds.MoreThanSold;
import dev.countersign.common.sale.Refunds.Part;
import dev.countersign.common.tax.TaxRounding;
import dev.countersign.common.tax.TaxedAmount;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RefundsTest {
  private static RefundableLine sold(String quantity, String amount, boolean included) {
    var basket =
        Basket.empty(USD)
            .add(
                item("Rum", tax("7.25", included), tax("-2", false)), qty(quantity), total(amount));
    var line = Pricing.price(basket, TaxRounding.perLine(USD)).lines().getFirst();
    return RefundableLine.of(1, line.line().quantity(), line.taxed());
  }

  private static Part refund(RefundableLine line, Quantity quantity) {
    var outcome = Refunds.refund(line, quantity);
    assertThat(outcome).isInstanceOf(Part.class);
    return (Part) outcome;
  }

  @Test
  void aFullRefundGivesBackExactlyWhatWasPaid() {
    var line = sold("3", "10.00", true);
    assertThat(refund(line, Quantity.of(3)).amount()).isEqualTo(line.paid());
  }

  @Test
  void theLastOfThreeTakesTheRemainder() {
    var line = RefundableLine.of(1, Quantity.of(3), TaxedAmount.untaxed(usd("10.00")));
    var given = new ArrayList<Money>();
    for (int i = 0; i < 3; i++) {
      var part = refund(line, Quantity.ONE);
      given.add(part.amount().totalIncluded());
      line = line.after(part);
    }
    assertThat(given).containsExactly(usd("3.33"), usd("3.34"), usd("3.33"));
    assertThat(line.remaining()).isEqualTo(Quantity.ZERO);
    assertThat(Refunds.refund(line, new Quantity(1))).isEqualTo(new MoreThanSold(Quantity.ZERO));
  }

  @Test
  void moreThanSoldIsRefusedAlsoByAMillionth() {
    var line = sold("1.5", "10.00", true);
    assertThat(Refunds.refund(line, qty("1.500001"))).isEqualTo(new MoreThanSold(qty("1.5")));
    var after = line.after(refund(line, qty("0.5")));
    assertThat(Refunds.refund(after, qty("1.000001"))).isEqualTo(new MoreThanSold(Quantity.ONE));
  }

  @Test
  void aReturnIsNotRefunded() {
    var line = sold("-2", "-10.00", true);
    assertThat(line.remaining()).isEqualTo(Quantity.ZERO);
    assertThat(Refunds.refund(line, Quantity.ONE)).isEqualTo(new MoreThanSold(Quantity.ZERO));
  }

  @Test
  void whatAnotherTillGaveBackTooGenerouslyIsNotGivenTwice() {
    var generous =
        new RefundableLine(
            1,
            Quantity.of(100),
            TaxedAmount.untaxed(usd("0.10")),
            Quantity.ONE,
            TaxedAmount.untaxed(usd("0.09")));
    var part = refund(generous, Quantity.ONE);
    assertThat(part.amount().totalIncluded()).isEqualTo(usd("0"));
    var rest = refund(generous.after(part), Quantity.of(98));
    assertThat(rest.amount().totalIncluded()).isEqualTo(usd("0.01"));
  }

  @Test
  void nonsenseIsRefused() {
    var line = sold("2", "10.00", true);
    assertThatIllegalArgumentException().isThrownBy(() -> Refunds.refund(line, Quantity.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> Refunds.refund(line, Quantity.of(-1)));
    var none = RefundableLine.of(1, Quantity.ONE, line.paid()).refundedAmount();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RefundableLine(1, Quantity.of(2), line.paid(), Quantity.of(3), none));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new RefundableLine(
                    1, Quantity.of(2), line.paid(), Quantity.ZERO, TaxedAmount.untaxed(usd("0"))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RefundableLine.of(1, Quantity.ZERO, line.paid()));
  }

  @Property
  void refundsInAnyStepsGiveBackExactlyWhatWasPaidAndNeverMore(
      @ForAll @LongRange(min = 1, max = 1_000_000) long cents,
      @ForAll boolean included,
      @ForAll("steps") List<Long> millionths) {
    var whole = new Quantity(millionths.stream().mapToLong(Long::longValue).sum());
    var amount = Money.of(cents, USD).toDecimalString();
    var line = sold(whole.toDecimalString(), amount, included);
    for (long step : millionths) {
      var part = refund(line, new Quantity(step));
      assertThat(part.amount().totalIncluded().isNegative()).isFalse();
      line = line.after(part);
      assertThat(line.refundedAmount().totalIncluded())
          .isLessThanOrEqualTo(line.paid().totalIncluded());
    }
    assertThat(line.refundedAmount()).isEqualTo(line.paid());
    assertThat(line.remaining()).isEqualTo(Quantity.ZERO);
  }

  @Provide
  Arbitrary<List<Long>> steps() {
    return Arbitraries.longs().between(1, 20_000_000).list().ofMinSize(1).ofMaxSize(15);
  }
}
