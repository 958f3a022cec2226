package dev.countersign.client.ledger;

import dev.countersign.client.store.TillStore;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.FeedBody.ResolutionItem;
import dev.countersign.common.protocol.FeedBody.SaleItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.sale.BasketLine;
import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the server has told this device. A page and its cursor, or a snapshot and its cursor, are
 * one transaction; entries of a kind that this program does not know are skipped. Safe for any
 * thread.
 */
public final class Replica {
  private final TillStore store;
  private final UUID device;
  private final InstantSource clock;
  private final List<Runnable> forgetters;
  private final Listeners listeners;
  private final Listeners arrivals = new Listeners();
  private final List<BooleanSupplier> carriers = new CopyOnWriteArrayList<>();

  /**
   * @param device this one
   * @param forgetters drop what the readers keep in memory
   */
  Replica(
      TillStore store,
      UUID device,
      InstantSource clock,
      List<Runnable> forgetters,
      Listeners listeners) {
    this.store = store;
    this.device = device;
    this.clock = clock;
    this.forgetters = List.copyOf(forgetters);
    this.listeners = listeners;
  }

  /** A page that does not follow on what is here; a new snapshot is needed. */
  public static final class OtherEpochException extends Exception {
    private static final long serialVersionUID = 1L;

    OtherEpochException() {
      super("the page is of another epoch");
    }
  }

  private record OldProduct(long number, String sku, String name, String category, String size) {}

  /** Told after something has come from the server, on the thread that fetched it. */
  public void addListener(Runnable onArrival) {
    arrivals.add(onArrival);
  }

  /**
   * Adds somebody who does what the server's word asks for outside of the store, such as taking a
   * PIN away.
   *
   * @param carrier tries what is left to do, and says whether nothing is
   */
  public void addCarrier(BooleanSupplier carrier) {
    carriers.add(carrier);
  }

  /**
   * Whether all that came has been carried out, tried once more: asking the server for more says
   * that it has.
   */
  public boolean isCarriedOut() {
    boolean done = true;
    for (BooleanSupplier carrier : carriers) {
      done &= carrier.getAsBoolean();
    }
    return done;
  }

  /** The feed position this device is at; 0 before the first snapshot. */
  public long cursor() {
    return store
        .read(db -> db.first("SELECT cursor FROM replica", row -> row.integer(1)))
        .orElse(0L);
  }

  /** The server's epoch this device last saw. */
  public UUID epoch() {
    return store
        .read(db -> db.first("SELECT epoch FROM replica", row -> row.uuid(1)))
        .orElseThrow(() -> new IllegalStateException("not enrolled"));
  }

  /**
   * Puts a snapshot in the place of everything the server has said before. Whatever the iterator
   * throws leaves all as it was.
   *
   * @param head epoch and cursor; its own items are ignored
   * @param items read once, one at a time
   */
  public void replaceAll(FeedPage head, Iterator<FeedItem> items) {
    store.write(
        db -> {
          Map<UUID, Long> running = pricesOfRunningBasket(db);
          db.update("INSERT INTO product_search (product_search) VALUES ('delete-all')");
          for (String table :
              List.of("product", "barcode", "category", "reference", "office_sale")) {
            db.update("DELETE FROM " + table);
          }
          while (items.hasNext()) {
            FeedItem item = items.next();
            FeedBody body = item.deleted() ? null : item.typed();
            if (body != null) {
              put(db, item.id(), body);
            }
          }
          // Built once over all products: a fraction of the cost of one entry at a time.
          db.update("INSERT INTO product_search (product_search) VALUES ('rebuild')");
          db.update(
              "INSERT INTO category (name, products)"
                  + " SELECT category, count(*) FROM product GROUP BY category");
          return db.update("UPDATE replica SET epoch = ?, cursor = ?", head.epoch(), head.cursor());
        });
    changed();
  }

  /**
   * Applies a page. A page whose cursor is not ahead of this device's changes nothing.
   *
   * @throws OtherEpochException when the server was restored meanwhile
   */
  public void apply(FeedPage page) throws OtherEpochException {
    boolean applied =
        store.write(
            db -> {
              if (!page.epoch().equals(epoch(db))) {
                throw new OtherEpochException();
              }
              int moved =
                  db.update(
                      "UPDATE replica SET cursor = ? WHERE cursor < ?",
                      page.cursor(),
                      page.cursor());
              if (moved == 0) {
                return false;
              }
              for (FeedItem item : page.items()) {
                apply(db, item);
              }
              return true;
            });
    if (applied) {
      changed();
    }
  }

  private static UUID epoch(Db db) throws SQLException {
    return db.first("SELECT epoch FROM replica", row -> row.uuid(1))
        .orElseThrow(() -> new SQLException("no replica row"));
  }

  private void changed() {
    forgetters.forEach(Runnable::run);
    listeners.tell();
    arrivals.tell();
  }

