package dev.countersign.client.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.money.Quantity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultiplierTest {
  @ParameterizedTest
  @ValueSource(strings = {"6 ×", "6×", "6*", " 6x ", "06X"})
  void sixTimesIsWrittenInManyWays(String text) {
    assertThat(Multiplier.read(text)).contains(Quantity.of(6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0×", "10000 *", "999999999999999999x"})
  void aCountThatCannotBeIsNone(String text) {
    assertThat(Multiplier.isOne(text)).isTrue();
    assertThat(Multiplier.read(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "6", "×", "6 × 2", "-6×", "6.5×", "six×", "6 x cola"})
  void anythingElseIsNoCount(String text) {
    assertThat(Multiplier.isOne(text)).isFalse();
    assertThat(Multiplier.read(text)).isEmpty();
  }
}
