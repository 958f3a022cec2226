package dev.countersign.server.feed;

import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.FeedBody.SaleItem;
import dev.countersign.common.sql.Row;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The sales in the feed, which are those in the books: a sale that counts has one state and nothing
 * to be told that its row there does not say. The names of register and cashier are today's.
 */
final class SoldItems {
  /** The number of the newest sale of a store behind a number, 0 when there is none. */
  long newest(TenantScope scope, UUID store, long after) throws SQLException {
    return scope
        .db()
        .first(
            "SELECT seq FROM sale WHERE seq > ? AND store = ? ORDER BY seq DESC LIMIT 1",
            row -> row.integer(1),
            after,
            store)
        .orElse(0L);
  }

  /** A store's sales that are in scope, with {@code after < seq <= upTo}, at most so many. */
  List<Standing> read(
      TenantScope scope, UUID store, Instant since, long after, long upTo, int atMost)
      throws SQLException {
    return scope
        .db()
        .list(
            """
            SELECT sale.seq, sale.id, sale.received, sale.store, sale.register, register.name,
              user_account.name, sale.receipt, sale.at, sale.business_date, sale.lines, sale.total,
              sale.verdict
            FROM sale LEFT JOIN register ON register.id = sale.register
              LEFT JOIN user_account ON user_account.id = sale.actor
            WHERE sale.seq > ? AND sale.seq <= ? AND sale.store = ? AND sale.received >= ?
            ORDER BY sale.seq LIMIT ?\
            """,
            SoldItems::item,
            Math.max(after, passed(scope)),
            upTo,
            store,
            since,
            atMost);
  }

  /** The number up to which sales have left everybody's scope; 0 at first. */
  long passed(TenantScope scope) throws SQLException {
    return scope.db().first("SELECT passed FROM feed_epoch", row -> row.integer(1)).orElse(0L);
  }

  private record Numbered(long seq, Instant received) {}

  /**
   * How many of the next sales were received before a time, one after the other and at most so
   * many, and the number of the last of them.
   */
  Run leaving(TenantScope scope, Instant before, int atMost) throws SQLException {
    long last = passed(scope);
    int count = 0;
    for (Numbered next :
        scope
            .db()
            .list(
                "SELECT seq, received FROM sale WHERE seq > ? ORDER BY seq LIMIT ?",
                row -> new Numbered(row.integer(1), row.instant(2)),
                last,
                atMost)) {
      if (!next.received().isBefore(before)) {
        break;
      }
      last = next.seq();
      count++;
    }
    return new Run(count, last);
  }

  /** So many sales, up to that number. */
  record Run(int count, long last) {}

  /** From now on nobody is told of sales up to this number. */
  void pass(TenantScope scope, long seq) throws SQLException {
    scope.db().update("UPDATE feed_epoch SET passed = ? WHERE passed < ?", seq, seq);
  }

  private static Standing item(Row row) throws SQLException {
    SaleItem item =
        new SaleItem(
            row.uuid(4),
            row.uuid(5),
            orEmpty(row.textOrNull(6)),
            orEmpty(row.textOrNull(7)),
            row.text(8),
            row.instant(9),
            row.date(10),
            Math.toIntExact(row.integer(11)),
            row.integer(12),
            row.text(13));
    return new Standing(
        row.integer(1), item.kind(), row.uuid(2), Json.encode(item), row.instant(3));
  }

  private static String orEmpty(@Nullable String name) {
    return Objects.requireNonNullElse(name, "");
  }
}
