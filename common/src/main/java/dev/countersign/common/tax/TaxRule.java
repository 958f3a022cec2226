package dev.countersign.common.tax;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * One tax as a shop sets it up. The order of a product's rules matters where one tax enters the
 * base of the next.
 *
 * @param rate percent (20 means 20 %), or whole currency units per unit of quantity; negative for a
 *     withholding; a percentage lies between -100 (excluded) and 1000
 * @param included whether the shelf price already contains it
 * @param includeInBase whether the taxes after this one are also charged on it
 * @param baseAffected whether the taxes before this one that enter the base are in this one's base
 */
public record TaxRule(
    UUID id,
    String name,
    Kind kind,
    BigDecimal rate,
    boolean included,
    boolean includeInBase,
    boolean baseAffected) {
  /** What the rate is a rate of. */
  public enum Kind {
    PERCENT,
    PER_UNIT
  }

  private static final BigDecimal LOWEST = BigDecimal.valueOf(-100);
  private static final BigDecimal HIGHEST = BigDecimal.valueOf(1000);
  private static final int MOST_DECIMALS = 6;

  public TaxRule {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a tax needs a name");
    }
    if (kind == Kind.PERCENT && !isPercentage(rate)) {
      throw new IllegalArgumentException("a percentage between -100 and 1000, not " + rate);
    }
    if (rate.stripTrailingZeros().scale() > MOST_DECIMALS || rate.precision() > 15) {
      throw new IllegalArgumentException("a rate of at most six decimals, not " + rate);
    }
  }

  /** The same at another rate; itself at its own. */
  public TaxRule at(BigDecimal other) {
    return rate.equals(other)
        ? this
        : new TaxRule(id, name, kind, other, included, includeInBase, baseAffected);
  }

  static boolean isPercentage(BigDecimal rate) {
    return rate.compareTo(LOWEST) > 0 && rate.compareTo(HIGHEST) <= 0;
  }
}
