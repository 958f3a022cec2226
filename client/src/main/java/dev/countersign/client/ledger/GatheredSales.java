package dev.countersign.client.ledger;

import dev.countersign.client.store.TillStore;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody.RefundedItem;
import dev.countersign.common.protocol.RecentSales;
import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * What the other tills of the store sold lately, so that goods of it can come back while the server
 * cannot be asked. Each page and the number that it goes through are one transaction. Safe for any
 * thread.
 */
public final class GatheredSales {
  /** However much a store sells; the oldest go first. */
  static final int MOST = 20_000;

  private static final int DROPPED_AT_ONCE = 1_000;

  private final TillStore store;
  private final Enrolled enrolled;
  private final int most;

  GatheredSales(TillStore store, Enrolled enrolled, int most) {
    this.store = store;
    this.enrolled = enrolled;
    this.most = most;
  }

  /** Where to go on. */
  public record Position(UUID epoch, long after) {}

  private record Row(UUID id, String receipt, Instant received, byte[] change, byte[] refunded) {}

  /** Whether this device gathers: goods come back at tills. */
  public boolean isWanted() {
    return enrolled.kind() == DeviceKind.TILL;
  }

  /** Behind what was gathered last; at the beginning in every epoch of the server. */
  public Position position() {
    return store.read(GatheredSales::position);
  }

  private static Position position(Db db) throws SQLException {
    return db.first(
            "SELECT replica.epoch, coalesce(gathering.through, 0) FROM replica"
                + " LEFT JOIN gathering ON gathering.epoch = replica.epoch",
            row -> new Position(row.uuid(1), row.integer(2)))
        .orElseThrow(() -> new SQLException("no replica row"));
  }

  /**
   * Keeps a page and drops what is too old or too much, though not of what goods come back in the
   * running basket. What cannot be read, and what is another store's, is left out and not asked for
   * again.
   *
   * @return whether there is another page; never for one that leads no further
   */
  public boolean take(RecentSales page) {
    List<Row> rows = new ArrayList<>();
    for (RecentSales.Taken taken : page.sales()) {
      row(taken).ifPresent(rows::add);
    }
    Position before = position();
    if (!before.epoch().equals(page.epoch())) {
      return false;
    }
    boolean further = page.through() > before.after();
    if (further || hasOlder(page.since())) {
      return store.write(db -> take(db, page, rows)) && page.more();
    }
    return false;
  }

  private boolean take(Db db, RecentSales page, List<Row> rows) throws SQLException {
    Position before = position(db);
    boolean further = before.epoch().equals(page.epoch()) && page.through() > before.after();
    if (further) {
      for (Row row : rows) {
        // Under a new number, so that the numbers follow the server's order.
        db.update(
            "INSERT OR REPLACE INTO older_sale (id, receipt, fetched, received, change, refunded)"
                + " VALUES (?, ?, ?, ?, ?, ?)",
            row.id(),
            row.receipt(),
            row.received(),
            row.received(),
            row.change(),
            row.refunded());
      }
      db.update(
          "INSERT INTO gathering (one, epoch, through) VALUES (1, ?, ?) ON CONFLICT (one)"
              + " DO UPDATE SET epoch = excluded.epoch, through = excluded.through",
          page.epoch(),
          page.through());
      db.update(
          "DELETE FROM older_sale WHERE number <= (SELECT max(number) FROM older_sale) - ?"
              + " AND received IS NOT NULL"
              + RunningRefund.NOT_SPARED,
          most,
          RunningRefund.spared(db));
    }
    dropOlder(db, page.since());
    return further;
  }

  private boolean hasOlder(Instant since) {
    return store
        .read(
            db ->
                db.first(
                    "SELECT EXISTS (SELECT 1 FROM older_sale WHERE received < ?)",
                    row -> row.flag(1),
                    since))
        .orElse(false);
  }

  /**
   * Drops some of what the server took before that, but not of what goods come back right now; says
   * how many.
   */
  static int dropOlder(Db db, Instant since) throws SQLException {
    return db.update(
        "DELETE FROM older_sale WHERE number IN (SELECT number FROM older_sale WHERE received < ?"
            + RunningRefund.NOT_SPARED
            + " LIMIT ?)",
        since,
        RunningRefund.spared(db),
        DROPPED_AT_ONCE);
  }

  private Optional<Row> row(RecentSales.Taken taken) {
    try {
      byte[] bytes = Base64.getDecoder().decode(taken.sale().change());
      RefundedItem refunded = Objects.requireNonNull(taken.sale().refunded());
      Instant received = Objects.requireNonNull(taken.received());
      Optional<Change> change = OlderSaleBook.read(bytes);
      return change.isPresent()
              && change.get().body() instanceof SaleCompleted sale
              && OlderSaleBook.isOf(enrolled, sale)
          ? Optional.of(
              new Row(
                  change.get().entity(), sale.receipt(), received, bytes, Json.encode(refunded)))
          : Optional.empty();
    } catch (IllegalArgumentException | NullPointerException _) {
      // A record read from JSON may lack any field.
      return Optional.empty();
    }
  }

  /** One of them as a search looks at it. */
  record Looked(long number, Change change, SaleCompleted sale) {}

  /** The newest before a number, the newest first, with the number of the last that was read. */
  static Piece before(Db db, long number, int atMost) throws SQLException {
    List<Looked> looked = new ArrayList<>();
    long[] last = {number};
    int[] read = {0};
    db.each(
        "SELECT number, change FROM older_sale WHERE number < ? AND received IS NOT NULL"
            + " ORDER BY number DESC LIMIT ?",
        row -> {
          last[0] = row.integer(1);
          read[0]++;
          Optional<Change> change = OlderSaleBook.read(row.bytes(2));
          if (change.isPresent() && change.get().body() instanceof SaleCompleted sale) {
            looked.add(new Looked(last[0], change.get(), sale));
          }
        },
        number,
        atMost);
    return new Piece(looked, last[0], read[0]);
  }

  /** Some of them. */
  record Piece(List<Looked> sales, long last, int read) {}
}
