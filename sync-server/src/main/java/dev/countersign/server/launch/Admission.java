package dev.countersign.server.launch;

import dev.countersign.server.account.By;
import dev.countersign.server.account.Person;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.people.Acting;
import dev.countersign.server.people.Leaving;
import dev.countersign.server.people.Personnel;
import dev.countersign.server.people.RoleBook;
import dev.countersign.server.people.Staff;
import dev.countersign.server.signin.ApiKeys;
import dev.countersign.server.signin.Door;
import dev.countersign.server.signin.Standings.Standing;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an operator does about who comes in: set-up codes, roles and keys. What cannot be done is a
 * {@link RefusedException} with a sentence for that person. Safe for any thread.
 */
public final class Admission {
  private final Tenants tenants;
  private final Staff staff;
  private final RoleBook roles;
  private final Leaving leaving;
  private final Door door;

  Admission(Tenants tenants, Personnel personnel, Door door) {
    this.tenants = tenants;
    this.staff = personnel.staff();
    this.roles = personnel.roleBook();
    this.leaving = personnel.leaving();
    this.door = door;
  }

  /** A single-use code, good for a day, by which a person sets a password. */
  public String passwordCode(UUID tenant, UUID user) throws SQLException {
    return tenants.<String, SQLException>write(
        tenant, scope -> staff.passwordCode(scope, Acting.OPERATOR, user));
  }

  /** Takes a lost second factor away and ends the person's sessions. */
  public void forgetFactor(UUID tenant, UUID user) throws SQLException {
    change(tenant, scope -> staff.forgetFactor(scope, Acting.OPERATOR, user));
  }

  /** The people whose password was taken under rules before the present ones. */
  public List<Person> oldPasswords(UUID tenant) throws SQLException {
    return tenants.<List<Person>, SQLException>read(
        tenant,
        scope -> {
          var standings = door.standings().all(scope);
          return staff.list(scope, Acting.OPERATOR).stream()
              .map(Staff.Member::person)
              .filter(Person::active)
              .filter(each -> standings.getOrDefault(each.id(), Standing.NONE).oldPassword())
              .toList();
        });
  }

  /**
   * Gives a person a role in a place, in the stead of the one they had there, and ends their
   * sessions.
   *
   * @param store the one store, or null for all
   */
  public void assign(UUID tenant, UUID user, @Nullable UUID store, String role)
      throws SQLException {
    change(tenant, scope -> staff.assign(scope, Acting.OPERATOR, user, store, role));
  }

  /** Takes the role in a place away and ends the person's sessions. */
  public void unassign(UUID tenant, UUID user, @Nullable UUID store) throws SQLException {
    change(tenant, scope -> staff.unassign(scope, Acting.OPERATOR, user, store));
  }

  /** Gives a person another name. */
  public void rename(UUID tenant, UUID user, String name) throws SQLException {
    change(tenant, scope -> staff.rename(scope, Acting.OPERATOR, user, name));
  }

  /** Erases what is known of a person who has left; see {@link Staff#erase}. */
  public void erase(UUID tenant, UUID user) throws SQLException {
    change(tenant, scope -> staff.erase(scope, Acting.OPERATOR, user));
  }

  /** Makes the PINs of a person void on every device. */
  public void resetPins(UUID tenant, UUID user) throws SQLException {
    change(tenant, scope -> staff.resetPins(scope, Acting.OPERATOR, user));
  }

  /** Everybody with their roles. */
  public List<Staff.Member> members(UUID tenant) throws SQLException {
    return tenants.<List<Staff.Member>, SQLException>read(
        tenant, scope -> staff.list(scope, Acting.OPERATOR));
  }

  /** Which devices have heard that somebody left. */
  public Leaving.View leaving(UUID tenant, UUID user) throws SQLException {
    return tenants.<Leaving.View, SQLException>read(
        tenant, scope -> leaving.of(scope, Acting.OPERATOR, user));
  }

  /** The roles of a business. */
  public List<RoleBook.Entry> roles(UUID tenant) throws SQLException {
    return tenants.<List<RoleBook.Entry>, SQLException>read(tenant, roles::list);
  }

  /** Adds a role or changes what one may do; see {@link RoleBook#put}. */
  public void putRole(UUID tenant, String name, Map<String, String> permissions)
      throws SQLException {
    change(tenant, scope -> roles.put(scope, Acting.OPERATOR, name, permissions));
  }

  /** Removes a role that nobody bears. */
  public void removeRole(UUID tenant, String name) throws SQLException {
    change(tenant, scope -> roles.remove(scope, Acting.OPERATOR, name));
  }

  /** Adds a key; see {@link ApiKeys#add}. */
  public ApiKeys.Made addKey(
      UUID tenant, String name, Set<String> permissions, String address, Duration life)
      throws SQLException {
    return tenants.<ApiKeys.Made, SQLException>write(
        tenant, scope -> door.keys().add(scope, By.OPERATOR, name, permissions, address, life));
  }

  /** Replaces a key; see {@link ApiKeys#rotate}. */
  public ApiKeys.Made rotateKey(UUID tenant, UUID key, Duration life, Duration overlap)
      throws SQLException {
    return tenants.<ApiKeys.Made, SQLException>write(
        tenant, scope -> door.keys().rotate(scope, By.OPERATOR, key, life, overlap));
  }

  public void endKey(UUID tenant, UUID key) throws SQLException {
    change(tenant, scope -> door.keys().end(scope, By.OPERATOR, key));
  }

  public List<ApiKeys.ApiKey> keys(UUID tenant) throws SQLException {
    return tenants.<List<ApiKeys.ApiKey>, SQLException>read(
        tenant, scope -> door.keys().list(scope));
  }

  @FunctionalInterface
  private interface Change {
    void make(TenantScope scope) throws SQLException;
  }

  private void change(UUID tenant, Change change) throws SQLException {
    tenants.<Boolean, SQLException>write(
        tenant,
        scope -> {
          change.make(scope);
          return true;
        });
  }
}
