package dev.countersign.common.tax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.Oracles;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class TaxOracleTest {
  private static final Currency EUR = Currency.getInstance("EUR");

  static Stream<Arguments> cases() {
    return Oracles.cases("tax-cases.json", "cases").map(c -> Arguments.of(c.get("id"), c));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void everyFigureAgrees(JsonNode id, JsonNode expected) {
    var line = line(expected);
    switch (expected.get("rounding").asString()) {
      case "line" -> agreesOnTheLine(expected, line);
      case "global" -> agreesUnrounded(expected, line);
      default -> throw new IllegalArgumentException("rounding of " + id);
    }
  }

  private static void agreesOnTheLine(JsonNode expected, TaxableLine line) {
    var rounding = new TaxRounding.PerLine(new BigDecimal(expected.get("precision").asString()));
    var taxed = new TaxCalculator(rounding).tax(line.rules(), line.amount(), line.quantity());
    var result = expected.get("expect");
    assertThat(taxed.totalExcluded()).isEqualTo(money(result.get("totalExcluded")));
    assertThat(taxed.totalIncluded()).isEqualTo(money(result.get("totalIncluded")));
    var taxes = result.get("taxes").valueStream().toList();
    assertThat(taxed.shares()).hasSameSizeAs(taxes);
    for (int i = 0; i < taxes.size(); i++) {
      assertThat(taxed.shares().get(i).base()).isEqualTo(money(taxes.get(i).get("base")));
      assertThat(taxed.shares().get(i).amount()).isEqualTo(money(taxes.get(i).get("amount")));
    }
    // A return of the same goods is the mirror image.
    var returned =
        new TaxCalculator(rounding)
            .tax(line.rules(), line.amount().negate(), line.quantity().negate());
    assertThat(returned).isEqualTo(taxed.negate());
  }

  private static void agreesUnrounded(JsonNode expected, TaxableLine line) {
    var exact = TaxCalculator.exact(line);
    var result = expected.get("expect");
    agrees(exact.totalExcluded(), result.get("totalExcluded"));
    agrees(exact.totalIncluded(), result.get("totalIncluded"));
    var taxes = result.get("taxes").valueStream().toList();
    assertThat(exact.shares()).hasSameSizeAs(taxes);
    for (int i = 0; i < taxes.size(); i++) {
      agrees(exact.shares().get(i).base(), taxes.get(i).get("base"));
      agrees(exact.shares().get(i).amount(), taxes.get(i).get("amount"));
    }
  }

  private static void agrees(BigDecimal actual, JsonNode expected) {
    assertThat(actual.setScale(6, RoundingMode.HALF_UP))
        .isEqualByComparingTo(new BigDecimal(expected.asString()));
  }

  private static Money money(JsonNode text) {
    return Money.parse(text.asString(), EUR);
  }

  private static TaxableLine line(JsonNode expected) {
    var rules = new ArrayList<TaxRule>();
    for (var tax : expected.get("taxes").valueStream().toList()) {
      boolean percent = tax.get("kind").asString().equals("percent");
      rules.add(
          new TaxRule(
              new UUID(0, rules.size() + 1),
              "tax " + rules.size(),
              percent ? TaxRule.Kind.PERCENT : TaxRule.Kind.PER_UNIT,
              new BigDecimal(tax.get(percent ? "rate" : "amount").asString()),
              tax.get("included").asBoolean(),
              tax.get("includeInBase").asBoolean(),
              tax.get("baseAffected").asBoolean()));
    }
    var quantity = Quantity.of(expected.get("quantity").asLong());
    var price = money(expected.get("unitPrice"));
    return new TaxableLine(
        List.copyOf(rules), price.times(quantity, RoundingMode.UNNECESSARY), quantity);
  }
}
