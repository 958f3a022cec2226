package dev.countersign.server.launch;

import dev.countersign.server.feed.Compaction;
import dev.countersign.server.tenant.Tenant;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Has every tenant's feed compacted, in steps, with a rest after each that is four times as long as
 * the step took: whoever sells meanwhile has the machine.
 */
final class Tidying implements AutoCloseable {
  private static final Duration EVERY = Duration.ofHours(1);
  private static final int REST = 4;

  private final Tenants tenants;
  private final Compaction compaction;
  private final LongSupplier nanoTime;
  private final Rounds rounds;

  private Tidying(Tenants tenants, Compaction compaction, LongSupplier nanoTime) {
    this.tenants = tenants;
    this.compaction = compaction;
    this.nanoTime = nanoTime;
    this.rounds = Rounds.start("tidying", EVERY, this::round);
  }

  /** Begins; the first time after an hour, so that a start is a start. */
  static Tidying start(Tenants tenants, Compaction compaction, LongSupplier nanoTime) {
    return new Tidying(tenants, compaction, nanoTime);
  }

  private void round(Rounds current) throws SQLException, InterruptedException {
    for (Tenant tenant : tenants.list()) {
      while (isLeft(tenant, current)) {
        if (current.endsWithin(0)) {
          return;
        }
      }
    }
  }

  /** One step and the rest after it; true when there may be more to do. */
  private boolean isLeft(Tenant tenant, Rounds current) throws SQLException, InterruptedException {
    long before = nanoTime.getAsLong();
    int rows = compaction.step(tenant.id());
    current.endsWithin((nanoTime.getAsLong() - before) * REST);
    return rows > 0;
  }

  @Override
  public void close() {
    rounds.close();
  }
}
