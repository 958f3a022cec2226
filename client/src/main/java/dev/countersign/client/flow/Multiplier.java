package dev.countersign.client.flow;

import dev.countersign.common.money.Quantity;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code 6 ×}, {@code 6*} and {@code 6x}: how many of what is scanned next. */
public final class Multiplier {
  /** A count above this is a barcode that somebody typed a star behind. */
  public static final long MOST = 9_999;

  private static final Pattern FORM = Pattern.compile("\\s*([0-9]{1,18})\\s*[×*xX]\\s*");

  private Multiplier() {}

  /** Whether the text has the form of a count, be it possible or not. */
  public static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }

  /** How many; empty when the text has another form or the count is not 1 to {@link #MOST}. */
  public static Optional<Quantity> read(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    long count = Long.parseLong(form.group(1));
    return count < 1 || count > MOST ? Optional.empty() : Optional.of(Quantity.of(count));
  }
}
