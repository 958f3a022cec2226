package dev.countersign.server.account;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.Environment;
import dev.countersign.common.sql.Row;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The devices of a tenant. */
public final class Devices {
  private static final String COLUMNS =
      "SELECT id, kind, store, register, series, name, public_key, environment, state, enrolled_at,"
          + " last_seen, key_since FROM device ";

  void add(TenantScope scope, Device device) throws SQLException {
    scope
        .db()
        .update(
            "INSERT INTO device (id, kind, store, register, series, name, public_key, environment,"
                + " enrolled_at, last_seen, last_hash, key_since)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            device.id(),
            device.kind().name(),
            device.store(),
            device.register(),
            device.series(),
            device.name(),
            device.publicKey().raw(),
            device.environment().word(),
            device.enrolledAt(),
            device.lastSeen(),
            Hash.ZERO,
            device.keySince());
  }

  public Optional<Device> find(TenantScope scope, UUID id) throws SQLException {
    return scope.db().first(COLUMNS + "WHERE id = ?", Devices::device, id);
  }

  boolean hasKey(TenantScope scope, VerifyKey key) throws SQLException {
    return scope
        .db()
        .first(
            "SELECT 1 FROM device WHERE public_key = ? UNION SELECT 1 FROM former_key"
                + " WHERE public_key = ?",
            row -> row.integer(1),
            key.raw(),
            key.raw())
        .isPresent();
  }

  public List<Device> list(TenantScope scope) throws SQLException {
    return scope.db().list(COLUMNS + "ORDER BY enrolled_at, id", Devices::device);
  }

  /** Those that are frozen or cut off. */
  public Set<UUID> outOfUse(TenantScope scope) throws SQLException {
    return Set.copyOf(
        scope.db().list("SELECT id FROM device WHERE state <> 'active'", row -> row.uuid(1)));
  }

  void seen(TenantScope scope, UUID id, Instant at) throws SQLException {
    scope.db().update("UPDATE device SET last_seen = ? WHERE id = ?", at, id);
  }

  /** Whether the device should make a new key: it was told to, or its own is from before then. */
  boolean wantsKey(TenantScope scope, UUID id, Instant before) throws SQLException {
    return scope
        .db()
        .first(
            "SELECT 1 FROM device WHERE id = ? AND (key_wanted = 1 OR key_since < ?)",
            row -> row.integer(1),
            id,
            before)
        .isPresent();
  }

  /** Takes a device out of use for good; false when it was already, or there is none. */
  public boolean revoke(TenantScope scope, UUID id) throws SQLException {
    return scope
            .db()
            .update("UPDATE device SET state = 'revoked' WHERE id = ? AND state <> 'revoked'", id)
        > 0;
  }

  /**
   * Lets a frozen device go on from the last batch that was taken in; false when it is not frozen.
   */
  public boolean unfreeze(TenantScope scope, UUID id) throws SQLException {
    return scope
            .db()
            .update("UPDATE device SET state = 'active' WHERE id = ? AND state = 'frozen'", id)
        > 0;
  }

  /**
   * Gives a device another name.
   *
   * @throws RefusedException when the name is none
   */
  public void rename(TenantScope scope, UUID id, String name) throws SQLException {
    Names.require(name);
    scope.db().update("UPDATE device SET name = ? WHERE id = ?", name, id);
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
        Environment.named(row.text(8))
            .orElseThrow(() -> new SQLException("a device of an unknown environment")),
        Device.State.valueOf(row.text(9).toUpperCase(Locale.ROOT)),
        row.instant(10),
        row.instant(11),
        row.instant(12));
  }
}
