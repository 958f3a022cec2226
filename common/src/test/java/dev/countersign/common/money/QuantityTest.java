package dev.countersign.common.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({"2,2", "2.000000,2", "0.345,0.345", "-1.50,-1.5", "0.000001,0.000001", "100,100"})
  void itIsWrittenWithoutTrailingZeros(String text, String written) {
    assertThat(Quantity.parse(text).toDecimalString()).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1.", "1.0000001", "1e3", "+1", "1 kg", "9223372036854.775808"})
  void anyOtherTextIsRefused(String text) {
    assertThatExceptionOfType(MoneyFormatException.class).isThrownBy(() -> Quantity.parse(text));
  }

  @Test
  void casesHoldBottles() {
    assertThat(Quantity.of(3).times(Quantity.of(12))).isEqualTo(Quantity.of(36));
    assertThat(Quantity.parse("0.5").times(Quantity.parse("0.5"))).hasToString("0.25");
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> Quantity.parse("0.000001").times(Quantity.parse("0.5")));
  }

  @Test
  void wholePiecesAreTold() {
    assertThat(Quantity.of(-2).isWhole()).isTrue();
    assertThat(Quantity.parse("2.5").isWhole()).isFalse();
    assertThat(Quantity.ZERO.isZero()).isTrue();
    assertThat(Quantity.ONE.negate().isNegative()).isTrue();
  }

  @Test
  void arithmeticNeverWraps() {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> Quantity.of(Long.MAX_VALUE));
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> new Quantity(Long.MAX_VALUE).plus(Quantity.ONE));
  }

  @Property
  void theTextFormReadsBackEqual(@ForAll long millionths) {
    var quantity = new Quantity(millionths);
    assertThat(Quantity.parse(quantity.toDecimalString())).isEqualTo(quantity);
  }
}
