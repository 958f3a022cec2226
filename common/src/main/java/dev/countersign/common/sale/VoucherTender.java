package dev.countersign.common.sale;

import dev.countersign.common.money.Money;

/**
 * A paper voucher. Where the shop gives no change of one, what it is worth beyond what is due falls
 * to the shop, and both figures are kept.
 *
 * @param amount what of it pays; change may be given from it
 * @param worth what stands on it; the same amount or, of a payment that comes in, more
 * @param reference the number on it, 1 to 64 characters
 */
public record VoucherTender(Money amount, Money worth, String reference) implements Tender {
  /**
   * @throws CardNumberRefusedException if the reference holds what may be a card number
   */
  public VoucherTender {
    References.require(reference);
    if (!worth.equals(amount) && (amount.isNegative() || worth.compareTo(amount) < 0)) {
      throw new IllegalArgumentException("a voucher that pays more than it is worth");
    }
  }

  @Override
  public TenderKind kind() {
    return TenderKind.VOUCHER;
  }
}
