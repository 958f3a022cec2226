package dev.countersign.common.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictBase64Test {
  @Property
  void whatIsEncodedDecodesToTheSame(@ForAll byte[] bytes) {
    assertThat(StrictBase64.decode(StrictBase64.encode(bytes))).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"QQ", "QQ=", "QR==", "QUI", "QUJ=", "QQ==\n", " QQ==", "Q_==", "Q", "="})
  void aSecondTextForTheSameBytesIsRefused(String text) {
    assertThatThrownBy(() -> StrictBase64.decode(text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
