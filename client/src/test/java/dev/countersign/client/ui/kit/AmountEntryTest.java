package dev.countersign.client.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.money.Money;
import java.util.Currency;
import org.junit.jupiter.api.Test;

class AmountEntryTest {
  private static final Currency USD = Currency.getInstance("USD");
  private static final Currency YEN = Currency.getInstance("JPY");

  @Test
  void digitsMoveInFromTheRight() {
    assertThat(typed("12000")).isEqualTo(Money.of(12_000, USD));
    assertThat(AmountEntry.empty(YEN).typed("120").amount()).isEqualTo(Money.of(120, YEN));
  }

  @Test
  void nothingTypedIsZeroAndEmpty() {
    assertThat(AmountEntry.empty(USD).amount()).isEqualTo(Money.zero(USD));
    assertThat(AmountEntry.empty(USD).typed("00").isEmpty()).isTrue();
  }

  @Test
  void theLastDigitComesOff() {
    assertThat(AmountEntry.of(Money.of(1_234, USD)).back().amount()).isEqualTo(Money.of(123, USD));
    assertThat(AmountEntry.empty(USD).back().isEmpty()).isTrue();
  }

  @Test
  void aTenthDigitIsNotTaken() {
    assertThat(typed("1234567890")).isEqualTo(Money.of(123_456_789, USD));
  }

  private static Money typed(String digits) {
    AmountEntry entry = AmountEntry.empty(USD);
    for (int i = 0; i < digits.length(); i++) {
      entry = entry.typed(digits.substring(i, i + 1));
    }
    return entry.amount();
  }
}
