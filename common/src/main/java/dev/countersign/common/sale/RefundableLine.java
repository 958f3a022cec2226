package dev.countersign.common.sale;

import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.tax.TaxedAmount;

/**
 * A sold line with what has already been refunded of it.
 *
 * @param lineNo the line of the original sale
 * @param sold the quantity sold; negative on a line of returned goods, which cannot be refunded
 * @param paid the stored result of the sale, never recomputed
 * @param refunded the quantity refunded so far, zero to sold
 * @param refundedAmount what those refunds gave back in all, with the same taxes as paid
 */
public record RefundableLine(
    int lineNo, Quantity sold, TaxedAmount paid, Quantity refunded, TaxedAmount refundedAmount) {
  public RefundableLine {
    if (sold.isZero() || refunded.isNegative()) {
      throw new IllegalArgumentException("nothing was sold, or less than nothing refunded");
    }
    if (sold.isPositive() && refunded.compareTo(sold) > 0) {
      throw new IllegalArgumentException("more was refunded than sold");
    }
    if (paid.shares().size() != refundedAmount.shares().size()) {
      throw new IllegalArgumentException("the refunds have other taxes than the sale");
    }
  }

  /** A line of which nothing was refunded yet. */
  public static RefundableLine of(int lineNo, Quantity sold, TaxedAmount paid) {
    var zero = Money.zero(paid.totalIncluded().currency());
    var none =
        new TaxedAmount(
            zero, zero, paid.shares().stream().map(share -> share.with(zero, zero)).toList());
    return new RefundableLine(lineNo, sold, paid, Quantity.ZERO, none);
  }

  /** How much of it can still come back; zero for a line of returned goods. */
  public Quantity remaining() {
    return sold.isNegative() ? Quantity.ZERO : sold.minus(refunded);
  }

  /** The line after another refund of it. */
  public RefundableLine after(Refunds.Part part) {
    return new RefundableLine(
        lineNo,
        sold,
        paid,
        refunded.plus(part.quantity()),
        Refunds.sum(refundedAmount, part.amount()));
  }
}
