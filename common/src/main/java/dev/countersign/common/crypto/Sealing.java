package dev.countersign.common.crypto;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sealing with AES-256-GCM (NIST SP 800-38D): one version byte, a random 12-byte nonce, ciphertext
 * with a 16-byte tag. The version byte is covered by the tag as well. With random nonces one key
 * should seal fewer than 2^32 times; here a key wraps keys, a handful each. Pure functions, safe
 * for any thread.
 */
public final class Sealing {
  /** Bytes of a key. */
  public static final int KEY_LENGTH = 32;

  /** How much longer the sealed form is. */
  public static final int OVERHEAD = 1 + 12 + 16;

  private static final byte VERSION = 1;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private Sealing() {}

  /**
   * Seals.
   *
   * @param key 32 bytes
   * @param associated is not kept inside, but must be the same at opening: say what is sealed for
   *     whom, so that one sealed thing cannot be put in another's place
   * @throws IllegalArgumentException if the key has another length
   */
  public static byte[] seal(Secret key, byte[] plaintext, byte[] associated, SecureRandom random) {
    byte[] sealed = new byte[plaintext.length + OVERHEAD];
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    sealed[0] = VERSION;
    System.arraycopy(nonce, 0, sealed, 1, NONCE);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, associated);
      cipher.doFinal(plaintext, 0, plaintext.length, sealed, 1 + NONCE);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing failed", e);
    }
  }

  /**
   * Opens what {@link #seal} made.
   *
   * @throws WrongKeyException if key or associated data are not the same, or a byte was changed
   * @throws IllegalArgumentException if the key has another length than 32
   */
  public static byte[] open(Secret key, byte[] sealed, byte[] associated) throws WrongKeyException {
    if (sealed.length < OVERHEAD || sealed[0] != VERSION) {
      throw new WrongKeyException("not sealed by version 1");
    }
    byte[] nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE);
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, associated);
      return cipher.doFinal(sealed, 1 + NONCE, sealed.length - 1 - NONCE);
    } catch (AEADBadTagException _) {
      throw new WrongKeyException("does not open with this key");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("opening failed", e);
    }
  }

  private static Cipher cipher(int mode, Secret key, byte[] nonce, byte[] associated)
      throws GeneralSecurityException {
    if (key.length() != KEY_LENGTH) {
      throw new IllegalArgumentException("a sealing key has 32 bytes, not " + key.length());
    }
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key.bytes(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(new byte[] {VERSION});
    cipher.updateAAD(associated);
    return cipher;
  }
}
