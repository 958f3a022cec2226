package dev.countersign.client.ledger;

import dev.countersign.client.store.TillStore;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.FeedBody.CustomerItem;
import dev.countersign.common.protocol.FeedBody.ParkedItem;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.FeedBody.ResolutionItem;
import dev.countersign.common.protocol.FeedBody.SaleItem;
import dev.countersign.common.protocol.FeedBody.StockItem;
import dev.countersign.common.protocol.FeedBody.StockMarkItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.BasketLine;
import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the server has told this device. A page and its cursor, or a snapshot and its cursor, are
 * one transaction; entries of a kind that this program does not know are skipped. Safe for any
 * thread.
 */
public final class Replica {
  private static final int DROPPED_AT_ONCE = 1_000;

  private final TillStore store;
  private final UUID device;
  private final LongSupplier monotonicNanos;
  private final Shelf shelf;
  private final Stock stock;
  private final List<Runnable> forgetters;
  private final Listeners listeners;
  private final Listeners arrivals = new Listeners();
  private final List<BooleanSupplier> carriers = new CopyOnWriteArrayList<>();

  /**
   * @param device this one
   * @param monotonicNanos by which steps are kept short
   * @param forgetters drop what the readers keep in memory
   */
  Replica(
      TillStore store,
      UUID device,
      LongSupplier monotonicNanos,
      Shelf shelf,
      Stock stock,
      List<Runnable> forgetters,
      Listeners listeners) {
    this.stock = stock;
    this.store = store;
    this.device = device;
    this.monotonicNanos = monotonicNanos;
    this.shelf = shelf;
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
    take(head, Arrival.each(items));
  }

  /** {@link #replaceAll} with items of which nothing is left to be read. */
  public void take(FeedPage head, Iterator<Arrival> items) {
    try {
      store.write(db -> put(db, head, items));
    } finally {
      store.write(
          db -> {
            Restocking.leave(db);
            return true;
          });
    }
    changed();
  }

  private int put(Db db, FeedPage head, Iterator<Arrival> items) throws SQLException {
    boolean sameEpoch = head.epoch().equals(epoch(db));
    Map<UUID, Long> running = pricesOfRunningBasket(db);
    List<Told> ofRefund = ofRunningRefund(db);
    Restocking restocking = Restocking.begin(db);
    for (String table : List.of("reference", "office_sale")) {
      db.update("DELETE FROM " + table);
    }
    Stock.forget(db);
    while (items.hasNext()) {
      Arrival item = items.next();
      if (item.body() instanceof ProductItem product) {
        restocking.put(item, product);
      } else if (item.body() == null) {
        // Of what is gone a snapshot names parked sales alone.
        ParkedSales.takenUp(db, item.id());
      } else {
        put(db, item.id(), item.body(), item.at());
      }
    }
    restocking.finish();
    for (Map.Entry<UUID, Long> former : running.entrySet()) {
      shelf.keepFormerPrice(db, former.getKey(), former.getValue());
    }
    for (Told told : ofRefund) {
      // What the server says now goes before it.
      db.update(
          "INSERT OR IGNORE INTO reference (kind, id, body, at) VALUES ('refunded', ?, ?, ?)",
          told.sale(),
          told.body(),
          told.at());
    }
    shelf.editsOnTop(db);
    // A server that was put back may hear of them once more, and of their names.
    if (sameEpoch) {
      ParkedSales.onlyNamed(db);
    } else {
      ParkedSales.tellNamesAgain(db);
    }
    return db.update("UPDATE replica SET epoch = ?, cursor = ?", head.epoch(), head.cursor());
  }

