package dev.countersign.common.sale;

/** What a person writes beside a line or a sale: one line of text. */
public final class Notes {
  /** In characters; four lines of the widest paper. */
  public static final int LONGEST = 160;

  private Notes() {}

  /** True for text that can stand on a receipt: not too long, and in one line. */
  public static boolean fits(String text) {
    return text.length() <= LONGEST && text.chars().noneMatch(Character::isISOControl);
  }

  static void require(String text) {
    if (!fits(text)) {
      throw new IllegalArgumentException("a note has one line of at most " + LONGEST);
    }
  }
}
