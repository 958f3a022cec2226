package dev.countersign.common.crypto;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Secret bytes that are wiped when closed, never print themselves and are compared in constant
 * time. Hold it in try-with-resources for as short as the work takes. May be read by several
 * threads; whoever closes it must know that the others are done.
 */
public final class Secret implements AutoCloseable {
  private final byte[] bytes;
  private volatile boolean closed;

  private Secret(byte[] owned) {
    this.bytes = owned;
  }

  /**
   * Fresh random bytes.
   *
   * @throws IllegalArgumentException if fewer than one is asked for
   */
  public static Secret random(int length, SecureRandom random) {
    if (length < 1) {
      throw new IllegalArgumentException("a secret has at least one byte");
    }
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return new Secret(bytes);
  }

  /** Takes ownership: the array is wiped when this secret is closed. */
  public static Secret of(byte[] owned) {
    return new Secret(owned);
  }

  /**
   * Lends the live array: do not keep, change or return it.
   *
   * @throws IllegalStateException if closed already
   */
  public byte[] bytes() {
    if (closed) {
      throw new IllegalStateException("this secret is closed");
    }
    return bytes;
  }

  /**
   * A second holder of the same bytes, to be closed on its own.
   *
   * @throws IllegalStateException if closed already
   */
  public Secret copy() {
    return new Secret(bytes().clone());
  }

  /** How many bytes. */
  public int length() {
    return bytes.length;
  }

  /** True once the bytes are gone. */
  public boolean isClosed() {
    return closed;
  }

  /** Wipes the bytes. Closing twice is fine. */
  @Override
  public void close() {
    closed = true;
    Arrays.fill(bytes, (byte) 0);
  }

  /** A closed secret equals nothing but itself: its bytes are gone, not zero. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Secret that
            && !closed
            && !that.closed
            && MessageDigest.isEqual(bytes, that.bytes));
  }

  /** Only the length: a hash of the content would tell something about it. */
  @Override
  public int hashCode() {
    return bytes.length;
  }

  @Override
  public String toString() {
    return "••••";
  }
}
