package dev.countersign.server.stock;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.StockCounted;
import dev.countersign.common.change.StockMoved;
import dev.countersign.common.change.VerdictResolved;
import dev.countersign.common.change.VerdictResolved.Resolution;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.FeedBody.Counted;
import dev.countersign.common.protocol.FeedBody.StockItem;
import dev.countersign.common.protocol.FeedBody.StockMarkItem;
import dev.countersign.common.protocol.FeedBody.StockMarkItem.Through;
import dev.countersign.common.sql.Db;
import dev.countersign.server.feed.FeedTable;
import dev.countersign.server.ingest.StoredChanges;
import dev.countersign.server.stock.Shelves.Level;
import dev.countersign.server.stock.Shelves.Shelf;
import dev.countersign.server.tenant.TenantScope;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Reads what ingest has stored into the levels of the stores, and tells the devices. Taking in a
 * sale writes nothing for it: the batches of every device are numbered without gaps and committed
 * in that order, so the number of the last one read is all there is to remember, and a batch that
 * commits late cannot be passed by. Reading is a writing transaction of its own, one at a time per
 * tenant also where several servers share a database.
 */
public final class Stock {
  /** After so many changes a transaction ends, so that tills do not wait. */
  private static final int CHANGES_AT_ONCE = 500;

  private final FeedTable feed;

  public Stock(FeedTable feed) {
    this.feed = feed;
  }

  /** How much of a product a store has, as far as the batches were read. */
  public record StoreLevel(UUID store, UUID product, Quantity quantity) {}

  /** Whether there is a batch that was not read. */
  public boolean isBehind(TenantScope scope) throws SQLException {
    return Unread.isAny(scope.db());
  }

  /** Every level, by store and product. */
  public List<StoreLevel> levels(TenantScope scope) throws SQLException {
    return scope
        .db()
        .list(
            "SELECT store, product, quantity FROM stock_level ORDER BY store, product",
            row -> new StoreLevel(row.uuid(1), row.uuid(2), new Quantity(row.integer(3))));
  }

  /** A level; nothing where nothing was ever heard of the product. */
  public Quantity level(TenantScope scope, UUID store, UUID product) throws SQLException {
    return Shelves.stored(scope.db(), new Shelf(store, product))
        .map(level -> new Quantity(level.quantity()))
        .orElse(Quantity.ZERO);
  }

  /**
   * Reads on for a while.
   *
   * @param scope for writing, inside its transaction
   * @return whether there is more to read
   */
  public boolean readOn(TenantScope scope) throws SQLException {
    return take(scope, fetch(scope));
  }

  /** Fetches what {@link #take} takes; beside the writer. */
  Unread fetch(TenantScope scope) throws SQLException {
    return Unread.fetch(scope.db(), CHANGES_AT_ONCE);
  }

  /** The same with what was fetched before; what somebody else has read meanwhile is left out. */
  boolean take(TenantScope scope, Unread unread) throws SQLException {
    Run run = new Run(scope.db());
    run.read(unread);
    tell(scope, run);
    return unread.more();
  }

  /** Makes everything anew from the batches, and tells the devices what comes out otherwise. */
  public void rebuild(TenantScope scope) throws SQLException {
    Db db = scope.db();
    Set<Shelf> before = new LinkedHashSet<>();
    for (StoreLevel level : levels(scope)) {
      before.add(new Shelf(level.store(), level.product()));
    }
    db.update("DELETE FROM stock_movement");
    db.update("DELETE FROM stock_level");
    db.update("DELETE FROM stock_read");
    Run run = new Run(db);
    Unread unread;
    do {
      unread = fetch(scope);
      run.read(unread);
    } while (unread.more());
    tell(scope, run);
    for (Shelf shelf : before) {
      if (Shelves.stored(db, shelf).isEmpty()) {
        tell(scope, shelf, new Level(0, null));
      }
    }
  }

  private void tell(TenantScope scope, Run run) throws SQLException {
    Set<UUID> stores = new LinkedHashSet<>(run.stores);
    for (Map.Entry<Shelf, Level> level : run.shelves.write().entrySet()) {
      tell(scope, level.getKey(), level.getValue());
      stores.add(level.getKey().store());
    }
    for (UUID store : stores) {
      mark(scope, store);
    }
  }

  /** What the catalogue never had is on no shelf that a person could look at. */
  private void tell(TenantScope scope, Shelf shelf, Level level) throws SQLException {
    if (feed.knowsProduct(scope, shelf.product())) {
      Moment counted = level.counted();
      feed.put(
          scope,
          itemId(shelf),
          shelf.store(),
          new StockItem(
              shelf.product(),
              new Quantity(level.quantity()),
              counted == null ? null : new Counted(counted.at(), counted.device())));
    }
  }

  /** Behind the levels in the feed, so that whoever reads it there has all that it is about. */
  private void mark(TenantScope scope, UUID store) throws SQLException {
    List<Through> through =
        scope
            .db()
            .list(
                """
                SELECT r.device, r.change_number FROM stock_read r JOIN device d ON d.id = r.device
                WHERE d.store = ? ORDER BY r.device\
                """,
                row -> new Through(row.uuid(1), row.integer(2)),
                store);
    // The feed's head grows with every mark, so no two are the same.
    feed.put(scope, store, store, new StockMarkItem(feed.head(scope), through));
  }

  private static UUID itemId(Shelf shelf) {
    return Hash.of(
            ("countersign stock\n" + shelf.store() + "\n" + shelf.product())
                .getBytes(StandardCharsets.UTF_8))
        .toUuid();
  }

