package dev.countersign.common.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WireTest {
  private static final byte[] TEXT =
      "one sale, another sale, and one more sale".getBytes(StandardCharsets.US_ASCII);

  @Property
  void whatIsPackedUnpacksToTheSame(@ForAll byte[] plain) throws WireFormatException {
    assertThat(Wire.inflate(Wire.deflate(plain), plain.length)).isEqualTo(plain);
  }

  @Property
  void whatIsWrappedIsOfTheSameFormat(@ForAll @Size(max = 3000) byte[] plain) throws Exception {
    assertThat(Wire.inflate(Wire.wrap(plain), plain.length)).isEqualTo(plain);
    assertThat(Wire.wrap(plain)).hasSize(plain.length + 11);
  }

  @Test
  void whatIsTooLongIsNotWrapped() throws Exception {
    assertThat(Wire.inflate(Wire.wrap(new byte[65_535]), 65_535)).hasSize(65_535);
    assertThatThrownBy(() -> Wire.wrap(new byte[65_536]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingPacksAndUnpacksWithoutRoom() throws Exception {
    assertThat(Wire.inflate(Wire.deflate(new byte[0]), 0)).isEmpty();
  }

  @Test
  void theLimitIsExact() throws Exception {
    for (int size : new int[] {1, 16 * 1024 - 1, 16 * 1024, 16 * 1024 + 1, 1 << 20}) {
      byte[] packed = Wire.deflate(new byte[size]);
      assertThat(Wire.inflate(packed, size)).hasSize(size);
      assertThatThrownBy(() -> Wire.inflate(packed, size - 1))
          .isInstanceOf(WireFormatException.class)
          .hasMessageContaining("more than");
    }
  }

  @Test
  void aBombStopsAtTheLimit() {
    // A gibibyte of zeros in about a mebibyte: unpacking it whole would not fit the test's heap.
    byte[] bomb = bomb(1024);
    assertThat(bomb.length).isLessThan(2 << 20);
    assertThatThrownBy(() -> Wire.inflate(bomb, 8 << 20))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("more than");
  }

  @Test
  void everyCutIsRefused() {
    byte[] packed = Wire.deflate(TEXT);
    for (int length = 0; length < packed.length; length++) {
      byte[] cut = Arrays.copyOf(packed, length);
      assertThatExceptionOfType(WireFormatException.class)
          .as("%d bytes", length)
          .isThrownBy(() -> Wire.inflate(cut, 1000));
    }
  }

  @Test
  void anythingAfterTheEndIsRefused() {
    byte[] packed = Wire.deflate(TEXT);
    assertThatThrownBy(() -> Wire.inflate(Arrays.copyOf(packed, packed.length + 1), 1000))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("follows");
  }

  @Test
  void noFlippedBitGivesOtherBytes() {
    byte[] packed = Wire.deflate(TEXT);
    for (int bit = 0; bit < packed.length * 8; bit++) {
      byte[] changed = packed.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      try {
        assertThat(Wire.inflate(changed, 1000)).as("bit %d", bit).isEqualTo(TEXT);
      } catch (WireFormatException _) {
        continue;
      }
    }
  }

  @Test
  void dataThatAsksForADictionaryIsRefused() {
    Deflater deflater = new Deflater();
    deflater.setDictionary(TEXT);
    deflater.setInput(TEXT);
    deflater.finish();
    byte[] packed = new byte[200];
    int length = deflater.deflate(packed);
    deflater.end();
    assertThatThrownBy(() -> Wire.inflate(Arrays.copyOf(packed, length), 1000))
        .isInstanceOf(WireFormatException.class);
  }

  private static byte[] bomb(int mebibytes) {
    Deflater deflater = new Deflater();
    byte[] zeros = new byte[1 << 20];
    byte[] packed = new byte[4 << 20];
    int length = 0;
    for (int i = 0; i < mebibytes; i++) {
      deflater.setInput(zeros);
      int count;
      while ((count = deflater.deflate(packed, length, packed.length - length)) > 0) {
        length += count;
      }
    }
    deflater.finish();
    length += deflater.deflate(packed, length, packed.length - length);
    deflater.end();
    return Arrays.copyOf(packed, length);
  }
}
