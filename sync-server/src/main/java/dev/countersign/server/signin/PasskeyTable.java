package dev.countersign.server.signin;

import dev.countersign.common.sql.Row;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Passkeys in a tenant's file: public keys only, no secret. */
final class PasskeyTable {
  private static final String COLUMNS =
      "SELECT id, person, credential, attested, eligible, sign_count, name, created, used"
          + " FROM passkey ";

  /**
   * A passkey as stored.
   *
   * @param credential the id that the authenticator gave it
   * @param attested id and public key as the authenticator encoded them
   * @param eligible true when it may be copied to the person's other devices
   * @param count the newest count of the authenticator; 0 for one that does not count
   * @param used the last sign-in, or null
   */
  record Stored(
      UUID id,
      UUID person,
      byte[] credential,
      byte[] attested,
      boolean eligible,
      long count,
      String name,
      Instant created,
      @Nullable Instant used) {}

  void add(TenantScope scope, Stored passkey) throws SQLException {
    scope
        .db()
        .update(
            "INSERT INTO passkey"
                + " (id, person, credential, attested, eligible, sign_count, name, created)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            passkey.id(),
            passkey.person(),
            passkey.credential(),
            passkey.attested(),
            passkey.eligible(),
            passkey.count(),
            passkey.name(),
            passkey.created());
  }

  /** A person's passkeys, the oldest first. */
  List<Stored> list(TenantScope scope, UUID person) throws SQLException {
    return scope
        .db()
        .list(COLUMNS + "WHERE person = ? ORDER BY created, id", PasskeyTable::stored, person);
  }

  Optional<Stored> find(TenantScope scope, byte[] credential) throws SQLException {
    return scope.db().first(COLUMNS + "WHERE credential = ?", PasskeyTable::stored, credential);
  }

  boolean has(TenantScope scope, UUID person) throws SQLException {
    return scope
        .db()
        .first("SELECT 1 FROM passkey WHERE person = ?", row -> row.integer(1), person)
        .isPresent();
  }

  /** Notes a sign-in; false when another request was first, or the passkey is gone. */
  boolean use(TenantScope scope, Stored seen, long count, Instant now) throws SQLException {
    return scope
            .db()
            .update(
                "UPDATE passkey SET sign_count = ?, used = ? WHERE id = ? AND sign_count = ?",
                count,
                now,
                seen.id(),
                seen.count())
        == 1;
  }

  /** Removes one of this person; false when there is none. */
  boolean remove(TenantScope scope, UUID person, UUID id) throws SQLException {
    return scope.db().update("DELETE FROM passkey WHERE id = ? AND person = ?", id, person) == 1;
  }

  void removeAll(TenantScope scope, UUID person) throws SQLException {
    scope.db().update("DELETE FROM passkey WHERE person = ?", person);
  }

  private static Stored stored(Row row) throws SQLException {
    Long used = row.integerOrNull(9);
    return new Stored(
        row.uuid(1),
        row.uuid(2),
        row.bytes(3),
        row.bytes(4),
        row.flag(5),
        row.integer(6),
        row.text(7),
        row.instant(8),
        used == null ? null : Instant.ofEpochMilli(used));
  }
}
