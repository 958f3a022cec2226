package dev.countersign.common.crypto;

import de.mkammerer.argon2.Argon2Advanced;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
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
   * @throws IllegalArgumentException as {@link #derive(byte[], byte[], Argon2Cost, int)}, and if a
   *     surrogate stands alone: it has no UTF-8
   */
  public static Secret derive(char[] secret, byte[] salt, Argon2Cost cost, int length) {
    byte[] bytes = utf8(secret);
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

  private static byte[] utf8(char[] secret) {
    // Four bytes a character are enough for any text, so no larger buffer is left behind unwiped.
    byte[] room = new byte[4 * secret.length];
    try {
      ByteBuffer out = ByteBuffer.wrap(room);
      CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
      if (!encoder.encode(CharBuffer.wrap(secret), out, true).isUnderflow()) {
        throw new IllegalArgumentException("a secret must be well-formed text");
      }
      return Arrays.copyOf(room, out.position());
    } finally {
      Arrays.fill(room, (byte) 0);
    }
  }
}
