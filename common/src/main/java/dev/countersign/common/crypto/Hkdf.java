package dev.countersign.common.crypto;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with SHA-256 (RFC 5869). Pure functions, safe for any thread. */
public final class Hkdf {
  /** Most bytes one derivation gives: 255 blocks of 32. */
  public static final int MAX_LENGTH = 255 * 32;

  private Hkdf() {}

  /**
   * Extracts and expands.
   *
   * @param secret not empty; several secrets are joined by the caller, each of a fixed length
   * @param salt may be empty
   * @param info what the result is for; may be empty
   * @param length 1 to {@link #MAX_LENGTH}
   * @throws IllegalArgumentException if the secret is empty or the length out of range
   */
  public static Secret derive(Secret secret, byte[] salt, byte[] info, int length) {
    requireInput(secret, length);
    HKDFParameterSpec.Builder extract = HKDFParameterSpec.ofExtract().addIKM(secret.bytes());
    if (salt.length > 0) {
      extract.addSalt(salt);
    }
    return run(extract.thenExpand(info, length));
  }

  /**
   * Expands a key that is uniformly random already, as one of {@link Secret#random} is.
   *
   * @throws IllegalArgumentException if the key is shorter than 32 bytes or the length out of range
   */
  public static Secret expand(Secret uniform, byte[] info, int length) {
    requireInput(uniform, length);
    if (uniform.length() < Hash.LENGTH) {
      throw new IllegalArgumentException("a key to expand has at least 32 bytes");
    }
    return run(
        HKDFParameterSpec.expandOnly(new SecretKeySpec(uniform.bytes(), "Generic"), info, length));
  }

  private static void requireInput(Secret secret, int length) {
    if (secret.length() == 0) {
      throw new IllegalArgumentException("nothing to derive from");
    }
    if (length < 1 || length > MAX_LENGTH) {
      throw new IllegalArgumentException("HKDF gives 1 to " + MAX_LENGTH + " bytes");
    }
  }

  private static Secret run(AlgorithmParameterSpec parameters) {
    try {
      return Secret.of(KDF.getInstance("HKDF-SHA256").deriveData(parameters));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform since 25 has HKDF", e);
    }
  }
}
