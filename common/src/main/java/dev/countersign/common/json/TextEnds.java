package dev.countersign.common.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds where a text in JSON ends, eight bytes at a time: whoever verifies a log goes over
 * gigabytes of ids between quotes. Pure.
 */
public final class TextEnds {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';

  private TextEnds() {}

  /** Where the first quote or backslash stands from one place on, the other place if none does. */
  public static int next(byte[] bytes, int from, int to) {
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long eight = (long) EIGHT_BYTES.get(bytes, at);
      // What is found too much, by a borrow, stands above what is rightly found.
      long found = zeros(eight ^ QUOTES) | zeros(eight ^ BACKSLASHES);
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (at < to && bytes[at] != '"' && bytes[at] != '\\') {
      at++;
    }
    return Math.min(at, to);
  }

  /**
   * Where the closing quote of a text stands; what a backslash escapes closes nothing.
   *
   * @param from behind the opening quote
   * @return {@code to} or beyond where the text does not end before
   */
  public static int closing(byte[] bytes, int from, int to) {
    int at = next(bytes, from, to);
    while (at < to && bytes[at] == '\\') {
      at = next(bytes, at + 2, to);
    }
    return at;
  }

  private static long zeros(long bytes) {
    return (bytes - ONES) & ~bytes & HIGH_BITS;
  }
}
