package dev.countersign.common.sale;

/** A card number stood where it must never be stored. The message does not repeat it. */
public final class CardNumberRefusedException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public CardNumberRefusedException() {
    super("a card number is never stored");
  }
}
