package dev.countersign.common.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyDerivationTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final Argon2Cost CHEAP = new Argon2Cost(256, 2, 1);
  private static final byte[] SALT = "somesalt".getBytes(StandardCharsets.US_ASCII);

  @Test
  void hkdfGivesTheVectorsOfRfc5869() {
    assertHkdf(
        "0b".repeat(22),
        "000102030405060708090a0b0c",
        "f0f1f2f3f4f5f6f7f8f9",
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
    assertHkdf(
        run(0x00, 80),
        run(0x60, 80),
        run(0xb0, 80),
        "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
            + "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
            + "cc30c58179ec3e87c14c01d5c1f3434f1d87");
    assertHkdf(
        "0b".repeat(22),
        "",
        "",
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
  }

  @Test
  void hkdfExpandsTheExtractedKeyOfRfc5869() {
    String extracted = "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5";
    try (Secret key = Secret.of(HEX.parseHex(extracted));
        Secret expanded = Hkdf.expand(key, HEX.parseHex("f0f1f2f3f4f5f6f7f8f9"), 42)) {
      assertThat(HEX.formatHex(expanded.bytes())).startsWith("3cb25f25faacd57a90434f64d0362f2a");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 255 * 32 + 1})
  void hkdfRefusesALengthItCannotGive(int length) {
    try (Secret secret = Secret.of(new byte[32])) {
      assertThatThrownBy(() -> Hkdf.derive(secret, SALT, SALT, length))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void hkdfRefusesNothingAndAShortKeyToExpand() {
    assertThatThrownBy(() -> Hkdf.derive(Secret.of(new byte[0]), SALT, SALT, 32))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Hkdf.expand(Secret.of(new byte[31]), SALT, 32))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "65536, 2, 09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7",
    "256, 2, 9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe"
  })
  void argon2GivesTheVectorsOfTheReferenceCode(int memoryKiB, int passes, String expected) {
    Argon2Cost cost = new Argon2Cost(memoryKiB, passes, 1);
    try (Secret derived = Argon2Kdf.derive("password".toCharArray(), SALT, cost, 32)) {
      assertThat(HEX.formatHex(derived.bytes())).isEqualTo(expected);
    }
  }

  @Test
  void charactersAreTakenAsUtf8AndLeftToTheCaller() {
    char[] pin = "pîn€🔑".toCharArray();
    byte[] bytes = "pîn€🔑".getBytes(StandardCharsets.UTF_8);
    try (Secret fromChars = Argon2Kdf.derive(pin, SALT, CHEAP, 32);
        Secret fromBytes = Argon2Kdf.derive(bytes, SALT, CHEAP, 32)) {
      assertThat(fromChars).isEqualTo(fromBytes);
    }
    assertThat(pin).isEqualTo("pîn€🔑".toCharArray());
    assertThat(bytes).isEqualTo("pîn€🔑".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aLoneSurrogateIsRefusedAndNotReplaced() {
    for (String broken : new String[] {"12\ud83d4", "1234\ud83d", "\udd111234"}) {
      assertThatThrownBy(() -> Argon2Kdf.derive(broken.toCharArray(), SALT, CHEAP, 32))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void argon2RefusesWhatIsTooShort() {
    assertThatThrownBy(() -> Argon2Kdf.derive(new byte[0], SALT, CHEAP, 32))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Argon2Kdf.derive(new byte[4], new byte[7], CHEAP, 32))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Argon2Kdf.derive(new byte[4], SALT, CHEAP, 15))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"7,1,1", "1048577,3,1", "65536,0,1", "65536,21,1", "65536,3,0", "65536,3,17"})
  void aCostFromAHostileFileIsRefused(int memoryKiB, int passes, int lanes) {
    assertThatThrownBy(() -> new Argon2Cost(memoryKiB, passes, lanes))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theFloorIsSixtyFourMebibytesAndThreePasses() {
    assertThat(Argon2Cost.FLOOR.memoryKiB()).isEqualTo(65_536);
    assertThat(Argon2Cost.FLOOR.passes()).isEqualTo(3);
    assertThat(Argon2Cost.FLOOR.meetsFloor()).isTrue();
    assertThat(new Argon2Cost(65_535, 4, 1).meetsFloor()).isFalse();
    assertThat(new Argon2Cost(131_072, 2, 1).meetsFloor()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"125, 6", "1000, 3", "10000, 3", "1, 20", "250, 3", "83, 9"})
  void calibrationRaisesPassesWithinItsBounds(long tookMillis, int passes) {
    Argon2Cost cost = Argon2Cost.calibrate(Duration.ofMillis(250), stepping(tookMillis));
    assertThat(cost.passes()).isEqualTo(passes);
    assertThat(cost.meetsFloor()).isTrue();
  }

  @Test
  void calibrationSurvivesAClockThatStandsStill() {
    assertThat(Argon2Cost.calibrate(Duration.ofMillis(250), () -> 0).passes())
        .isEqualTo(Argon2Cost.MAX_PASSES);
  }

  @Test
  void calibrationNeedsATarget() {
    assertThatThrownBy(() -> Argon2Cost.calibrate(Duration.ZERO, () -> 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static LongSupplier stepping(long millis) {
    AtomicLong now = new AtomicLong();
    return () -> now.getAndAdd(millis * 1_000_000);
  }

  private static void assertHkdf(String secret, String salt, String info, String expected) {
    int length = expected.length() / 2;
    try (Secret from = Secret.of(HEX.parseHex(secret));
        Secret to = Hkdf.derive(from, HEX.parseHex(salt), HEX.parseHex(info), length)) {
      assertThat(HEX.formatHex(to.bytes())).isEqualTo(expected);
    }
  }

  private static String run(int first, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (first + i);
    }
    return HEX.formatHex(bytes);
  }
}
