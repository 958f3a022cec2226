package dev.countersign.common.promotion;

import java.math.BigInteger;

/** Shares of amounts that are not negative. */
final class Shares {
  private Shares() {}

  /** {@code amount * part / whole}, halves up or rounded down. */
  static long of(long amount, long part, long whole, boolean halfUp) {
    long high = Math.multiplyHigh(amount, part);
    long low = amount * part;
    if (high == 0 && low >= 0 && low <= Long.MAX_VALUE - whole) {
      return (low + (halfUp ? whole / 2 : 0)) / whole;
    }
    return BigInteger.valueOf(amount)
        .multiply(BigInteger.valueOf(part))
        .add(BigInteger.valueOf(halfUp ? whole / 2 : 0))
        .divide(BigInteger.valueOf(whole))
        .longValueExact();
  }

  /**
   * Splits an amount by weights. The parts sum to it, and none is more than its weight where the
   * amount is not more than all weights together.
   */
  static long[] spread(long amount, long[] weights) {
    long whole = 0;
    for (long weight : weights) {
      whole = Math.addExact(whole, weight);
    }
    var parts = new long[weights.length];
    if (whole == 0) {
      return parts;
    }
    long upTo = 0;
    long given = 0;
    for (int i = 0; i < weights.length; i++) {
      upTo += weights[i];
      long now = of(amount, upTo, whole, false);
      parts[i] = now - given;
      given = now;
    }
    return parts;
  }
}
