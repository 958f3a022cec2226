package dev.countersign.server.ingest;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.MoneyBack;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.FeedBody.RefundedItem;
import dev.countersign.common.sql.Db;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The sold lines that a batch refunds, with what came back of them before. */
final class SoldLines {
  private record Origin(UUID device, long batch, long change, UUID store) {}

  private final Map<SaleCompleted.Sold, Ground.SoldLine> lines = new HashMap<>();
  private final Map<UUID, UUID> stores = new HashMap<>();
  private final Map<UUID, Ground.Original> originals = new HashMap<>();
  private final Map<UUID, Map<Means, Long>> given = new LinkedHashMap<>();
  private final Set<SaleCompleted.Sold> wanted = new HashSet<>();
  private final List<SaleCompleted.Line> back = new ArrayList<>();

  /** Looks up lines; the sales themselves stand in the batches that their tills signed. */
  void load(Db db, StoredChanges stored, Set<SaleCompleted.Sold> mentioned) throws SQLException {
    wanted.addAll(mentioned);
    for (SaleCompleted.Sold sold : wanted) {
      Optional<Origin> origin =
          db.first(
              "SELECT device, batch, change_number, store FROM sale WHERE id = ?",
              row -> new Origin(row.uuid(1), row.integer(2), row.integer(3), row.uuid(4)),
              sold.sale());
      if (origin.isPresent()) {
        Origin found = origin.get();
        Optional<Change> change = stored.find(found.device(), found.batch(), found.change());
        if (change.isPresent() && change.get().body() instanceof SaleCompleted sale) {
          stores.put(sold.sale(), found.store());
          if (!originals.containsKey(sold.sale())) {
            originals.put(sold.sale(), original(sale, given(db, sold.sale())));
          }
          Optional<SaleCompleted.Line> line = line(sale, sold.line());
          if (line.isPresent()) {
            lines.put(sold, withRefunds(db, sold, line.get()));
          }
        }
      }
    }
  }

  /** A sale of this very batch counts: a till offline refunds what it sold an hour ago. */
  void sold(UUID id, SaleCompleted sale) {
    for (SaleCompleted.Sold sold : wanted) {
      if (sold.sale().equals(id)) {
        stores.put(id, sale.store());
        originals.putIfAbsent(id, original(sale, Map.of()));
        line(sale, sold.line())
            .ifPresent(line -> lines.put(sold, soldLine(line, Quantity.ZERO, 0, 0)));
      }
    }
  }

  private static Ground.Original original(SaleCompleted sale, Map<Means, Long> given) {
    return new Ground.Original(sale.receipt(), MoneyBack.cameIn(sale), given);
  }

  private static Map<Means, Long> given(Db db, UUID sale) throws SQLException {
    Map<Means, Long> given = new EnumMap<>(Means.class);
    db.each(
        "SELECT means, given FROM refund_means WHERE sale = ?",
        row -> given.put(Means.valueOf(row.text(1)), row.integer(2)),
        sale);
    return given;
  }

  Optional<Ground.Original> original(UUID sale) {
    return Optional.ofNullable(originals.get(sale));
  }

  private static Optional<SaleCompleted.Line> line(SaleCompleted sale, int number) {
    return sale.lines().stream()
        .filter(line -> line.no() == number && line.quantity().isPositive())
        .findFirst();
  }

  private static Ground.SoldLine withRefunds(
      Db db, SaleCompleted.Sold sold, SaleCompleted.Line line) throws SQLException {
    return db.first(
            "SELECT quantity, given, refunds FROM refund WHERE sale = ? AND line = ?",
            row -> soldLine(line, new Quantity(row.integer(1)), row.integer(2), row.integer(3)),
            sold.sale(),
            sold.line())
        .orElse(soldLine(line, Quantity.ZERO, 0, 0));
  }

