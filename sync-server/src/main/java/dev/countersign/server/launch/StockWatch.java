package dev.countersign.server.launch;

import dev.countersign.server.stock.StockKeeper;
import dev.countersign.server.tenant.Tenant;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Reads batches into the stores' levels while no device asks for them, so that the first one to ask
 * does not wait for a month of sales. After each step tills have the writer first.
 */
final class StockWatch implements AutoCloseable {
  private static final Duration BETWEEN = Duration.ofSeconds(10);
  private static final Duration REST = Duration.ofMillis(50);

  private final Tenants tenants;
  private final StockKeeper keeper;
  private final Rounds rounds;

  private StockWatch(Tenants tenants, StockKeeper keeper) {
    this.tenants = tenants;
    this.keeper = keeper;
    this.rounds = Rounds.start("stock-watch", BETWEEN, this::round);
  }

  static StockWatch start(Tenants tenants, StockKeeper keeper) {
    return new StockWatch(tenants, keeper);
  }

  private void round(Rounds current) throws SQLException, InterruptedException {
    for (Tenant tenant : tenants.list()) {
      if (keeper.isBehind(tenant.id())) {
        while (keeper.step(tenant.id())) {
          if (current.endsWithin(REST.toNanos())) {
            return;
          }
        }
      }
    }
  }

  @Override
  public void close() {
    rounds.close();
  }
}
