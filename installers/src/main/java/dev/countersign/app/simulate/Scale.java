package dev.countersign.app.simulate;

/**
 * How large a simulated world is.
 *
 * @param days how many days people work, from 1
 * @param tills over all stores, from 1; there is one store for every three of them, and one office
 * @param salesADay about how many sales a till makes in a day, from 1
 */
public record Scale(int days, int tills, int salesADay) {
  private static final int TILLS_IN_A_STORE = 3;

  public Scale {
    if (days < 1 || tills < 1 || salesADay < 1) {
      throw new IllegalArgumentException("a world has days, tills and sales");
    }
  }

  /** A world that is simulated in a moment. */
  public static Scale small() {
    return new Scale(2, 3, 6);
  }

  int stores() {
    return Math.max(1, (tills + TILLS_IN_A_STORE - 1) / TILLS_IN_A_STORE);
  }
}
