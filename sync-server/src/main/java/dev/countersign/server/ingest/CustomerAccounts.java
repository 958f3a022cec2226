package dev.countersign.server.ingest;

import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.FeedBody.CustomerAccountItem;
import dev.countersign.common.protocol.FeedBody.CustomerTermsItem;
import dev.countersign.common.sale.CustomerTerms;
import dev.countersign.common.sql.Db;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What the customers of a batch owe, and what they may. */
final class CustomerAccounts {
  private final Map<UUID, Long> owed = new HashMap<>();
  private final Map<UUID, Long> limits = new HashMap<>();
  private final Set<UUID> known = new LinkedHashSet<>();
  private final Set<UUID> moved = new LinkedHashSet<>();

  void load(Db db, Set<UUID> customers) throws SQLException {
    for (UUID customer : customers) {
      db.first(
              "SELECT owed FROM customer_account WHERE customer = ?",
              row -> row.integer(1),
              customer)
          .ifPresent(
              found -> {
                known.add(customer);
                owed.put(customer, found);
              });
      db.first(
              "SELECT body FROM written_version WHERE kind = 'customer-terms' AND id = ?"
                  + " ORDER BY version DESC LIMIT 1",
              row -> Json.decode(row.bytes(1), CustomerTermsItem.class),
              customer)
          .ifPresent(item -> limits.put(customer, item.terms().limit()));
    }
  }

  long owed(UUID customer) {
    return owed.getOrDefault(customer, 0L);
  }

  long limit(UUID customer) {
    return limits.getOrDefault(customer, 0L);
  }

  /** Terms count from now on. */
  void granted(UUID customer, CustomerTerms terms) {
    limits.put(customer, terms.limit());
  }

  /** A sale counts. */
  void sold(SaleCompleted sale) {
    sale.onAccount()
        .forEach(
            (customer, amount) -> {
              owed.merge(customer, amount, Long::sum);
              moved.add(customer);
            });
  }

  /** Books what moved, and tells every device what is owed now. */
  void write(TenantScope scope, SaleFeed feed) throws SQLException {
    Db db = scope.db();
    for (UUID customer : moved) {
      long now = owed(customer);
      if (known.contains(customer)) {
        db.update("UPDATE customer_account SET owed = ? WHERE customer = ?", now, customer);
      } else {
        db.update("INSERT INTO customer_account (customer, owed) VALUES (?, ?)", customer, now);
      }
      feed.tell(scope, customer, null, new CustomerAccountItem(now));
    }
  }
}
