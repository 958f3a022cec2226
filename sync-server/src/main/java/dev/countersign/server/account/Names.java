package dev.countersign.server.account;

/** Rules for what people and things are called. */
public final class Names {
  private static final int LONGEST = 100;

  private Names() {}

  /**
   * Refuses what would not print on one line.
   *
   * @throws RefusedException when it is blank, over 100 characters, or holds a control character
   */
  public static void require(String name) {
    if (!isName(name)) {
      throw new RefusedException("A name is 1 to 100 characters on one line.");
    }
  }

  /** The rule of {@link #require} as a question. */
  public static boolean isName(String name) {
    return !name.isBlank()
        && name.length() <= LONGEST
        && name.codePoints()
            .noneMatch(
                c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
  }
}
