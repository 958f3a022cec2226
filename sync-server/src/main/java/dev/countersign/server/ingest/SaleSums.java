package dev.countersign.server.ingest;

import dev.countersign.common.change.SaleCompleted;
import java.util.Optional;

/** Whether a sale's figures agree with each other. */
final class SaleSums {
  private SaleSums() {}

  /** The reason why they do not, or nothing. */
  static Optional<String> check(SaleCompleted sale, String currency) {
    long amounts = 0;
    long taxes = 0;
    long tenders = 0;
    try {
      for (SaleCompleted.Line line : sale.lines()) {
        amounts = Math.addExact(amounts, line.amount());
        for (SaleCompleted.Tax tax : line.taxes()) {
          taxes = Math.addExact(taxes, tax.amount());
        }
      }
      for (SaleCompleted.Paid paid : sale.tenders()) {
        tenders = Math.addExact(tenders, paid.amount());
      }
      boolean agree =
          sale.currency().equals(currency)
              && amounts == sale.total()
              && taxes == sale.tax()
              && sale.change() >= 0
              && Math.subtractExact(tenders, sale.change())
                  == Math.addExact(sale.total(), sale.rounding());
      if (!agree) {
        return Optional.of(Judge.SUMS);
      }
    } catch (ArithmeticException _) {
      return Optional.of(Judge.OUT_OF_RANGE);
    }
    boolean believable =
        Math.abs(sale.total()) <= Judge.LARGEST_AMOUNT
            && Math.abs(sale.tax()) <= Judge.LARGEST_AMOUNT
            && Math.abs(tenders) <= Judge.LARGEST_AMOUNT;
    return believable ? Optional.empty() : Optional.of(Judge.OUT_OF_RANGE);
  }
}
