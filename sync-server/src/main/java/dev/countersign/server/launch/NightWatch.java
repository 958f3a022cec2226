package dev.countersign.server.launch;

import dev.countersign.server.recheck.Pass;
import dev.countersign.server.recheck.Recheck;
import dev.countersign.server.tenant.Tenant;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has every tenant's log read again when it is time. One step after the other, and after each it
 * rests four times as long as the step took: a shop that sells meanwhile has the machine.
 */
final class NightWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NightWatch.class);
  private static final int REST = 4;

  private final Tenants tenants;
  private final Recheck recheck;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Rounds rounds;

  private NightWatch(Tenants tenants, Recheck recheck, Surroundings surroundings) {
    this.tenants = tenants;
    this.recheck = recheck;
    this.clock = surroundings.clock();
    this.nanoTime = surroundings.nanoTime();
    this.rounds = Rounds.start("night-watch", surroundings.nightWatchEvery(), this::round);
  }

  /** Begins to look, from now on, whether it is time. */
  static NightWatch start(Tenants tenants, Recheck recheck, Surroundings surroundings) {
    return new NightWatch(tenants, recheck, surroundings);
  }

  private void round(Rounds current) throws SQLException, InterruptedException {
    for (Tenant tenant : tenants.list()) {
      while (recheck.isDue(tenant.id(), clock.instant())) {
        if (rested(tenant, current)) {
          return;
        }
      }
    }
  }

  /** One step and the rest after it; true when it is to end. */
  private boolean rested(Tenant tenant, Rounds current) throws SQLException, InterruptedException {
    long before = nanoTime.getAsLong();
    Pass pass = recheck.step(tenant.id(), clock.instant());
    if (pass.flaws() > 0 && !pass.isUnderWay()) {
      LOG.error("the audit log of tenant {} is not what it committed to", tenant.id());
    }
    return current.endsWithin((nanoTime.getAsLong() - before) * REST);
  }

  @Override
  public void close() {
    rounds.close();
  }
}
