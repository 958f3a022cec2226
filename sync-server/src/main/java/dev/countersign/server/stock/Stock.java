package dev.countersign.server.stock;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.change.ChangeCodec.UnreadableChangeException;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.StockCounted;
import dev.countersign.common.change.StockMoved;
import dev.countersign.common.change.VerdictResolved;
import dev.countersign.common.change.VerdictResolved.Resolution;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.BatchCodec;
import dev.countersign.common.protocol.BatchFormatException;
import dev.countersign.common.protocol.FeedBody.Counted;
import dev.countersign.common.protocol.FeedBody.StockItem;
import dev.countersign.common.protocol.FeedBody.StockMarkItem;
import dev.countersign.common.protocol.FeedBody.StockMarkItem.Through;
import dev.countersign.common.protocol.ReadBatch;
import dev.countersign.common.sql.Db;
import dev.countersign.server.feed.FeedTable;
import dev.countersign.server.ingest.StoredBatch;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what ingest has stored into the levels of the stores, and tells the devices. Taking in a
 * sale writes nothing for it: the batches of every device are numbered without gaps and committed
 * in that order, so the number of the last one read is all there is to remember, and a batch that
 * commits late cannot be passed by. Reading is a writing transaction of its own, one at a time per
 * tenant also where several servers share a database.
 */
public final class Stock {
  private static final Logger LOG = LoggerFactory.getLogger(Stock.class);

  /** After so many changes a transaction ends, so that tills do not wait. */
  private static final int CHANGES_AT_ONCE = 2_000;

  private final FeedTable feed;

  public Stock(FeedTable feed) {
    this.feed = feed;
  }

  /** How much of a product a store has, as far as the batches were read. */
  public record StoreLevel(UUID store, UUID product, Quantity quantity) {}

  /** A device whose batches were not all read. */
  private record Behind(UUID device, UUID store, long read, long change, long stored) {}

  /** Whether there is a batch that was not read. */
  public boolean isBehind(TenantScope scope) throws SQLException {
    return !behind(scope.db()).isEmpty();
  }

  private static List<Behind> behind(Db db) throws SQLException {
    return db.list(
        """
        SELECT d.id, d.store, coalesce(r.batch, 0), coalesce(r.change_number, 0), d.last_batch
        FROM device d LEFT JOIN stock_read r ON r.device = d.id
        WHERE d.last_batch > coalesce(r.batch, 0) ORDER BY d.id\
        """,
        row ->
            new Behind(row.uuid(1), row.uuid(2), row.integer(3), row.integer(4), row.integer(5)));
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
    return read(scope, CHANGES_AT_ONCE);
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
    read(scope, Integer.MAX_VALUE);
    for (Shelf shelf : before) {
      if (Shelves.stored(db, shelf).isEmpty()) {
        tell(scope, shelf, new Level(0, null));
      }
    }
  }

  private boolean read(TenantScope scope, int atMost) throws SQLException {
    Db db = scope.db();
    Run run = new Run(db);
    boolean more = false;
    for (Behind device : behind(db)) {
      more |= run.read(device, atMost);
    }
    Set<UUID> stores = new LinkedHashSet<>(run.stores);
    for (Map.Entry<Shelf, Level> level : run.shelves.write().entrySet()) {
      tell(scope, level.getKey(), level.getValue());
      stores.add(level.getKey().store());
    }
    for (UUID store : stores) {
      mark(scope, store);
    }
    return more;
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

  private record Stored(byte[] payload, Instant received) {}

  /** One run over what was not read yet. */
  private static final class Run {
    private final Db db;
    private final Shelves shelves;
    private final StoredChanges earlier;
    private final Set<UUID> stores = new LinkedHashSet<>();
    private int changes;

    Run(Db db) {
      this.db = db;
      this.shelves = new Shelves(db);
      this.earlier = new StoredChanges(db);
    }

    /** Reads a device's batches; true when some are left because it was enough. */
    boolean read(Behind device, int atMost) throws SQLException {
      long read = device.read();
      long change = device.change();
      while (read < device.stored() && changes < atMost) {
        Optional<ReadBatch> batch = batch(device.device(), read + 1);
        if (batch.isEmpty()) {
          break;
        }
        read++;
        change = Math.max(change, batch.get().header().lastChange());
      }
      if (read > device.read()) {
        remember(device, read, change);
        stores.add(device.store());
      }
      return read < device.stored() && changes >= atMost;
    }

    private void remember(Behind device, long batch, long change) throws SQLException {
      int standing =
          db.update(
              "UPDATE stock_read SET batch = ?, change_number = ? WHERE device = ?",
              batch,
              change,
              device.device());
      if (standing == 0) {
        db.update(
            "INSERT INTO stock_read (device, batch, change_number) VALUES (?, ?, ?)",
            device.device(),
            batch,
            change);
      }
    }

    /** Reads a batch; empty for one that is damaged, which the nightly recheck tells of. */
    private Optional<ReadBatch> batch(UUID device, long number) throws SQLException {
      Optional<Stored> stored =
          db.first(
              "SELECT payload, received FROM batch WHERE device = ? AND number = ?",
              row -> new Stored(row.bytes(1), row.instant(2)),
              device,
              number);
      if (stored.isEmpty()) {
        return Optional.empty();
      }
      ReadBatch batch = unpacked(stored.get(), device, number);
      if (batch == null) {
        return Optional.empty();
      }
      Map<Long, Boolean> questioned = questioned(device, number);
      long change = batch.header().firstChange();
      for (ReadBatch.Slice slice : batch.changes()) {
        // Without a question it was accepted.
        if (questioned.getOrDefault(change, true)) {
          apply(decoded(batch, slice), stored.get().received(), device, number, change);
        }
        change++;
        changes++;
      }
      return Optional.of(batch);
    }

    private static @Nullable ReadBatch unpacked(Stored stored, UUID device, long number) {
      try {
        return BatchCodec.decode(StoredBatch.unpack(stored.payload()));
      } catch (BatchFormatException | SQLException e) {
        LOG.error("stock stops before batch {} of device {}", number, device, e);
        return null;
      }
    }

    private static @Nullable Change decoded(ReadBatch batch, ReadBatch.Slice slice) {
      try {
        return ChangeCodec.decode(batch.payload(), slice.offset(), slice.length());
      } catch (UnreadableChangeException _) {
        return null;
      }
    }

    /** Of the changes of a batch that were not plainly accepted, whether each counts. */
    private Map<Long, Boolean> questioned(UUID device, long batch) throws SQLException {
      Map<Long, Boolean> questioned = new HashMap<>();
      db.each(
          """
          SELECT change_number, verdict, decision FROM question WHERE device = ? AND batch = ?\
          """,
          row ->
              questioned.put(
                  row.integer(1),
                  !row.text(2).equals("QUARANTINED")
                      || Resolution.ACCEPT.name().equals(row.textOrNull(3))),
          device,
          batch);
      return questioned;
    }

    private void apply(
        @Nullable Change change, Instant received, UUID device, long batch, long number)
        throws SQLException {
      if (change == null) {
        return;
      }
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
          || !questioned(device, batch).getOrDefault(number, false)
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
