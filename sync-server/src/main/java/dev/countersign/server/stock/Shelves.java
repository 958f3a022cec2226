package dev.countersign.server.stock;

import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The levels that a run of changes touches, read once, carried on in memory and written at the end.
 * A level is the newest count and every movement after it, in whatever order they come.
 */
final class Shelves {
  /** A product in a store. */
  record Shelf(UUID store, UUID product) {}

  /**
   * How much there is.
   *
   * @param quantity millionths
   * @param counted the count that it goes on from, or null
   */
  record Level(long quantity, @Nullable Moment counted) {}

  /** No sale is so large; what a broken device says must not stop the others' sums. */
  static final long LARGEST = 1_000_000_000_000_000L;

  private final Db db;
  private final Map<Shelf, Level> levels = new LinkedHashMap<>();
  private final Set<Shelf> standing = new LinkedHashSet<>();
  private final Set<Shelf> touched = new LinkedHashSet<>();

  Shelves(Db db) {
    this.db = db;
  }

  /** Whether a change has moved anything before. */
  boolean has(UUID device, long batch, long change) throws SQLException {
    return db.first(
            """
            SELECT 1 FROM stock_movement WHERE device = ? AND batch = ? AND change_number = ?\
            """,
            row -> true,
            device,
            batch,
            change)
        .isPresent();
  }

  /** Goods moved; before the last count they are in it. */
  void move(Shelf shelf, Moment when, long quantity) throws SQLException {
    long moved = Math.clamp(quantity, -LARGEST, LARGEST);
    db.update(
        """
        INSERT INTO stock_movement (device, batch, change_number, product, store, at, quantity)
        VALUES (?, ?, ?, ?, ?, ?, ?)\
        """,
        when.device(),
        when.batch(),
        when.change(),
        shelf.product(),
        shelf.store(),
        when.at(),
        moved);
    Level level = level(shelf);
    Moment counted = level.counted();
    if (counted == null || when.compareTo(counted) > 0) {
      set(shelf, new Level(sum(level.quantity(), moved), counted));
    }
  }

  /** Goods were counted; an older count than the last one says nothing any more. */
  void count(Shelf shelf, Moment when, long quantity) throws SQLException {
    Moment last = level(shelf).counted();
    if (last != null && when.compareTo(last) <= 0) {
      return;
    }
    long[] now = {quantity};
    db.each(
        """
        SELECT quantity FROM stock_movement WHERE store = ? AND product = ? AND at >= ?
          AND (at, device, batch, change_number) > (?, ?, ?, ?)\
        """,
        row -> now[0] = sum(now[0], row.integer(1)),
        shelf.store(),
        shelf.product(),
        when.at(),
        when.at(),
        when.device(),
        when.batch(),
        when.change());
    set(shelf, new Level(now[0], when));
  }

  private static long sum(long one, long other) {
    long sum = one + other;
    boolean over = ((one ^ sum) & (other ^ sum)) < 0;
    return over ? (one < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
  }

  private void set(Shelf shelf, Level level) {
    levels.put(shelf, level);
    touched.add(shelf);
  }

  private Level level(Shelf shelf) throws SQLException {
    Level known = levels.get(shelf);
    if (known != null) {
      return known;
    }
    Optional<Level> stored = stored(db, shelf);
    if (stored.isPresent()) {
      standing.add(shelf);
    }
    Level level = stored.orElse(new Level(0, null));
    levels.put(shelf, level);
    return level;
  }

  static Optional<Level> stored(Db db, Shelf shelf) throws SQLException {
    return db.first(
        """
        SELECT quantity, counted_at, counted_by, counted_batch, counted_change FROM stock_level
        WHERE store = ? AND product = ?\
        """,
        row -> new Level(row.integer(1), Moment.ofColumns(row, 2)),
        shelf.store(),
        shelf.product());
  }

  /** Writes what was touched, and says what it is now. */
  Map<Shelf, Level> write() throws SQLException {
    Map<Shelf, Level> written = new LinkedHashMap<>();
    for (Shelf shelf : touched) {
      Level level = level(shelf);
      write(shelf, level);
      written.put(shelf, level);
    }
    return written;
  }

  private void write(Shelf shelf, Level level) throws SQLException {
    Moment counted = level.counted();
    String sql =
        standing.contains(shelf)
            ? """
            UPDATE stock_level SET quantity = ?, counted_at = ?, counted_by = ?,
              counted_batch = ?, counted_change = ? WHERE store = ? AND product = ?\
            """
            : """
            INSERT INTO stock_level (quantity, counted_at, counted_by, counted_batch,
              counted_change, store, product) VALUES (?, ?, ?, ?, ?, ?, ?)\
            """;
    db.update(
        sql,
        level.quantity(),
        counted == null ? null : counted.at(),
        counted == null ? null : counted.device(),
        counted == null ? null : (Long) counted.batch(),
        counted == null ? null : (Long) counted.change(),
        shelf.store(),
        shelf.product());
  }
}
