package dev.countersign.server.launch;

import dev.countersign.server.feed.Compaction;
import dev.countersign.server.tenant.Tenant;
import dev.countersign.server.tenant.TenantMovedException;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has every tenant's feed compacted, in steps, with a rest after each that is four times as long as
 * the step took: whoever sells meanwhile has the machine.
 */
final class Tidying implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Tidying.class);
  private static final Duration EVERY = Duration.ofHours(1);
  private static final int REST = 4;

  private final Tenants tenants;
  private final Compaction compaction;
  private final LongSupplier nanoTime;
  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread thread;

  private Tidying(Tenants tenants, Compaction compaction, LongSupplier nanoTime) {
    this.tenants = tenants;
    this.compaction = compaction;
    this.nanoTime = nanoTime;
    this.thread = Thread.ofPlatform().name("tidying").daemon().unstarted(this::tidy);
  }

  /** Begins; the first time after an hour, so that a start is a start. */
  static Tidying start(Tenants tenants, Compaction compaction, LongSupplier nanoTime) {
    Tidying tidying = new Tidying(tenants, compaction, nanoTime);
    tidying.thread.start();
    return tidying;
  }

  private void tidy() {
    try {
      while (!end.await(EVERY.toNanos(), TimeUnit.NANOSECONDS)) {
        round();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void round() throws InterruptedException {
    try {
      for (Tenant tenant : tenants.list()) {
        while (isLeft(tenant)) {
          if (end.getCount() == 0) {
            return;
          }
        }
      }
    } catch (TenantMovedException _) {
      // Its new server looks after it.
    } catch (SQLException | RuntimeException e) {
      LOG.error("a feed could not be compacted; it is tried again", e);
    }
  }

  /** One step and the rest after it; true when there may be more to do. */
  private boolean isLeft(Tenant tenant) throws SQLException, InterruptedException {
    long before = nanoTime.getAsLong();
    int rows = compaction.step(tenant.id());
    end.await((nanoTime.getAsLong() - before) * REST, TimeUnit.NANOSECONDS);
    return rows > 0;
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
