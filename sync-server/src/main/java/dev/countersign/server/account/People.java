package dev.countersign.server.account;

import dev.countersign.common.permission.Role;
import dev.countersign.common.sql.Row;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The people who work for a tenant. */
public final class People {
  private static final String COLUMNS = "SELECT id, name, role, store, active FROM user_account ";

  /**
   * Adds a person.
   *
   * @param store the one store they work in, or null for all
   * @throws RefusedException when the name is none or there is no such role
   */
  public Person add(TenantScope scope, UUID id, String name, String role, @Nullable UUID store)
      throws SQLException {
    Names.require(name);
    requireRole(role);
    scope.db().update("INSERT INTO user_account VALUES (?, ?, ?, ?, 1)", id, name, role, store);
    return new Person(id, name, role, store, true);
  }

  public List<Person> list(TenantScope scope) throws SQLException {
    return scope.db().list(COLUMNS + "ORDER BY name, id", People::person);
  }

  /**
   * The person with this id.
   *
   * @throws RefusedException when there is none
   */
  public Person person(TenantScope scope, UUID id) throws SQLException {
    return find(scope, id).orElseThrow(() -> new RefusedException("There is no such person."));
  }

  /** The person with this id, or empty. */
  public Optional<Person> find(TenantScope scope, UUID id) throws SQLException {
    return scope.db().first(COLUMNS + "WHERE id = ?", People::person, id);
  }

  /** Marks a person as having left. */
  public void leave(TenantScope scope, UUID id) throws SQLException {
    scope.db().update("UPDATE user_account SET active = 0 WHERE id = ?", id);
  }

  /**
   * Gives a person another role.
   *
   * @throws RefusedException when there is no such role
   */
  public void changeRole(TenantScope scope, UUID id, String role) throws SQLException {
    requireRole(role);
    scope.db().update("UPDATE user_account SET role = ? WHERE id = ?", role, id);
  }

  private static void requireRole(String role) {
    if (Role.named(role).isEmpty()) {
      throw new RefusedException(
          "There is no role "
              + role
              + "; there are "
              + String.join(", ", Role.builtIn().stream().map(Role::name).toList())
              + ".");
    }
  }

  private static Person person(Row row) throws SQLException {
    return new Person(row.uuid(1), row.text(2), row.text(3), row.uuidOrNull(4), row.flag(5));
  }
}
