package dev.countersign.common.tax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.Pricing;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Whatever rates a tax has, each day has the one that began last, and what was sold by stays. */
class TaxPropertiesTest {
  private static final Currency EUR = Currency.getInstance("EUR");
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
  private static final UUID ID = new UUID(1, 2);

  private static Tax tax(int always, Map<Integer, Integer> rates, boolean included) {
    Tax tax =
        Tax.since("VAT", TaxRule.Kind.PERCENT, BigDecimal.valueOf(always), included, false, true);
    for (var each : rates.entrySet()) {
      tax = tax.from(FIRST.plusDays(each.getKey()), BigDecimal.valueOf(each.getValue()));
    }
    return tax;
  }

  @Provide
  Arbitrary<Map<Integer, Integer>> rates() {
    return Arbitraries.maps(
            Arbitraries.integers().between(0, 60), Arbitraries.integers().between(0, 40))
        .ofMaxSize(12);
  }

  /** The oracle goes back day by day until one on which a rate began. */
  @Property
  void theRateOfADayIsTheOneThatBeganLast(
      @ForAll @IntRange(max = 40) int always,
      @ForAll("rates") Map<Integer, Integer> rates,
      @ForAll @IntRange(min = -5, max = 70) int day) {
    int expected = always;
    for (int back = day; back >= 0; back--) {
      if (rates.containsKey(back)) {
        expected = rates.get(back);
        break;
      }
    }
    Tax tax = tax(always, rates, true);
    assertThat(tax.fits()).isTrue();
    assertThat(tax.version()).isEqualTo(1 + rates.size());
    assertThat(tax.on(FIRST.plusDays(day))).isEqualByComparingTo(BigDecimal.valueOf(expected));
    assertThat(tax.after(FIRST.plusDays(day)))
        .extracting(TaxRate::from)
        .containsExactlyElementsOf(
            new TreeMap<>(rates)
                .tailMap(day, false).keySet().stream().map(FIRST::plusDays).toList());
  }

  /** A rate may follow exactly when no day before today has another one than it had. */
  @Property
  void nothingThatWasSoldByChanges(
      @ForAll("rates") Map<Integer, Integer> rates,
      @ForAll @IntRange(max = 60) int from,
      @ForAll @IntRange(max = 40) int rate,
      @ForAll @IntRange(max = 60) int today) {
    Tax before = tax(19, rates, true);
    Tax set = before.from(FIRST.plusDays(from), BigDecimal.valueOf(rate));
    Tax dropped = before.without(FIRST.plusDays(from));
    for (Tax after : List.of(set, dropped)) {
      if (after.mayFollow(before, FIRST.plusDays(today))) {
        for (int day = -1; day < today; day++) {
          assertThat(after.on(FIRST.plusDays(day)))
              .isEqualByComparingTo(before.on(FIRST.plusDays(day)));
        }
      } else {
        assertThat(from).isLessThan(today);
      }
    }
    assertThat(before.named("Other").mayFollow(before, FIRST.plusDays(today))).isTrue();
  }

  /** What stands on the shelf stays; what is on top of it follows the rate. */
  @Property
  void aBasketIsTaxedByItsDayAndTheShelfPriceStays(
      @ForAll("rates") Map<Integer, Integer> rates,
      @ForAll @LongRange(min = 1, max = 100_000) long price,
      @ForAll @IntRange(max = 60) int begun,
      @ForAll @IntRange(max = 60) int paid,
      @ForAll boolean included) {
    Tax tax = tax(19, rates, included);
    LocalDate first = FIRST.plusDays(begun);
    LocalDate last = FIRST.plusDays(paid);
    Basket basket = with(tax.rule(ID, first), price);
    Basket now = basket.taxed(rule -> rule.at(tax.on(last)));
    assertThat(now).isEqualTo(with(tax.rule(ID, last), price));
    if (tax.on(first).equals(tax.on(last))) {
      assertThat(now).isSameAs(basket);
    }
    var rounding = TaxRounding.perLine(EUR);
    if (included) {
      assertThat(Pricing.price(now, rounding).total()).isEqualTo(Money.of(price, EUR));
    }
  }

  private static Basket with(TaxRule rule, long price) {
    return Basket.empty(EUR)
        .add(
            new LineItem(null, "", "Tea", "", List.of(rule)),
            Quantity.ONE,
            new LinePrice.Each(Money.of(price, EUR)));
  }
}
