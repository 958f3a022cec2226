package dev.countersign.common.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.Oracles;
import java.util.Currency;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class CashRoundingOracleTest {
  private static final Currency EUR = Currency.getInstance("EUR");

  static Stream<Arguments> cases() {
    return Oracles.documents("cash-rounding-cases.json").stream()
        .flatMap(d -> d.get("cases").valueStream().map(c -> Arguments.of(d, c)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsPaidAgreesAndARefundMirrorsIt(JsonNode document, JsonNode expected) {
    var rounding =
        new CashRounding(
            Money.parse(document.get("increment").asString(), EUR),
            CashRounding.Mode.valueOf(
                expected.get("mode").asString().toUpperCase(Locale.ROOT).replace('-', '_')),
            CashRounding.Scope.valueOf(expected.get("scope").asString().toUpperCase(Locale.ROOT)));
    var total = Money.parse(document.get("total").asString(), EUR);
    var bank = Money.zero(EUR);
    for (var tender : expected.get("tenders").valueStream().toList()) {
      if (tender.asString().startsWith("bank ")) {
        bank = bank.plus(Money.parse(tender.asString().substring("bank ".length()), EUR));
      }
    }
    var rounded = rounding.round(total.minus(bank));

    var paid = Money.parse(expected.get("paid").asString(), EUR);
    assertThat(bank.plus(rounded.toPay())).isEqualTo(paid);
    assertThat(rounded.difference()).isEqualTo(paid.minus(total));

    var mirrored = rounding.round(total.minus(bank).negate());
    assertThat(mirrored.toPay()).isEqualTo(rounded.toPay().negate());
    assertThat(mirrored.difference()).isEqualTo(rounded.difference().negate());
  }
}
