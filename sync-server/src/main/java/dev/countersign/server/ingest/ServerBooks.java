package dev.countersign.server.ingest;

import dev.countersign.common.protocol.Verdict;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the tenant's books say. Reads sums that ingest keeps, never the sales themselves. */
public final class ServerBooks {
  /** How many sales, and what they come to in minor units of the tenant's currency. */
  public record Total(long sales, long total) {}

  /** The total of one store, accepted and flagged sales. */
  public record StoreTotal(UUID store, String name, Total total) {}

  /**
   * A change that waits for a manager.
   *
   * @param type the change's kind, or {@code unreadable}
   * @param code why it does not count
   * @param total what the sale came to, in minor units; null where it is none
   */
  public record Quarantined(
      UUID device,
      long batch,
      long change,
      String type,
      @Nullable UUID entity,
      String code,
      @Nullable Long total,
      Instant received) {}

  /** Sales by verdict; quarantined ones are those that could be read as a sale. */
  public Map<Verdict, Long> salesByVerdict(TenantScope scope) throws SQLException {
    Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
    scope
        .db()
        .each(
            "SELECT verdict, sum(sales) FROM takings GROUP BY verdict",
            row -> counts.put(Verdict.valueOf(row.text(1)), row.integer(2)));
    long quarantined =
        scope
            .db()
            .first(
                "SELECT count(*) FROM question WHERE verdict = 'QUARANTINED'"
                    + " AND type = 'sale.completed' AND (decision IS NULL OR decision = 'REJECT')",
                row -> row.integer(1))
            .orElse(0L);
    if (quarantined > 0) {
      counts.put(Verdict.QUARANTINED, quarantined);
    }
    return counts;
  }

  /** Every store that sold something, by name. */
  public List<StoreTotal> perStore(TenantScope scope) throws SQLException {
    return scope
        .db()
        .list(
            """
            SELECT takings.store, coalesce(store.name, ''), sum(sales), sum(total)
            FROM takings LEFT JOIN store ON store.id = takings.store
            GROUP BY takings.store, store.name ORDER BY 2, 1\
            """,
            row ->
                new StoreTotal(
                    row.uuid(1), row.text(2), new Total(row.integer(3), row.integer(4))));
  }

  /** Everything that counts: accepted and flagged. */
  public Total grandTotal(TenantScope scope) throws SQLException {
    return scope
        .db()
        .first(
            "SELECT coalesce(sum(sales), 0), coalesce(sum(total), 0) FROM takings",
            row -> new Total(row.integer(1), row.integer(2)))
        .orElse(new Total(0, 0));
  }

  /** The changes in quarantine, by device and in the order they were made; at most so many. */
  public List<Quarantined> quarantine(TenantScope scope, int limit) throws SQLException {
    return scope
        .db()
        .list(
            """
            SELECT device, batch, change_number, type, entity, code, total, received
            FROM question WHERE verdict = 'QUARANTINED' AND decision IS NULL
            ORDER BY device, batch, change_number LIMIT ?\
            """,
            row ->
                new Quarantined(
                    row.uuid(1),
                    row.integer(2),
                    row.integer(3),
                    row.text(4),
                    row.uuidOrNull(5),
                    row.text(6),
                    row.integerOrNull(7),
                    row.instant(8)),
            limit);
  }
}
