package dev.countersign.server.account;

import dev.countersign.common.json.Json;
import dev.countersign.common.permission.Role;
import dev.countersign.common.sql.Row;
import dev.countersign.server.tenant.TenantScope;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The roles of a tenant: the built-in ones, some of them changed, and those that were added. Of the
 * owner there is only the built-in one, so that nothing can weaken it.
 */
public final class Roles {
  /** The permissions of a role as they are stored. */
  private static final class Stored extends TreeMap<String, String> {
    private static final long serialVersionUID = 1L;
  }

  /** Every role, the built-in ones first. */
  public List<Role> list(TenantScope scope) throws SQLException {
    Map<String, Role> own = new HashMap<>();
    scope
        .db()
        .each(
            "SELECT name, permissions FROM role",
            row -> own.put(row.text(1), read(row.text(1), row.text(2))));
    List<Role> all = new ArrayList<>();
    for (Role builtIn : Role.builtIn()) {
      Role changed = own.remove(builtIn.name());
      all.add(changed == null || isOwner(builtIn.name()) ? builtIn : changed);
    }
    own.keySet().stream().sorted().forEach(name -> all.add(own.get(name)));
    return all;
  }

  /** The role of that name, or empty. */
  public Optional<Role> find(TenantScope scope, String name) throws SQLException {
    Optional<String> stored =
        scope.db().first("SELECT permissions FROM role WHERE name = ?", row -> row.text(1), name);
    return resolve(name, stored.orElse(null));
  }

  /** Writes a role down in the place of what it was. */
  public void put(TenantScope scope, Role role) throws SQLException {
    remove(scope, role.name());
    String text = new String(Json.encode(role.permissions()), StandardCharsets.UTF_8);
    scope.db().update("INSERT INTO role (name, permissions) VALUES (?, ?)", role.name(), text);
  }

  /** Takes a role out; a built-in one is what the program says again. */
  public void remove(TenantScope scope, String name) throws SQLException {
    scope.db().update("DELETE FROM role WHERE name = ?", name);
  }

  /** True for the one role that nothing can weaken. */
  public static boolean isOwner(String name) {
    return name.equals(Role.OWNER.name());
  }

  /**
   * A role by its name and by what is stored for it, if anything is; empty when there is none.
   *
   * @param stored the column {@code permissions}
   */
  static Optional<Role> resolve(String name, @Nullable String stored) {
    return stored == null || isOwner(name) ? Role.named(name) : Optional.of(read(name, stored));
  }

  private static Role read(String name, String stored) {
    SortedMap<String, String> permissions =
        Json.decode(stored.getBytes(StandardCharsets.UTF_8), Stored.class);
    return Role.of(name, permissions);
  }

  /** The role in two columns: its name, and what is stored for it. */
  static Role role(Row row, int name, int stored) throws SQLException {
    return resolve(row.text(name), row.textOrNull(stored)).orElse(Role.NONE);
  }
}
