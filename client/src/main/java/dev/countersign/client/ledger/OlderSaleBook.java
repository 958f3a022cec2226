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
import java.util.Optional;
import java.util.UUID;

/**
 * Where the sales stand that goods may come back of: this till's own, as far back as it keeps what
 * other tills took back of them, and those that were fetched from the server. What the server has
 * not acknowledged is this till's alone, however old.
 */
final class OlderSaleBook {
  /** The last ones fetched; a counter looks at one after the other. */
  private static final int KEPT = 50;

  private final TillStore store;
  private final Enrolled enrolled;
  private final Books books;
  private final InstantSource clock;

  OlderSaleBook(TillStore store, Enrolled enrolled, Books books, InstantSource clock) {
    this.store = store;
    this.enrolled = enrolled;
    this.books = books;
    this.clock = clock;
  }

  /** A sale by its id; empty when it is not kept here, or not any more. */
  Optional<SaleCompleted> sold(Db db, UUID sale) throws SQLException {
    Optional<Long> own =
        db.first(
            "SELECT number FROM sale WHERE id = ? AND (at >="
                + " coalesce((SELECT since FROM replica), at) OR number >"
                + " coalesce((SELECT max(last) FROM batch WHERE ack IS NOT NULL), 0))",
            row -> row.integer(1),
            sale);
    if (own.isPresent()) {
      return Optional.of(books.sale(db, own.get()).body());
    }
    Optional<byte[]> fetched =
        db.first("SELECT change FROM older_sale WHERE id = ?", row -> row.bytes(1), sale);
    return fetched.flatMap(OlderSaleBook::read).map(Fetched::body);
  }

  /** What the server said had come back of a line when the sale was fetched. */
  Quantity refunded(Db db, UUID sale, int line) throws SQLException {
    Optional<byte[]> fetched =
        db.first("SELECT refunded FROM older_sale WHERE id = ?", row -> row.bytes(1), sale);
    return fetched
        .map(bytes -> of(Json.decode(bytes, RefundedItem.class), line))
        .orElse(Quantity.ZERO);
  }

  static Quantity of(RefundedItem refunded, int line) {
    return refunded.lines().stream()
        .filter(each -> each.line() == line)
        .findFirst()
        .map(RefundedItem.Line::quantity)
        .orElse(Quantity.ZERO);
  }

  private record Fetched(UUID id, SaleCompleted body) {}

  private static Optional<Fetched> read(byte[] bytes) {
    try {
      Change change = ChangeCodec.decode(bytes, 0, bytes.length);
      return change.body() instanceof SaleCompleted sale
          ? Optional.of(new Fetched(change.entity(), sale))
          : Optional.empty();
    } catch (UnreadableChangeException _) {
      return Optional.empty();
    }
  }

  /** Keeps a sale that was fetched; empty when it is none of this store's. */
  Optional<UUID> keep(byte[] change, RefundedItem refunded) {
    Optional<Fetched> read = read(change);
    if (read.isEmpty()
        || !read.get().body().store().equals(enrolled.store())
        || !read.get().body().currency().equals(enrolled.currency().getCurrencyCode())) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    store.write(
        db -> {
          db.update(
              "INSERT OR REPLACE INTO older_sale (id, fetched, change, refunded)"
                  + " VALUES (?, ?, ?, ?)",
              read.get().id(),
              now,
              change,
              Json.encode(refunded));
          return db.update(
              "DELETE FROM older_sale WHERE id NOT IN"
                  + " (SELECT id FROM older_sale ORDER BY fetched DESC, id LIMIT ?)",
              KEPT);
        });
    return Optional.of(read.get().id());
  }
}
