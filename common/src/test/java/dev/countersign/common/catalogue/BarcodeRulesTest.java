package dev.countersign.common.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.countersign.common.catalogue.UnreadableCode.Reason;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BarcodeRulesTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
  private static final BarcodeRules RULES =
      new BarcodeRules(
          List.of(
              rule("21.....{NNDDD}.", BarcodeRule.Meaning.WEIGHT),
              rule("2......{NNNDD}.", BarcodeRule.Meaning.PRICE)));

  private static BarcodeRule rule(String pattern, BarcodeRule.Meaning meaning) {
    return new BarcodeRule(pattern, new BarcodePattern(pattern), meaning);
  }

  private static String checked(String digits) {
    return digits + Gtin.checkDigit(digits);
  }

  @Test
  void theFirstRuleThatMatchesDecides() {
    var weight = (MeasuredCode) RULES.read("2100001027506", TODAY);
    assertThat(weight.meaning()).isEqualTo(BarcodeRule.Meaning.WEIGHT);
    assertThat(weight.quantity()).isEqualTo(Quantity.parse("2.75"));
    assertThat(weight.baseGtin().shortest()).isEqualTo("2100001000004");

    var price = (MeasuredCode) RULES.read(checked("240000101299"), TODAY);
    assertThat(price.meaning()).isEqualTo(BarcodeRule.Meaning.PRICE);
    assertThat(price.price(Currency.getInstance("EUR")))
        .isEqualTo(Money.parse("12.99", Currency.getInstance("EUR")));
  }

  @Test
  void aUpcFromAScannerThatDropsTheZeroStillMatchesAPatternOfThirteen() {
    var rules = new BarcodeRules(List.of(rule("02.....{NNNDD}.", BarcodeRule.Meaning.PRICE)));
    var upc = checked("21234500450");
    assertThat(rules.read(upc, TODAY)).isInstanceOf(MeasuredCode.class);
    assertThat(((MeasuredCode) rules.read(upc, TODAY)).baseCode())
        .isEqualTo(((MeasuredCode) rules.read("0" + upc, TODAY)).baseCode());
  }

  @Test
  void anyOtherCodeIsPlain() {
    assertThat(RULES.read(" 0088004022723\r\n", TODAY))
        .isEqualTo(new PlainCode("0088004022723", Gtin.parse("088004022723")));
    assertThat(((PlainCode) RULES.read("SHELF-17", TODAY)).gtin()).isEmpty();
    assertThat(((PlainCode) RULES.read("904969", TODAY)).gtin()).isEmpty();
  }

  @Test
  void gs1SymbolsAreRecognised() {
    assertThat(RULES.read("]C10100088004022723", TODAY)).isInstanceOf(Gs1Code.class);
    assertThat(RULES.read("\u001d0100088004022723\r\n", TODAY)).isInstanceOf(Gs1Code.class);
    assertThat(RULES.read("\u001d", TODAY)).isInstanceOf(UnreadableCode.class);
  }

  @Test
  void whatCannotBeReadSaysWhy() {
    assertThat(reason("  ")).isEqualTo(Reason.EMPTY);
    assertThat(reason("x".repeat(5_000))).isEqualTo(Reason.TOO_LONG);
    assertThat(reason("0088004022724")).isEqualTo(Reason.CHECK_DIGIT);
    assertThat(reason("ab\u0000cd")).isEqualTo(Reason.NOT_TEXT);
    assertThat(reason("\u001d9912")).isEqualTo(Reason.UNKNOWN_APPLICATION_IDENTIFIER);
    assertThat(RULES.read("x".repeat(5_000), TODAY).text()).hasSize(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "21.....{NNDDD}",
        "{NNNNNNNNNNNN}.",
        "21.....{NND}.",
        "21.....NNDDD.",
        "21.....{NNDDD.",
        "21....x{NNDDD}.",
        "21...{DDDDDDD}.",
        "21.....}NNDDD{."
      })
  void anUnusablePatternIsRefused(String pattern) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BarcodePattern(pattern))
        .withMessageContaining("is not usable: ");
  }

  @Property
  void noScanThrows(@ForAll String scan) {
    assertThatCode(() -> RULES.read(scan, TODAY)).doesNotThrowAnyException();
    assertThatCode(() -> RULES.read("\u001d" + scan, TODAY)).doesNotThrowAnyException();
  }

  @Property
  void noElementStringOfDigitsThrows(@ForAll long first, @ForAll long second) {
    var scan = "]C1" + Long.toUnsignedString(first) + "\u001d" + Long.toUnsignedString(second);
    assertThatCode(() -> RULES.read(scan, TODAY)).doesNotThrowAnyException();
  }

  private static Reason reason(String scan) {
    return assertThat(RULES.read(scan, TODAY))
        .asInstanceOf(type(UnreadableCode.class))
        .actual()
        .reason();
  }
}
