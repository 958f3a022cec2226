package dev.countersign.server.ingest;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.guard.Finding;
import java.util.Optional;

/**
 * What can be said of a change without asking anybody. It is found out where the change is read, so
 * that nobody who waits for the tenant's one writer waits for it.
 *
 * @param whole every field that must be there is there
 * @param sound whole, with times and days that can be
 * @param texts what its texts hold
 * @param wrongSums why the figures of a sale do not agree with each other, in its own currency
 */
record FirstLook(boolean whole, boolean sound, Finding texts, Optional<String> wrongSums) {
  private static final FirstLook BROKEN =
      new FirstLook(false, false, Finding.NONE, Optional.empty());

  static FirstLook at(Change change) {
    if (!Wholeness.isWhole(change.body())) {
      return BROKEN;
    }
    return new FirstLook(
        true,
        Judge.isTime(change.at()) && Judge.isDay(change.body()),
        Texts.in(change.body()),
        change.body() instanceof SaleCompleted sale
            ? SaleSums.check(sale, sale.currency())
            : Optional.empty());
  }
}
