package dev.countersign.client.ledger;

import dev.countersign.client.store.TillStore;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.change.ChangeCodec.UnreadableChangeException;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.StockCounted;
import dev.countersign.common.change.StockMoved;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.FeedBody.Counted;
import dev.countersign.common.protocol.FeedBody.StockItem;
import dev.countersign.common.protocol.FeedBody.StockMarkItem;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.Row;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The levels of this device's store: the server's, with what was done here and is not in them on
 * top. Levels that come from the server wait until the mark behind them says which of this device's
 * changes they hold; then they and the mark count together. So nothing is added twice and nothing
 * is left out, whenever acknowledgements, pages and snapshots come, and a page that ends between
 * levels and mark does no harm. Safe for any thread.
 */
public final class Stock {
  private final TillStore store;
  private final UUID device;
  private final Object decoding = new Object();
  private final TreeMap<Long, List<Done>> decoded = new TreeMap<>();
  private long decodedAfter;

  Stock(TillStore store, UUID device) {
    this.store = store;
    this.device = device;
  }

  /**
   * What a change of this device did to a product.
   *
   * @param count whether it is what was there, and not what came or went
   */
  private record Done(UUID product, Instant at, long number, boolean count, Quantity quantity) {}

  /** What the server said of a product. */
  private record Said(long quantity, @Nullable Instant countedAt, @Nullable UUID countedBy) {
    static Said of(Row row) throws SQLException {
      UUID by = row.uuidOrNull(3);
      return new Said(row.integer(1), by == null ? null : row.instant(2), by);
    }
  }

  private static final Said NOTHING = new Said(0, null, null);

  /** How much there is; nothing where nobody ever heard of the product. */
  public StockLevel level(UUID product) {
    return atOnce(
        db -> {
          Optional<Said> said =
              db.first(
                  "SELECT quantity, counted_at, counted_by FROM stock_level WHERE product = ?",
                  Said::of,
                  product);
          return level(product, said.orElse(NOTHING), waiting(db).getOrDefault(product, List.of()));
        });
  }

  /** Every product of which anything was heard or done. */
  public Map<UUID, StockLevel> levels() {
    return atOnce(
        db -> {
          Map<UUID, Said> said = new HashMap<>();
          db.each(
              "SELECT quantity, counted_at, counted_by, product FROM stock_level",
              row -> said.put(row.uuid(4), Said.of(row)));
          Map<UUID, List<Done>> waiting = waiting(db);
          waiting.keySet().forEach(product -> said.putIfAbsent(product, NOTHING));
          Map<UUID, StockLevel> levels = new HashMap<>();
          said.forEach(
              (product, what) ->
                  levels.put(
                      product, level(product, what, waiting.getOrDefault(product, List.of()))));
          return levels;
        });
  }

  /** A look at the store. */
  private interface Look<T> {
    T at(Db db) throws SQLException;
  }

  /** Levels, mark and changes of one moment: a page that is applied meanwhile comes after it. */
  private <T> T atOnce(Look<T> look) {
    return store.read(
        db -> {
          db.execute("BEGIN");
          try {
            return look.at(db);
          } finally {
            db.execute("COMMIT");
          }
        });
  }

  /** Those of which more left than ever came, the furthest below nothing first. */
  public List<StockLevel> belowNothing() {
    return levels().values().stream()
        .filter(level -> level.quantity().isNegative())
        .sorted(Comparator.comparing(StockLevel::quantity).thenComparing(StockLevel::product))
        .toList();
  }

  private StockLevel level(UUID product, Said said, List<Done> waiting) {
    Quantity quantity = new Quantity(said.quantity());
    Instant counted = said.countedAt();
    for (Done done : waiting) {
      if (!isInCount(done, said)) {
        if (done.count()) {
          quantity = done.quantity();
          counted = done.at();
        } else {
          quantity = new Quantity(quantity.millionths() + done.quantity().millionths());
        }
      }
    }
    return new StockLevel(product, quantity, counted, !waiting.isEmpty());
  }

  /**
   * The server's order: by time, then by device; one's own later change comes after one's count.
   */
  private boolean isInCount(Done done, Said said) {
    Instant at = said.countedAt();
    UUID by = said.countedBy();
    if (at == null || by == null || done.at().isAfter(at)) {
      return false;
    }
    return done.at().isBefore(at) || device.toString().compareTo(by.toString()) < 0;
  }

