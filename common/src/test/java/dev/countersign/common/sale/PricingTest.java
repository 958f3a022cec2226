package dev.countersign.common.sale;

import static dev.countersign.common.sale.Goods.USD;
import static dev.countersign.common.sale.Goods.each;
import static dev.countersign.common.sale.Goods.item;
import static dev.countersign.common.sale.Goods.qty;
import static dev.countersign.common.sale.Goods.tax;
import static dev.countersign.common.sale.Goods.total;
import static dev.countersign.common.sale.Goods.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.tax.TaxRounding;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PricingTest {
  private static final TaxRounding PER_LINE = TaxRounding.perLine(USD);

  @Test
  void anEmptyBasketCostsNothing() {
    var priced = Pricing.price(Basket.empty(USD), PER_LINE);
    assertThat(priced.total()).isEqualTo(usd("0"));
    assertThat(priced.taxes()).isEmpty();
  }

  @Test
  void taxesAreListedOncePerRule() {
    var rum = item("Rum", tax("20", false));
    var bread = item("Bread", tax("5", false));
    var priced =
        Pricing.price(
            Basket.empty(USD)
                .add(rum, Quantity.of(2), each("10.00"))
                .add(bread, Quantity.ONE, each("1.00"))
                .add(rum, Quantity.ONE, each("5.00")),
            PER_LINE);
    assertThat(priced.subtotal()).isEqualTo(usd("26.00"));
    assertThat(priced.taxes()).extracting(t -> t.name()).containsExactly("20 %", "5 %");
    assertThat(priced.taxes()).extracting(t -> t.base()).containsExactly(usd("25.00"), usd("1.00"));
    assertThat(priced.taxes())
        .extracting(t -> t.amount())
        .containsExactly(usd("5.00"), usd("0.05"));
    assertThat(priced.total()).isEqualTo(usd("31.05"));
    assertThat(priced.tax()).isEqualTo(usd("5.05"));
  }

  @Test
  void discountsComeBeforeTaxes() {
    var rum = item("Rum", tax("10", false));
    var basket =
        Basket.empty(USD)
            .add(rum, Quantity.ONE, each("20.00"))
            .add(rum, qty("0.5"), each("60.00"))
            .discount(1, new Discount.PercentOff(new BigDecimal("50"), "damaged"))
            .discount(1, new Discount.AmountOff(usd("1.00"), "regular"))
            .discount(new Discount.AmountOff(usd("3.90"), "coupon"));
    var priced = Pricing.price(basket, PER_LINE);
    // 20.00 - 10.00 - 1.00 = 9.00 and 30.00; the coupon takes 0.90 and 3.00 of them.
    assertThat(priced.lines())
        .extracting(PricedLine::discount)
        .containsExactly(usd("11.90"), usd("3.00"));
    assertThat(priced.lines())
        .extracting(PricedLine::gross)
        .containsExactly(usd("8.91"), usd("29.70"));
    assertThat(priced.discount()).isEqualTo(usd("14.90"));
    assertThat(priced.total()).isEqualTo(usd("38.61"));
    assertThat(priced.lines().getFirst().off())
        .extracting(
            off -> off.discount().reason(), PricedLine.Off::amount, PricedLine.Off::onBasket)
        .containsExactly(
            tuple("damaged", usd("10.00"), false),
            tuple("regular", usd("1.00"), false),
            tuple("coupon", usd("0.90"), true));
  }

  @Test
  void aDiscountNeverGoesBelowZero() {
    var ten = new Discount.AmountOff(usd("10.00"), "");
    assertThat(ten.of(usd("4.00"))).isEqualTo(usd("4.00"));
    assertThat(ten.over(List.of(usd("4.00"), usd("-9.00")))).containsExactly(usd("4.00"), usd("0"));
    assertThat(ten.over(List.of(usd("-9.00")))).containsExactly(usd("0"));
    assertThat(ten.over(List.of())).isEmpty();
  }

  @Test
  void aReturnOfDiscountedGoodsMirrorsTheirSale() {
    var third = new Discount.PercentOff(new BigDecimal("33.3333"), "");
    assertThat(third.of(usd("-9.99"))).isEqualTo(third.of(usd("9.99")).negate());
  }

  @Property
  void basketDiscountsSumToTheWholeAndNeverTurnALine(
      @ForAll("amounts") List<Long> minors, @ForAll("discounts") List<Discount> discounts) {
    var amounts = minors.stream().map(m -> Money.of(m, USD)).toList();
    var none = amounts.stream().map(_ -> List.<Discount>of()).toList();
    var off =
        Discount.stacked(amounts, none, discounts).stream().map(o -> Money.sum(USD, o)).toList();
    for (int i = 0; i < amounts.size(); i++) {
      var left = amounts.get(i).minus(off.get(i));
      assertThat(off.get(i).isNegative()).isFalse();
      assertThat(amounts.get(i).isPositive() ? !left.isNegative() : left.equals(amounts.get(i)))
          .isTrue();
    }
    var whole = Money.zero(USD);
    for (var amount : amounts) {
      whole = amount.isPositive() ? whole.plus(amount) : whole;
    }
    var expected = Money.zero(USD);
    for (var discount : discounts) {
      expected = expected.plus(discount.of(whole.minus(expected)));
    }
    assertThat(Money.sum(USD, off)).isEqualTo(expected);
  }

  @Property
  void theTotalIsTheSumOfItsLinesAndOfItsTaxes(
      @ForAll("amounts") List<Long> minors,
      @ForAll("roundings") TaxRounding rounding,
      @ForAll("discounts") List<Discount> discounts) {
    var basket = Basket.empty(USD);
    for (long minor : minors) {
      var item = item("Rum", tax("7.25", minor % 2 == 0), tax("1.5", minor % 3 == 0));
      basket =
          basket.add(
              item,
              minor < 0 ? Quantity.of(-3) : Quantity.of(3),
              total(Money.of(minor, USD).toDecimalString()));
    }
    for (var discount : discounts) {
      basket = basket.discount(discount);
    }
    var priced = Pricing.price(basket, rounding);
    assertThat(priced.total())
        .isEqualTo(Money.sum(USD, priced.lines().stream().map(PricedLine::gross).toList()));
    assertThat(priced.tax())
        .isEqualTo(Money.sum(USD, priced.taxes().stream().map(t -> t.amount()).toList()));
  }

  @Provide
  Arbitrary<List<Long>> amounts() {
    return Arbitraries.longs().between(-100_000, 1_000_000).list().ofMaxSize(12);
  }

  @Provide
  Arbitrary<TaxRounding> roundings() {
    return Arbitraries.of(PER_LINE, TaxRounding.perDocument());
  }

  @Provide
  Arbitrary<List<Discount>> discounts() {
    Arbitrary<Discount> percent =
        Arbitraries.bigDecimals()
            .between(BigDecimal.ZERO, BigDecimal.valueOf(100))
            .ofScale(2)
            .map(p -> new Discount.PercentOff(p, ""));
    Arbitrary<Discount> amount =
        Arbitraries.longs()
            .between(0, 2_000_000)
            .map(m -> new Discount.AmountOff(Money.of(m, USD), ""));
    return Arbitraries.oneOf(percent, amount).list().ofMaxSize(3);
  }
}
