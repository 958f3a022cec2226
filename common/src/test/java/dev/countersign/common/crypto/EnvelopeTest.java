package dev.countersign.common.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
  private static final String TYPE = "application/vnd.countersign.batch+json";
  private static final byte[] PAYLOAD = ascii("{\"number\":1}");
  private static final SigningKey KEY = SigningKey.fromSeed(new byte[32]);
  private static final Map<String, VerifyKey> REGISTERED =
      Map.of(
          "device-1", KEY.verifyKey(),
          "device-2", SigningKey.fromSeed(filled(32, 7)).verifyKey());
  private static final Function<String, Optional<VerifyKey>> BOOK =
      id -> Optional.ofNullable(REGISTERED.get(id));

  @Test
  void preAuthIsThatOfTheDsseTextOverTheHash() {
    Hash hash = Hash.of(ascii("hello world"));
    byte[] encoded = Envelope.preAuth("http://example.com/HelloWorld", hash);
    assertThat(encoded)
        .startsWith(ascii("DSSEv1 29 http://example.com/HelloWorld 32 "))
        .endsWith(hash.bytes())
        .hasSize(43 + 32);
  }

  @Test
  void preAuthCountsBytesNotCharacters() {
    assertThat(Envelope.preAuth("é", Hash.ZERO))
        .startsWith("DSSEv1 2 é 32 ".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aSealedEnvelopeVerifiesAndComesBackFromTheWire() throws Exception {
    Envelope sealed = Envelope.seal(TYPE, PAYLOAD, "device-1", KEY);
    Envelope read = Envelope.decode(sealed.encode());
    assertThat(read).isEqualTo(sealed).hasSameHashCodeAs(sealed);
    assertThat(read.verifiedBy(KEY.verifyKey())).isTrue();
    assertThat(read.verifiedBy(BOOK)).isTrue();
  }

  @Test
  void everyFlippedBitIsRefused() {
    byte[] encoded = Envelope.seal(TYPE, PAYLOAD, "device-1", KEY).encode();
    for (int bit = 0; bit < encoded.length * 8; bit++) {
      byte[] changed = encoded.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(believed(changed)).as("bit %d", bit).isFalse();
    }
    assertThat(believed(encoded)).isTrue();
  }

  @Test
  void anotherKeyIdFindsAnotherKeyOrNone() {
    Envelope sealed = Envelope.seal(TYPE, PAYLOAD, "device-1", KEY);
    Envelope claimed = new Envelope(TYPE, PAYLOAD, "device-2", sealed.signature());
    Envelope unknown = new Envelope(TYPE, PAYLOAD, "device-3", sealed.signature());
    assertThat(claimed.verifiedBy(BOOK)).isFalse();
    assertThat(unknown.verifiedBy(BOOK)).isFalse();
  }

  @Test
  void aPayloadDoesNotPassUnderAnotherType() {
    Envelope sealed = Envelope.seal(TYPE, PAYLOAD, "device-1", KEY);
    assertThat(new Envelope("other", PAYLOAD, "device-1", sealed.signature()).verifiedBy(BOOK))
        .isFalse();
  }

  @Test
  void everyCutAndEveryAddedByteIsRefused() {
    byte[] encoded = Envelope.seal(TYPE, PAYLOAD, "device-1", KEY).encode();
    for (int length = 0; length < encoded.length; length++) {
      byte[] cut = Arrays.copyOf(encoded, length);
      assertThatExceptionOfType(EnvelopeFormatException.class)
          .as("%d bytes", length)
          .isThrownBy(() -> Envelope.decode(cut));
    }
    assertThatThrownBy(() -> Envelope.decode(Arrays.copyOf(encoded, encoded.length + 1)))
        .isInstanceOf(EnvelopeFormatException.class)
        .hasMessageContaining("follows");
  }

  @Test
  void anAnnouncedLengthOfGigabytesAllocatesNothing() {
    for (int length : new int[] {Integer.MAX_VALUE, -1, Integer.MIN_VALUE, 101}) {
      byte[] hostile = ByteBuffer.allocate(200).put(ascii("CSE1")).putInt(length).array();
      assertThatThrownBy(() -> Envelope.decode(hostile))
          .isInstanceOf(EnvelopeFormatException.class)
          .hasMessageContaining("longer than");
    }
  }

  @Test
  void aPayloadOfEightMebibytesIsTheLargest() throws Exception {
    byte[] signature = new byte[64];
    Envelope largest = new Envelope(TYPE, new byte[Envelope.MAX_PAYLOAD], "k", signature);
    assertThat(Envelope.decode(largest.encode()).payload()).hasSize(Envelope.MAX_PAYLOAD);
    assertThatThrownBy(() -> new Envelope(TYPE, new byte[Envelope.MAX_PAYLOAD + 1], "k", signature))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "with space", "line\n", "é", "\u0000", "\u007f"})
  void aTypeOrKeyIdThatIsNotPlainAsciiIsRefused(String name) {
    byte[] signature = new byte[64];
    assertThatThrownBy(() -> new Envelope(name, PAYLOAD, "k", signature))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Envelope(TYPE, PAYLOAD, name, signature))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesThatAreTooLongAndSignaturesOfAnotherLengthAreRefused() {
    assertThatThrownBy(() -> new Envelope("t".repeat(101), PAYLOAD, "k", new byte[64]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Envelope("t", PAYLOAD, "k".repeat(65), new byte[64]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Envelope("t", PAYLOAD, "k", new byte[63]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anEnvelopeDoesNotPrintItsPayload() {
    assertThat(Envelope.seal(TYPE, PAYLOAD, "device-1", KEY).toString())
        .doesNotContain("number")
        .contains("device-1");
  }

  @Property(tries = 200)
  void whatIsEncodedDecodesToTheSame(
      @ForAll @StringLength(min = 1, max = 100) @CharRange(from = '!', to = '~') String type,
      @ForAll @Size(max = 2000) byte[] payload,
      @ForAll @StringLength(min = 1, max = 64) @CharRange(from = '!', to = '~') String keyId)
      throws EnvelopeFormatException {
    Envelope envelope = new Envelope(type, payload, keyId, filled(64, payload.length));
    byte[] encoded = envelope.encode();
    assertThat(Envelope.decode(encoded)).isEqualTo(envelope);
    assertThat(Envelope.decode(encoded).encode()).isEqualTo(encoded);
  }

  @Property(tries = 500)
  void anyBytesAreAnEnvelopeOrRefused(@ForAll byte[] bytes) {
    byte[] withMagic = new byte[bytes.length + 4];
    System.arraycopy(ascii("CSE1"), 0, withMagic, 0, 4);
    System.arraycopy(bytes, 0, withMagic, 4, bytes.length);
    assertThat(believed(withMagic)).isFalse();
  }

  private static boolean believed(byte[] encoded) {
    try {
      return Envelope.decode(encoded).verifiedBy(BOOK);
    } catch (EnvelopeFormatException _) {
      return false;
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
