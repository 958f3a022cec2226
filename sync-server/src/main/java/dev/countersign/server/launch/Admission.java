package dev.countersign.server.launch;

import dev.countersign.server.account.RefusedException;
import dev.countersign.server.signin.ApiKeys;
import dev.countersign.server.signin.Door;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What an operator does about who comes in: set-up codes, roles and keys. What cannot be done is a
 * {@link RefusedException} with a sentence for that person. Safe for any thread.
 */
public final class Admission {
  private final Tenants tenants;
  private final Staff staff;
  private final Door door;

  Admission(Tenants tenants, Staff staff, Door door) {
    this.tenants = tenants;
    this.staff = staff;
    this.door = door;
  }

  /** A single-use code, good for a day, by which a person sets a password. */
  public String passwordCode(UUID tenant, UUID user) throws SQLException {
    return tenants.<String, SQLException>write(
        tenant, scope -> door.settingUp().passwordCode(scope, user));
  }

  /** Takes a lost second factor away and ends the person's sessions. */
  public void forgetFactor(UUID tenant, UUID user) throws SQLException {
    tenants.<Boolean, SQLException>write(
        tenant,
        scope -> {
          door.settingUp().forgetFactor(scope, user);
          return true;
        });
  }

  /** Gives a person another role and ends their sessions. */
  public void changeRole(UUID tenant, UUID user, String role) throws SQLException {
    tenants.<Boolean, SQLException>write(
        tenant,
        scope -> {
          staff.changeRole(scope, user, role);
          return true;
        });
  }

  /** Adds a key; see {@link ApiKeys#add}. */
  public ApiKeys.Made addKey(
      UUID tenant, String name, Set<String> permissions, String address, Duration life)
      throws SQLException {
    return tenants.<ApiKeys.Made, SQLException>write(
        tenant, scope -> door.keys().add(scope, name, permissions, address, life));
  }

  /** Replaces a key; see {@link ApiKeys#rotate}. */
  public ApiKeys.Made rotateKey(UUID tenant, UUID key, Duration life, Duration overlap)
      throws SQLException {
    return tenants.<ApiKeys.Made, SQLException>write(
        tenant, scope -> door.keys().rotate(scope, key, life, overlap));
  }

  public void endKey(UUID tenant, UUID key) throws SQLException {
    tenants.<Boolean, SQLException>write(
        tenant,
        scope -> {
          door.keys().end(scope, key);
          return true;
        });
  }

  public List<ApiKeys.ApiKey> keys(UUID tenant) throws SQLException {
    return tenants.<List<ApiKeys.ApiKey>, SQLException>read(
        tenant, scope -> door.keys().list(scope));
  }
}
