package dev.countersign.common.catalogue;

import java.util.Optional;

/**
 * A trade item number in its one normal form, fourteen digits, so that GTIN-8, UPC-A, EAN-13 and
 * ITF-14 of one item compare equal (GS1 General Specifications, section 3.3).
 *
 * @param digits14 fourteen digits with a valid check digit, not all zero
 */
public record Gtin(String digits14) {
  private static final int LENGTH = 14;

  public Gtin {
    if (digits14.length() != LENGTH || !isDigits(digits14) || !hasValidCheckDigit(digits14)) {
      throw new IllegalArgumentException("'" + digits14 + "' is not a GTIN-14");
    }
    if (isZero(digits14)) {
      throw new IllegalArgumentException("all zeros is no item");
    }
  }

  /**
   * Reads a scanned, typed or imported number. What it can mean is tried in this order:
   *
   * <ol>
   *   <li>8, 12, 13 or 14 digits: a whole GTIN; nothing else if its check digit is wrong.
   *   <li>9 to 11 digits with a valid check digit: a UPC-A that lost its leading zeros, as a
   *       spreadsheet does to it.
   *   <li>10 or 11 digits otherwise: a UPC-A without its check digit, which is computed; of ten
   *       digits the leading zero is missing as well.
   * </ol>
   *
   * <p>One in ten numbers without a check digit looks as if it had one and is read by the second
   * rule. In the catalogues seen, a missing leading zero is thousands of times more frequent.
   *
   * @return empty if it can be none of these
   */
  public static Optional<Gtin> parse(String scanned) {
    if (!isDigits(scanned) || isZero(scanned)) {
      return Optional.empty();
    }
    return switch (scanned.length()) {
      case 8, 12, 13, 14 -> valid(scanned);
      case 9 -> valid(scanned);
      case 10, 11 -> valid(scanned).or(() -> valid(scanned + checkDigit(scanned)));
      default -> Optional.empty();
    };
  }

  /**
   * The check digit that belongs behind these digits (weights 3 and 1 from the right, modulo 10).
   *
   * @throws IllegalArgumentException on an empty text or anything but ASCII digits
   */
  public static char checkDigit(String withoutCheckDigit) {
    if (!isDigits(withoutCheckDigit)) {
      throw new IllegalArgumentException("'" + withoutCheckDigit + "' is not all digits");
    }
    return checkDigit(withoutCheckDigit, withoutCheckDigit.length());
  }

  private static char checkDigit(String digits, int length) {
    int sum = 0;
    int weight = 3;
    for (int i = length - 1; i >= 0; i--) {
      sum += weight * (digits.charAt(i) - '0');
      weight = 4 - weight;
    }
    return (char) ('0' + (10 - sum % 10) % 10);
  }

  /** Whether the last digit is the check digit of the ones before it. */
  public static boolean hasValidCheckDigit(String digits) {
    int last = digits.length() - 1;
    return last > 0 && isDigits(digits) && checkDigit(digits, last) == digits.charAt(last);
  }

  /** The first digit: 0 a single item, 1 to 8 a pack of it, 9 an item of variable measure. */
  public int indicator() {
    return digits14.charAt(0) - '0';
  }

  /** The customary shorter form: thirteen digits, twelve for a UPC-A, eight for a GTIN-8. */
  public String shortest() {
    if (digits14.startsWith("000000")) {
      return digits14.substring(6);
    }
    if (digits14.startsWith("00")) {
      return digits14.substring(2);
    }
    return digits14.startsWith("0") ? digits14.substring(1) : digits14;
  }

  @Override
  public String toString() {
    return digits14;
  }

  static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean isZero(String digits) {
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }

  private static Optional<Gtin> valid(String digits) {
    return hasValidCheckDigit(digits)
        ? Optional.of(new Gtin("0".repeat(LENGTH - digits.length()) + digits))
        : Optional.empty();
  }
}
