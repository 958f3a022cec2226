package dev.countersign.client.ledger;

import dev.countersign.client.store.TillStore;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.FeedBody.CustomerAccountItem;
import dev.countersign.common.protocol.FeedBody.CustomerTermsItem;
import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What customers owe: as the server last said, with what was sold here since and is not judged.
 * What other tills sell meanwhile is not known here; the server looks at all of it together.
 */
final class AccountBook {
  private final TillStore store;

  AccountBook(TillStore store) {
    this.store = store;
  }

  /** Minor units; 0 for whoever owes nothing. */
  long owed(UUID customer) {
    return store.read(db -> owed(db, customer));
  }

  /** More than they may owe takes a right of its own. */
  Set<PermissionKey> requires(Db db, SaleCompleted sale) throws SQLException {
    for (Map.Entry<UUID, Long> each : sale.onAccount().entrySet()) {
      long limit =
          Written.one(db, "customer-terms", each.getKey(), CustomerTermsItem.class)
              .map(item -> item.terms().limit())
              .orElse(0L);
      if (each.getValue() > 0 && owed(db, each.getKey()) + each.getValue() > limit) {
        return Set.of(PermissionKey.ACCOUNT_EXCEED);
      }
    }
    return Set.of();
  }

  /** Keeps what is owed by a sale, within the transaction that records it under this change. */
  void keep(Db db, long change, SaleCompleted sale) throws SQLException {
    for (Map.Entry<UUID, Long> each : sale.onAccount().entrySet()) {
      db.update(
          "INSERT INTO account_entry (change, customer, amount) VALUES (?, ?, ?)",
          change,
          each.getKey(),
          each.getValue());
    }
  }

  /** The server has judged changes: what they come to is its word from now on. */
  static void judged(Db db, long first, long last) throws SQLException {
    db.update("DELETE FROM account_entry WHERE change BETWEEN ? AND ?", first, last);
  }

  private static long owed(Db db, UUID customer) throws SQLException {
    long told =
        Written.one(db, "customer-account", customer, CustomerAccountItem.class)
            .map(CustomerAccountItem::owed)
            .orElse(0L);
    long since =
        db.first(
                "SELECT coalesce(sum(amount), 0) FROM account_entry WHERE customer = ?",
                row -> row.integer(1),
                customer)
            .orElse(0L);
    return told + since;
  }
}
