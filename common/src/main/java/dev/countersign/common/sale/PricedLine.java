package dev.countersign.common.sale;

import dev.countersign.common.money.Money;
import dev.countersign.common.tax.TaxShare;
import dev.countersign.common.tax.TaxedAmount;
import java.util.List;

/**
 * A line of the basket with its price.
 *
 * @param amount before discounts
 * @param discount what comes off; zero or of the amount's sign
 * @param taxed what is paid for the line and the taxes in it
 */
public record PricedLine(BasketLine line, Money amount, Money discount, TaxedAmount taxed) {
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
