package dev.countersign.common.sale;

import dev.countersign.common.money.Money;
import dev.countersign.common.tax.TaxShare;
import dev.countersign.common.tax.TaxedAmount;
import java.util.List;

/**
 * A line of the basket with its price.
 *
 * @param amount before discounts
 * @param off what each discount takes off it; together never more than the amount
 * @param taxed what is paid for the line and the taxes in it
 * @param exempted the taxes that somebody who is exempt does not pay
 */
public record PricedLine(
    BasketLine line, Money amount, List<Off> off, TaxedAmount taxed, List<TaxShare> exempted) {
  public PricedLine {
    off = List.copyOf(off);
    exempted = List.copyOf(exempted);
  }

  /**
   * What one discount takes off a line.
   *
   * @param amount zero or of the line's sign
   * @param onBasket true when it is the line's share of a discount on the whole basket
   */
  public record Off(Discount discount, Money amount, boolean onBasket) {}

  /** What all discounts take off; zero or of the amount's sign. */
  public Money discount() {
    return Money.sum(amount.currency(), off.stream().map(Off::amount).toList());
  }

  /** Without taxes. */
  public Money net() {
    return taxed.totalExcluded();
  }

  /** With all taxes: what the customer pays for the line. */
  public Money gross() {
    return taxed.totalIncluded();
  }

  public List<TaxShare> taxes() {
    return taxed.shares();
  }
}
