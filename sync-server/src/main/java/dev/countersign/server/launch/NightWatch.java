package dev.countersign.server.launch;

import dev.countersign.server.recheck.Pass;
import dev.countersign.server.recheck.Recheck;
import dev.countersign.server.tenant.Tenant;
import dev.countersign.server.tenant.TenantMovedException;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
  private final Duration between;
  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread thread;

  private NightWatch(Tenants tenants, Recheck recheck, Surroundings surroundings) {
    this.tenants = tenants;
    this.recheck = recheck;
    this.clock = surroundings.clock();
    this.nanoTime = surroundings.nanoTime();
    this.between = surroundings.nightWatchEvery();
    this.thread = Thread.ofPlatform().name("night-watch").daemon().unstarted(this::watch);
  }

  /** Begins to look, from now on, whether it is time. */
  static NightWatch start(Tenants tenants, Recheck recheck, Surroundings surroundings) {
    NightWatch watch = new NightWatch(tenants, recheck, surroundings);
    watch.thread.start();
    return watch;
  }

  private void watch() {
    try {
      while (!end.await(between.toNanos(), TimeUnit.NANOSECONDS)) {
        round();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void round() throws InterruptedException {
    try {
      for (Tenant tenant : tenants.list()) {
        while (recheck.isDue(tenant.id(), clock.instant())) {
          if (rested(tenant)) {
            return;
          }
        }
      }
    } catch (TenantMovedException _) {
      // Its new server watches over it.
    } catch (SQLException | RuntimeException e) {
      LOG.error("the nightly recheck of the logs failed; it is tried again", e);
    }
  }

  /** One step and the rest after it; true when it is to end. */
  private boolean rested(Tenant tenant) throws SQLException, InterruptedException {
    long before = nanoTime.getAsLong();
    Pass pass = recheck.step(tenant.id(), clock.instant());
    if (pass.flaws() > 0 && !pass.isUnderWay()) {
      LOG.error("the audit log of tenant {} is not what it committed to", tenant.id());
    }
    return end.await((nanoTime.getAsLong() - before) * REST, TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    end.countDown();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
