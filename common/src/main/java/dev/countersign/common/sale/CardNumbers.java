package dev.countersign.common.sale;

import dev.countersign.common.catalogue.Gtin;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Recognises card numbers, so that none is ever stored: 13 to 19 digits of any script, also in
 * groups, that begin as an issuer's numbers do (ISO/IEC 7812-1; the ranges that the schemes
 * publish), have a length of that scheme, and whose last digit is right by Luhn's formula (annex B
 * of the same). It is a guard against habit and mistake: digits spelt in words, or spread over two
 * fields, are not found.
 */
public final class CardNumbers {
  private static final int SHORTEST = 13;
  private static final int LONGEST = 19;

  /** Characters between two groups of one number, such as " - ". */
  private static final int WIDEST_GAP = 3;

  /** First and last prefix of an issuer's range, and which lengths its numbers have. */
  private record Range(int first, int last, int digits, String lengths) {
    boolean holds(CharSequence number) {
      int prefix = Integer.parseInt(number, 0, digits, 10);
      return prefix >= first && prefix <= last && lengths.contains("," + number.length() + ",");
    }
  }

  private static final List<Range> RANGES =
      List.of(
          // Visa; those of 13 digits are old, but there are some
          new Range(4, 4, 1, ",13,16,19,"),
          // Mastercard
          new Range(51, 55, 2, ",16,"),
          new Range(2221, 2720, 4, ",16,"),
          // American Express
          new Range(34, 34, 2, ",15,"),
          new Range(37, 37, 2, ",15,"),
          // Diners Club
          new Range(300, 305, 3, ",14,16,19,"),
          new Range(3095, 3095, 4, ",14,16,19,"),
          new Range(36, 36, 2, ",14,16,19,"),
          new Range(38, 39, 2, ",14,16,19,"),
          // Discover
          new Range(6011, 6011, 4, ",16,17,18,19,"),
          new Range(644, 659, 3, ",16,17,18,19,"),
          // JCB
          new Range(3528, 3589, 4, ",16,17,18,19,"),
          // UnionPay, and RuPay behind it
          new Range(620, 629, 3, ",16,17,18,19,"),
          new Range(810, 829, 3, ",16,17,18,19,"),
          new Range(508, 508, 3, ",16,"),
          new Range(606, 608, 3, ",16,"),
          // Maestro
          new Range(5018, 5018, 4, ",13,14,15,16,17,18,19,"),
          new Range(5020, 5020, 4, ",13,14,15,16,17,18,19,"),
          new Range(5038, 5038, 4, ",13,14,15,16,17,18,19,"),
          new Range(5893, 5893, 4, ",13,14,15,16,17,18,19,"),
          new Range(6304, 6304, 4, ",13,14,15,16,17,18,19,"),
          new Range(6759, 6763, 4, ",13,14,15,16,17,18,19,"),
          // Mir, Verve, Troy
          new Range(2200, 2204, 4, ",16,17,18,19,"),
          new Range(5060, 5061, 4, ",16,18,19,"),
          new Range(9792, 9792, 4, ",16,"));

  /** What has many digits and is something else by its shape. */
  private static final Pattern OTHER_THINGS =
      Pattern.compile(
          // a UUID
          "(?<![0-9A-Za-z])[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![0-9A-Za-z])"
              // a hash or a key in hexadecimal
              + "|(?<![0-9A-Za-z])(?=[0-9]*[A-Fa-f])[0-9A-Fa-f]{32,}(?![0-9A-Za-z])"
              // a time of day on a date (ISO 8601)
              + "|(?<![0-9])[12][0-9]{3}-[01][0-9]-[0-3][0-9][T ][0-2][0-9]:[0-5][0-9]"
              + "(:[0-6][0-9]([.,][0-9]{1,9})?)?"
              // a telephone number in its international form (E.164: 15 digits at most)
              + "|(?<![0-9])\\+[1-9]([ ().-]{0,2}[0-9]){6,14}(?![ ().-]{0,2}[0-9])"
              // a telephone number of North America
              + "|(?<![0-9])\\(?[2-9][0-9]{2}\\)?[ .-]?[0-9]{3}[ .-][0-9]{4}(?![0-9])"
              // an order number of a large marketplace
              + "|(?<![0-9])[0-9]{3}-[0-9]{7}-[0-9]{7}(?![0-9])");

  private CardNumbers() {}

  /** Whether a text holds what may be a card number. */
  public static boolean isIn(String text) {
    return found(text) && found(OTHER_THINGS.matcher(text).replaceAll("x"));
  }

  private static boolean found(String text) {
    var groups = new ArrayList<String>();
    var group = new StringBuilder();
    int gap = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      int digit = digit(c);
      if (digit >= 0) {
        group.append(digit);
        gap = 0;
        continue;
      }
      if (!group.isEmpty()) {
        groups.add(group.toString());
        group.setLength(0);
      }
      gap++;
      if (!isSeparator(c) || gap > WIDEST_GAP) {
        if (holdsCardNumber(groups)) {
          return true;
        }
        groups.clear();
      }
    }
    if (!group.isEmpty()) {
      groups.add(group.toString());
    }
    return holdsCardNumber(groups);
  }

  /** A digit of any script, also raised, lowered or in a circle; -1 for anything else. */
  private static int digit(int c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int type = Character.getType(c);
    if (type == Character.DECIMAL_DIGIT_NUMBER) {
      return Character.digit(c, 10);
    }
    int value = type == Character.OTHER_NUMBER ? Character.getNumericValue(c) : -1;
    return value <= 9 ? value : -1;
  }

  /** Anything but letters may stand between two groups. */
  private static boolean isSeparator(int c) {
    return !Character.isLetter(c);
  }

  /** A number may begin and end at any group: an expiry date behind it must not hide it. */
  private static boolean holdsCardNumber(List<String> groups) {
    for (int from = 0; from < groups.size(); from++) {
      var digits = new StringBuilder();
      for (int to = from; to < groups.size() && digits.length() <= LONGEST; to++) {
        if (to > from && (isItem(groups.get(from)) || isItem(groups.get(to)))) {
          break;
        }
        digits.append(groups.get(to));
        if (isCardNumber(digits, from == to)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isCardNumber(CharSequence digits, boolean oneGroup) {
    int length = digits.length();
    if (length < SHORTEST || length > LONGEST || (length == SHORTEST && !oneGroup)) {
      return false;
    }
    return isLuhn(digits)
        && RANGES.stream().anyMatch(range -> range.holds(digits))
        && !(oneGroup && isItem(digits.toString()));
  }

  /**
   * A trade item number or the number of a shipping unit (GS1): one number in ten passes Luhn's
   * formula as well, and the items of some countries begin as cards do.
   */
  private static boolean isItem(String group) {
    int length = group.length();
    return ((length >= 12 && length <= 14) || length == 18) && Gtin.hasValidCheckDigit(group);
  }

  private static boolean isLuhn(CharSequence digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int doubled = i % 2 == 0 ? digit : 2 * digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0;
  }
}
