package dev.countersign.server.ingest;

import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.server.tenant.SqlFaults;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes batches in as they come over the network: what needs no writer is done before the tenant's
 * one writer is waited for, and what waits there may become durable together.
 *
 * <p>Looking for each sale of a batch costs as much as adding it to the books, and all but a few
 * are new. So they are added unlooked for. Where the books say that they have one already, nothing
 * of the batch stands, and it is taken in once more with a look at each: what is accepted and what
 * is answered are the same either way.
 */
public final class Intake {
  private final Tenants tenants;
  private final Ingest ingest;

  /** Takes its collaborators. */
  public Intake(Tenants tenants, Ingest ingest) {
    this.tenants = tenants;
    this.ingest = ingest;
  }

  /** Which key of the device that it names has signed a batch; empty when none has. */
  public Optional<VerifyKey> signer(UUID tenant, UUID device, Hashed posted) throws SQLException {
    Optional<VerifyKey> last = ingest.lastSigner(device, posted);
    return last.isPresent()
        ? last
        : tenants.<Optional<VerifyKey>, SQLException>read(
            tenant, scope -> ingest.signer(scope, posted));
  }

  /**
   * Takes in a batch, durably.
   *
   * @param verified {@link #signer}'s word; the device may have another key by now
   * @param address where the request came from, for the audit log
   */
  public IngestOutcome take(UUID tenant, Hashed posted, VerifyKey verified, String address)
      throws SQLException {
    Arrived arrived = ingest.arrived(posted);
    AtomicBoolean quick = new AtomicBoolean(true);
    Tenants.Work<IngestOutcome, SQLException> work =
        scope -> ingest.accept(scope, arrived, verified, address, quick.getAndSet(false));
    try {
      // Among others it may already run again there, when one of them was refused.
      return tenants.writeAmong(tenant, work);
    } catch (SQLException e) {
      if (SqlFaults.of(e) != SqlFaults.Fault.CONSTRAINT) {
        throw e;
      }
      return tenants.writeAmong(tenant, work);
    }
  }
}
