package dev.countersign.common.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.common.money.CashRounding.Mode;
import dev.countersign.common.money.CashRounding.Scope;
import java.util.Currency;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class CashRoundingTest {
  private static final Currency CHF = Currency.getInstance("CHF");

  @Property
  void theDifferenceIsLessThanAnIncrementAndMirrorsForRefunds(
      @ForAll @LongRange(min = -10_000_000, max = 10_000_000) long minor,
      @ForAll @LongRange(min = 1, max = 100) long increment,
      @ForAll Mode mode) {
    var rounding = new CashRounding(Money.of(increment, CHF), mode, Scope.CASH);
    var remaining = Money.of(minor, CHF);
    var rounded = rounding.round(remaining);
    assertThat(rounded.toPay().minor() % increment).isZero();
    assertThat(rounded.toPay().minus(rounded.difference())).isEqualTo(remaining);
    assertThat(rounded.difference().abs()).isLessThan(Money.of(increment, CHF));
    assertThat(rounding.round(remaining.negate()).toPay()).isEqualTo(rounded.toPay().negate());
    assertThat(rounding.round(rounded.toPay()).difference().isZero()).isTrue();
  }

  @Test
  void anIncrementOfNothingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CashRounding(Money.zero(CHF), Mode.UP, Scope.ALL));
  }

  @Test
  void anotherCurrencyIsRefused() {
    var rounding = new CashRounding(Money.of(5, CHF), Mode.HALF_UP, Scope.CASH);
    assertThatExceptionOfType(CurrencyMismatchException.class)
        .isThrownBy(() -> rounding.round(Money.of(5, Currency.getInstance("EUR"))));
  }
}
