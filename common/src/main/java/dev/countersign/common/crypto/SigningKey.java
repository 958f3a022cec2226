package dev.countersign.common.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An Ed25519 private key (RFC 8032), kept as its 32-byte seed. Safe for any thread until it is
 * closed. Closing wipes the seed and drops the platform's key object, whose own copy only the
 * garbage collector can remove.
 */
public final class SigningKey implements AutoCloseable {
  /** Bytes of a seed. */
  public static final int SEED_LENGTH = 32;

  private final Secret seed;
  private final VerifyKey verifyKey;
  private volatile @Nullable PrivateKey key;

  private SigningKey(Secret seed, VerifyKey verifyKey, PrivateKey key) {
    this.seed = seed;
    this.verifyKey = verifyKey;
    this.key = key;
  }

  /** A fresh key. */
  public static SigningKey generate(SecureRandom random) {
    try (Secret seed = Secret.random(SEED_LENGTH, random)) {
      return fromSeed(seed.bytes());
    }
  }

  /**
   * The key of a seed. The array is copied and stays the caller's to wipe.
   *
   * @throws IllegalArgumentException if it is not 32 bytes
   */
  public static SigningKey fromSeed(byte[] seed) {
    if (seed.length != SEED_LENGTH) {
      throw new IllegalArgumentException("a seed has 32 bytes, not " + seed.length);
    }
    Secret own = Secret.of(seed.clone());
    try {
      PrivateKey key =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, own.bytes()));
      return new SigningKey(own, publicKeyOf(own), key);
    } catch (GeneralSecurityException e) {
      own.close();
      throw new IllegalStateException("every Java platform since 15 has Ed25519", e);
    }
  }

  /**
   * A copy of the seed, for sealing. The caller closes it.
   *
   * @throws IllegalStateException if closed already
   */
  public Secret seed() {
    return seed.copy();
  }

  /** The public half; stays usable after closing. */
  public VerifyKey verifyKey() {
    return verifyKey;
  }

  /**
   * Sixty-four bytes of signature over the message.
   *
   * @throws IllegalStateException if closed already
   */
  public byte[] sign(byte[] message) {
    PrivateKey current = key;
    if (current == null) {
      throw new IllegalStateException("this signing key is closed");
    }
    try {
      Signature signature = SignatureEngine.signature();
      signature.initSign(current);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing failed", e);
    }
  }

  /** Wipes the seed. Closing twice is fine. */
  @Override
  public void close() {
    key = null;
    seed.close();
  }

  @Override
  public String toString() {
    return "••••";
  }

  /**
   * The platform derives a public key only while generating a pair, from 32 random bytes which it
   * takes as the seed; handing it ours as the randomness gives our public key. The vectors of RFC
   * 8032 in the tests hold this on every new platform.
   */
  private static VerifyKey publicKeyOf(Secret seed) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(NamedParameterSpec.ED25519, new SeedAsRandom(seed));
    PublicKey key = generator.generateKeyPair().getPublic();
    var point = ((EdECPublicKey) key).getPoint();
    byte[] bigEndian = point.getY().toByteArray();
    byte[] raw = new byte[VerifyKey.LENGTH];
    for (int i = 0; i < Math.min(raw.length, bigEndian.length); i++) {
      raw[i] = bigEndian[bigEndian.length - 1 - i];
    }
    if (point.isXOdd()) {
      raw[VerifyKey.LENGTH - 1] |= (byte) 0x80;
    }
    return VerifyKey.fromRaw(raw);
  }

  /** "Randomness" that is the seed itself, exactly once. */
  private static final class SeedAsRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient Secret seed;

    SeedAsRandom(Secret seed) {
      super(new NoSource(), null);
      this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (bytes.length != SEED_LENGTH) {
        throw new IllegalStateException("the platform no longer takes a 32-byte seed");
      }
      System.arraycopy(seed.bytes(), 0, bytes, 0, bytes.length);
    }
  }

  /** Gives nothing: all bytes come from {@link SeedAsRandom#nextBytes}. */
  private static final class NoSource extends SecureRandomSpi {
    private static final long serialVersionUID = 1L;

    @Override
    protected void engineSetSeed(byte[] seed) {}

    @Override
    protected void engineNextBytes(byte[] bytes) {
      Arrays.fill(bytes, (byte) 0);
    }

    @Override
    protected byte[] engineGenerateSeed(int length) {
      return new byte[length];
    }
  }
}