  /** What was done here and is in no level, by product and in the order of time. */
  private Map<UUID, List<Done>> waiting(Db db) throws SQLException {
    long through = db.first("SELECT through FROM stock_mark", row -> row.integer(1)).orElse(0L);
    Set<Long> refused =
        new HashSet<>(
            db.list(
                "SELECT number FROM verdict WHERE number > ? AND verdict = 'QUARANTINED'"
                    + " AND coalesce(decision, '') <> 'ACCEPT'",
                row -> row.integer(1),
                through));
    Map<UUID, List<Done>> waiting = new HashMap<>();
    synchronized (decoding) {
      decode(db, through);
      decoded
          .tailMap(through, false)
          .forEach(
              (number, all) -> {
                if (!refused.contains(number)) {
                  all.forEach(
                      done ->
                          waiting
                              .computeIfAbsent(done.product(), _ -> new ArrayList<>())
                              .add(done));
                }
              });
    }
    waiting
        .values()
        .forEach(all -> all.sort(Comparator.comparing(Done::at).thenComparing(Done::number)));
    return waiting;
  }

  /** Changes are read once: a till that is offline for weeks has thousands of them. */
  private void decode(Db db, long through) throws SQLException {
    if (through < decodedAfter) {
      decoded.clear();
    }
    decodedAfter = through;
    decoded.headMap(through, true).clear();
    long last = decoded.isEmpty() ? through : decoded.lastKey();
    db.each(
        "SELECT number, body FROM change WHERE number > ? AND type IN"
            + " ('sale.completed', 'stock.moved', 'stock.counted') ORDER BY number",
        row -> decoded.put(row.integer(1), done(row.integer(1), row.bytes(2))),
        last);
  }

  private static List<Done> done(long number, byte[] body) throws SQLException {
    Change change;
    try {
      change = ChangeCodec.decode(body, 0, body.length);
    } catch (UnreadableChangeException e) {
      throw new SQLException("a recorded change cannot be read", e);
    }
    // As the server keeps it.
    Instant at = Instant.ofEpochMilli(change.at().toEpochMilli());
    List<Done> done = new ArrayList<>();
    switch (change.body()) {
      case SaleCompleted sale -> {
        for (SaleCompleted.Line line : sale.lines()) {
          if (line.product() != null) {
            done.add(new Done(line.product(), at, number, false, line.quantity().negate()));
          }
        }
      }
      case StockMoved moved ->
          moved
              .lines()
              .forEach(
                  line -> done.add(new Done(line.product(), at, number, false, line.quantity())));
      case StockCounted counted ->
          counted
              .lines()
              .forEach(
                  line -> done.add(new Done(line.product(), at, number, true, line.quantity())));
      default -> {
        // Not asked for.
      }
    }
    return done;
  }

  /** The server has said a level; it counts with the next mark. */
  void arrived(Db db, StockItem item) throws SQLException {
    Counted counted = item.counted();
    db.update(
        "INSERT INTO stock_arrived (product, quantity, counted_at, counted_by) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (product) DO UPDATE SET quantity = excluded.quantity,"
            + " counted_at = excluded.counted_at, counted_by = excluded.counted_by",
        item.product(),
        item.quantity().millionths(),
        counted == null ? null : counted.at(),
        counted == null ? null : counted.device());
  }

  /** All levels that came before this hold this device's changes up to a number. */
  void marked(Db db, StockMarkItem mark) throws SQLException {
    db.update(
        "INSERT INTO stock_level (product, quantity, counted_at, counted_by)"
            + " SELECT product, quantity, counted_at, counted_by FROM stock_arrived WHERE true"
            + " ON CONFLICT (product) DO UPDATE SET quantity = excluded.quantity,"
            + " counted_at = excluded.counted_at, counted_by = excluded.counted_by");
    db.update("DELETE FROM stock_arrived");
    long through =
        mark.through().stream()
            .filter(each -> each.device().equals(device))
            .mapToLong(StockMarkItem.Through::change)
            .findFirst()
            .orElse(0);
    db.update(
        "INSERT INTO stock_mark (one, through) VALUES (1, ?)"
            + " ON CONFLICT (one) DO UPDATE SET through = excluded.through",
        through);
  }

  /** Before a snapshot: it says everything anew. */
  static void forget(Db db) throws SQLException {
    for (String table : List.of("stock_level", "stock_arrived", "stock_mark")) {
      db.update("DELETE FROM " + table);
    }
  }
}
