package dev.countersign.common.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TextEndsTest {
  /** Quotes and backslashes, their neighbours, and what a borrow could take for them. */
  @Provide
  Arbitrary<byte[]> bytes() {
    return Arbitraries.of((byte) '"', (byte) '\\', (byte) '#', (byte) ']', (byte) 0xa2, (byte) 0)
        .array(byte[].class)
        .ofMaxSize(40)
        .flatMap(
            dense ->
                Arbitraries.bytes()
                    .array(byte[].class)
                    .ofMaxSize(40)
                    .map(sparse -> joined(sparse, dense)));
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  @Property
  void findsWhatGoingByteByByteFinds(@ForAll("bytes") byte[] bytes) {
    for (int start = 0; start < bytes.length; start++) {
      int to = bytes.length - start % 9 % (bytes.length - start);
      int at = start;
      while (at < to && bytes[at] != '"' && bytes[at] != '\\') {
        at++;
      }
      assertThat(TextEnds.next(bytes, start, to)).isEqualTo(at);
    }
  }

  @Property
  void theClosingQuoteIsTheFirstThatNothingEscapes(@ForAll("bytes") byte[] bytes) {
    int at = 0;
    while (at < bytes.length && bytes[at] != '"') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    assertThat(TextEnds.closing(bytes, 0, bytes.length)).isEqualTo(Math.min(at, bytes.length));
  }

  @Example
  void aBackslashAtTheEndReachesNothingBehindIt() {
    byte[] bytes = "abcdefg\\\"".getBytes(StandardCharsets.US_ASCII);
    assertThat(TextEnds.closing(bytes, 0, 8)).isEqualTo(8);
    assertThat(TextEnds.closing(bytes, 0, 9)).isEqualTo(9);
  }
}
