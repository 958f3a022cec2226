package dev.countersign.server.stock;

import dev.countersign.server.tenant.TenantMovedException;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the levels of a tenant's stores up to date with its batches. Safe for any thread. */
public final class StockKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(StockKeeper.class);

  /** What a device waits for at most; what is left then comes with the next time. */
  private static final int STEPS_AT_ONCE = 16;

  private final Tenants tenants;
  private final Stock stock;

  public StockKeeper(Tenants tenants, Stock stock) {
    this.tenants = tenants;
    this.stock = stock;
  }

  /** Before a device reads: it gets the levels of now, or older ones when they cannot be had. */
  public void freshen(UUID tenant) {
    try {
      if (isBehind(tenant)) {
        boolean more = true;
        for (int i = 0; i < STEPS_AT_ONCE && more; i++) {
          more = step(tenant);
        }
      }
    } catch (TenantMovedException _) {
      // Whoever reads is told so.
    } catch (SQLException | RuntimeException e) {
      LOG.error("stock could not be read on; it is tried again", e);
    }
  }

  /** Whether there is a batch that is not in the levels. */
  public boolean isBehind(UUID tenant) throws SQLException {
    return tenants.<Boolean, SQLException>read(tenant, stock::isBehind);
  }

  /**
   * Reads on for a while; true when there is more. Batches are fetched and unpacked before the
   * tenant's one writer is taken from the tills.
   */
  public boolean step(UUID tenant) throws SQLException {
    Unread unread = tenants.<Unread, SQLException>read(tenant, stock::fetch);
    return !unread.devices().isEmpty()
        && tenants.<Boolean, SQLException>write(tenant, scope -> stock.take(scope, unread));
  }
}
