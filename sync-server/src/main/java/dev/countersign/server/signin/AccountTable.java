package dev.countersign.server.signin;

import dev.countersign.common.crypto.Argon2Cost;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.permission.Rights;
import dev.countersign.common.protocol.FeedBody.Joining;
import dev.countersign.common.sql.Row;
import dev.countersign.server.account.People;
import dev.countersign.server.account.Person;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Passwords, set-up codes, second factors and recovery codes in a tenant's file. */
final class AccountTable {
  private final People people = new People();
  private final PasskeyTable passkeys = new PasskeyTable();

  /**
   * A second factor as stored.
   *
   * @param sealed the secret under a key of the tenant
   * @param confirmed false until its holder has shown a code of it
   * @param lastStep the newest step that was used
   */
  record Factor(byte[] sealed, boolean confirmed, long lastStep) {}

  /** A person with what they sign in with. */
  record Account(
      Person person,
      Passwords.@Nullable Stored password,
      @Nullable Joining code,
      @Nullable Factor factor,
      boolean hasPasskey) {
    boolean hasApp() {
      return factor != null && factor.confirmed();
    }

    boolean hasFactor() {
      return hasApp() || hasPasskey;
    }
  }

  /** The one active person of this name; empty when there are none or several. */
  Optional<Account> named(TenantScope scope, String name) throws SQLException {
    List<UUID> ids =
        scope
            .db()
            .list(
                "SELECT id FROM user_account WHERE name = ? AND active = 1",
                row -> row.uuid(1),
                name);
    return ids.size() == 1 ? Optional.of(account(scope, ids.getFirst())) : Optional.empty();
  }

  /** The account of a person that there is. */
  Account account(TenantScope scope, UUID person) throws SQLException {
    return new Account(
        people.person(scope, person),
        password(scope, person).orElse(null),
        code(scope, person).orElse(null),
        factor(scope, person).orElse(null),
        passkeys.has(scope, person));
  }

  Rights rights(TenantScope scope, UUID person) throws SQLException {
    return people.rights(scope, person);
  }

  void setPassword(TenantScope scope, UUID person, Passwords.Stored password, Instant now)
      throws SQLException {
    scope.db().update("DELETE FROM person_password WHERE person = ?", person);
    scope
        .db()
        .update(
            "INSERT INTO person_password (person, salt, hash, memory_kib, passes, lanes, policy,"
                + " changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            person,
            password.salt(),
            password.hash(),
            password.cost().memoryKiB(),
            password.cost().passes(),
            password.cost().lanes(),
            Strength.POLICY,
            now);
  }

  /** Puts a set-up code in the place of an older one. */
  void setCode(TenantScope scope, UUID person, Joining code) throws SQLException {
    scope.db().update("DELETE FROM password_code WHERE person = ?", person);
    scope
        .db()
        .update(
            "INSERT INTO password_code (person, salt, hash, expires) VALUES (?, ?, ?, ?)",
            person,
            code.salt(),
            code.hash(),
            code.expires());
  }

  /** Takes a code out; false when another request was first. */
  boolean useCode(TenantScope scope, UUID person, Joining code) throws SQLException {
    return scope
            .db()
            .update("DELETE FROM password_code WHERE person = ? AND hash = ?", person, code.hash())
        == 1;
  }

  void setFactor(TenantScope scope, UUID person, byte[] sealed) throws SQLException {
    scope.db().update("DELETE FROM second_factor WHERE person = ?", person);
    scope
        .db()
        .update(
            "INSERT INTO second_factor (person, sealed, confirmed, last_step)"
                + " VALUES (?, ?, 0, -1)",
            person,
            sealed);
  }

  /** Marks a step as used; false when it, or a later one, was used already. */
  boolean useStep(TenantScope scope, UUID person, long step) throws SQLException {
    return scope
            .db()
            .update(
                "UPDATE second_factor SET confirmed = 1, last_step = ?"
                    + " WHERE person = ? AND last_step < ?",
                step,
                person,
                step)
        == 1;
  }

  void setRecoveryCodes(TenantScope scope, UUID person, List<String> codes) throws SQLException {
    scope.db().update("DELETE FROM recovery_code WHERE person = ?", person);
    for (String code : codes) {
      scope
          .db()
          .update(
              "INSERT INTO recovery_code (person, hash) VALUES (?, ?)",
              person,
              RecoveryCodes.hash(code));
    }
  }

  boolean hasRecoveryCode(TenantScope scope, UUID person, Hash code) throws SQLException {
    return scope
        .db()
        .first(
            "SELECT 1 FROM recovery_code WHERE person = ? AND hash = ?",
            row -> row.integer(1),
            person,
            code)
        .isPresent();
  }

  /** Takes a recovery code out; false when another request was first. */
  boolean useRecoveryCode(TenantScope scope, UUID person, Hash code) throws SQLException {
    return scope
            .db()
            .update("DELETE FROM recovery_code WHERE person = ? AND hash = ?", person, code)
        == 1;
  }

  void forgetFactor(TenantScope scope, UUID person) throws SQLException {
    scope.db().update("DELETE FROM second_factor WHERE person = ?", person);
    scope.db().update("DELETE FROM recovery_code WHERE person = ?", person);
    passkeys.removeAll(scope, person);
  }

  /** Forgets everything that a person signs in with. */
  void forget(TenantScope scope, UUID person) throws SQLException {
    forgetFactor(scope, person);
    scope.db().update("DELETE FROM password_code WHERE person = ?", person);
    scope.db().update("DELETE FROM person_password WHERE person = ?", person);
  }

  private static Optional<Passwords.Stored> password(TenantScope scope, UUID person)
      throws SQLException {
    return scope
        .db()
        .first(
            "SELECT salt, hash, memory_kib, passes, lanes FROM person_password WHERE person = ?",
            AccountTable::stored,
            person);
  }

  private static Passwords.Stored stored(Row row) throws SQLException {
    return new Passwords.Stored(
        row.bytes(1),
        row.bytes(2),
        new Argon2Cost(
            Math.toIntExact(row.integer(3)),
            Math.toIntExact(row.integer(4)),
            Math.toIntExact(row.integer(5))));
  }

  private static Optional<Joining> code(TenantScope scope, UUID person) throws SQLException {
    return scope
        .db()
        .first(
            "SELECT salt, hash, expires FROM password_code WHERE person = ?",
            row -> new Joining(row.text(1), row.text(2), row.instant(3)),
            person);
  }

  private static Optional<Factor> factor(TenantScope scope, UUID person) throws SQLException {
    return scope
        .db()
        .first(
            "SELECT sealed, confirmed, last_step FROM second_factor WHERE person = ?",
            row -> new Factor(row.bytes(1), row.flag(2), row.integer(3)),
            person);
  }
}
