package dev.countersign.common.promotion;

import org.jspecify.annotations.Nullable;

/**
 * A promotion as it stood from one edit of it to the next.
 *
 * @param name what the receipt says, 1 to 60 characters
 * @param version how often it was written, from 1: a sale names it, so that what it gave can be
 *     reckoned again
 * @param priority 0 to 999; the smaller comes first
 * @param combines whether it shares goods with others that do; the goods of one that does not are
 *     its own
 * @param onReduced whether it also takes from goods that cost less than the list price already
 * @param coupon what must be shown, or null
 */
public record Promotion(
    String name,
    int version,
    int priority,
    boolean combines,
    boolean onReduced,
    Terms terms,
    Selection goods,
    Caps caps,
    @Nullable Coupon coupon,
    Validity validity) {
  /** No amount above this, in minor units, is believed. */
  public static final long LARGEST = 1_000_000_000_000L;

  private static final int LONGEST = 60;
  private static final int LONGEST_TEXT = 200;

  public Promotion {
    // What is empty is not written.
    name = name == null ? "" : name;
    goods = goods == null ? Selection.EVERYTHING : goods;
  }

  /** Whether every figure is within its range and every text can be printed. */
  public boolean fits() {
    return isText(name)
        && !name.isBlank()
        && name.length() <= LONGEST
        && version >= 1
        && priority >= 0
        && priority <= 999
        && terms.offer().isPresent()
        && goods.fits()
        && caps.fit()
        && (coupon == null || coupon.fits())
        && validity.fits();
  }

  static boolean isText(String text) {
    return text.length() <= LONGEST_TEXT
        && text.equals(text.strip())
        && text.chars().noneMatch(Character::isISOControl);
  }
}
