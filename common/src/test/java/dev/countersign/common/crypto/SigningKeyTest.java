package dev.countersign.common.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final String SEED =
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

  @ParameterizedTest
  @CsvSource({
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
        + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
        + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
        + "c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
        + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
        + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e"
        + "458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
        + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
        + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290"
        + "ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
  })
  void signsAsRfc8032Section71Says(String seed, String publicKey, String message, String signed) {
    try (SigningKey key = SigningKey.fromSeed(HEX.parseHex(seed))) {
      assertThat(HEX.formatHex(key.verifyKey().raw())).isEqualTo(publicKey);
      assertThat(HEX.formatHex(key.sign(HEX.parseHex(message)))).isEqualTo(signed);
      assertThat(key.verifyKey().verify(HEX.parseHex(message), HEX.parseHex(signed))).isTrue();
    }
  }

  @Test
  void everyFlippedBitOfASignatureIsRefused() {
    try (SigningKey key = SigningKey.fromSeed(HEX.parseHex(SEED))) {
      byte[] message = {1, 2, 3};
      byte[] signature = key.sign(message);
      for (int bit = 0; bit < signature.length * 8; bit++) {
        byte[] changed = signature.clone();
        changed[bit / 8] ^= (byte) (1 << (bit % 8));
        assertThat(key.verifyKey().verify(message, changed)).as("bit %d", bit).isFalse();
      }
    }
  }

  @Test
  void malformedSignaturesAreFalseAndNoError() {
    VerifyKey key = SigningKey.fromSeed(HEX.parseHex(SEED)).verifyKey();
    byte[] ones = new byte[64];
    Arrays.fill(ones, (byte) 0xff);
    assertThat(key.verify(new byte[0], new byte[0])).isFalse();
    assertThat(key.verify(new byte[0], new byte[63])).isFalse();
    assertThat(key.verify(new byte[0], new byte[65])).isFalse();
    assertThat(key.verify(new byte[0], new byte[64])).isFalse();
    assertThat(key.verify(new byte[0], ones)).isFalse();
  }

  @Test
  void aSignatureWithTheGroupOrderAddedIsRefused() {
    try (SigningKey key = SigningKey.fromSeed(HEX.parseHex(SEED))) {
      byte[] signature = key.sign(new byte[] {7});
      BigInteger order =
          BigInteger.ONE
              .shiftLeft(252)
              .add(new BigInteger("27742317777372353535851937790883648493"));
      byte[] s = new byte[32];
      for (int i = 0; i < 32; i++) {
        s[i] = signature[63 - i];
      }
      byte[] sum = new BigInteger(1, s).add(order).toByteArray();
      byte[] malleated = signature.clone();
      for (int i = 0; i < 32; i++) {
        malleated[32 + i] = i < sum.length ? sum[sum.length - 1 - i] : 0;
      }
      assertThat(key.verifyKey().verify(new byte[] {7}, malleated)).isFalse();
    }
  }

  @Test
  void generatedKeysDifferAndComeBackFromTheirSeed() {
    SecureRandom random = new SecureRandom();
    try (SigningKey one = SigningKey.generate(random);
        SigningKey two = SigningKey.generate(random);
        Secret seed = one.seed();
        SigningKey again = SigningKey.fromSeed(seed.bytes())) {
      assertThat(one.verifyKey()).isNotEqualTo(two.verifyKey()).isEqualTo(again.verifyKey());
    }
  }

  @Test
  void aClosedKeySignsNothingAndGivesNoSeed() {
    SigningKey key = SigningKey.fromSeed(HEX.parseHex(SEED));
    key.close();
    key.close();
    assertThatThrownBy(() -> key.sign(new byte[0])).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(key::seed).isInstanceOf(IllegalStateException.class);
    assertThat(key.verifyKey().raw()).hasSize(32);
  }

  @Test
  void aSigningKeyDoesNotPrintItself() {
    try (SigningKey key = SigningKey.fromSeed(HEX.parseHex(SEED))) {
      assertThat(key.toString()).isEqualTo("••••");
    }
  }

  @Test
  void aSeedOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> SigningKey.fromSeed(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"
      })
  void aKeyOfSmallOrderIsRefused(String raw) {
    assertThatThrownBy(() -> VerifyKey.fromRaw(HEX.parseHex(raw)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("small order");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
      })
  void aKeyThatIsNotWrittenCanonicallyIsRefused(String raw) {
    assertThatThrownBy(() -> VerifyKey.fromRaw(HEX.parseHex(raw)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("canonical");
  }

  @Test
  void aKeyThatIsNoPointOfTheCurveIsRefused() {
    byte[] two = new byte[32];
    two[0] = 2;
    assertThatThrownBy(() -> VerifyKey.fromRaw(two))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("curve");
  }

  @Test
  void aKeyHasOneTextOnly() {
    VerifyKey key = SigningKey.fromSeed(HEX.parseHex(SEED)).verifyKey();
    String text = key.toBase64();
    assertThat(VerifyKey.fromBase64(text)).isEqualTo(key).hasSameHashCodeAs(key);
    assertThatThrownBy(() -> VerifyKey.fromBase64(text.replace("=", "")))
        .isInstanceOf(IllegalArgumentException.class);
    // The last character before the padding carries two bits that must be zero.
    char last = text.charAt(42);
    String stray = text.substring(0, 42) + (char) (last + 1) + "=";
    assertThatThrownBy(() -> VerifyKey.fromBase64(stray))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theRawKeyHandedOutIsACopy() {
    VerifyKey key = SigningKey.fromSeed(HEX.parseHex(SEED)).verifyKey();
    key.raw()[0] ^= 1;
    assertThat(HEX.formatHex(key.raw())).startsWith("d75a9801");
  }

  @Test
  void aFingerprintIsThreeGroupsOfFourDigits() {
    SecureRandom random = new SecureRandom();
    VerifyKey one = SigningKey.generate(random).verifyKey();
    VerifyKey two = SigningKey.generate(random).verifyKey();
    assertThat(one.fingerprint()).matches("\\d{4} \\d{4} \\d{4}");
    assertThat(VerifyKey.fromRaw(one.raw()).fingerprint()).isEqualTo(one.fingerprint());
    assertThat(two.fingerprint()).isNotEqualTo(one.fingerprint());
  }
}
