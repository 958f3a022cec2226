package dev.countersign.common.sale;

import java.util.ArrayList;
import java.util.List;

/**
 * Recognises card numbers, so that none is ever stored: 13 to 19 digits, also in groups, whose last
 * digit is right by Luhn's formula (ISO/IEC 7812-1, annex B).
 */
public final class CardNumbers {
  private static final int SHORTEST = 13;
  private static final int LONGEST = 19;

  /** Characters between two groups of one number, such as " - ". */
  private static final int WIDEST_GAP = 3;

  private CardNumbers() {}

  /** Whether any field a person can type into holds what may be a card number. */
  public static boolean isIn(String text) {
    var groups = new ArrayList<String>();
    var group = new StringBuilder();
    int gap = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : '\n';
      int digit = Character.digit(c, 10);
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
      if (!isSeparator(c) || gap > WIDEST_GAP || i == text.length()) {
        if (holdsCardNumber(groups)) {
          return true;
        }
        groups.clear();
      }
    }
    return false;
  }

  private static boolean isSeparator(char c) {
    return c == '.'
        || c == '_'
        || Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.getType(c) == Character.DASH_PUNCTUATION
        || Character.getType(c) == Character.FORMAT;
  }

  /** A number may begin and end at any group: an expiry date behind it must not hide it. */
  private static boolean holdsCardNumber(List<String> groups) {
    for (int from = 0; from < groups.size(); from++) {
      var digits = new StringBuilder();
      for (int to = from; to < groups.size() && digits.length() <= LONGEST; to++) {
        digits.append(groups.get(to));
        if (isCardNumber(digits)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isCardNumber(CharSequence digits) {
    if (digits.length() < SHORTEST || digits.length() > LONGEST) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int doubled = i % 2 == 0 ? digit : 2 * digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0 && sum > 0;
  }
}
