package dev.countersign.server.launch;

import dev.countersign.server.stock.StockKeeper;
import dev.countersign.server.tenant.Tenant;
import dev.countersign.server.tenant.TenantMovedException;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads batches into the stores' levels while no device asks for them, so that the first one to ask
 * does not wait for a month of sales. After each step tills have the writer first.
 */
final class StockWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StockWatch.class);
  private static final Duration BETWEEN = Duration.ofSeconds(10);
  private static final Duration REST = Duration.ofMillis(50);

  private final Tenants tenants;
  private final StockKeeper keeper;
  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread thread;

  private StockWatch(Tenants tenants, StockKeeper keeper) {
    this.tenants = tenants;
    this.keeper = keeper;
    this.thread = Thread.ofPlatform().name("stock-watch").daemon().unstarted(this::watch);
  }

  static StockWatch start(Tenants tenants, StockKeeper keeper) {
    StockWatch watch = new StockWatch(tenants, keeper);
    watch.thread.start();
    return watch;
  }

  private void watch() {
    try {
      while (!end.await(BETWEEN.toMillis(), TimeUnit.MILLISECONDS)) {
        round();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void round() throws InterruptedException {
    try {
      for (Tenant tenant : tenants.list()) {
        if (keeper.isBehind(tenant.id())) {
          while (keeper.step(tenant.id())) {
            if (end.await(REST.toMillis(), TimeUnit.MILLISECONDS)) {
              return;
            }
          }
        }
      }
    } catch (TenantMovedException _) {
      // Its new server reads it.
    } catch (SQLException | RuntimeException e) {
      LOG.error("stock could not be read on; it is tried again", e);
    }
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
