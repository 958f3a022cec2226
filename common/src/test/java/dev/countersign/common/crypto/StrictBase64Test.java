package dev.countersign.common.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictBase64Test {
  @Property
  void whatIsEncodedDecodesToTheSame(@ForAll byte[] bytes) {
    assertThat(StrictBase64.decode(StrictBase64.encode(bytes))).isEqualTo(bytes);
  }

  @Property
  void aPartOfAnArrayDecodesAlike(@ForAll byte[] bytes, @ForAll byte before) {
    byte[] text = StrictBase64.encode(bytes).getBytes(StandardCharsets.US_ASCII);
    byte[] around = new byte[text.length + 2];
    around[0] = before;
    around[text.length + 1] = before;
    System.arraycopy(text, 0, around, 1, text.length);
    assertThat(StrictBase64.decode(around, 1, text.length)).isEqualTo(bytes);
  }

  @Property
  void nothingIsTakenButWhatTheEncoderGives(
      @ForAll @Chars({'A', 'Q', 'R', '+', '=', '_'}) String text) {
    byte[] bytes;
    try {
      bytes = StrictBase64.decode(text);
    } catch (IllegalArgumentException _) {
      return;
    }
    assertThat(StrictBase64.encode(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "QQ",
        "QQ=",
        "QR==",
        "QUI",
        "QUJ=",
        "QQ==\n",
        " QQ==",
        "Q_==",
        "Q",
        "=",
        "QQ==QUJD",
        "QUI=QUI=",
        "QUJ\u0100",
        "QUJ\u00e9",
        "===="
      })
  void aSecondTextForTheSameBytesIsRefused(String text) {
    assertThatThrownBy(() -> StrictBase64.decode(text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
