package dev.countersign.common.sale;

import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;

/**
 * One line of a basket.
 *
 * @param no counts from 1 in the order of scanning and is never given twice
 * @param quantity not zero; negative for goods that come back without a receipt
 * @param voided struck through: it stays visible and counts for nothing
 */
public record BasketLine(
    int no, LineItem item, Quantity quantity, LinePrice price, boolean voided) {
  public BasketLine {
    if (no < 1) {
      throw new IllegalArgumentException("lines count from 1");
    }
    if (quantity.isZero()) {
      throw new IllegalArgumentException("a line of nothing; void it instead");
    }
    var amount = price.amount(quantity);
    if (!amount.isZero() && amount.isNegative() != quantity.isNegative()) {
      throw new IllegalArgumentException("the amount and the quantity have different signs");
    }
  }

  /** What the line costs before discounts; negative for returned goods. */
  public Money amount() {
    return price.amount(quantity);
  }
}
