package dev.countersign.common.sale;

import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.tax.TaxShare;
import dev.countersign.common.tax.TaxedAmount;
import java.math.RoundingMode;
import java.util.ArrayList;

/**
 * What a refund gives back. The stored result of the sale is divided by quantity: after every
 * refund, all refunds together have given back the rounded share of what was paid. So the last one
 * takes exactly the remainder, in whatever steps the goods come back.
 */
public final class Refunds {
  private Refunds() {}

  /** Whether so much of a line can be refunded. */
  public sealed interface Outcome {}

  /**
   * A refund of part of a line. Quantity and amounts are positive; the booking negates them.
   *
   * @param amount with its taxes, in the order and under the rules of the sale
   */
  public record Part(int lineNo, Quantity quantity, TaxedAmount amount) implements Outcome {}

  /**
   * More than is left of the line.
   *
   * @param remaining what can still be refunded; zero for a line that was itself a return
   */
  public record MoreThanSold(Quantity remaining) implements Outcome {}

  /**
   * Refunds a quantity of a line.
   *
   * @throws IllegalArgumentException if the quantity is not positive
   */
  public static Outcome refund(RefundableLine line, Quantity quantity) {
    if (!quantity.isPositive()) {
      throw new IllegalArgumentException("a refund of nothing or less");
    }
    if (quantity.compareTo(line.remaining()) > 0) {
      return new MoreThanSold(line.remaining());
    }
    var after = line.refunded().plus(quantity);
    var paid = line.paid();
    var before = line.refundedAmount();
    var shares = new ArrayList<TaxShare>();
    var gross = next(line, after, paid.totalIncluded(), before.totalIncluded());
    var net = gross;
    for (int i = 0; i < paid.shares().size(); i++) {
      var sold = paid.shares().get(i);
      var back = before.shares().get(i);
      var share =
          sold.with(
              next(line, after, sold.base(), back.base()),
              next(line, after, sold.amount(), back.amount()));
      shares.add(share);
      net = net.minus(share.amount());
    }
    return new Part(line.lineNo(), quantity, new TaxedAmount(net, gross, shares));
  }

  static TaxedAmount sum(TaxedAmount left, TaxedAmount right) {
    var shares = new ArrayList<TaxShare>();
    for (int i = 0; i < left.shares().size(); i++) {
      shares.add(left.shares().get(i).plus(right.shares().get(i)));
    }
    return new TaxedAmount(
        left.totalExcluded().plus(right.totalExcluded()),
        left.totalIncluded().plus(right.totalIncluded()),
        shares);
  }

  /** What brings the refunds of this figure up to its share, never turning its sign. */
  private static Money next(RefundableLine line, Quantity after, Money paid, Money back) {
    var step = paid.proRata(after, line.sold(), RoundingMode.HALF_UP).minus(back);
    // Refunds of another till may have given back a cent more than this one would have.
    boolean turned = paid.isNegative() ? step.isPositive() : step.isNegative();
    return turned ? Money.zero(paid.currency()) : step;
  }
}
