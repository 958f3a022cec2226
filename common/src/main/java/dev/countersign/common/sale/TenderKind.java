package dev.countersign.common.sale;

/** What a customer can pay with. */
public enum TenderKind {
  /** Notes and coins; change is always given. */
  CASH,
  /** A card, on a terminal. */
  CARD,
  /** Money sent by telephone, known by the reference that its provider gives. */
  MOBILE_MONEY,
  /** A paper that is worth an amount, with a number on it. */
  VOUCHER,
  GIFT_CARD,
  STORE_CREDIT,
  /** Owed by a customer whom the shop knows, and paid off later. */
  ON_ACCOUNT;

  /**
   * Whether a shop may choose to give change of it. A card gives none, because that would be cash
   * for a payment that can be charged back; credit gives none, because only what is needed is taken
   * of it.
   */
  public boolean canGiveChange() {
    return this == CASH || this == MOBILE_MONEY || this == VOUCHER;
  }
}
