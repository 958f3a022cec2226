package dev.countersign.common.tax;

import dev.countersign.common.money.Money;
import java.math.BigDecimal;
import java.util.UUID;

/**
 * What one tax takes of one line, as it is stored with the sale.
 *
 * @param ruleId the rule it was computed from
 * @param name the rule's name on the day of the sale
 * @param rate the rule's rate on the day of the sale: percent, or currency units per unit
 * @param base the amount it was charged on
 * @param amount the tax
 */
public record TaxShare(UUID ruleId, String name, BigDecimal rate, Money base, Money amount) {
  public TaxShare plus(TaxShare other) {
    return with(base.plus(other.base), amount.plus(other.amount));
  }

  public TaxShare negate() {
    return with(base.negate(), amount.negate());
  }

  /** The same tax on another base. */
  public TaxShare with(Money newBase, Money newAmount) {
    return new TaxShare(ruleId, name, rate, newBase, newAmount);
  }
}
