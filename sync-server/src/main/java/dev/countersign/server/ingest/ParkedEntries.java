package dev.countersign.server.ingest;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.SaleParked;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.FeedBody.ParkedItem;
import dev.countersign.common.sql.Db;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The baskets that were put aside, as far as a batch speaks of them. A row stays when its basket
 * was taken up: by it a second taking up is known, however late it comes.
 */
final class ParkedEntries {
  private final Map<UUID, Ground.Parked> standing = new HashMap<>();
  private final Map<UUID, Change> parked = new LinkedHashMap<>();
  private final Map<UUID, Change> recalled = new LinkedHashMap<>();

  private record Row(@Nullable UUID device, @Nullable UUID recalledBy) {}

  void load(Db db, Set<UUID> baskets) throws SQLException {
    for (UUID basket : baskets) {
      db.first(
              "SELECT store, device, recalled_by FROM parked WHERE id = ?",
              row ->
                  new Ground.Parked(
                      row.uuid(1), row.uuidOrNull(2) != null, row.uuidOrNull(3) != null),
              basket)
          .ifPresent(found -> standing.put(basket, found));
    }
  }

  Optional<Ground.Parked> find(UUID basket) {
    return Optional.ofNullable(standing.get(basket));
  }

  void parked(Change change, UUID store) {
    boolean gone = find(change.entity()).filter(Ground.Parked::recalled).isPresent();
    standing.put(change.entity(), new Ground.Parked(store, true, gone));
    parked.put(change.entity(), change);
  }

  void recalled(Change change, UUID store) {
    boolean there = find(change.entity()).filter(Ground.Parked::parked).isPresent();
    standing.put(change.entity(), new Ground.Parked(store, there, true));
    recalled.putIfAbsent(change.entity(), change);
  }

  /**
   * Writes what became of them and tells the tills of the store. What stands there is looked up
   * once more: a change that a person accepts may speak of a basket of the same batch.
   *
   * @param register where the device stands, by name
   */
  void write(TenantScope scope, SaleFeed feed, UUID device, UUID store, String register)
      throws SQLException {
    Db db = scope.db();
    for (Map.Entry<UUID, Change> entry : parked.entrySet()) {
      Change change = entry.getValue();
      Optional<Row> row = row(db, entry.getKey());
      if (row.isEmpty()) {
        db.update(
            "INSERT INTO parked (id, store, device, change_number) VALUES (?, ?, ?, ?)",
            entry.getKey(),
            store,
            device,
            change.number());
      } else if (row.get().device() == null) {
        db.update(
            "UPDATE parked SET device = ?, change_number = ? WHERE id = ?",
            device,
            change.number(),
            entry.getKey());
      }
      boolean gone = row.isPresent() && row.get().recalledBy() != null;
      if (!recalled.containsKey(entry.getKey())) {
        tell(scope, feed, device, store, register, change);
      }
      if (gone) {
        // It was taken up elsewhere, and whoever put it aside is to hear of that.
        feed.forget(scope, FeedBody.PARKED, entry.getKey());
      }
    }
    for (Map.Entry<UUID, Change> entry : recalled.entrySet()) {
      Optional<Row> row = row(db, entry.getKey());
      if (row.isEmpty()) {
        db.update(
            "INSERT INTO parked (id, store, recalled_by, recalled_number) VALUES (?, ?, ?, ?)",
            entry.getKey(),
            store,
            device,
            entry.getValue().number());
      } else if (row.get().recalledBy() == null) {
        db.update(
            "UPDATE parked SET recalled_by = ?, recalled_number = ? WHERE id = ?",
            device,
            entry.getValue().number(),
            entry.getKey());
      }
      feed.forget(scope, FeedBody.PARKED, entry.getKey());
    }
  }

  private static void tell(
      TenantScope scope, SaleFeed feed, UUID device, UUID store, String register, Change change)
      throws SQLException {
    if (change.body() instanceof SaleParked body) {
      feed.tell(
          scope,
          change.entity(),
          store,
          new ParkedItem(device, register, change.actor(), change.at(), "", body.basket()));
    }
  }

  private static Optional<Row> row(Db db, UUID basket) throws SQLException {
    return db.first(
        "SELECT device, recalled_by FROM parked WHERE id = ?",
        row -> new Row(row.uuidOrNull(1), row.uuidOrNull(2)),
        basket);
  }

  boolean isEmpty() {
    return parked.isEmpty() && recalled.isEmpty();
  }
}
