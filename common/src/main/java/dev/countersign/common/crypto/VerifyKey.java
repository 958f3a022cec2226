package dev.countersign.common.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An Ed25519 public key (RFC 8032 section 5.1): 32 bytes. Only the canonical encoding of a point of
 * the curve is accepted, and none of the eight points of small order, under which one signature can
 * fit every message. Immutable, safe for any thread.
 */
public final class VerifyKey {
  /** Bytes of a raw key. */
  public static final int LENGTH = 32;

  /** Bytes of a signature. */
  public static final int SIGNATURE_LENGTH = 64;

  private static final BigInteger P =
      BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
  private static final BigInteger D =
      BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);

  private final byte[] raw;
  private final PublicKey key;

  private VerifyKey(byte[] raw, PublicKey key) {
    this.raw = raw;
    this.key = key;
  }

  /**
   * Takes a raw key.
   *
   * @throws IllegalArgumentException if it is not 32 bytes, not canonical, not on the curve or of
   *     small order
   */
  public static VerifyKey fromRaw(byte[] raw) {
    if (raw.length != LENGTH) {
      throw new IllegalArgumentException("a key has 32 bytes, not " + raw.length);
    }
    byte[] bigEndian = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      bigEndian[i] = raw[LENGTH - 1 - i];
    }
    boolean xOdd = (bigEndian[0] & 0x80) != 0;
    bigEndian[0] &= 0x7f;
    BigInteger y = new BigInteger(1, bigEndian);
    requireStrongPoint(y);
    try {
      PublicKey key =
          KeyFactory.getInstance("Ed25519")
              .generatePublic(
                  new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(xOdd, y)));
      return new VerifyKey(raw.clone(), key);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an Ed25519 key", e);
    }
  }

  /**
   * Reads the text of {@link #toBase64()}.
   *
   * @throws IllegalArgumentException if the text or the key is not canonical
   */
  public static VerifyKey fromBase64(String text) {
    return fromRaw(StrictBase64.decode(text));
  }

  /** A copy of the 32 bytes. */
  public byte[] raw() {
    return raw.clone();
  }

  /** The raw key in standard Base64. */
  public String toBase64() {
    return StrictBase64.encode(raw);
  }

  /** True if the signature is this key's over the message. Malformed input is false, no error. */
  public boolean verify(byte[] message, byte[] signature) {
    return new SignatureCheck().holds(this, signature, message);
  }

  PublicKey platformKey() {
    return key;
  }

  /**
   * Twelve decimal digits in three groups, for two people to compare by eye. About 40 bits: enough
   * against a key swapped within the ten minutes of an enrolment, not an identity.
   */
  public String fingerprint() {
    return Hash.of(raw).digits();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VerifyKey that && MessageDigest.isEqual(raw, that.raw);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(raw);
  }

  @Override
  public String toString() {
    return toBase64();
  }

  private static void requireStrongPoint(BigInteger y) {
    if (y.compareTo(P) >= 0) {
      throw new IllegalArgumentException("the key is not written canonically");
    }
    BigInteger y2 = y.multiply(y).mod(P);
    BigInteger u = y2.subtract(BigInteger.ONE).mod(P);
    BigInteger v = D.multiply(y2).add(BigInteger.ONE).mod(P);
    // x² = u / v has a root exactly if u·v is a square (Euler's criterion); x = 0 when u = 0.
    BigInteger euler = u.multiply(v).modPow(P.subtract(BigInteger.ONE).shiftRight(1), P);
    if (u.signum() != 0 && !euler.equals(BigInteger.ONE)) {
      throw new IllegalArgumentException("the key is not a point of the curve");
    }
    // Order 1 and 2 have x = 0, order 4 has y = 0; a point of order 8 doubles to one with y = 0,
    // and the doubled y is proportional to y² + x²: it vanishes when y²·v = −u.
    boolean small =
        u.signum() == 0 || y.signum() == 0 || y2.multiply(v).add(u).mod(P).signum() == 0;
    if (small) {
      throw new IllegalArgumentException("the key is a point of small order");
    }
  }
}
