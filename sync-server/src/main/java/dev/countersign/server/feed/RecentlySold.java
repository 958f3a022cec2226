package dev.countersign.server.feed;

import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.FeedBody.RefundedItem;
import dev.countersign.common.protocol.OlderSale;
import dev.countersign.common.protocol.RecentSales;
import dev.countersign.server.account.Rules;
import dev.countersign.server.ingest.OlderSales;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What the other devices of a store sold lately, page by page, so that a till can take goods back
 * while nobody can be asked. Sales are numbered densely under the writer's lock and appear with
 * their commit, so whoever goes on behind a number meets each once.
 */
public final class RecentlySold {
  /**
   * How far back: most goods that come back do so within two to four weeks, and each day more is
   * more that lies on a stolen till.
   */
  public static final Duration KEPT = Duration.ofDays(30);

  /**
   * How much a page is.
   *
   * @param sales at most: what a till writes in one step, for which a sale of its own may wait
   * @param bytes of their changes at most, unless one sale alone has more
   * @param numbers that are looked at: those of other stores stand between
   */
  public record Bounds(int sales, int bytes, int numbers) {
    /** As tills are served. */
    public static final Bounds USUAL = new Bounds(100, 256 * 1024, 20_000);
  }

  private final Tenants tenants;
  private final FeedTable table;
  private final Rules rules;
  private final OlderSales older;
  private final Bounds bounds;

  public RecentlySold(
      Tenants tenants, FeedTable table, Rules rules, OlderSales older, Bounds bounds) {
    this.bounds = bounds;
    this.tenants = tenants;
    this.table = table;
    this.rules = rules;
    this.older = older;
  }

  /** A device, which hears of its own store, and not of what it sold itself. */
  public record Asking(UUID store, UUID device) {}

  private record Numbered(long seq, Instant received, OlderSales.Place place) {}

  /** A page behind a number; empty when the number is of another epoch. */
  public Optional<RecentSales> page(UUID tenant, Asking asking, UUID epoch, long after)
      throws SQLException {
    return tenants.<Optional<RecentSales>, SQLException>read(
        tenant,
        scope -> {
          // First of all: what comes while this reads is behind it.
          long head = table.head(scope);
          return !table.epoch(scope).equals(epoch) || after > head
              ? Optional.empty()
              : Optional.of(page(scope, asking, epoch, after, head));
        });
  }

  private RecentSales page(TenantScope scope, Asking asking, UUID epoch, long after, long head)
      throws SQLException {
    Instant since = since(scope);
    long from = firstSince(scope, since, after, head);
    long until = Math.min(head, from + bounds.numbers());
    List<Numbered> found = read(scope, asking, since, from, until);
    List<Optional<OlderSale>> sales =
        found.isEmpty()
            ? List.of()
            : older.fitting(
                scope,
                found.stream().map(Numbered::place).toList(),
                bounds.bytes(),
                refunded(scope, asking.store(), found.getFirst().seq(), found.getLast().seq()));
    boolean all = sales.size() == found.size() && found.size() < bounds.sales();
    long through = all ? until : found.get(sales.size() - 1).seq();
    List<RecentSales.Taken> taken = new ArrayList<>();
    for (int i = 0; i < sales.size(); i++) {
      Instant received = found.get(i).received();
      sales.get(i).ifPresent(sale -> taken.add(new RecentSales.Taken(received, sale)));
    }
    return new RecentSales(epoch, through, through < head, since, taken);
  }

  /** The same for an hour. Behind it a till would not know any more what came back. */
  private Instant since(TenantScope scope) throws SQLException {
    Duration till = rules.value(scope, Rules.Name.KEEP_TILL);
    Duration kept = till.compareTo(KEPT) < 0 ? till : KEPT;
    return scope.clock().instant().minus(kept).truncatedTo(ChronoUnit.HOURS);
  }

  /**
   * The number behind which there is something that is not too old: the numbers count upwards with
   * the time, so years of sales are stepped over in a few looks.
   */
  private static long firstSince(TenantScope scope, Instant since, long after, long head)
      throws SQLException {
    long low = after;
    long high = head;
    while (low < high) {
      long middle = low == after ? low : (low + high) >>> 1;
      Instant received =
          scope
              .db()
              .first(
                  "SELECT received FROM sale WHERE seq > ? ORDER BY seq LIMIT 1",
                  row -> row.instant(1),
                  middle)
              .orElse(Instant.MAX);
      if (!received.isBefore(since)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private List<Numbered> read(
      TenantScope scope, Asking asking, Instant since, long after, long until) throws SQLException {
    return scope
        .db()
        .list(
            """
            SELECT seq, received, id, device, batch, change_number FROM sale
            WHERE seq > ? AND seq <= ? AND store = ? AND device <> ? AND received >= ?
            ORDER BY seq LIMIT ?\
            """,
            row ->
                new Numbered(
                    row.integer(1),
                    row.instant(2),
                    new OlderSales.Place(row.uuid(3), row.uuid(4), row.integer(5), row.integer(6))),
            after,
            until,
            asking.store(),
            asking.device(),
            since,
            bounds.sales());
  }

  /** What came back of a store's sales from one number to another, by the sale. */
  private static Map<UUID, RefundedItem> refunded(
      TenantScope scope, UUID store, long first, long last) throws SQLException {
    Map<UUID, RefundedItem> refunded = new HashMap<>();
    scope
        .db()
        .<SQLException>each(
            """
            SELECT sale.id, refund.line, refund.quantity, refund.given
            FROM sale JOIN refund ON refund.sale = sale.id
            WHERE sale.seq >= ? AND sale.seq <= ? AND sale.store = ? ORDER BY refund.line\
            """,
            row -> {
              RefundedItem.Line line =
                  new RefundedItem.Line(
                      (int) row.integer(2), new Quantity(row.integer(3)), row.integer(4));
              refunded.merge(
                  row.uuid(1), new RefundedItem(List.of(line), List.of()), RecentlySold::and);
            },
            first,
            last,
            store);
    scope
        .db()
        .<SQLException>each(
            """
            SELECT sale.id, refund_means.means, refund_means.given
            FROM sale JOIN refund_means ON refund_means.sale = sale.id
            WHERE sale.seq >= ? AND sale.seq <= ? AND sale.store = ? ORDER BY refund_means.means\
            """,
            row ->
                refunded.merge(
                    row.uuid(1),
                    new RefundedItem(
                        List.of(), List.of(new RefundedItem.Given(row.text(2), row.integer(3)))),
                    RecentlySold::and),
            first,
            last,
            store);
    return refunded;
  }

  private static RefundedItem and(RefundedItem one, RefundedItem other) {
    List<RefundedItem.Line> lines = new ArrayList<>(one.lines());
    lines.addAll(other.lines());
    List<RefundedItem.Given> given = new ArrayList<>(one.given());
    given.addAll(other.given());
    return new RefundedItem(lines, given);
  }
}
