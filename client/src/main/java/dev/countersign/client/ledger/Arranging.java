package dev.countersign.client.ledger;

import dev.countersign.client.ledger.LedgerSchema.Index;
import dev.countersign.client.store.TillStore;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Makes what a snapshot leaves for later, a step at a time, each in a transaction of its own. Used
 * by one thread.
 */
final class Arranging {
  /** As long as a sale may wait for a step without anybody noticing. */
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(15);

  /** Fewer would mean many small parts of the index, which it must merge. */
  private static final int FEWEST = 500;

  private static final int MOST = 4_000;

  private final TillStore store;
  private final LongSupplier monotonicNanos;
  private int products = FEWEST;

  Arranging(TillStore store, LongSupplier monotonicNanos) {
    this.store = store;
    this.monotonicNanos = monotonicNanos;
  }

  /** Does one; false when there was nothing left to do. */
  boolean step() {
    Optional<Index> missing = store.read(Restocking::missingIndex);
    boolean first = missing.filter(LedgerSchema.SKU_INDEX::equals).isPresent();
    if (!first && !store.read(SearchIndex::isWhole)) {
      index();
      return true;
    }
    if (missing.isPresent()) {
      store.write(
          db -> {
            db.execute(missing.get().sql());
            return true;
          });
    }
    return missing.isPresent();
  }

  /** As many at a time as this machine takes in for as long as a step may last. */
  private void index() {
    long from =
        store.write(
            db -> {
              long begun = monotonicNanos.getAsLong();
              SearchIndex.step(db, products);
              return begun;
            });
    long took = monotonicNanos.getAsLong() - from;
    long fitting = took <= 0 ? MOST : products * STEP_NANOS / took;
    products = Math.clamp(fitting, FEWEST, MOST);
  }
}
