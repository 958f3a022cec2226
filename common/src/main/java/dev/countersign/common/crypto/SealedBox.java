package dev.countersign.common.crypto;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/**
 * Sealing to somebody's public key: an ephemeral X25519 key (RFC 7748), HKDF-SHA256 over the shared
 * secret with both public keys as the salt, AES-256-GCM. Whoever seals cannot open it again. Pure
 * functions, safe for any thread.
 */
public final class SealedBox {
  /** Bytes of a public or private key. */
  public static final int KEY_LENGTH = 32;

  /** How much longer the sealed form is. */
  public static final int OVERHEAD = KEY_LENGTH + Sealing.OVERHEAD;

  private static final byte[] INFO =
      "countersign sealed box v1\n".getBytes(StandardCharsets.US_ASCII);

  /** The base point's u-coordinate, RFC 7748 section 4.1. */
  private static final BigInteger BASE = BigInteger.valueOf(9);

  private SealedBox() {}

  /** The public key of a private one: the scalar times the base point. */
  public static byte[] publicKey(Secret privateKey) {
    try (Secret point = agree(privateKey, BASE)) {
      return point.bytes().clone();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform since 11 has X25519", e);
    }
  }

  /**
   * Seals.
   *
   * @param recipient a raw public key
   * @param associated is not kept inside, but must be the same at opening
   * @throws IllegalArgumentException if the key is none, or a point of small order
   */
  public static byte[] seal(
      byte[] recipient, byte[] plaintext, byte[] associated, SecureRandom random) {
    try (Secret ephemeral = Secret.random(KEY_LENGTH, random)) {
      byte[] own = publicKey(ephemeral);
      try (Secret shared = agree(ephemeral, point(recipient));
          Secret key = key(shared, own, recipient)) {
        byte[] sealed = Sealing.seal(key, plaintext, associated, random);
        byte[] whole = Arrays.copyOf(own, KEY_LENGTH + sealed.length);
        System.arraycopy(sealed, 0, whole, KEY_LENGTH, sealed.length);
        return whole;
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a key to seal to", e);
    }
  }

  /**
   * Opens what {@link #seal} made.
   *
   * @throws WrongKeyException if key or associated data are not the same, or a byte was changed
   */
  public static byte[] open(Secret privateKey, byte[] sealed, byte[] associated)
      throws WrongKeyException {
    if (sealed.length < OVERHEAD) {
      throw new WrongKeyException("too short for a sealed box");
    }
    byte[] ephemeral = Arrays.copyOf(sealed, KEY_LENGTH);
    try (Secret shared = agree(privateKey, point(ephemeral));
        Secret key = key(shared, ephemeral, publicKey(privateKey))) {
      return Sealing.open(key, Arrays.copyOfRange(sealed, KEY_LENGTH, sealed.length), associated);
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      throw new WrongKeyException("not sealed to this key");
    }
  }

  private static Secret key(Secret shared, byte[] ephemeral, byte[] recipient) {
    byte[] salt = Arrays.copyOf(ephemeral, 2 * KEY_LENGTH);
    System.arraycopy(recipient, 0, salt, KEY_LENGTH, KEY_LENGTH);
    return Hkdf.derive(shared, salt, INFO, Sealing.KEY_LENGTH);
  }

  /** Little-endian, and one encoding for one point. */
  private static BigInteger point(byte[] raw) {
    if (raw.length != KEY_LENGTH || raw[KEY_LENGTH - 1] < 0) {
      throw new IllegalArgumentException("a key has 32 bytes, the last under 128");
    }
    byte[] bigEndian = new byte[KEY_LENGTH];
    for (int i = 0; i < KEY_LENGTH; i++) {
      bigEndian[i] = raw[KEY_LENGTH - 1 - i];
    }
    return new BigInteger(1, bigEndian);
  }

  /** The platform refuses points of small order, whose secret would be no secret. */
  private static Secret agree(Secret own, BigInteger other) throws GeneralSecurityException {
    if (own.length() != KEY_LENGTH) {
      throw new IllegalArgumentException("a key has 32 bytes, not " + own.length());
    }
    KeyFactory keys = KeyFactory.getInstance("X25519");
    PrivateKey mine =
        keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, own.bytes()));
    PublicKey theirs = keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, other));
    KeyAgreement agreement = KeyAgreement.getInstance("X25519");
    agreement.init(mine);
    agreement.doPhase(theirs, true);
    return Secret.of(agreement.generateSecret());
  }
}
