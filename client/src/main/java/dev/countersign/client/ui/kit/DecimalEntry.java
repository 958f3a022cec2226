package dev.countersign.client.ui.kit;

import java.math.BigDecimal;

/**
 * A number as it is typed, digit by digit. Immutable.
 *
 * @param digits typed so far, with one point at most; may be empty
 */
record DecimalEntry(String digits) {
  static final DecimalEntry EMPTY = new DecimalEntry("");

  private static final int MOST_WHOLE = 5;

  /** A digit or a point more; what does not fit leaves it as it is. */
  DecimalEntry typed(String more, int decimals) {
    String all = digits + more;
    if (all.startsWith(".")) {
      all = "0" + all;
    }
    all = all.replaceFirst("^0+(?=[0-9])", "");
    String form = "[0-9]{1," + MOST_WHOLE + "}(\\.[0-9]{0," + decimals + "})?";
    return all.matches(form) ? new DecimalEntry(all) : this;
  }

  /** Takes the last key away. */
  DecimalEntry back() {
    return digits.isEmpty() ? this : new DecimalEntry(digits.substring(0, digits.length() - 1));
  }

  boolean isEmpty() {
    return digits.isEmpty();
  }

  BigDecimal value() {
    return digits.isEmpty()
        ? BigDecimal.ZERO
        : new BigDecimal(digits.endsWith(".") ? digits + "0" : digits);
  }

  /** With the point of the person's language; 0 when nothing was typed. */
  String text(Amounts amounts) {
    return digits.isEmpty() ? "0" : digits.replace('.', amounts.point());
  }
}
