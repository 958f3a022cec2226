package dev.countersign.client.ledger;

import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.BasketLine;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The sales of which goods come back in the running basket. A card may have its money already and
 * only the record may be missing: what that is checked against stays until then, however old it is
 * and however much there is.
 */
final class RunningRefund {
  /** Ends the condition of a deletion by {@code id}; takes {@link #spared} as its parameter. */
  static final String NOT_SPARED = " AND hex(id) NOT IN (SELECT value FROM json_each(?))";

  private RunningRefund() {}

  /** The running basket as it is kept. */
  static Optional<Basket> basket(Db db) throws SQLException {
    return db.first(
        "SELECT draft FROM state WHERE draft IS NOT NULL", row -> DraftCodec.decode(row.bytes(1)));
  }

  /** The ids of the sales; empty where nothing comes back. */
  static Set<UUID> sales(Db db) throws SQLException {
    return basket(db).map(Basket::lines).orElse(List.of()).stream()
        .map(BasketLine::price)
        .filter(LinePrice.Refunded.class::isInstance)
        .map(price -> ((LinePrice.Refunded) price).sale())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Their ids in hexadecimal, as JSON. */
  static String spared(Db db) throws SQLException {
    return sales(db).stream()
        .map(id -> '"' + id.toString().replace("-", "").toUpperCase(Locale.ROOT) + '"')
        .collect(Collectors.joining(",", "[", "]"));
  }
}
