package dev.countersign.common.sale;

import java.util.Optional;

/**
 * The number of a receipt: gapless within its register's series, and unlike any other register's
 * because the series differ.
 *
 * @param series a register's own: 1 to 16 of A-Z and 0-9, or two such parts with a dash between
 *     (store and register)
 * @param number counts from 1
 */
public record ReceiptNumber(String series, long number) {
  private static final int LONGEST_PART = 16;
  private static final int LEAST_DIGITS = 6;
  private static final int MOST_DIGITS = 18;
  private static final long HIGHEST = 999_999_999_999_999_999L;

  public ReceiptNumber {
    if (!isSeries(series)) {
      throw new IllegalArgumentException("'" + series + "' is not a series");
    }
    if (number < 1 || number > HIGHEST) {
      throw new IllegalArgumentException("receipts count from 1, not " + number);
    }
  }

  /** Reads the text form; empty for any other text, also for one with needless zeros. */
  public static Optional<ReceiptNumber> parse(String text) {
    int dash = text.lastIndexOf('-');
    int digits = text.length() - dash - 1;
    if (dash < 1 || digits < LEAST_DIGITS || digits > MOST_DIGITS) {
      return Optional.empty();
    }
    long number = 0;
    for (int i = dash + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return Optional.empty();
      }
      number = number * 10 + (c - '0');
    }
    boolean needlessZero = digits > LEAST_DIGITS && text.charAt(dash + 1) == '0';
    String series = text.substring(0, dash);
    return number == 0 || needlessZero || !isSeries(series)
        ? Optional.empty()
        : Optional.of(new ReceiptNumber(series, number));
  }

  private static boolean isSeries(String text) {
    int dash = text.indexOf('-');
    return dash < 0
        ? isPart(text, 0, text.length())
        : isPart(text, 0, dash) && isPart(text, dash + 1, text.length());
  }

  private static boolean isPart(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if ((c < 'A' || c > 'Z') && (c < '0' || c > '9')) {
        return false;
      }
    }
    return to > from && to - from <= LONGEST_PART;
  }

  public ReceiptNumber next() {
    return new ReceiptNumber(series, number + 1);
  }

  /** The text form, such as {@code R1-000123}. */
  @Override
  public String toString() {
    var digits = Long.toString(number);
    return series + "-" + "0".repeat(Math.max(0, 6 - digits.length())) + digits;
  }
}