  private static Map<UUID, Long> pricesOfRunningBasket(Db db) throws SQLException {
    Map<UUID, Long> prices = new HashMap<>();
    Optional<byte[]> draft =
        db.first("SELECT draft FROM state WHERE draft IS NOT NULL", row -> row.bytes(1));
    if (draft.isEmpty()) {
      return prices;
    }
    for (BasketLine line : DraftCodec.decode(draft.get()).basket().lines()) {
      UUID product = line.item().productId();
      if (product != null) {
        price(db, product).ifPresent(price -> prices.put(product, price));
      }
    }
    return prices;
  }

  private static Optional<Long> price(Db db, UUID product) throws SQLException {
    return db.first("SELECT price FROM product WHERE id = ?", row -> row.integer(1), product);
  }

  /** See {@link Catalogue#prices}. */
  private void keepFormerPrice(Db db, UUID product, long former) throws SQLException {
    db.update(
        "UPDATE product SET former_price = ?, price_changed = ? WHERE id = ? AND price <> ?",
        former,
        clock.instant(),
        product,
        former);
  }

  private void apply(Db db, FeedItem item) throws SQLException {
    Class<? extends FeedBody> type = FeedBody.classOf(item.kind());
    if (type == null) {
      return;
    }
    FeedBody body = item.deleted() ? null : item.typed();
    if (type == ProductItem.class) {
      Optional<Long> former = price(db, item.id());
      removeProduct(db, item.id());
      if (body instanceof ProductItem product) {
        long number = putProduct(db, item.id(), product);
        db.update(
            "INSERT INTO product_search (rowid, name, sku, category, size) VALUES (?, ?, ?, ?, ?)",
            number,
            product.name(),
            product.sku(),
            product.category(),
            product.size());
        db.update(
            "INSERT INTO category (name, products) VALUES (?, 1)"
                + " ON CONFLICT (name) DO UPDATE SET products = products + 1",
            product.category());
        if (former.isPresent()) {
          keepFormerPrice(db, item.id(), former.get());
        }
      }
    } else if (type == SaleItem.class) {
      db.update("DELETE FROM office_sale WHERE id = ?", item.id());
      put(db, item.id(), body);
    } else {
      db.update("DELETE FROM reference WHERE kind = ? AND id = ?", item.kind(), item.id());
      put(db, item.id(), body);
    }
  }

  private void put(Db db, UUID id, @Nullable FeedBody body) throws SQLException {
    switch (body) {
      case null -> {}
      case ProductItem product -> putProduct(db, id, product);
      case SaleItem sale ->
          db.update(
              "INSERT INTO office_sale (id, register, cashier, receipt, at, business_date, lines,"
                  + " total, verdict) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
              id,
              sale.registerName(),
              sale.cashier(),
              sale.receipt(),
              sale.at(),
              sale.businessDate(),
              sale.lines(),
              sale.total(),
              sale.verdict());
      case ResolutionItem resolution -> {
        // Only the device whose change it is has something to put away.
        if (resolution.device().equals(device)) {
          insert(db, id, body);
          Outbox.decided(db, resolution);
        }
      }
      default -> insert(db, id, body);
    }
  }

  private static void insert(Db db, UUID id, FeedBody body) throws SQLException {
    db.update(
        "INSERT INTO reference (kind, id, body) VALUES (?, ?, ?)",
        body.kind(),
        id,
        Json.encode(body));
  }

  /** Everything but the search index and the category's count, which a snapshot makes at once. */
  private static long putProduct(Db db, UUID id, ProductItem product) throws SQLException {
    db.update(
        "INSERT INTO product (id, sku, name, category, size, price, taxes, barcodes)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        id,
        product.sku(),
        product.name(),
        product.category(),
        product.size(),
        product.price(),
        ProductColumns.taxes(product.taxes()),
        ProductColumns.barcodes(product.barcodes()));
    long number = db.first("SELECT last_insert_rowid()", row -> row.integer(1)).orElse(0L);
    for (FeedBody.Barcode barcode : product.barcodes()) {
      db.update(
          "INSERT OR IGNORE INTO barcode (code, product, pack) VALUES (?, ?, ?)",
          barcode.code(),
          number,
          barcode.pack().millionths());
    }
    return number;
  }

  private static void removeProduct(Db db, UUID id) throws SQLException {
    Optional<OldProduct> found =
        db.first(
            "SELECT number, sku, name, category, size FROM product WHERE id = ?",
            row ->
                new OldProduct(row.integer(1), row.text(2), row.text(3), row.text(4), row.text(5)),
            id);
    if (found.isEmpty()) {
      return;
    }
    OldProduct old = found.get();
    // An external-content index must be told the old words (fts5.html section 4.4.3).
    db.update(
        "INSERT INTO product_search (product_search, rowid, name, sku, category, size)"
            + " VALUES ('delete', ?, ?, ?, ?, ?)",
        old.number(),
        old.name(),
        old.sku(),
        old.category(),
        old.size());
    db.update("DELETE FROM barcode WHERE product = ?", old.number());
    db.update("DELETE FROM product WHERE number = ?", old.number());
    db.update("UPDATE category SET products = products - 1 WHERE name = ?", old.category());
    db.update("DELETE FROM category WHERE name = ? AND products <= 0", old.category());
  }
}
