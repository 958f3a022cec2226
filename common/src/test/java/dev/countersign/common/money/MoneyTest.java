package dev.countersign.common.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {
  private static final Currency USD = Currency.getInstance("USD");
  private static final Currency JPY = Currency.getInstance("JPY");
  private static final Currency KWD = Currency.getInstance("KWD");

  @ParameterizedTest
  @CsvSource({"12.50,1250", "12.5,1250", "12,1200", "-0.01,-1", "0,0", "-0,0", "007,700"})
  void aStrictDecimalIsRead(String text, long minor) {
    assertThat(Money.parse(text, USD)).isEqualTo(Money.of(minor, USD));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".",
        "1.",
        ".5",
        "+1",
        " 1",
        "1 ",
        "1e2",
        "1,50",
        "1.505",
        "0x1",
        "١٢",
        "1.-5",
        "--1",
        "NaN",
        "92233720368547758.08",
        "1\n"
      })
  void anyOtherTextIsRefused(String text) {
    assertThatExceptionOfType(MoneyFormatException.class).isThrownBy(() -> Money.parse(text, USD));
  }

  @Test
  void aVeryLongTextIsRefusedBeforeItIsParsed() {
    assertThatExceptionOfType(MoneyFormatException.class)
        .isThrownBy(() -> Money.parse("1".repeat(1_000_000), USD))
        .withMessageContaining("1000000 characters");
  }

  @Test
  void everyCurrencyHasItsOwnDecimals() {
    assertThat(Money.parse("500", JPY).minor()).isEqualTo(500);
    assertThat(Money.parse("1.234", KWD).minor()).isEqualTo(1234);
    assertThatExceptionOfType(MoneyFormatException.class)
        .isThrownBy(() -> Money.parse("500.0", JPY));
    assertThat(Money.of(500, JPY).toDecimalString()).isEqualTo("500");
    assertThat(Money.of(-5, KWD).toDecimalString()).isEqualTo("-0.005");
  }

  @Test
  void goldIsNotACurrencyOfATill() {
    assertThatIllegalArgumentException().isThrownBy(() -> Money.zero(Currency.getInstance("XAU")));
  }

  @Test
  void currenciesNeverMix() {
    var dollars = Money.of(1, USD);
    var yen = Money.of(1, JPY);
    assertThatExceptionOfType(CurrencyMismatchException.class).isThrownBy(() -> dollars.plus(yen));
    assertThatExceptionOfType(CurrencyMismatchException.class).isThrownBy(() -> dollars.minus(yen));
    assertThatExceptionOfType(CurrencyMismatchException.class)
        .isThrownBy(() -> dollars.compareTo(yen));
    assertThatExceptionOfType(CurrencyMismatchException.class)
        .isThrownBy(() -> Money.sum(USD, List.of(dollars, yen)));
  }

  @Test
  void arithmeticNeverWraps() {
    var most = Money.of(Long.MAX_VALUE, USD);
    var least = Money.of(Long.MIN_VALUE, USD);
    var cent = Money.of(1, USD);
    assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> most.plus(cent));
    assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> least.minus(cent));
    assertThatExceptionOfType(ArithmeticException.class).isThrownBy(least::negate);
    assertThatExceptionOfType(ArithmeticException.class).isThrownBy(least::abs);
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> most.times(Quantity.of(2), RoundingMode.HALF_UP));
  }

  @Test
  void aPriceTimesAWeightRoundsAsItIsTold() {
    var perKilo = Money.parse("9.99", USD);
    var weight = Quantity.parse("0.345");
    assertThat(perKilo.times(weight, RoundingMode.HALF_UP)).isEqualTo(Money.parse("3.45", USD));
    assertThat(perKilo.times(weight, RoundingMode.DOWN)).isEqualTo(Money.parse("3.44", USD));
    assertThat(perKilo.times(weight.negate(), RoundingMode.HALF_UP))
        .isEqualTo(Money.parse("-3.45", USD));
  }

  @Test
  void aDecimalRoundsToTheMinorUnit() {
    assertThat(Money.round(new BigDecimal("1.005"), USD, RoundingMode.HALF_UP).minor())
        .isEqualTo(101);
    assertThat(Money.round(new BigDecimal("-1.005"), USD, RoundingMode.HALF_UP).minor())
        .isEqualTo(-101);
  }

  @Test
  void leftoverCentsGoToTheLargestRemainders() {
    assertThat(Money.of(100, USD).allocate(List.of(1L, 1L, 1L)))
        .extracting(Money::minor)
        .containsExactly(34L, 33L, 33L);
    assertThat(Money.of(10, USD).allocate(List.of(1L, 0L, 2L)))
        .extracting(Money::minor)
        .containsExactly(3L, 0L, 7L);
    assertThat(Money.of(-100, USD).allocate(List.of(1L, 1L, 1L)))
        .extracting(Money::minor)
        .containsExactly(-34L, -33L, -33L);
  }

  @Test
  void nothingCanBeAllocatedToNobody() {
    var money = Money.of(1, USD);
    assertThatIllegalArgumentException().isThrownBy(() -> money.allocate(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> money.allocate(List.of(0L, 0L)));
    assertThatIllegalArgumentException().isThrownBy(() -> money.allocate(List.of(1L, -1L)));
  }

  @Property
  void theTextFormReadsBackEqual(@ForAll long minor, @ForAll("currencies") Currency currency) {
    var money = Money.of(minor, currency);
    assertThat(Money.parse(money.toDecimalString(), currency)).isEqualTo(money);
  }

  @Property
  void partsSumToTheWholeAndAreFair(@ForAll long minor, @ForAll("weights") List<Long> weights) {
    var whole = Money.of(minor, USD);
    var parts = whole.allocate(weights);
    assertThat(Money.sum(USD, parts)).isEqualTo(whole);
    var total = weights.stream().map(BigDecimal::valueOf).reduce(BigDecimal.ZERO, BigDecimal::add);
    for (int i = 0; i < parts.size(); i++) {
      var exact =
          BigDecimal.valueOf(minor)
              .multiply(BigDecimal.valueOf(weights.get(i)))
              .divide(total, 6, RoundingMode.HALF_UP);
      assertThat(exact.subtract(BigDecimal.valueOf(parts.get(i).minor())).abs())
          .isLessThanOrEqualTo(BigDecimal.ONE);
      assertThat(weights.get(i) == 0 && !parts.get(i).isZero()).isFalse();
    }
  }

  @Property
  void whatIsAddedCanBeTakenAway(
      @ForAll @LongRange(min = -1_000_000_000_000L, max = 1_000_000_000_000L) long left,
      @ForAll @LongRange(min = -1_000_000_000_000L, max = 1_000_000_000_000L) long right) {
    var a = Money.of(left, USD);
    var b = Money.of(right, USD);
    assertThat(a.plus(b).minus(b)).isEqualTo(a);
    assertThat(a.plus(b)).isEqualTo(b.plus(a));
    assertThat(a.negate().negate()).isEqualTo(a);
  }

  @Example
  void theSmallestAmountCanBeAllocated() {
    assertThat(Money.sum(USD, Money.of(Long.MIN_VALUE, USD).allocate(List.of(3L, 7L))))
        .isEqualTo(Money.of(Long.MIN_VALUE, USD));
  }

  @Provide
  Arbitrary<Currency> currencies() {
    return Arbitraries.of(USD, JPY, KWD);
  }

  @Provide
  Arbitrary<List<Long>> weights() {
    return Arbitraries.longs()
        .between(0, Long.MAX_VALUE)
        .list()
        .ofMinSize(1)
        .ofMaxSize(20)
        .filter(list -> list.stream().anyMatch(w -> w > 0));
  }
}
