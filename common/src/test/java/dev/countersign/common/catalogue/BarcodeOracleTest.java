package dev.countersign.common.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.common.Oracles;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class BarcodeOracleTest {
  private static final String FILE = "barcode-cases.json";
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

  static Stream<JsonNode> patterns() {
    return Oracles.cases(FILE, "patternCases");
  }

  static Stream<String> badPatterns() {
    return Oracles.cases(FILE, "badPatterns").map(JsonNode::asString);
  }

  static Stream<JsonNode> elementStrings() {
    return Oracles.cases(FILE, "gs1Cases").filter(c -> c.has("scan"));
  }

  static Stream<JsonNode> dates() {
    return Oracles.cases(FILE, "gs1Cases").filter(c -> c.has("date"));
  }

  static Stream<JsonNode> itemNumbers() {
    return Oracles.cases(FILE, "gtin");
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void anEmbeddedValueIsRead(JsonNode expected) {
    var rules = new ArrayList<BarcodeRule>();
    for (var rule : expected.get("rules").valueStream().toList()) {
      rules.add(
          new BarcodeRule(
              "scale", new BarcodePattern(rule.asString()), BarcodeRule.Meaning.WEIGHT));
    }
    var reading = new BarcodeRules(rules).read(expected.get("scan").asString(), TODAY);
    var result = expected.get("expect");
    switch (reading) {
      case MeasuredCode measured -> {
        assertThat(measured.baseCode()).isEqualTo(result.get("baseCode").asString());
        assertThat(measured.value().toPlainString()).isEqualTo(result.get("value").asString());
      }
      case PlainCode plain -> {
        assertThat(plain.text()).isEqualTo(result.get("baseCode").asString());
        assertThat(plain.gtin()).isPresent();
        assertThat(result.get("value").isNull()).isTrue();
      }
      case UnreadableCode unreadable ->
          assertThat(unreadable.detail()).contains(result.get("error").asString());
      case Gs1Code gs1 -> throw new AssertionError("read as " + gs1);
    }
  }

  @ParameterizedTest
  @MethodSource("badPatterns")
  void aBadPatternIsRefusedWithAReason(String pattern) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BarcodePattern(pattern))
        .withMessageContaining("is not usable: ");
  }

  @ParameterizedTest
  @MethodSource("elementStrings")
  void everyElementIsRead(JsonNode expected) {
    var reading = new Gs1Parser(TODAY).parse(expected.get("scan").asString());
    assertThat(reading).isInstanceOf(Gs1Code.class);
    var actual =
        ((Gs1Code) reading).elements().stream().map(e -> e.ai() + "=" + e.value()).toList();
    assertThat(actual)
        .isEqualTo(
            expected
                .get("expect")
                .valueStream()
                .map(e -> e.get("ai").asString() + "=" + e.get("value").asString())
                .toList());
  }

  @ParameterizedTest
  @MethodSource("dates")
  void everyDateIsRead(JsonNode expected) {
    assertThat(new Gs1Parser(TODAY).date(expected.get("date").asString()))
        .isEqualTo(LocalDate.parse(expected.get("expect").asString()));
  }

  @ParameterizedTest
  @MethodSource("itemNumbers")
  void everyItemNumberIsRead(JsonNode expected) {
    var gtin = Gtin.parse(expected.get("scan").asString()).orElseThrow();
    if (expected.has("sameItemAs")) {
      assertThat(Gtin.parse(expected.get("sameItemAs").asString())).contains(gtin);
      assertThat(gtin.indicator()).isZero();
    } else {
      assertThat(gtin.indicator()).isBetween(1, 8);
    }
  }
}
