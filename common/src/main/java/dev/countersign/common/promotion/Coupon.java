package dev.countersign.common.promotion;

import java.util.Locale;

/**
 * A promotion that only counts for whoever shows its code.
 *
 * @param code as it is printed and scanned; case does not matter
 * @param perSale how many count in one sale, 1 to 99
 */
public record Coupon(String code, int perSale) {
  private static final int LONGEST = 48;

  /** The one form of a code that was typed or scanned. */
  public static String normal(String typed) {
    return typed.strip().toUpperCase(Locale.ROOT);
  }

  /** Whether the code is in its normal form and can be printed, and the number is in its range. */
  public boolean fits() {
    return code.equals(normal(code))
        && !code.isEmpty()
        && code.length() <= LONGEST
        && Promotion.isText(code)
        && perSale >= 1
        && perSale <= 99;
  }
}
