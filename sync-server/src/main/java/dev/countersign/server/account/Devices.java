package dev.countersign.server.account;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.sql.Row;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The devices of a tenant. */
public final class Devices {
  private static final String COLUMNS =
      "SELECT id, kind, store, register, series, name, public_key, state, enrolled_at, last_seen"
          + " FROM device ";

  void add(TenantScope scope, Device device) throws SQLException {
    scope
        .db()
        .update(
            "INSERT INTO device (id, kind, store, register, series, name, public_key, enrolled_at,"
                + " last_seen, last_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            device.id(),
            device.kind().name(),
            device.store(),
            device.register(),
            device.series(),
            device.name(),
            device.publicKey().raw(),
            device.enrolledAt(),
            device.lastSeen(),
            Hash.ZERO);
  }

  public Optional<Device> find(TenantScope scope, UUID id) throws SQLException {
    return scope.db().first(COLUMNS + "WHERE id = ?", Devices::device, id);
  }

  boolean hasKey(TenantScope scope, VerifyKey key) throws SQLException {
    return scope
        .db()
        .first("SELECT 1 FROM device WHERE public_key = ?", row -> row.integer(1), key.raw())
        .isPresent();
  }

  public List<Device> list(TenantScope scope) throws SQLException {
    return scope.db().list(COLUMNS + "ORDER BY enrolled_at, id", Devices::device);
  }

  void seen(TenantScope scope, UUID id, Instant at) throws SQLException {
    scope.db().update("UPDATE device SET last_seen = ? WHERE id = ?", at, id);
  }

  /** Takes a device out of use for good; false when it was already, or there is none. */
  public boolean revoke(TenantScope scope, UUID id) throws SQLException {
    return scope
            .db()
            .update("UPDATE device SET state = 'revoked' WHERE id = ? AND state <> 'revoked'", id)
        > 0;
  }

  private static Device device(Row row) throws SQLException {
    return new Device(
        row.uuid(1),
        DeviceKind.valueOf(row.text(2)),
        row.uuid(3),
        row.uuidOrNull(4),
        row.text(5),
        row.text(6),
        VerifyKey.fromRaw(row.bytes(7)),
        Device.State.valueOf(row.text(8).toUpperCase(Locale.ROOT)),
        row.instant(9),
        row.instant(10));
  }
}
