package dev.countersign.common.tax;

import java.math.BigDecimal;
import java.util.List;

/**
 * A line with its taxes before any rounding, in whole currency units.
 *
 * @param totalExcluded without any tax
 * @param totalIncluded with every tax
 * @param shares one per rule, in the order of the rules
 */
public record ExactTax(
    BigDecimal totalExcluded, BigDecimal totalIncluded, List<ExactShare> shares) {
  /** What one rule takes of the line. */
  public record ExactShare(TaxRule rule, BigDecimal base, BigDecimal amount) {}

  public ExactTax {
    shares = List.copyOf(shares);
  }
}
