package dev.countersign.server.till;

import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.sql.Row;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of {@code till_key}, one per device that has reported. */
final class TillKeyTable {
  private static final String COLUMNS =
      "SELECT device, share_key, share, tries, held, chest, reported FROM till_key";

  /**
   * One device's.
   *
   * @param share sealed, or null while none was asked for
   */
  record Kept(
      UUID device,
      VerifyKey shareKey,
      byte @Nullable [] share,
      long tries,
      boolean held,
      String chest,
      Instant reported) {}

  Optional<Kept> find(TenantScope scope, UUID device) throws SQLException {
    return scope.db().first(COLUMNS + " WHERE device = ?", TillKeyTable::kept, device);
  }

  List<Kept> list(TenantScope scope) throws SQLException {
    return scope.db().list(COLUMNS + " ORDER BY device", TillKeyTable::kept);
  }

  void add(TenantScope scope, Kept kept) throws SQLException {
    scope
        .db()
        .update(
            "INSERT INTO till_key (device, share_key, tries, chest, reported)"
                + " VALUES (?, ?, ?, ?, ?)",
            kept.device(),
            kept.shareKey().raw(),
            kept.tries(),
            kept.chest(),
            kept.reported());
  }

  void reported(
      TenantScope scope, UUID device, VerifyKey shareKey, long tries, String chest, Instant at)
      throws SQLException {
    scope
        .db()
        .update(
            "UPDATE till_key SET share_key = ?, tries = ?, chest = ?, reported = ?"
                + " WHERE device = ?",
            shareKey.raw(),
            tries,
            chest,
            at,
            device);
  }

  void keepShare(TenantScope scope, UUID device, byte[] sealed) throws SQLException {
    scope.db().update("UPDATE till_key SET share = ? WHERE device = ?", sealed, device);
  }

  /** False when it stood like that already, or there is no such row. */
  boolean hold(TenantScope scope, UUID device, boolean held) throws SQLException {
    return scope
            .db()
            .update(
                "UPDATE till_key SET held = ? WHERE device = ? AND held = ?",
                held ? 1 : 0,
                device,
                held ? 0 : 1)
        > 0;
  }

  private static Kept kept(Row row) throws SQLException {
    return new Kept(
        row.uuid(1),
        VerifyKey.fromRaw(row.bytes(2)),
        row.bytesOrNull(3),
        row.integer(4),
        row.integer(5) != 0,
        row.text(6),
        row.instant(7));
  }
}
