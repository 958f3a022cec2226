package dev.countersign.common.sale;

/** What makes a payment findable outside the till. */
final class References {
  static final int LONGEST = 64;

  private References() {}

  /**
   * Of a payment that has none but this.
   *
   * @throws CardNumberRefusedException if it holds what may be a card number
   */
  static void require(String reference) {
    if (reference.isBlank()) {
      throw new IllegalArgumentException("a payment without its reference");
    }
    check(reference);
  }

  /**
   * Of a payment that may do without.
   *
   * @throws CardNumberRefusedException if it holds what may be a card number
   */
  static void check(String reference) {
    if (reference.length() > LONGEST) {
      throw new IllegalArgumentException("a reference of " + reference.length() + " characters");
    }
    if (CardNumbers.isIn(reference)) {
      throw new CardNumberRefusedException();
    }
  }
}
