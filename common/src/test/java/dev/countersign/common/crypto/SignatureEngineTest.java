package dev.countersign.common.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the native library calls right, Java calls right, and the reverse. */
class SignatureEngineTest {
  /** The order of the base point (RFC 8032, section 5.1). */
  private static final BigInteger ORDER =
      BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

  @Test
  void theNativeLibraryIsUsedWhereItIsOnTheClassPath() {
    assumeTrue(
        SignatureEngine.class
                .getClassLoader()
                .getResource("com/amazon/corretto/crypto/provider/version.properties")
            != null,
        "no native library for this machine");
    assertThat(SignatureEngine.name()).startsWith("AmazonCorrettoCryptoProvider ");
  }

  @Test
  void bothSignTheSameBytes() throws GeneralSecurityException {
    var random = new Random(8032);
    for (int length = 0; length < 300; length++) {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      byte[] message = new byte[length];
      random.nextBytes(message);
      assertThat(signed(SignatureEngine.signature(), pair, message))
          .isEqualTo(signed(Signature.getInstance("Ed25519"), pair, message));
    }
  }

  @Test
  void bothRefuseTheSameSignatures() throws GeneralSecurityException {
    var random = new Random(6962);
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] message = "a batch".getBytes(UTF_8);
    byte[] right = signed(Signature.getInstance("Ed25519"), pair, message);
    assertThat(bothSay(pair.getPublic(), message, right)).isTrue();
    for (int bit = 0; bit < right.length * 8; bit++) {
      byte[] wrong = right.clone();
      wrong[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(bothSay(pair.getPublic(), message, wrong)).as("bit %d", bit).isFalse();
    }
    for (int i = 0; i < 300; i++) {
      byte[] wrong = new byte[64];
      random.nextBytes(wrong);
      assertThat(bothSay(pair.getPublic(), message, wrong)).isFalse();
    }
    assertThat(bothSay(pair.getPublic(), message, new byte[64])).isFalse();
  }

  /** Else one signature could be written in several ways, and a batch have several hashes. */
  @Test
  void neitherTakesAScalarBeyondTheOrder() throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] message = {1, 2, 3};
    byte[] right = signed(Signature.getInstance("Ed25519"), pair, message);
    byte[] scalar = new byte[32];
    for (int i = 0; i < 32; i++) {
      scalar[i] = right[63 - i];
    }
    byte[] beyond = new BigInteger(1, scalar).add(ORDER).toByteArray();
    byte[] wrong = right.clone();
    for (int i = 0; i < 32; i++) {
      int at = beyond.length - 1 - i;
      wrong[32 + i] = at >= 0 ? beyond[at] : 0;
    }
    assertThat(bothSay(pair.getPublic(), message, wrong)).isFalse();
  }

  /** A point has one way of being written; the neutral one also as 1 + p, which is no point. */
  @Test
  void neitherTakesAPointThatIsNotWrittenCanonically() throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    for (int first : new int[] {0xec, 0xed, 0xee, 0xef, 0xff}) {
      for (int last : new int[] {0x7f, 0xff}) {
        byte[] wrong = new byte[64];
        Arrays.fill(wrong, 0, 32, (byte) 0xff);
        wrong[0] = (byte) first;
        wrong[31] = (byte) last;
        assertThat(bothSay(pair.getPublic(), new byte[0], wrong)).isFalse();
      }
    }
  }

  private static boolean bothSay(PublicKey key, byte[] message, byte[] signature) {
    boolean java = says(false, key, message, signature);
    assertThat(says(true, key, message, signature)).isEqualTo(java);
    return java;
  }

  private static boolean says(boolean engine, PublicKey key, byte[] message, byte[] signature) {
    try {
      Signature check = engine ? SignatureEngine.signature() : Signature.getInstance("Ed25519");
      check.initVerify(key);
      check.update(message);
      return check.verify(signature);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private static byte[] signed(Signature signature, KeyPair pair, byte[] message)
      throws GeneralSecurityException {
    signature.initSign(pair.getPrivate());
    signature.update(message);
    return signature.sign();
  }
}