  private static Ground.SoldLine soldLine(
      SaleCompleted.Line line, Quantity refunded, long given, long refunds) {
    return new Ground.SoldLine(
        line.product(), line.quantity(), line.amount(), refunded, given, refunds);
  }

  Optional<Ground.SoldLine> find(SaleCompleted.Sold sold) {
    return Optional.ofNullable(lines.get(sold));
  }

  /** These refunds count now. */
  void refunded(SaleCompleted sale) {
    if (sale.lines().stream().allMatch(line -> line.refunds() == null)) {
      return;
    }
    Map<UUID, Map<Means, Long>> money =
        MoneyBack.split(sale, id -> RefundRules.left(original(id))).bySale();
    money.forEach(
        (id, amounts) -> {
          originals.computeIfPresent(id, (_, before) -> before.after(amounts));
          Map<Means, Long> sums = given.computeIfAbsent(id, _ -> new EnumMap<>(Means.class));
          amounts.forEach((means, amount) -> sums.merge(means, amount, Math::addExact));
        });
    for (SaleCompleted.Line line : sale.lines()) {
      SaleCompleted.Sold sold = line.refunds();
      Ground.SoldLine before = sold == null ? null : lines.get(sold);
      if (sold != null && before != null) {
        lines.put(sold, before.after(line.quantity().negate(), -line.amount()));
        back.add(line);
      }
    }
  }

  /** Writes what came back, and tells the stores where it was sold. */
  void write(TenantScope scope, SaleFeed feed) throws SQLException {
    Db db = scope.db();
    Set<UUID> sales = new LinkedHashSet<>();
    for (SaleCompleted.Line line : back) {
      SaleCompleted.Sold sold = line.refunds();
      if (sold != null) {
        write(db, sold, line);
        sales.add(sold.sale());
      }
    }
    for (Map.Entry<UUID, Map<Means, Long>> sale : given.entrySet()) {
      for (Map.Entry<Means, Long> each : sale.getValue().entrySet()) {
        write(db, sale.getKey(), each.getKey(), each.getValue());
      }
    }
    for (UUID sale : sales) {
      UUID store = stores.get(sale);
      if (store != null) {
        feed.tell(scope, sale, store, refunded(db, sale));
      }
    }
  }

  /** What came back of a sale on all tills. */
  static RefundedItem refunded(Db db, UUID sale) throws SQLException {
    return new RefundedItem(
        db.list(
            "SELECT line, quantity, given FROM refund WHERE sale = ? ORDER BY line",
            row ->
                new RefundedItem.Line(
                    (int) row.integer(1), new Quantity(row.integer(2)), row.integer(3)),
            sale),
        db.list(
            "SELECT means, given FROM refund_means WHERE sale = ? ORDER BY means",
            row -> new RefundedItem.Given(row.text(1), row.integer(2)),
            sale));
  }

  private static void write(Db db, UUID sale, Means means, long amount) throws SQLException {
    int known =
        db.update(
            "UPDATE refund_means SET given = given + ? WHERE sale = ? AND means = ?",
            amount,
            sale,
            means.name());
    if (known == 0) {
      db.update(
          "INSERT INTO refund_means (sale, means, given) VALUES (?, ?, ?)",
          sale,
          means.name(),
          amount);
    }
  }

  private static void write(Db db, SaleCompleted.Sold sold, SaleCompleted.Line line)
      throws SQLException {
    int known =
        db.update(
            """
            UPDATE refund SET quantity = quantity + ?, given = given + ?, refunds = refunds + 1
            WHERE sale = ? AND line = ?\
            """,
            line.quantity().negate().millionths(),
            -line.amount(),
            sold.sale(),
            sold.line());
    if (known == 0) {
      db.update(
          "INSERT INTO refund (sale, line, quantity, given, refunds) VALUES (?, ?, ?, ?, 1)",
          sold.sale(),
          sold.line(),
          line.quantity().negate().millionths(),
          -line.amount());
    }
  }
}
