package dev.countersign.common.tax;

import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import java.util.List;

/**
 * A line of a document that taxes are charged on.
 *
 * @param rules the taxes in the order they apply
 * @param amount the price of the whole line after discounts; contains the included taxes
 * @param quantity what the per-unit taxes multiply with; negative with a negative amount
 */
public record TaxableLine(List<TaxRule> rules, Money amount, Quantity quantity) {
  public TaxableLine {
    rules = List.copyOf(rules);
  }
}