  /** One run over what was not read yet. */
  private static final class Run {
    private final Db db;
    private final Shelves shelves;
    private final StoredChanges earlier;
    private final Set<UUID> stores = new LinkedHashSet<>();

    Run(Db db) {
      this.db = db;
      this.shelves = new Shelves(db);
      this.earlier = new StoredChanges(db);
    }

    void read(Unread unread) throws SQLException {
      for (Unread.Device device : unread.devices()) {
        if (hasRead(device.id()) == device.read()) {
          read(device);
        }
      }
    }

    /** The number of the last batch of a device that was read, 0 before the first. */
    private long hasRead(UUID device) throws SQLException {
      return db.first(
              "SELECT batch FROM stock_read WHERE device = ?", row -> row.integer(1), device)
          .orElse(0L);
    }

    private void read(Unread.Device device) throws SQLException {
      long last = device.batches().getLast().number();
      Map<Long, Map<Long, Boolean>> questioned =
          questioned(device.id(), device.batches().getFirst().number(), last);
      long change = device.change();
      for (Unread.Batch batch : device.batches()) {
        Map<Long, Boolean> counts = questioned.getOrDefault(batch.number(), Map.of());
        long number = batch.firstChange();
        for (Optional<Change> each : batch.changes()) {
          // Without a question it was accepted.
          if (each.isPresent() && counts.getOrDefault(number, true)) {
            apply(each.get(), batch.received(), device.id(), batch.number(), number);
          }
          number++;
        }
        change = Math.max(change, batch.lastChange());
      }
      remember(device, last, change);
      stores.add(device.store());
    }

    private void remember(Unread.Device device, long batch, long change) throws SQLException {
      int standing =
          db.update(
              "UPDATE stock_read SET batch = ?, change_number = ? WHERE device = ?",
              batch,
              change,
              device.id());
      if (standing == 0) {
        db.update(
            "INSERT INTO stock_read (device, batch, change_number) VALUES (?, ?, ?)",
            device.id(),
            batch,
            change);
      }
    }

    /** Of the changes in batches that were not plainly accepted, whether each counts. */
    private Map<Long, Map<Long, Boolean>> questioned(UUID device, long from, long to)
        throws SQLException {
      Map<Long, Map<Long, Boolean>> questioned = new HashMap<>();
      db.each(
          """
          SELECT batch, change_number, verdict, decision FROM question
          WHERE device = ? AND batch >= ? AND batch <= ?\
          """,
          row ->
              questioned
                  .computeIfAbsent(row.integer(1), _ -> new HashMap<>())
                  .put(
                      row.integer(2),
                      !row.text(3).equals("QUARANTINED")
                          || Resolution.ACCEPT.name().equals(row.textOrNull(4))),
          device,
          from,
          to);
      return questioned;
    }

    private void apply(Change change, Instant received, UUID device, long batch, long number)
        throws SQLException {
      Moment when = Moment.of(change.at(), received, device, batch, number);
      switch (change.body()) {
        case SaleCompleted sale -> {
          Map<UUID, Long> left = new HashMap<>();
          for (SaleCompleted.Line line : sale.lines()) {
            if (line.product() != null) {
              left.merge(line.product(), line.quantity().millionths(), Run::sum);
            }
          }
          for (Map.Entry<UUID, Long> each : left.entrySet()) {
            move(new Shelf(sale.store(), each.getKey()), when, -each.getValue());
          }
        }
        case StockMoved moved -> {
          Map<UUID, Long> came = new HashMap<>();
          for (StockMoved.Line line : moved.lines()) {
            came.merge(line.product(), line.quantity().millionths(), Run::sum);
          }
          for (Map.Entry<UUID, Long> each : came.entrySet()) {
            move(new Shelf(moved.store(), each.getKey()), when, each.getValue());
          }
        }
        case StockCounted counted -> {
          for (StockCounted.Line line : counted.lines()) {
            shelves.count(
                new Shelf(counted.store(), line.product()), when, line.quantity().millionths());
          }
        }
        case VerdictResolved resolved -> {
          if (resolved.decision() == Resolution.ACCEPT) {
            accepted(resolved);
          }
        }
        default -> {
          // Moves no goods.
        }
      }
    }

    private static long sum(long one, long other) {
      return Math.clamp(
          Math.clamp(one, -Shelves.LARGEST, Shelves.LARGEST)
              + Math.clamp(other, -Shelves.LARGEST, Shelves.LARGEST),
          -Shelves.LARGEST,
          Shelves.LARGEST);
    }

    private void move(Shelf shelf, Moment when, long quantity) throws SQLException {
      if (quantity != 0) {
        shelves.move(shelf, when, quantity);
      }
    }

    /**
     * A person has made something count. Where its batch is still to be read, it counts when it
     * comes; where it was read before the decision, it moves stock now, at its own time.
     */
    private void accepted(VerdictResolved resolved) throws SQLException {
      UUID device = resolved.device();
      long batch = resolved.batch();
      long number = resolved.number();
      boolean isRead =
          db.first(
                  "SELECT 1 FROM stock_read WHERE device = ? AND batch >= ?",
                  row -> true,
                  device,
                  batch)
              .isPresent();
      if (!isRead
          || !questioned(device, batch, batch)
              .getOrDefault(batch, Map.of())
              .getOrDefault(number, false)
          || shelves.has(device, batch, number)) {
        return;
      }
      Optional<Instant> received =
          db.first(
              "SELECT received FROM batch WHERE device = ? AND number = ?",
              row -> row.instant(1),
              device,
              batch);
      Optional<Change> change = earlier.find(device, batch, number);
      if (received.isPresent() && change.isPresent()) {
        apply(change.get(), received.get(), device, batch, number);
      }
    }
  }
}
