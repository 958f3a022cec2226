package dev.countersign.common.tax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TaxCalculatorTest {
  private static final Currency USD = Currency.getInstance("USD");
  private static final TaxCalculator PER_LINE = new TaxCalculator(TaxRounding.perLine(USD));
  private static final TaxCalculator PER_DOCUMENT = new TaxCalculator(TaxRounding.perDocument());

  private static TaxRule percent(String rate, boolean included) {
    return rule(TaxRule.Kind.PERCENT, rate, included);
  }

  private static TaxRule rule(TaxRule.Kind kind, String rate, boolean included) {
    return new TaxRule(
        UUID.nameUUIDFromBytes((kind + rate + included).getBytes()),
        rate,
        kind,
        new BigDecimal(rate),
        included,
        false,
        true);
  }

  private static Money usd(String amount) {
    return Money.parse(amount, USD);
  }

  private static TaxableLine one(TaxRule rule, String amount) {
    return new TaxableLine(List.of(rule), usd(amount), Quantity.ONE);
  }

  @Test
  void withoutTaxesTheAmountIsThePrice() {
    assertThat(PER_LINE.tax(List.of(), usd("3.33"), Quantity.ONE))
        .isEqualTo(TaxedAmount.untaxed(usd("3.33")));
  }

  @Test
  void aDocumentRoundsOnceWhereLinesRoundEach() {
    var line = one(percent("10", false), "0.05");
    var lines = List.of(line, line, line, line);
    assertThat(PER_LINE.tax(lines)).extracting(TaxedAmount::tax).containsOnly(usd("0.01"));
    assertThat(PER_DOCUMENT.tax(lines))
        .extracting(TaxedAmount::tax)
        .containsExactly(usd("0.01"), usd("0.01"), usd("0.00"), usd("0.00"));
  }

  @Test
  void aReturnAndASaleOnOneDocumentCancelOut() {
    var rule = percent("7", true);
    var sold = one(rule, "1.99");
    var back = new TaxableLine(List.of(rule), usd("-1.99"), Quantity.of(-1));
    var taxed = PER_DOCUMENT.tax(List.of(sold, back));
    assertThat(taxed.get(0).tax().plus(taxed.get(1).tax()).isZero()).isTrue();
  }

  @Test
  void anExemptCustomerPaysTheNetAmount() {
    var rules = List.of(percent("20", true));
    var taxed = PER_LINE.tax(rules, usd("12.00"), Quantity.ONE);
    var exemption = Exemption.of(rules, usd("12.00"), Quantity.ONE, taxed);
    assertThat(exemption.due()).isEqualTo(usd("10.00"));
    assertThat(exemption.left()).isEqualTo(taxed.shares());
  }

  /** Nobody is paid for taking goods away: a levy takes from a price at most what is left of it. */
  @Test
  void whoeverIsExemptIsNotPaidWhatALevyIsMoreThanThePrice() {
    var rules = List.of(rule(TaxRule.Kind.PER_UNIT, "0.21", true), percent("20", true));
    for (var calculator : List.of(PER_LINE, PER_DOCUMENT)) {
      for (var price : List.of("0.00", "0.10", "0.20")) {
        var taxed = calculator.tax(rules, usd(price), Quantity.ONE);
        assertThat(taxed.totalIncluded()).isEqualTo(usd(price));
        var exemption = Exemption.of(rules, usd(price), Quantity.ONE, taxed);
        assertThat(exemption.due()).isEqualTo(usd("0.00"));
        assertThat(exemption.left()).noneMatch(share -> share.amount().isNegative());
        var left = exemption.left().get(0).amount().plus(exemption.left().get(1).amount());
        assertThat(left).isEqualTo(usd(price));
      }
    }
  }

  @Test
  void aPercentageOnTopIsNotPaidOutWhereALevyIsMoreThanThePrice() {
    var rules = List.of(rule(TaxRule.Kind.PER_UNIT, "5.00", true), percent("20", false));
    for (var calculator : List.of(PER_LINE, PER_DOCUMENT)) {
      assertThat(calculator.tax(rules, usd("0.00"), Quantity.ONE).totalIncluded())
          .isEqualTo(usd("0.00"));
      assertThat(calculator.tax(rules, usd("-0.00"), Quantity.of(-1)).totalIncluded())
          .isEqualTo(usd("0.00"));
    }
  }

  @Test
  void aDepositPerUnitFollowsTheQuantity() {
    var taxed =
        PER_LINE.tax(
            List.of(rule(TaxRule.Kind.PER_UNIT, "0.05", true)), usd("6.00"), Quantity.of(6));
    assertThat(taxed.totalExcluded()).isEqualTo(usd("5.70"));
    assertThat(taxed.tax()).isEqualTo(usd("0.30"));
  }

  @Test
  void includedTaxesThatTakeTheWholePriceAreRefused() {
    var taxes = List.of(percent("-60", true), percent("-50", true));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PER_LINE.tax(taxes, usd("1.00"), Quantity.ONE));
  }

  @Test
  void aPrecisionFinerThanTheCoinIsRefused() {
    var calculator = new TaxCalculator(new TaxRounding.PerLine(new BigDecimal("0.001")));
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(
            () -> calculator.tax(List.of(percent("8.875", false)), usd("0.99"), Quantity.ONE));
    assertThatIllegalArgumentException().isThrownBy(() -> new TaxRounding.PerLine(BigDecimal.ZERO));
  }

  @Test
  void aRuleOutsideItsRangeIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> percent("-100", true));
    assertThatIllegalArgumentException().isThrownBy(() -> percent("1000.1", true));
    assertThatIllegalArgumentException().isThrownBy(() -> percent("1.1234567", true));
    assertThatIllegalArgumentException().isThrownBy(() -> percent("1E-7", true));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new TaxRule(
                    UUID.randomUUID(),
                    " ",
                    TaxRule.Kind.PERCENT,
                    BigDecimal.ONE,
                    true,
                    true,
                    true));
  }

  @Test
  void anAmountThatDoesNotAddUpIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TaxedAmount(usd("1.00"), usd("1.10"), List.of()));
  }

  @Property
  void aPriceThatIncludesItsTaxesNeverChanges(
      @ForAll("includedTaxes") List<TaxRule> rules, @ForAll("cents") long cents) {
    var price = Money.of(cents, USD);
    var taxed = PER_LINE.tax(rules, price, Quantity.ONE);
    assertThat(taxed.totalIncluded()).isEqualTo(price);
    assertThat(PER_LINE.tax(rules, price.negate(), Quantity.of(-1))).isEqualTo(taxed.negate());
  }

  @Property
  void linesOfADocumentSumToTheTaxRoundedOnce(
      @ForAll("includedTaxes") List<TaxRule> rules, @ForAll("manyCents") List<Long> cents) {
    var lines = new ArrayList<TaxableLine>();
    for (long c : cents) {
      lines.add(new TaxableLine(rules, Money.of(c, USD), Quantity.ONE));
    }
    var taxed = PER_DOCUMENT.tax(lines);
    for (int rule = 0; rule < rules.size(); rule++) {
      int index = rule;
      var exact =
          lines.stream()
              .map(l -> TaxCalculator.exact(l).shares().get(index).amount())
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      var handedOut =
          Money.sum(USD, taxed.stream().map(t -> t.shares().get(index).amount()).toList());
      var rounded = exact.setScale(12, RoundingMode.HALF_UP).setScale(2, RoundingMode.HALF_UP);
      assertThat(handedOut.toBigDecimal()).isEqualByComparingTo(rounded);
      for (int line = 0; line < lines.size(); line++) {
        var own = TaxCalculator.exact(lines.get(line)).shares().get(index).amount();
        assertThat(taxed.get(line).shares().get(index).amount().toBigDecimal().subtract(own).abs())
            .isLessThanOrEqualTo(new BigDecimal("0.01"));
      }
    }
    for (int line = 0; line < lines.size(); line++) {
      assertThat(taxed.get(line).totalIncluded()).isEqualTo(lines.get(line).amount());
    }
  }

  @Provide
  Arbitrary<List<TaxRule>> includedTaxes() {
    var rule =
        Combinators.combine(
                Arbitraries.bigDecimals()
                    .between(BigDecimal.ZERO, BigDecimal.valueOf(40))
                    .ofScale(3),
                Arbitraries.of(true, false),
                Arbitraries.of(true, false))
            .as(
                (rate, inBase, affected) ->
                    new TaxRule(
                        UUID.randomUUID(),
                        "tax",
                        TaxRule.Kind.PERCENT,
                        rate,
                        true,
                        inBase,
                        affected));
    return rule.list().ofMaxSize(4);
  }

  @Provide
  Arbitrary<Long> cents() {
    return Arbitraries.longs().between(0, 10_000_000);
  }

  @Provide
  Arbitrary<List<Long>> manyCents() {
    return Arbitraries.longs().between(-50_000, 50_000).list().ofMinSize(1).ofMaxSize(30);
  }
}
