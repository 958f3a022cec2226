package dev.countersign.client.ledger;

import dev.countersign.client.store.TillStore;
import dev.countersign.common.crypto.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The receipts that are recorded and not yet on paper. A job is marked before it goes to the
 * printer and removed after; one found marked after a crash is printed again as a copy, so every
 * sale gets a paper and no two papers claim to be the first. Safe for any thread.
 */
public final class ReceiptJobs {
  /** Everything before is on paper, so no search goes back further. */
  private static final String RECENT = " AND number > (SELECT printed_through FROM state)";

  private final TillStore store;
  private final Books books;

  ReceiptJobs(TillStore store, Books books) {
    this.store = store;
    this.books = books;
  }

  private record Job(long number, boolean printing) {}

  /** The oldest first. */
  public List<ReceiptJob> pending() {
    return store.read(
        db -> {
          List<Job> jobs =
              db.list(
                  "SELECT number, print = 1 FROM sale WHERE print < 2"
                      + RECENT
                      + " ORDER BY number",
                  row -> new Job(row.integer(1), row.flag(2)));
          List<ReceiptJob> pending = new ArrayList<>();
          for (Job job : jobs) {
            pending.add(new ReceiptJob(books.sale(db, job.number()), job.printing()));
          }
          return pending;
        });
  }

  /** SHA-256 of a recorded change's bytes, which its entry in the log holds too. */
  public Optional<Hash> recorded(long change) {
    return store.read(
        db ->
            db.first(
                "SELECT body FROM change WHERE number = ?", row -> Hash.of(row.bytes(1)), change));
  }

  /** Durable before the printer gets a byte. */
  public void printing(UUID sale) {
    store.write(
        db -> db.update("UPDATE change SET print = 1 WHERE id = ? AND print = 0" + RECENT, sale));
  }

  /** The printer is known to have printed nothing of it. */
  public void notBegun(UUID sale) {
    store.write(
        db -> db.update("UPDATE change SET print = 0 WHERE id = ? AND print = 1" + RECENT, sale));
  }

  /** The paper is out; doing it twice is fine. */
  public void printed(UUID sale) {
    store.write(
        db -> {
          db.update("UPDATE change SET print = 2 WHERE id = ?" + RECENT, sale);
          return db.update(
              "UPDATE state SET printed_through = coalesce("
                  + "(SELECT min(number) - 1 FROM change WHERE print < 2"
                  + RECENT
                  + "), (SELECT max(number) FROM change))");
        });
  }
}
