package dev.countersign.server.feed;

import dev.countersign.common.sql.Db;
import dev.countersign.server.account.Rules;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Takes out of a tenant's feed what no device needs any more: what has left the scope of all, and
 * marks of what is gone that every living device has heard, or that are so old that a device which
 * has not takes a snapshot instead. What newer states replaced is not there: a row goes when its
 * next one is written. Sales stay in the books and are passed over from then on. Nothing else is
 * touched; what was signed and logged stands elsewhere.
 *
 * <p>The newest row always stays: the next number is counted from it. A step is one short
 * transaction of the tenant's one writer, in whichever server.
 */
public final class Compaction {
  private static final int AT_ONCE = 500;

  private final Tenants tenants;
  private final FeedTable table;
  private final SoldItems sold = new SoldItems();
  private final Rules rules;

  public Compaction(Tenants tenants, FeedTable table, Rules rules) {
    this.tenants = tenants;
    this.table = table;
    this.rules = rules;
  }

  /**
   * What may go.
   *
   * @param head the newest row, which stays
   * @param heard how far every living device is
   * @param scope what leaves with time and is older is in nobody's scope
   * @param marks older marks go, whoever has heard them
   */
  private record Bounds(long head, long heard, Instant scope, Instant marks) {}

  private record Mark(long seq, String kind, UUID entity) {}

  /**
   * Takes away a bounded part; returns how many rows that was and how many sales were passed over,
   * 0 when nothing is left to do.
   */
  public int step(UUID tenant) throws SQLException {
    boolean any =
        tenants.<Boolean, SQLException>read(
            tenant,
            scope -> {
              Bounds bounds = bounds(scope);
              return sold.leaving(scope, bounds.scope(), 1).count() > 0
                  || !outOfScope(scope.db(), bounds, 1).isEmpty()
                  || !marks(scope.db(), bounds, 1).isEmpty();
            });
    return any ? tenants.<Integer, SQLException>write(tenant, this::take) : 0;
  }

  private int take(TenantScope scope) throws SQLException {
    Db db = scope.db();
    Bounds bounds = bounds(scope);
    List<Long> old = outOfScope(db, bounds, AT_ONCE);
    for (long seq : old) {
      db.update("DELETE FROM feed WHERE seq = ?", seq);
    }
    List<Mark> marks = marks(db, bounds, AT_ONCE);
    for (Mark mark : marks) {
      db.update("DELETE FROM feed WHERE seq = ?", mark.seq());
      if (mark.kind().equals("product") && !table.knowsProduct(scope, mark.entity())) {
        db.update("INSERT INTO feed_gone (entity) VALUES (?)", mark.entity());
      }
    }
    if (!marks.isEmpty()) {
      long floor = marks.getLast().seq();
      db.update("UPDATE feed_epoch SET floor = ? WHERE floor < ?", floor, floor);
    }
    SoldItems.Run passed = sold.leaving(scope, bounds.scope(), AT_ONCE);
    sold.pass(scope, passed.last());
    return old.size() + marks.size() + passed.count();
  }

  private Bounds bounds(TenantScope scope) throws SQLException {
    Instant now = scope.clock().instant();
    Duration till = rules.value(scope, Rules.Name.KEEP_TILL);
    Duration office = rules.value(scope, Rules.Name.KEEP_OFFICE);
    long head = table.head(scope);
    long heard =
        scope
            .db()
            .first(
                "SELECT coalesce(min(confirmed_seq), ?) FROM device"
                    + " WHERE state IN ('active', 'frozen', 'wiping')",
                row -> row.integer(1),
                head)
            .orElse(head);
    return new Bounds(
        head,
        heard,
        // Devices are told whole hours: what one of them may still keep is not taken.
        now.minus(till.compareTo(office) > 0 ? till : office).minus(Duration.ofHours(1)),
        now.minus(rules.value(scope, Rules.Name.FEED_MARKS)));
  }

  /** What became of a device's own change waits for that device however long it is away. */
  private static List<Long> outOfScope(Db db, Bounds bounds, int atMost) throws SQLException {
    return db.list(
        "SELECT seq FROM feed WHERE at < ? AND deleted = 0 AND seq < ?"
            + " AND (kind <> 'resolution' OR seq <= ?) ORDER BY at LIMIT ?",
        row -> row.integer(1),
        bounds.scope(),
        bounds.head(),
        bounds.heard(),
        atMost);
  }

  private static List<Mark> marks(Db db, Bounds bounds, int atMost) throws SQLException {
    return db.list(
        "SELECT seq, kind, entity FROM feed WHERE deleted = 1 AND seq < ?"
            + " AND (seq <= ? OR at < ?) ORDER BY seq LIMIT ?",
        row -> new Mark(row.integer(1), row.text(2), row.uuid(3)),
        bounds.head(),
        bounds.heard(),
        bounds.marks(),
        atMost);
  }
}
