package dev.countersign.common.sale;

import static dev.countersign.common.sale.Goods.USD;
import static dev.countersign.common.sale.Goods.item;
import static dev.countersign.common.sale.Goods.tax;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.tax.TaxRounding;
import dev.countersign.common.tax.TaxRule;
import dev.countersign.common.tax.TaxShare;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever a cashier does to a basket, no cent is lost. */
class BasketPropertiesTest {
  private static final TaxRule ON_TOP = tax("7.25", false);
  private static final List<LineItem> ITEMS =
      List.of(item("Rum", tax("20", true)), item("Gin", tax("5", true), ON_TOP), item("Bag"));

  private record Step(String name, UnaryOperator<Basket> act) {
    @Override
    public String toString() {
      return name;
    }
  }

  @Property
  void theLinesSumToTheTotalAndNothingFallsBelowZero(
      @ForAll("steps") List<Step> steps, @ForAll("roundings") TaxRounding rounding) {
    var basket = Basket.empty(USD);
    for (var step : steps) {
      basket = step.act().apply(basket);
      var priced = Pricing.price(basket, rounding);
      var sum = Money.zero(USD);
      for (var line : priced.lines()) {
        sum = sum.plus(line.gross());
        holds(line);
      }
      assertThat(priced.total()).isEqualTo(sum);
      assertThat(priced.tax())
          .isEqualTo(Money.sum(USD, priced.taxes().stream().map(TaxShare::amount).toList()));
    }
  }

  private static void holds(PricedLine line) {
    boolean back = line.line().quantity().isNegative();
    var charged = line.amount();
    for (var off : line.off()) {
      assertThat(back ? off.amount().isPositive() : off.amount().isNegative()).isFalse();
      charged = charged.minus(off.amount());
    }
    assertThat(back ? charged.isPositive() : charged.isNegative()).isFalse();
    assertThat(line.amount().minus(line.discount())).isEqualTo(charged);
    var onTop =
        line.taxes().stream()
            .filter(share -> share.ruleId().equals(ON_TOP.id()))
            .map(TaxShare::amount)
            .toList();
    assertThat(line.gross()).isEqualTo(charged.plus(Money.sum(USD, onTop)));
  }

  @Property
  void whatIsTakenBackIsAsItWasWithWhatWasRungUpSinceStruckThrough(
      @ForAll("steps") List<Step> steps, @ForAll("steps") List<Step> more) {
    var before = Basket.empty(USD);
    for (var step : steps) {
      before = step.act().apply(before);
    }
    var after = before;
    for (var step : more) {
      after = step.act().apply(after);
    }
    var back = after.backTo(before);
    assertThat(back.lines().subList(0, before.lines().size())).isEqualTo(before.lines());
    assertThat(rungUp(back)).isGreaterThanOrEqualTo(rungUp(after));
    assertThat(back.lines().subList(before.lines().size(), back.lines().size()))
        .allMatch(BasketLine::voided);
    assertThat(Pricing.price(back, TaxRounding.perLine(USD)))
        .isEqualTo(Pricing.price(before, TaxRounding.perLine(USD)));
    assertThat(back.with(before.lines())).isEqualTo(before);
  }

  /** The pieces of all lines, whatever became of them. */
  private static long rungUp(Basket basket) {
    return basket.lines().stream().mapToLong(line -> Math.abs(line.quantity().millionths())).sum();
  }

  @Provide
  Arbitrary<TaxRounding> roundings() {
    return Arbitraries.of(TaxRounding.perLine(USD), TaxRounding.perDocument());
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Step> scan =
        Combinators.combine(Arbitraries.of(ITEMS), pieces(), prices())
            .as(
                (item, quantity, price) ->
                    new Step(
                        "scan " + quantity + " at " + price,
                        b -> b.addOrIncrease(item, quantity, new LinePrice.Each(price))));
    Arbitrary<Step> whole =
        Combinators.combine(Arbitraries.of(ITEMS), prices())
            .as(
                (item, price) ->
                    new Step(
                        "whole " + price,
                        b -> b.add(item, Quantity.of(3), new LinePrice.Total(price))));
    Arbitrary<Step> reprice =
        Combinators.combine(Arbitraries.integers().between(0, 50), prices())
            .as(
                (at, price) ->
                    onLine(
                        "price " + price,
                        at,
                        (b, no) -> b.setPrice(no, new LinePrice.Each(price))));
    Arbitrary<Step> count =
        Combinators.combine(Arbitraries.integers().between(0, 50), pieces())
            .as((at, pieces) -> onLine("count " + pieces, at, (b, no) -> b.recount(no, pieces)));
    Arbitrary<Step> less =
        Combinators.combine(Arbitraries.integers().between(0, 50), discounts())
            .as(
                (at, off) ->
                    onLine(
                        "off " + off,
                        at,
                        (b, no) ->
                            b.lines().get(no - 1).discounts().size() == Discount.MOST
                                ? b.withoutDiscounts(no)
                                : b.discount(no, off)));
    Arbitrary<Step> all =
        discounts()
            .map(
                off ->
                    new Step(
                        "off all " + off,
                        b ->
                            b.discounts().size() == Discount.MOST
                                ? b.withoutDiscounts()
                                : b.discount(off)));
    Arbitrary<Step> strike =
        Arbitraries.integers().between(0, 50).map(at -> onLine("strike", at, Basket::voidLine));
    return Arbitraries.frequencyOf(
            Tuple.of(6, scan),
            Tuple.of(1, whole),
            Tuple.of(2, reprice),
            Tuple.of(2, count),
            Tuple.of(3, less),
            Tuple.of(2, all),
            Tuple.of(1, strike))
        .list()
        .ofMaxSize(14);
  }

  @FunctionalInterface
  private interface OnLine {
    Basket apply(Basket basket, int no);
  }

  private static Step onLine(String name, int at, OnLine act) {
    return new Step(
        name + " on " + at,
        basket -> {
          var live = basket.liveLines();
          return live.isEmpty() ? basket : act.apply(basket, live.get(at % live.size()).no());
        });
  }

  private static Arbitrary<Quantity> pieces() {
    return Arbitraries.longs()
        .between(-3_000_000, 9_000_000)
        .filter(q -> q != 0)
        .map(Quantity::new);
  }

  private static Arbitrary<Money> prices() {
    return Arbitraries.longs().between(0, 200_000).map(minor -> Money.of(minor, USD));
  }

  private static Arbitrary<Discount> discounts() {
    Arbitrary<Discount> percent =
        Arbitraries.bigDecimals()
            .between(BigDecimal.ZERO, BigDecimal.valueOf(100))
            .ofScale(2)
            .map(p -> new Discount.PercentOff(p, "reason"));
    Arbitrary<Discount> amount =
        Arbitraries.longs()
            .between(0, 100_000)
            .map(m -> new Discount.AmountOff(Money.of(m, USD), ""));
    return Arbitraries.oneOf(percent, amount);
  }
}
