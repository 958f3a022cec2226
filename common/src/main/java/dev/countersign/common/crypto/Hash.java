package dev.countersign.common.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A SHA-256 hash: exactly 32 bytes (FIPS 180-4). Immutable, safe for any thread. Equality takes the
 * same time wherever the first difference is, so that it may be used for codes and tags too.
 */
public final class Hash {
  /** Bytes of a hash. */
  public static final int LENGTH = 32;

  /** Thirty-two zero bytes: stands before the first link of a chain. */
  public static final Hash ZERO = new Hash(new byte[LENGTH]);

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle FOUR_BYTES =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;

  private final byte[] bytes;

  private Hash(byte[] owned) {
    this.bytes = owned;
  }

  /** The hash of the parts, one after the other. No length is mixed in: frame them yourself. */
  public static Hash of(byte[]... parts) {
    MessageDigest digest = newDigest();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return finish(digest);
  }

  /**
   * The hash of a run of bytes.
   *
   * @throws IndexOutOfBoundsException if the run leaves the array
   */
  public static Hash sha256(byte[] data, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, data.length);
    MessageDigest digest = newDigest();
    digest.update(data, offset, length);
    return finish(digest);
  }

  /**
   * Takes 32 bytes that are a hash already.
   *
   * @throws IllegalArgumentException if there are not exactly 32
   */
  public static Hash fromBytes(byte[] bytes) {
    requireLength(bytes.length);
    return new Hash(bytes.clone());
  }

  /**
   * Takes the 32 bytes at an offset, as found in tiles and proofs.
   *
   * @throws IllegalArgumentException if fewer than 32 are left
   */
  public static Hash fromBytes(byte[] bytes, int offset) {
    if (offset < 0 || bytes.length - offset < LENGTH) {
      throw new IllegalArgumentException("no 32 bytes at offset " + offset);
    }
    return new Hash(Arrays.copyOfRange(bytes, offset, offset + LENGTH));
  }

  /**
   * Reads 64 lower-case hexadecimal digits; another writing of the same hash is refused, so that
   * one hash has one text.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static Hash fromHex(String hex) {
    if (hex.length() != 2 * LENGTH) {
      throw new IllegalArgumentException("a hash is written with 64 digits, not " + hex.length());
    }
    Hash hash = new Hash(HexFormat.of().parseHex(hex));
    if (!hash.toHex().equals(hex)) {
      throw new IllegalArgumentException("a hash is written in lower case");
    }
    return hash;
  }

  /** A fresh SHA-256 digest, for callers that hash much and want to reuse one (on one thread). */
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Ends a SHA-256 digest and leaves it ready for the next message.
   *
   * @throws IllegalArgumentException if the digest does not give 32 bytes
   */
  public static Hash finish(MessageDigest digest) {
    byte[] result = digest.digest();
    requireLength(result.length);
    return new Hash(result);
  }

  /** Copies this hash into a larger array, as stores of tiles do. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, LENGTH);
  }

  /** A copy of the 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Whether the bytes from one place up to another are {@link #toHex()}, in ASCII. */
  public boolean isWritten(byte[] text, int from, int to) {
    if (to - from != 2 * LENGTH) {
      return false;
    }
    long different = 0;
    for (int i = 0; i < LENGTH; i += Integer.BYTES) {
      long there = (long) EIGHT_BYTES.get(text, from + 2 * i);
      different |= there ^ digits((int) FOUR_BYTES.get(bytes, i));
    }
    return different == 0;
  }

  /** Four bytes, the first one lowest, as eight digits in ASCII, the first one lowest. */
  private static long digits(int four) {
    long pairs = four & 0xffff_ffffL;
    pairs = (pairs | pairs << 16) & 0x0000_ffff_0000_ffffL;
    pairs = (pairs | pairs << 8) & 0x00ff_00ff_00ff_00ffL;
    long digits = (pairs >>> 4 & 0x000f_000f_000f_000fL) | (pairs & 0x000f_000f_000f_000fL) << 8;
    // 118 more than a digit from 10 on reaches the highest bit of its byte.
    long letters = (digits + 118 * ONES) >>> 7 & ONES;
    return digits + '0' * ONES + letters * ('a' - '0' - 10);
  }

  /** Sixty-four lower-case hexadecimal digits. */
  public String toHex() {
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * A short form for people to compare by eye: three groups of four decimal digits, about 40 bits.
   */
  public String digits() {
    long digits = new BigInteger(1, bytes).mod(BigInteger.valueOf(1_000_000_000_000L)).longValue();
    return String.format(
        Locale.ROOT,
        "%04d %04d %04d",
        digits / 100_000_000,
        digits / 10_000 % 10_000,
        digits % 10_000);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Hash that && MessageDigest.isEqual(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return toHex();
  }

  private static void requireLength(int length) {
    if (length != LENGTH) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + length);
    }
  }

  /**
   * An id that is named by what was hashed: version 8, "vendor's own" (RFC 9562 section 5.8), of
   * the first 16 bytes. The same name always has the same id.
   */
  public UUID toUuid() {
    ByteBuffer bytes = ByteBuffer.wrap(bytes());
    long high = (bytes.getLong() & ~0xf000L) | 0x8000L;
    long low = (bytes.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
