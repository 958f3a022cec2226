package dev.countersign.common.catalogue;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A pattern of a code with an embedded value: digits stand for themselves, '.' for any digit, and
 * {@code {NNDDD}} for the value, as many N as it has whole digits and D as it has decimals. The
 * last place is the check digit and is never part of the value.
 *
 * <p>For example {@code 21.....{NNDDD}.} reads 2100001027506 as item 2100001000004 with 2.75.
 */
public final class BarcodePattern {
  /** A matched code: its base code, and its value without trailing zeros if it carries one. */
  public record Match(String baseCode, Optional<BigDecimal> value) {}

  private static final Pattern FORM =
      Pattern.compile("(?<head>[0-9.]*)(?:\\{(?<whole>N*)(?<decimals>D*)\\}(?<tail>[0-9.]*))?");
  private static final int MOST_DECIMALS = 6;

  private final String text;
  private final String places;
  private final int valueStart;
  private final int valueEnd;
  private final int decimals;

  /**
   * @throws IllegalArgumentException with the reason, if it is not a usable pattern
   */
  public BarcodePattern(String text) {
    this.text = text;
    if (text.indexOf('{') != text.lastIndexOf('{')) {
      throw refused("it has more than one value");
    }
    var form = FORM.matcher(text);
    if (!form.matches()) {
      throw refused("only digits, '.', and one {N…D…} with the N before the D are understood");
    }
    var head = form.group("head");
    var tail = form.group("tail");
    if (tail == null) {
      places = head;
      valueStart = head.length();
      valueEnd = valueStart;
      decimals = 0;
    } else {
      int width = form.group("whole").length() + form.group("decimals").length();
      if (width == 0) {
        throw refused("its value has no digits");
      }
      places = head + ".".repeat(width) + tail;
      valueStart = head.length();
      valueEnd = valueStart + width;
      decimals = form.group("decimals").length();
    }
    requireUsable();
  }

  /** Matches a code of digits with a valid check digit. */
  public Optional<Match> match(String code) {
    if (code.length() != places.length() || !Gtin.hasValidCheckDigit(code)) {
      return Optional.empty();
    }
    for (int i = 0; i < places.length(); i++) {
      if (places.charAt(i) != '.' && places.charAt(i) != code.charAt(i)) {
        return Optional.empty();
      }
    }
    if (valueStart == valueEnd) {
      return Optional.of(new Match(code, Optional.empty()));
    }
    var digits = code.substring(valueStart, valueEnd);
    var zeroed =
        code.substring(0, valueStart)
            + "0".repeat(digits.length())
            + code.substring(valueEnd, code.length() - 1);
    var value = new BigDecimal(digits).movePointLeft(decimals).stripTrailingZeros();
    return Optional.of(new Match(zeroed + Gtin.checkDigit(zeroed), Optional.of(value)));
  }

  /** The pattern as it was written. */
  @Override
  public String toString() {
    return text;
  }

  private void requireUsable() {
    switch (places.length()) {
      case 8, 12, 13, 14 -> {}
      default -> throw refused("a code has 8, 12, 13 or 14 digits, not " + places.length());
    }
    if (valueStart < valueEnd && valueEnd == places.length()) {
      throw refused("the last place is the check digit and cannot be part of the value");
    }
    if (valueStart < valueEnd && valueStart == 0) {
      throw refused("it leaves no digits for the item");
    }
    if (decimals > MOST_DECIMALS) {
      throw refused("a value has at most six decimals");
    }
  }

  private IllegalArgumentException refused(String reason) {
    return new IllegalArgumentException("the pattern '" + text + "' is not usable: " + reason);
  }
}
