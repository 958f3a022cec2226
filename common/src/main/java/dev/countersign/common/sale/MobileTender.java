package dev.countersign.common.sale;

import dev.countersign.common.money.Money;

/**
 * Money that the customer sent by telephone.
 *
 * @param reference the provider's, 1 to 64 characters: without it nobody finds the payment again
 */
public record MobileTender(Money amount, String reference) implements Tender {
  /**
   * @throws CardNumberRefusedException if the reference holds what may be a card number
   */
  public MobileTender {
    References.require(reference);
  }

  @Override
  public TenderKind kind() {
    return TenderKind.MOBILE_MONEY;
  }
}