  /**
   * Makes what a snapshot leaves for later: a till sells and searches without it, only searches
   * more slowly. Step by step, so that a sale which comes in between waits for one at most; after a
   * stop it goes on where it was. Nothing happens where all is there.
   *
   * @param isEnough asked between the steps
   */
  public void arrange(BooleanSupplier isEnough) {
    Arranging arranging = new Arranging(store, monotonicNanos);
    while (!isEnough.getAsBoolean() && arranging.step()) {
      // Whoever waits for the writer comes first.
    }
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

  /**
   * Drops what has left this device's scope, a bounded part of it; what is left over goes the next
   * time. What this device recorded itself is not touched, nor what the server said of the sales of
   * which goods come back in the running basket.
   *
   * @param since as the server said it last; null drops nothing
   */
  public void keepSince(@Nullable Instant since) {
    if (since != null && store.read(db -> hasOlder(db, since))) {
      drop(since);
    }
  }

  private void drop(Instant since) {
    boolean dropped =
        store.write(
            db -> {
              String spared = RunningRefund.spared(db);
              db.update("UPDATE replica SET since = ?", since);
              int rows =
                  db.update(
                      "DELETE FROM office_sale WHERE id IN"
                          + " (SELECT id FROM office_sale WHERE received < ? LIMIT ?)",
                      since,
                      DROPPED_AT_ONCE);
              rows +=
                  db.update(
                      "DELETE FROM reference WHERE (kind, id) IN"
                          + " (SELECT kind, id FROM reference WHERE at < ?"
                          + RunningRefund.NOT_SPARED
                          + " LIMIT ?)",
                      since,
                      spared,
                      DROPPED_AT_ONCE);
              rows += GatheredSales.dropOlder(db, since);
              rows +=
                  db.update(
                      "DELETE FROM older_sale WHERE received IS NULL AND fetched < ?"
                          + RunningRefund.NOT_SPARED,
                      since,
                      spared);
              return rows > 0;
            });
    if (dropped) {
      listeners.tell();
    }
  }

  private static boolean hasOlder(Db db, Instant since) throws SQLException {
    return db.first(
            "SELECT EXISTS (SELECT 1 FROM replica WHERE since IS NULL OR since <> ?)"
                + " OR EXISTS (SELECT 1 FROM office_sale WHERE received < ?)"
                + " OR EXISTS (SELECT 1 FROM reference WHERE at < ?)",
            row -> row.flag(1),
            since,
            since,
            since)
        .orElse(false);
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

  private Map<UUID, Long> pricesOfRunningBasket(Db db) throws SQLException {
    Map<UUID, Long> prices = new HashMap<>();
    Optional<Basket> basket = RunningRefund.basket(db);
    for (BasketLine line : basket.map(Basket::lines).orElse(List.of())) {
      UUID product = line.item().productId();
      if (product != null) {
        shelf.price(db, product).ifPresent(price -> prices.put(product, price));
      }
    }
    return prices;
  }

  /** What had come back of a sale by the server's word. */
  private record Told(UUID sale, byte[] body, @Nullable Long at) {}

  /** A snapshot may be silent about what came back long ago. */
  private static List<Told> ofRunningRefund(Db db) throws SQLException {
    List<Told> told = new ArrayList<>();
    for (UUID sale : RunningRefund.sales(db)) {
      told.addAll(
          db.list(
              "SELECT body, at FROM reference WHERE kind = 'refunded' AND id = ?",
              row -> new Told(sale, row.bytes(1), row.integerOrNull(2)),
              sale));
    }
    return told;
  }

  private void apply(Db db, FeedItem item) throws SQLException {
    Class<? extends FeedBody> type = FeedBody.classOf(item.kind());
    if (type == null) {
      return;
    }
    FeedBody body = item.deleted() ? null : item.typed();
    if (type == ProductItem.class) {
      shelf.hear(db, item.id(), body instanceof ProductItem product ? product : null);
    } else if (type == SaleItem.class) {
      db.update("DELETE FROM office_sale WHERE id = ?", item.id());
      put(db, item.id(), body, item.at());
    } else {
      db.update("DELETE FROM reference WHERE kind = ? AND id = ?", item.kind(), item.id());
      if (type == CustomerItem.class && body == null) {
        Customers.erase(db, item.id());
      }
      if (type == ParkedItem.class && body == null) {
        ParkedSales.takenUp(db, item.id());
      }
      put(db, item.id(), body, item.at());
    }
  }

  private void put(Db db, UUID id, @Nullable FeedBody body, @Nullable Instant at)
      throws SQLException {
    switch (body) {
      case null -> {}
      case ProductItem _ -> throw new IllegalStateException("a product belongs on the shelf");
      case SaleItem sale ->
          db.update(
              "INSERT INTO office_sale (id, register, cashier, receipt, at, business_date, lines,"
                  + " total, verdict, received) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              id,
              sale.registerName(),
              sale.cashier(),
              sale.receipt(),
              sale.at(),
              sale.businessDate(),
              sale.lines(),
              sale.total(),
              sale.verdict(),
              at);
      case StockItem level -> stock.arrived(db, level);
      case StockMarkItem mark -> stock.marked(db, mark);
      case ResolutionItem resolution -> {
        // Only the device whose change it is has something to put away.
        if (resolution.device().equals(device)) {
          insert(db, id, body, at);
          Outbox.decided(db, resolution);
        }
      }
      default -> insert(db, id, body, at);
    }
  }

  private static void insert(Db db, UUID id, FeedBody body, @Nullable Instant at)
      throws SQLException {
    db.update(
        "INSERT INTO reference (kind, id, body, at) VALUES (?, ?, ?, ?)",
        body.kind(),
        id,
        Json.encode(body),
        at);
  }
}
