package dev.countersign.common.money;

import java.math.BigDecimal;

/** The one strict decimal form that amounts and quantities are read from and written in. */
final class Decimals {
  /** More characters than any 64-bit amount needs; longer input is refused before it is parsed. */
  private static final int LONGEST = 40;

  private Decimals() {}

  /**
   * Reads an optional '-', ASCII digits, and optionally a '.' with one to {@code maxDecimals}
   * digits, as a whole number of the smallest units.
   *
   * @throws MoneyFormatException on any other text, or if it does not fit in 64 bits
   */
  static long parse(String text, int maxDecimals) {
    if (text.length() > LONGEST) {
      throw new MoneyFormatException("a decimal of " + text.length() + " characters");
    }
    if (!isStrict(text, maxDecimals)) {
      throw new MoneyFormatException(
          "'" + text + "' is not a decimal with at most " + maxDecimals + " decimals");
    }
    try {
      return new BigDecimal(text).movePointRight(maxDecimals).longValueExact();
    } catch (ArithmeticException e) {
      var refused = new MoneyFormatException("'" + text + "' is too large");
      refused.initCause(e);
      throw refused;
    }
  }

  static BigDecimal toBigDecimal(long smallestUnits, int decimals) {
    return BigDecimal.valueOf(smallestUnits, decimals);
  }

  private static boolean isStrict(String text, int maxDecimals) {
    int i = text.startsWith("-") ? 1 : 0;
    int start = i;
    while (i < text.length() && isDigit(text.charAt(i))) {
      i++;
    }
    if (i == start) {
      return false;
    }
    if (i == text.length()) {
      return true;
    }
    if (text.charAt(i) != '.') {
      return false;
    }
    int decimals = text.length() - i - 1;
    return decimals >= 1
        && decimals <= maxDecimals
        && text.substring(i + 1).chars().allMatch(c -> isDigit((char) c));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
