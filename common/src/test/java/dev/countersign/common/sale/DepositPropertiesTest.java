package dev.countersign.common.sale;

import static dev.countersign.common.sale.Goods.USD;
import static dev.countersign.common.sale.Goods.each;
import static dev.countersign.common.sale.Goods.item;
import static dev.countersign.common.sale.Goods.tax;
import static dev.countersign.common.sale.Goods.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.promotion.Caps;
import dev.countersign.common.promotion.Dated;
import dev.countersign.common.promotion.Offer;
import dev.countersign.common.promotion.Promotion;
import dev.countersign.common.promotion.Promotions;
import dev.countersign.common.promotion.Selection;
import dev.countersign.common.promotion.Terms;
import dev.countersign.common.promotion.Validity;
import dev.countersign.common.tax.TaxRounding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a cashier does, containers stay with their goods and cost what the catalogue says. */
class DepositPropertiesTest {
  private static final Basket.Container BOTTLE =
      new Basket.Container(
          item("Bottle", tax("20", true)).asContainer(), usd("0.08"), Quantity.of(20));
  private static final Basket.Container CRATE =
      new Basket.Container(item("Crate").asContainer(), usd("1.50"), Quantity.ONE);
  private static final LineItem BEER = item("Crate of beer", tax("20", true));
  private static final LineItem RUM = item("Rum", tax("7.25", false));

  private static final Offering TENTH_OFF_EVERYTHING =
      new Offering(
          Promotions.of(
              List.of(
                  new Dated(
                      new UUID(1, 1),
                      new Promotion(
                          "A tenth",
                          1,
                          5,
                          true,
                          true,
                          Terms.of(new Offer.PercentOff(1000)),
                          Selection.EVERYTHING,
                          Caps.NONE,
                          null,
                          Validity.from(LocalDate.of(2026, 1, 1), null))))),
          Map.of(),
          LocalDate.of(2026, 3, 4).atTime(12, 0),
          new UUID(2, 2));

  private record Step(String name, UnaryOperator<Basket> act) {
    @Override
    public String toString() {
      return name;
    }
  }

  @Property
  void noContainerIsWithoutItsGoodsAndNoGoodsAreWithoutTheirContainers(
      @ForAll("steps") List<Step> steps) {
    var basket = Basket.empty(USD);
    var before = new ArrayList<Basket>();
    for (var step : steps) {
      before.add(basket);
      basket = step.act().apply(basket);
      holds(basket);
    }
    for (var earlier : before.reversed()) {
      basket = basket.backTo(earlier);
      holds(basket);
    }
  }

  private static void holds(Basket basket) {
    for (var line : basket.lines()) {
      if (line.item().equals(BEER)) {
        var with = basket.lines().stream().filter(c -> c.goesWith() == line.no()).toList();
        assertThat(with).extracting(BasketLine::item).containsExactly(BOTTLE.item(), CRATE.item());
        assertThat(with).allMatch(c -> c.voided() == line.voided());
        assertThat(with.getFirst().quantity()).isEqualTo(line.quantity().times(Quantity.of(20)));
        assertThat(with.getLast().quantity()).isEqualTo(line.quantity());
      } else if (line.isContainer()) {
        assertThat(basket.line(line.goesWith()).item()).isEqualTo(BEER);
      }
    }
  }

  @Property
  void containersCostTheCataloguesPriceAndNothingIsGivenOffThem(@ForAll("steps") List<Step> steps) {
    var basket = Basket.empty(USD);
    for (var step : steps) {
      basket = step.act().apply(basket);
    }
    var priced = Pricing.price(basket, TaxRounding.perLine(USD), TENTH_OFF_EVERYTHING);
    var sum = Money.zero(USD);
    for (var line : priced.lines()) {
      sum = sum.plus(line.gross());
      if (line.line().isContainer()) {
        var unit = line.line().item().equals(BOTTLE.item()) ? BOTTLE.unit() : CRATE.unit();
        assertThat(line.off()).isEmpty();
        assertThat(line.gross())
            .isEqualTo(unit.times(line.line().quantity(), RoundingMode.HALF_UP));
      }
    }
    assertThat(priced.total()).isEqualTo(sum);
    assertThat(priced.discount())
        .isEqualTo(Money.sum(USD, priced.lines().stream().map(PricedLine::discount).toList()));
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Arbitraries.oneOf(added(), changed()).list().ofMaxSize(14);
  }

  private static Arbitrary<Step> added() {
    return Combinators.combine(Arbitraries.of(true, false), Arbitraries.integers().between(1, 4))
        .as(
            (beer, count) ->
                new Step(
                    (beer ? "beer " : "rum ") + count,
                    basket ->
                        beer
                            ? basket.addOrIncrease(
                                BEER,
                                Quantity.of(count),
                                each("14.99"),
                                LineFacts.NONE,
                                List.of(BOTTLE, CRATE))
                            : basket.addOrIncrease(RUM, Quantity.of(count), each("9.99"))));
  }

  private static Arbitrary<Step> changed() {
    return Combinators.combine(
            Arbitraries.of("void", "set", "recount", "line", "price", "all", "note"),
            Arbitraries.integers().between(1, 12),
            Arbitraries.integers().between(1, 5))
        .as(
            (act, at, count) ->
                new Step(act + " " + at + " " + count, basket -> change(basket, act, at, count)));
  }

  private static Basket change(Basket basket, String act, int at, int count) {
    if (basket.lines().isEmpty()) {
      return basket;
    }
    int line = basket.goodsOf(1 + at % basket.lines().size());
    if (basket.line(line).voided()) {
      return basket;
    }
    var tenth = new Discount.PercentOff(BigDecimal.TEN, "");
    return switch (act) {
      case "void" -> basket.voidLine(line);
      case "set" -> basket.setQuantity(line, Quantity.of(count));
      case "recount" -> basket.recount(line, Quantity.of(count));
      case "line" ->
          basket.line(line).discounts().size() < Discount.MOST
              ? basket.discount(line, tenth)
              : basket;
      case "price" -> basket.setPrice(line, each("5.00"));
      case "all" -> basket.discounts().size() < Discount.MOST ? basket.discount(tenth) : basket;
      default -> basket.note(line, "n");
    };
  }
}
