package dev.countersign.server.ingest;

import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.CustomerWord;
import dev.countersign.common.protocol.FeedBody.CustomerItem;
import dev.countersign.common.sql.Db;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The customers that a batch speaks of, as far as the next change is judged by them. */
final class CustomerEntries {
  private final Map<UUID, Ground.Customer> known = new HashMap<>();
  private final Map<UUID, String> before = new HashMap<>();
  private final Map<UUID, String> now = new LinkedHashMap<>();

  void load(Db db, UUID customer) throws SQLException {
    db.first(
            "SELECT details, erased FROM customer WHERE id = ?",
            row -> new Ground.Customer(row.text(1), row.flag(2)),
            customer)
        .ifPresent(
            found -> {
              known.put(customer, found);
              before.put(customer, found.details());
            });
  }

  Optional<Ground.Customer> find(UUID customer) {
    return Optional.ofNullable(known.get(customer));
  }

  void written(UUID customer, String details) {
    known.put(customer, new Ground.Customer(details, false));
    now.put(customer, details);
  }

  /** Tells the devices who it is, where that has come already, and drops what was known before. */
  void write(TenantScope scope, SaleFeed feed) throws SQLException {
    Db db = scope.db();
    for (Map.Entry<UUID, String> each : now.entrySet()) {
      UUID id = each.getKey();
      String details = each.getValue();
      String former = before.get(id);
      if (former == null) {
        db.update("INSERT INTO customer (id, details) VALUES (?, ?)", id, details);
      } else {
        db.update("UPDATE customer SET details = ? WHERE id = ?", details, id);
        db.update("DELETE FROM customer_detail WHERE customer = ? AND commitment = ?", id, former);
      }
      Optional<CustomerWord> word =
          db.first(
              "SELECT body FROM customer_detail WHERE customer = ? AND commitment = ?",
              row -> Json.decode(row.bytes(1), CustomerWord.class),
              id,
              details);
      if (word.isPresent()) {
        feed.tell(scope, id, null, new CustomerItem(details, word.get().details()));
      }
    }
  }
}
