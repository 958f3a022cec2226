package dev.countersign.server.account;

import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * How far devices have carried out what the feed told them, and when each did so about somebody who
 * left. A device that asks for what comes after a number has done all up to it.
 */
public final class Confirmations {
  /** True when this device was not known to be as far as that. */
  public boolean isNews(TenantScope scope, UUID device, long seq) throws SQLException {
    return seq > confirmed(scope, device);
  }

  /** Notes that a device has carried out everything up to a number of the feed. */
  public void note(TenantScope scope, UUID device, long seq) throws SQLException {
    long before = confirmed(scope, device);
    if (seq <= before) {
      return;
    }
    Instant now = scope.clock().instant();
    scope
        .db()
        .update(
            "UPDATE device SET confirmed_seq = ?, confirmed_at = ? WHERE id = ?", seq, now, device);
    scope
        .db()
        .update(
            """
            INSERT INTO leaving_confirmed (person, device, at)
            SELECT id, ?, ? FROM user_account WHERE left_seq > ? AND left_seq <= ?\
            """,
            device,
            now,
            before,
            seq);
  }

  /** When each device carried out that this person left. */
  public Map<UUID, Instant> of(TenantScope scope, UUID person) throws SQLException {
    Map<UUID, Instant> confirmed = new HashMap<>();
    scope
        .db()
        .each(
            "SELECT device, at FROM leaving_confirmed WHERE person = ?",
            row -> confirmed.put(row.uuid(1), row.instant(2)),
            person);
    return confirmed;
  }

  private static long confirmed(TenantScope scope, UUID device) throws SQLException {
    return scope
        .db()
        .first("SELECT confirmed_seq FROM device WHERE id = ?", row -> row.integer(1), device)
        .orElse(Long.MAX_VALUE);
  }
}
