package dev.countersign.common.tax;

import java.math.BigDecimal;
import java.util.Currency;

/** Where a tax is rounded. Halves round away from zero, so that a refund mirrors its sale. */
public sealed interface TaxRounding {
  /**
   * Each tax is rounded on its line.
   *
   * @param precision what it is rounded to, such as 0.01, or 0.05 for Swiss francs
   */
  record PerLine(BigDecimal precision) implements TaxRounding {
    public PerLine {
      if (precision.signum() <= 0) {
        throw new IllegalArgumentException("the precision must be positive");
      }
    }
  }

  /**
   * Each tax is summed unrounded over the document and rounded once to the currency's minor unit.
   * The lines carry parts that sum to the rounded tax.
   */
  record PerDocument() implements TaxRounding {}

  /** Rounds on each line to the minor unit of the currency. */
  static TaxRounding perLine(Currency currency) {
    return new PerLine(BigDecimal.ONE.movePointLeft(currency.getDefaultFractionDigits()));
  }

  static TaxRounding perDocument() {
    return new PerDocument();
  }
}
