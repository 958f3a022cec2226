package dev.countersign.client.ledger;

import dev.countersign.client.store.TillStore;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.change.ChangeCodec.UnreadableChangeException;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.json.Json;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.FeedBody.RefundedItem;
import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Where the sales stand that goods may come back of: this till's own, as far back as it keeps what
 * other tills took back of them, and those of other tills that were gathered or fetched from the
 * server. What the server has not acknowledged is this till's alone, however old, and what comes
 * back in the running basket stays.
 */
final class OlderSaleBook {
  /** The last ones fetched one by one; a counter looks at one after the other. */
  private static final int KEPT = 50;

  private static final RefundedItem NOTHING = new RefundedItem(List.of(), List.of());

  private final TillStore store;
  private final Enrolled enrolled;
  private final Users users;
  private final Books books;
  private final InstantSource clock;
  private final Map<UUID, Long> numbers =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Long> eldest) {
          return size() > KEPT;
        }
      };

  OlderSaleBook(TillStore store, Enrolled enrolled, Users users, Books books, InstantSource clock) {
    this.users = users;
    this.store = store;
    this.enrolled = enrolled;
    this.books = books;
    this.clock = clock;
  }

  /** A sale by its id; empty when it is not kept here, or not any more. */
  Optional<CompletedSale> sold(Db db, UUID sale) throws SQLException {
    Optional<Long> own = number(db, sale);
    if (own.isPresent() && (isKept(db, own.get()) || RunningRefund.sales(db).contains(sale))) {
      return Optional.of(books.sale(db, own.get()));
    }
    Optional<byte[]> fetched =
        db.first("SELECT change FROM older_sale WHERE id = ?", row -> row.bytes(1), sale);
    return fetched.flatMap(OlderSaleBook::read).map(this::completed);
  }

  /** What other tills took back of it is known as far as the server tells it. */
  private static boolean isKept(Db db, long own) throws SQLException {
    return db.first(
            "SELECT 1 FROM sale WHERE number = ? AND (at >="
                + " coalesce((SELECT since FROM replica), at) OR number >"
                + " coalesce((SELECT max(last) FROM batch WHERE ack IS NOT NULL), 0))",
            row -> row.flag(1),
            own)
        .isPresent();
  }

  /**
   * The change of a sale of this till. There is no index over the ids, which every sale would pay
   * for: the first look goes through the changes, and the ones after it know.
   */
  private Optional<Long> number(Db db, UUID sale) throws SQLException {
    synchronized (numbers) {
      Long known = numbers.get(sale);
      if (known != null) {
        return Optional.of(known);
      }
    }
    Optional<Long> found =
        db.first("SELECT number FROM sale WHERE id = ?", row -> row.integer(1), sale);
    if (found.isPresent()) {
      synchronized (numbers) {
        numbers.put(sale, found.get());
      }
    }
    return found;
  }

  /** The id of this till's sale under this receipt: receipts count upwards with the changes. */
  Optional<UUID> own(Db db, long receipt) throws SQLException {
    long low = 1;
    long high =
        db.first("SELECT number FROM change ORDER BY number DESC LIMIT 1", row -> row.integer(1))
            .orElse(0L);
    while (low < high) {
      long middle = (low + high) >>> 1;
      long reached =
          db.first(
                  "SELECT last_receipt FROM change WHERE number = ?", row -> row.integer(1), middle)
              .orElse(0L);
      if (reached < receipt) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return db.first(
        "SELECT id FROM sale WHERE number = ? AND receipt = ?", row -> row.uuid(1), low, receipt);
  }

  private CompletedSale completed(Change change) {
    if (change.body() instanceof SaleCompleted body) {
      return new CompletedSale(
          change.entity(),
          change.number(),
          change.at(),
          change.actor(),
          users.nameOf(change.actor()),
          body);
    }
    throw new IllegalArgumentException("not a sale");
  }

  /**
   * The id of a sale that came from the server, by its receipt; empty when none with this number is
   * kept.
   */
  Optional<UUID> fetched(Db db, String receipt) throws SQLException {
    return db.first(
        "SELECT id FROM older_sale WHERE receipt = ? ORDER BY number DESC LIMIT 1",
        row -> row.uuid(1),
        receipt);
  }

  /** What the server said had come back when the sale came from it. */
  RefundedItem refunded(Db db, UUID sale) throws SQLException {
    return db.first("SELECT refunded FROM older_sale WHERE id = ?", row -> row.bytes(1), sale)
        .map(bytes -> Json.decode(bytes, RefundedItem.class))
        .orElse(NOTHING);
  }

  static Quantity of(RefundedItem refunded, int line) {
    return refunded.lines().stream()
        .filter(each -> each.line() == line)
        .findFirst()
        .map(RefundedItem.Line::quantity)
        .orElse(Quantity.ZERO);
  }

  static Optional<Change> read(byte[] bytes) {
    try {
      Change change = ChangeCodec.decode(bytes, 0, bytes.length);
      return change.body() instanceof SaleCompleted ? Optional.of(change) : Optional.empty();
    } catch (UnreadableChangeException _) {
      return Optional.empty();
    }
  }

  /** Whether it is a sale of this device's store. */
  static boolean isOf(Enrolled enrolled, SaleCompleted sale) {
    return sale.store().equals(enrolled.store())
        && sale.currency().equals(enrolled.currency().getCurrencyCode());
  }

  /**
   * Keeps a sale that was fetched; empty when it is none of this store's. One that was gathered
   * stays where it is, and is known better.
   */
  Optional<UUID> keep(byte[] change, RefundedItem refunded) {
    Optional<Change> read = read(change);
    if (read.isEmpty()
        || !(read.get().body() instanceof SaleCompleted sale && isOf(enrolled, sale))) {
      return Optional.empty();
    }
    UUID id = read.get().entity();
    Instant now = clock.instant();
    store.write(
        db -> {
          db.update(
              "INSERT INTO older_sale (id, receipt, fetched, change, refunded)"
                  + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                  + " fetched = excluded.fetched, refunded = excluded.refunded",
              id,
              sale.receipt(),
              now,
              change,
              Json.encode(refunded));
          return db.update(
              "DELETE FROM older_sale WHERE number IN (SELECT number FROM older_sale"
                  + " WHERE received IS NULL"
                  + RunningRefund.NOT_SPARED
                  + " ORDER BY fetched DESC, number DESC LIMIT -1 OFFSET ?)",
              RunningRefund.spared(db),
              KEPT);
        });
    return Optional.of(id);
  }
}
