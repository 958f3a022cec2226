package dev.countersign.server.ingest;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.StockCounted;
import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a batch says about stock beside its sales, as far as the next change is judged by it: which
 * movements and counts there are, and when each product was last counted. The levels themselves are
 * no matter of ingest.
 */
final class StockEntries {
  private final Set<UUID> known = new HashSet<>();
  private final Map<UUID, Long> added = new LinkedHashMap<>();
  private final Map<UUID, Instant> counted = new HashMap<>();
  private final Set<UUID> countedNow = new HashSet<>();

  void load(Db db, Set<UUID> entries, UUID store, Set<UUID> products) throws SQLException {
    for (UUID entry : entries) {
      if (isStored(db, entry)) {
        known.add(entry);
      }
    }
    for (UUID product : products) {
      db.first(
              "SELECT at FROM stock_counted WHERE store = ? AND product = ?",
              row -> row.instant(1),
              store,
              product)
          .ifPresent(at -> counted.put(product, at));
    }
  }

  private static boolean isStored(Db db, UUID entry) throws SQLException {
    return db.first("SELECT 1 FROM stock_entry WHERE id = ?", row -> row.integer(1), entry)
        .isPresent();
  }

  boolean has(UUID entry) {
    return known.contains(entry);
  }

  Optional<Instant> counted(UUID product) {
    return Optional.ofNullable(counted.get(product));
  }

  void moved(Change change) {
    known.add(change.entity());
    added.put(change.entity(), change.number());
  }

  void counted(Change change, StockCounted count, Instant received) {
    moved(change);
    Instant when = StockRules.when(change, received);
    for (StockCounted.Line line : count.lines()) {
      Instant before = counted.get(line.product());
      if (before == null || before.isBefore(when)) {
        counted.put(line.product(), when);
        countedNow.add(line.product());
      }
    }
  }

  void write(Db db, UUID device, UUID store) throws SQLException {
    for (Map.Entry<UUID, Long> entry : added.entrySet()) {
      // One that a person accepts may have the id of another in the same batch.
      if (!isStored(db, entry.getKey())) {
        db.update(
            "INSERT INTO stock_entry (id, device, change_number) VALUES (?, ?, ?)",
            entry.getKey(),
            device,
            entry.getValue());
      }
    }
    for (UUID product : countedNow) {
      Instant at = counted.get(product);
      int standing =
          db.update(
              "UPDATE stock_counted SET at = ? WHERE store = ? AND product = ?",
              at,
              store,
              product);
      if (standing == 0) {
        db.update(
            "INSERT INTO stock_counted (store, product, at) VALUES (?, ?, ?)", store, product, at);
      }
    }
  }
}
