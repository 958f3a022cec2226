package dev.countersign.common.sale;

import dev.countersign.common.money.Money;

/**
 * A payment made on a separate card terminal.
 *
 * @param amount never more than what is due: a card gives no change
 * @param reference the terminal's reference, at most 64 characters, may be empty; never a card
 *     number
 * @param lastFour the last four digits of the card, or empty
 */
public record CardTender(Money amount, String reference, String lastFour) implements Tender {
  private static final int LONGEST_REFERENCE = 64;

  /**
   * @throws CardNumberRefusedException if the reference holds what may be a card number
   */
  public CardTender {
    if (reference.length() > LONGEST_REFERENCE) {
      throw new IllegalArgumentException("a reference of " + reference.length() + " characters");
    }
    if (CardNumbers.isIn(reference)) {
      throw new CardNumberRefusedException();
    }
    if (!lastFour.isEmpty() && !lastFour.matches("[0-9]{4}")) {
      throw new IllegalArgumentException("the last four digits, or nothing");
    }
  }
}
