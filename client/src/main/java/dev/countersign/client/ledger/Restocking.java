package dev.countersign.client.ledger;

import dev.countersign.client.ledger.LedgerSchema.Index;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts the products of a snapshot in the place of all that were there, within one transaction. Rows
 * are written many at a time, because half of what a row costs is calling for it. The index by
 * which a sale finds its prices is made at the end; what only searching and browsing need comes
 * later, when the till sells already.
 */
final class Restocking {
  /** In KiB, as the pragma takes it; the first is SQLite's own measure. */
  private static final int PAGES = -2_000;

  private static final int PAGES_OF_A_SNAPSHOT = -64_000;

  /** In pages of the log file; SQLite's own measure. */
  private static final int PAGES_BETWEEN_CHECKPOINTS = 1_000;

  private static final int ROWS_AT_ONCE = 32;

  private static final Rows PRODUCTS =
      new Rows(
          "INSERT INTO product (number, id, sku, name, category, size, price, taxes, barcodes,"
              + " handling) VALUES ",
          10);
  private static final Rows BARCODES =
      new Rows("INSERT OR IGNORE INTO barcode (code, product, pack) VALUES ", 3);

  private final Db db;
  private final List<@Nullable Object> products = new ArrayList<>();
  private final List<@Nullable Object> barcodes = new ArrayList<>();
  private final Map<String, Long> categories = new HashMap<>();
  private long taken;

  private Restocking(Db db) {
    this.db = db;
  }

  /**
   * Takes every product away, and everything by which they are found, until {@link #finish}. A
   * snapshot's pages stay in memory meanwhile: written out and read again they are encrypted each
   * time. The commit does not carry them from the log file into the store, since a till can sell
   * before that is done; {@link #leave} has to follow whatever becomes of this.
   */
  static Restocking begin(Db db) throws SQLException {
    db.execute("PRAGMA cache_size = " + PAGES_OF_A_SNAPSHOT);
    db.execute("PRAGMA wal_autocheckpoint = 0");
    SearchIndex.clear(db);
    db.execute("DROP INDEX IF EXISTS " + LedgerSchema.SHELF_INDEX.name());
    for (Index index : LedgerSchema.LATER_INDEXES) {
      db.execute("DROP INDEX IF EXISTS " + index.name());
    }
    for (String table : List.of("product", "barcode", "category")) {
      db.update("DELETE FROM " + table);
    }
    return new Restocking(db);
  }

  /** The first index that {@link #finish} left for later and that is still missing. */
  static Optional<Index> missingIndex(Db db) throws SQLException {
    for (Index index : LedgerSchema.LATER_INDEXES) {
      if (db.first("SELECT 1 FROM sqlite_schema WHERE name = ?", row -> true, index.name())
          .isEmpty()) {
        return Optional.of(index);
      }
    }
    return Optional.empty();
  }

  /** Whether all that {@link #finish} leaves for later is there. */
  static boolean isArranged(Db db) throws SQLException {
    return SearchIndex.isWhole(db) && missingIndex(db).isEmpty();
  }

  /** The next product of the snapshot. */
  void put(Arrival item, ProductItem product) throws SQLException {
    taken++;
    Collections.addAll(
        products,
        taken,
        item.id(),
        product.sku(),
        product.name(),
        product.category(),
        product.size(),
        product.price(),
        item.taxes(),
        item.barcodes(),
        item.handling());
    for (FeedBody.Barcode barcode : product.barcodes()) {
      Collections.addAll(barcodes, barcode.code(), taken, barcode.pack().millionths());
    }
    categories.merge(product.category(), 1L, Long::sum);
    PRODUCTS.write(db, products, ROWS_AT_ONCE);
    BARCODES.write(db, barcodes, ROWS_AT_ONCE);
  }

  /** Makes the products ready to be sold. */
  void finish() throws SQLException {
    PRODUCTS.write(db, products, 1);
    BARCODES.write(db, barcodes, 1);
    SearchIndex.leave(db, taken);
    db.execute(LedgerSchema.SHELF_INDEX.sql());
    for (Map.Entry<String, Long> category : categories.entrySet()) {
      db.update(
          "INSERT INTO category (name, products) VALUES (?, ?)",
          category.getKey(),
          category.getValue());
    }
  }

  /** Behind the transaction: the next commit carries what the snapshot wrote into the store. */
  static void leave(Db db) throws SQLException {
    db.execute("PRAGMA cache_size = " + PAGES);
    db.execute("PRAGMA wal_autocheckpoint = " + PAGES_BETWEEN_CHECKPOINTS);
  }

  /** Rows of one table. */
  private static final class Rows {
    private final int columns;
    private final String one;
    private final String many;

    Rows(String insert, int columns) {
      String places = "(" + "?, ".repeat(columns - 1) + "?)";
      this.columns = columns;
      this.one = insert + places;
      this.many = insert + (places + ", ").repeat(ROWS_AT_ONCE - 1) + places;
    }

    /**
     * Writes what waits, in runs, and takes it away.
     *
     * @param atLeast how many rows must wait for any to be written
     */
    void write(Db db, List<@Nullable Object> waiting, int atLeast) throws SQLException {
      if (waiting.size() < atLeast * columns) {
        return;
      }
      @Nullable Object[] values = waiting.toArray();
      int from = 0;
      while (values.length - from >= atLeast * columns) {
        boolean whole = values.length - from >= ROWS_AT_ONCE * columns;
        int to = from + (whole ? ROWS_AT_ONCE * columns : columns);
        db.update(whole ? many : one, Arrays.copyOfRange(values, from, to));
        from = to;
      }
      waiting.subList(0, from).clear();
    }
  }
}
