package dev.countersign.common.money;

import java.math.BigDecimal;

/**
 * How many, or how much: pieces, kilograms, metres, exact to a millionth. Negative quantities are
 * goods that come back.
 *
 * @param millionths the quantity times 1,000,000
 */
public record Quantity(long millionths) implements Comparable<Quantity> {
  private static final int DECIMALS = 6;
  private static final long PER_UNIT = 1_000_000L;

  public static final Quantity ZERO = new Quantity(0);
  public static final Quantity ONE = new Quantity(PER_UNIT);

  /**
   * So many whole units.
   *
   * @throws ArithmeticException beyond about nine million million units
   */
  public static Quantity of(long units) {
    return new Quantity(Math.multiplyExact(units, PER_UNIT));
  }

  /**
   * Reads an optional '-', digits, and optionally '.' with at most six decimals.
   *
   * @throws MoneyFormatException on any other text
   */
  public static Quantity parse(String decimal) {
    return new Quantity(Decimals.parse(decimal, DECIMALS));
  }

  /**
   * The quantity that equals this decimal exactly.
   *
   * @throws ArithmeticException with more than six decimals, or when it does not fit
   */
  public static Quantity ofExact(BigDecimal decimal) {
    return new Quantity(decimal.movePointRight(DECIMALS).longValueExact());
  }

  /** The decimal form without trailing zeros: {@code 2}, {@code 0.345}. */
  public String toDecimalString() {
    var stripped = toBigDecimal().stripTrailingZeros();
    return stripped.toPlainString();
  }

  public BigDecimal toBigDecimal() {
    return Decimals.toBigDecimal(millionths, DECIMALS);
  }

  public Quantity plus(Quantity other) {
    return new Quantity(Math.addExact(millionths, other.millionths));
  }

  public Quantity minus(Quantity other) {
    return new Quantity(Math.subtractExact(millionths, other.millionths));
  }

  public Quantity negate() {
    return new Quantity(Math.negateExact(millionths));
  }

  /**
   * So many of packs of this size, for instance three cases of twelve.
   *
   * @throws ArithmeticException if the product has more than six decimals or does not fit
   */
  public Quantity times(Quantity factor) {
    return ofExact(toBigDecimal().multiply(factor.toBigDecimal()));
  }

  public boolean isZero() {
    return millionths == 0;
  }

  public boolean isNegative() {
    return millionths < 0;
  }

  public boolean isPositive() {
    return millionths > 0;
  }

  /** Whether it counts whole pieces. */
  public boolean isWhole() {
    return millionths % PER_UNIT == 0;
  }

  @Override
  public int compareTo(Quantity other) {
    return Long.compare(millionths, other.millionths);
  }

  @Override
  public String toString() {
    return toDecimalString();
  }
}
