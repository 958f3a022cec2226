package dev.countersign.common.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An amount in whole minor units (cents) of one currency; negative means money that goes out.
 *
 * <p>Arithmetic never wraps: what does not fit in 64 bits throws {@link ArithmeticException}.
 * Amounts of two currencies never meet: that throws {@link CurrencyMismatchException}.
 *
 * @param minor minor units of the currency, as many to the unit as ISO 4217 says
 * @param currency a currency with a defined number of fraction digits (not XXX or XAU)
 */
public record Money(long minor, Currency currency) implements Comparable<Money> {
  public Money {
    if (currency.getDefaultFractionDigits() < 0) {
      throw new IllegalArgumentException(currency.getCurrencyCode() + " has no minor unit");
    }
  }

  public static Money of(long minor, Currency currency) {
    return new Money(minor, currency);
  }

  public static Money zero(Currency currency) {
    return new Money(0, currency);
  }

  /**
   * Reads the strict decimal form: optional '-', digits, optionally '.' and at most the currency's
   * fraction digits.
   *
   * @throws MoneyFormatException on an exponent, a space, a '+', too many decimals or overflow
   */
  public static Money parse(String decimal, Currency currency) {
    return new Money(Decimals.parse(decimal, zero(currency).digits()), currency);
  }

  /**
   * The amount nearest to {@code decimal} in the given mode.
   *
   * @throws ArithmeticException if it does not fit, or the mode is UNNECESSARY and it must round
   */
  public static Money round(BigDecimal decimal, Currency currency, RoundingMode mode) {
    int digits = zero(currency).digits();
    return new Money(
        decimal.setScale(digits, mode).movePointRight(digits).longValueExact(), currency);
  }

  /** The sum of all parts; zero when there is none. */
  public static Money sum(Currency currency, Iterable<Money> parts) {
    var sum = zero(currency);
    for (var part : parts) {
      sum = sum.plus(part);
    }
    return sum;
  }

  /** The decimal form for machines, such as {@code 12.50}: never localised, reads back equal. */
  public String toDecimalString() {
    return toBigDecimal().toPlainString();
  }

  /** The amount in whole currency units, with as many decimals as the currency has. */
  public BigDecimal toBigDecimal() {
    return Decimals.toBigDecimal(minor, digits());
  }

  public Money plus(Money other) {
    return new Money(Math.addExact(minor, same(other).minor), currency);
  }

  public Money minus(Money other) {
    return new Money(Math.subtractExact(minor, same(other).minor), currency);
  }

  public Money negate() {
    return new Money(Math.negateExact(minor), currency);
  }

  public Money abs() {
    return minor < 0 ? negate() : this;
  }

  public boolean isZero() {
    return minor == 0;
  }

  public boolean isNegative() {
    return minor < 0;
  }

  public boolean isPositive() {
    return minor > 0;
  }

  /** This price per unit, for so many units. */
  public Money times(Quantity quantity, RoundingMode mode) {
    return proRata(quantity, Quantity.ONE, mode);
  }

  /**
   * The share of this amount that {@code part} is of {@code whole}.
   *
   * @throws ArithmeticException if whole is zero or the result does not fit
   */
  public Money proRata(Quantity part, Quantity whole, RoundingMode mode) {
    var share =
        BigDecimal.valueOf(minor)
            .multiply(BigDecimal.valueOf(part.millionths()))
            .divide(BigDecimal.valueOf(whole.millionths()), 0, mode);
    return new Money(share.longValueExact(), currency);
  }

  /**
   * Splits this amount by weights so that the parts sum to the whole. Every part is its exact share
   * rounded towards zero; the minor units left over go one each to the parts with the largest
   * remainders, the earlier part first among equals. A weight of zero gets zero.
   *
   * @throws IllegalArgumentException on a negative weight, or when all weights are zero
   */
  public List<Money> allocate(List<Long> weights) {
    if (weights.stream().anyMatch(w -> w < 0)) {
      throw new IllegalArgumentException("a weight is negative");
    }
    var total = weights.stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
    if (total.signum() == 0) {
      throw new IllegalArgumentException("all weights are zero");
    }
    var whole = BigInteger.valueOf(minor).abs();
    var parts = new ArrayList<BigInteger>();
    var remainders = new ArrayList<BigInteger>();
    var left = whole;
    for (long weight : weights) {
      var share = whole.multiply(BigInteger.valueOf(weight)).divideAndRemainder(total);
      parts.add(share[0]);
      remainders.add(share[1]);
      left = left.subtract(share[0]);
    }
    var byRemainder =
        IntStream.range(0, parts.size())
            .boxed()
            .sorted(Comparator.comparing(remainders::get, Comparator.reverseOrder()))
            .toList();
    for (int i = 0; i < left.intValueExact(); i++) {
      int index = byRemainder.get(i);
      parts.set(index, parts.get(index).add(BigInteger.ONE));
    }
    var sign = BigInteger.valueOf(minor < 0 ? -1 : 1);
    var result = new ArrayList<Money>();
    for (var part : parts) {
      result.add(new Money(part.multiply(sign).longValueExact(), currency));
    }
    return Collections.unmodifiableList(result);
  }

  /**
   * Orders amounts of one currency.
   *
   * @throws CurrencyMismatchException when the other amount is of another currency
   */
  @Override
  public int compareTo(Money other) {
    return Long.compare(minor, same(other).minor);
  }

  /** For logs and test failures, such as {@code 12.50 USD}; screens localise instead. */
  @Override
  public String toString() {
    return toDecimalString() + " " + currency.getCurrencyCode();
  }

  private Money same(Money other) {
    if (!currency.equals(other.currency)) {
      throw new CurrencyMismatchException(currency, other.currency);
    }
    return other;
  }

  private int digits() {
    return currency.getDefaultFractionDigits();
  }
}
