package dev.countersign.common.crypto;

import de.mkammerer.argon2.Argon2Advanced;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Raw Argon2id, version 1.3 (RFC 9106), under every PIN, password and code. Pure functions, safe
 * for any thread; each call takes the memory of its cost outside the heap.
 */
public final class Argon2Kdf {
  /** Fewest bytes of salt. */
  public static final int MIN_SALT = 8;

  private static final int MIN_LENGTH = 16;
  private static final int MAX_LENGTH = 128;

  private Argon2Kdf() {}

  /**
   * Derives from characters, taken as UTF-8. The array is left to the caller, who wipes it.
   *
   * @throws IllegalArgumentException as {@link #derive(byte[], byte[], Argon2Cost, int)}
   */
  public static Secret derive(char[] secret, byte[] salt, Argon2Cost cost, int length) {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(secret));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    Arrays.fill(encoded.array(), (byte) 0);
    try {
      return derive(bytes, salt, cost, length);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /**
   * Derives from bytes. The array is left to the caller, who wipes it.
   *
   * @param secret not empty
   * @param salt at least 8 bytes, better 16
   * @param length of the result, 16 to 128 bytes
   * @throws IllegalArgumentException if one of them is out of range
   */
  public static Secret derive(byte[] secret, byte[] salt, Argon2Cost cost, int length) {
    if (secret.length == 0) {
      throw new IllegalArgumentException("nothing to derive from");
    }
    if (salt.length < MIN_SALT) {
      throw new IllegalArgumentException("a salt has at least " + MIN_SALT + " bytes");
    }
    if (length < MIN_LENGTH || length > MAX_LENGTH) {
      throw new IllegalArgumentException("a derived secret has 16 to 128 bytes");
    }
    Argon2Advanced argon2 = Argon2Factory.createAdvanced(Argon2Types.ARGON2id, salt.length, length);
    return Secret.of(argon2.rawHash(cost.passes(), cost.memoryKiB(), cost.lanes(), secret, salt));
  }
}
