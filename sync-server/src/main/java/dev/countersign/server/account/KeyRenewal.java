package dev.countersign.server.account;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.protocol.Succession;
import dev.countersign.server.audit.AuditEntry;
import dev.countersign.server.audit.AuditLog;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A device's key gives way to its next. The device says so itself, under the key that is registered
 * for it, and says from which batch on; batches before stay under the old key. The same statement
 * may come again: its answer may have been lost.
 */
public final class KeyRenewal {
  private final Devices devices;
  private final AuditLog log;

  public KeyRenewal(Devices devices, AuditLog log) {
    this.devices = devices;
    this.log = log;
  }

  /** What came of a statement. */
  public sealed interface Outcome {
    /** The device's key is the one of the statement, since now or before. */
    record Renewed(Device device) implements Outcome {}

    /** Not this device's statement, or one that does not follow. */
    record Refused() implements Outcome {}
  }

  private record Standing(long number, long from, long lastBatch) {}

  /**
   * Takes a statement in.
   *
   * @param scope for writing
   * @param address where it came from
   */
  public Outcome renew(TenantScope scope, UUID id, byte[] statement, String address)
      throws SQLException {
    Optional<Device> found = devices.find(scope, id).filter(each -> !each.state().isCutOff());
    Optional<Succession> claimed = Succession.claimed(statement);
    if (found.isEmpty() || claimed.isEmpty() || !isOf(claimed.get(), id)) {
      return new Outcome.Refused();
    }
    Device device = found.get();
    Succession said = claimed.get();
    if (said.key().equals(device.publicKey().toBase64())) {
      boolean same =
          scope
              .db()
              .first(
                  "SELECT 1 FROM former_key WHERE device = ? AND statement = ?",
                  row -> row.integer(1),
                  id,
                  statement)
              .isPresent();
      return same ? new Outcome.Renewed(device) : new Outcome.Refused();
    }
    Standing standing =
        scope
            .db()
            .first(
                "SELECT key_number, key_from, last_batch FROM device WHERE id = ?",
                row -> new Standing(row.integer(1), row.integer(2), row.integer(3)),
                id)
            .orElseThrow();
    VerifyKey next = VerifyKey.fromBase64(said.key());
    boolean follows =
        Succession.read(statement, device.publicKey()).isPresent()
            && said.number() == standing.number() + 1
            && said.from() > standing.lastBatch()
            && said.from() > standing.from()
            && !devices.hasKey(scope, next);
    if (!follows) {
      return new Outcome.Refused();
    }
    take(scope, device, standing, said, statement, address);
    return new Outcome.Renewed(devices.find(scope, id).orElseThrow());
  }

  /** Has devices make a new key at their next contact; false when there is no such one in use. */
  public boolean want(TenantScope scope, UUID id) throws SQLException {
    return scope
            .db()
            .update(
                "UPDATE device SET key_wanted = 1 WHERE id = ? AND state IN ('active', 'frozen')",
                id)
        > 0;
  }

  private void take(
      TenantScope scope,
      Device device,
      Standing standing,
      Succession said,
      byte[] statement,
      String address)
      throws SQLException {
    Instant now = scope.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    VerifyKey next = VerifyKey.fromBase64(said.key());
    scope
        .db()
        .update(
            "INSERT INTO former_key (device, number, public_key, until, statement)"
                + " VALUES (?, ?, ?, ?, ?)",
            device.id(),
            standing.number(),
            device.publicKey().raw(),
            said.from(),
            statement);
    scope
        .db()
        .update(
            "UPDATE device SET public_key = ?, key_number = ?, key_from = ?, key_since = ?,"
                + " key_wanted = 0 WHERE id = ?",
            next.raw(),
            said.number(),
            said.from(),
            now,
            device.id());
    log.append(
        scope,
        List.of(
            AuditEntry.keyRotated(
                now, device.id(), address, next, said.from(), Hash.of(statement))));
  }

  private static boolean isOf(Succession said, UUID id) {
    return said.kind() == Succession.Kind.DEVICE && said.owner().equals(id.toString());
  }
}
