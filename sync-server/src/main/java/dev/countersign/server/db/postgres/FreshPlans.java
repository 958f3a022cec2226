package dev.countersign.server.db.postgres;

import dev.countersign.common.sql.Db;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.WeakHashMap;
import org.postgresql.PGConnection;

/**
 * Has every connection think anew about how it reads, each time that it has been used twice as
 * often as when it last did. PostgreSQL keeps the plan of a statement that comes again and again,
 * and one from when a table was nearly empty, where every index looks the same, would go through
 * all of a tenant's rows until PostgreSQL next counts them, which in a shop that has just begun may
 * be a day's work away.
 */
final class FreshPlans {
  /** Before that a plan is not kept. */
  private static final int FIRST = 16;

  /** How often a connection was used, and at which use it thinks anew. */
  private static final class Uses {
    private long count;
    private long next = FIRST;

    private boolean isDue() {
      count++;
      if (count < next) {
        return false;
      }
      next = Math.multiplyExact(next, 2);
      return true;
    }
  }

  private final Map<PGConnection, Uses> uses = new WeakHashMap<>();

  /** Notes that a connection of the pool is used, before its transaction begins. */
  void used(Connection connection, Db db) throws SQLException {
    PGConnection physical = connection.unwrap(PGConnection.class);
    boolean due;
    synchronized (uses) {
      due = uses.computeIfAbsent(physical, _ -> new Uses()).isDue();
    }
    if (due) {
      db.execute("DISCARD PLANS");
      // By itself: the transaction that follows may want to choose its isolation first.
      connection.commit();
    }
  }
}
