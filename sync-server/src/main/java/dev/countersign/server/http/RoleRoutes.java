package dev.countersign.server.http;

import dev.countersign.common.permission.Danger;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.people.Acting;
import dev.countersign.server.people.RoleBook;
import dev.countersign.server.signin.Caller;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The roles of a business and what each may do. */
public final class RoleRoutes {
  private static final int REQUEST_BYTES = 8 * 1024;

  private final Tenants tenants;
  private final RoleBook roles;

  public RoleRoutes(Tenants tenants, RoleBook roles) {
    this.tenants = tenants;
    this.roles = roles;
  }

  /**
   * A role as it is listed.
   *
   * @param permissions key → {@code ALLOWED} or {@code NEEDS_APPROVAL}; what is not named is denied
   * @param bearers how many people bear it somewhere
   * @param dangers what one person could do by it alone
   */
  record ShownRole(
      String name,
      boolean builtIn,
      boolean privileged,
      Map<String, String> permissions,
      int bearers,
      List<ShownDanger> dangers) {}

  /**
   * What one person could do alone for which it is better to need two.
   *
   * @param keys the permissions that make it together
   */
  record ShownDanger(String code, String text, List<String> keys) {
    static ShownDanger of(Danger danger) {
      return new ShownDanger(
          danger.code(),
          danger.sentence(),
          danger.keys().stream().map(PermissionKey::key).toList());
    }
  }

  /** What the roles are called. */
  record ShownNames(List<String> names) {}

  /** A key that there is. */
  record ShownKey(String key, boolean privileged) {}

  /** All of them. */
  record ShownRoles(List<ShownRole> roles, List<ShownKey> keys) {}

  /** What a role may do from now on. */
  record Put(String name, Map<String, String> permissions) {}

  /** It is done. */
  record Done(String status) {}

  public List<Route> routes() {
    Access edit = Access.person(PermissionKey.ROLE_EDIT);
    return List.of(
        Route.get(Routes.ROLES, edit, this::list),
        Route.get(Routes.ROLE_NAMES, Access.person(PermissionKey.USER_MANAGE), this::names),
        Route.post(Routes.ROLES, edit, this::put),
        Route.delete(Routes.ROLE, edit, this::remove));
  }

  private void list(Exchange exchange) throws Exception {
    List<RoleBook.Entry> all =
        tenants.<List<RoleBook.Entry>, SQLException>read(exchange.caller().tenant(), roles::list);
    exchange.answerJson(
        new ShownRoles(
            all.stream().map(RoleRoutes::shown).toList(),
            Arrays.stream(PermissionKey.values())
                .map(key -> new ShownKey(key.key(), key.isPrivileged()))
                .toList()));
  }

  private void names(Exchange exchange) throws Exception {
    List<RoleBook.Entry> all =
        tenants.<List<RoleBook.Entry>, SQLException>read(exchange.caller().tenant(), roles::list);
    exchange.answerJson(new ShownNames(all.stream().map(entry -> entry.role().name()).toList()));
  }

  private void put(Exchange exchange) throws Exception {
    Put request = Exchange.document(exchange.body(REQUEST_BYTES), Put.class);
    if (request.name() == null
        || request.permissions() == null
        || request.permissions().containsValue(null)) {
      throw RefusedRequest.malformed("A field is missing.");
    }
    Caller caller = exchange.caller();
    tenants.<Boolean, SQLException>write(
        caller.tenant(),
        scope -> {
          roles.put(scope, Acting.of(caller), request.name(), request.permissions());
          return true;
        });
    exchange.answerJson(new Done("changed"));
  }

  private void remove(Exchange exchange) throws Exception {
    Caller caller = exchange.caller();
    String name = exchange.pathText("name");
    tenants.<Boolean, SQLException>write(
        caller.tenant(),
        scope -> {
          roles.remove(scope, Acting.of(caller), name);
          return true;
        });
    exchange.answerJson(new Done("removed"));
  }

  private static ShownRole shown(RoleBook.Entry entry) {
    return new ShownRole(
        entry.role().name(),
        entry.builtIn(),
        entry.role().isPrivileged(),
        entry.role().permissions(),
        entry.bearers(),
        Danger.of(entry.role()).stream().map(ShownDanger::of).toList());
  }
}
