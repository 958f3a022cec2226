package dev.countersign.common.sale;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The number of a receipt: gapless within its register's series, and unlike any other register's
 * because the series differ.
 *
 * @param series a register's own: 1 to 16 of A-Z and 0-9, or two such parts with a dash between
 *     (store and register)
 * @param number counts from 1
 */
public record ReceiptNumber(String series, long number) {
  private static final Pattern FORM =
      Pattern.compile("(?<series>[A-Z0-9]{1,16}(?:-[A-Z0-9]{1,16})?)-(?<number>[0-9]{6,18})");
  private static final Pattern SERIES = Pattern.compile("[A-Z0-9]{1,16}(?:-[A-Z0-9]{1,16})?");
  private static final long HIGHEST = 999_999_999_999_999_999L;

  public ReceiptNumber {
    if (!SERIES.matcher(series).matches()) {
      throw new IllegalArgumentException("'" + series + "' is not a series");
    }
    if (number < 1 || number > HIGHEST) {
      throw new IllegalArgumentException("receipts count from 1, not " + number);
    }
  }

  /** Reads the text form; empty for any other text, also for one with needless zeros. */
  public static Optional<ReceiptNumber> parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches() || Long.parseLong(form.group("number")) == 0) {
      return Optional.empty();
    }
    var read = new ReceiptNumber(form.group("series"), Long.parseLong(form.group("number")));
    return read.toString().equals(text) ? Optional.of(read) : Optional.empty();
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
