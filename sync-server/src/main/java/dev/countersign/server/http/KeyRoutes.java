package dev.countersign.server.http;

import dev.countersign.common.permission.Decision;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Rights;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.AboveThemException;
import dev.countersign.server.account.NotTheirsException;
import dev.countersign.server.account.People;
import dev.countersign.server.signin.ApiKeys;
import dev.countersign.server.signin.Caller;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keys of programs. A key works in all stores, so only whoever looks after keys in all of them does
 * it, and a key does nothing that its maker may not do themselves.
 */
public final class KeyRoutes {
  private static final int REQUEST_BYTES = 8 * 1024;

  private final Tenants tenants;
  private final ApiKeys keys;
  private final People people = new People();

  public KeyRoutes(Tenants tenants, ApiKeys keys) {
    this.tenants = tenants;
    this.keys = keys;
  }

  /**
   * A key as it is listed.
   *
   * @param madeBy the name that its maker has now, or the word {@code operator}; null when unknown
   * @param live false once it has ended
   */
  record ShownKey(
      UUID id,
      String name,
      List<String> permissions,
      String address,
      Instant created,
      Instant expires,
      @Nullable Instant used,
      @Nullable String madeBy,
      boolean live) {}

  /**
   * All of them.
   *
   * @param grantable what the caller can give a key that they make
   */
  record ShownKeys(List<ShownKey> keys, List<String> grantable) {}

  /**
   * A key to be made.
   *
   * @param address a range of network addresses, null for all
   * @param days how long it lives, null for 90
   */
  record Add(
      String name, List<String> permissions, @Nullable String address, @Nullable Integer days) {}

  /**
   * How a key is replaced.
   *
   * @param days how long the new one lives, null for 90
   * @param overlapHours how long the old one goes on, null for 24
   */
  record Rotate(@Nullable Integer days, @Nullable Integer overlapHours) {}

  /** A key, shown this once. */
  record Made(UUID id, String key, Instant expires) {
    @Override
    public String toString() {
      return "Made[" + id + ", ••••]";
    }
  }

  /** It is done. */
  record Done(String status) {}

  public List<Route> routes() {
    Access manage = Access.person(PermissionKey.KEY_MANAGE);
    return List.of(
        Route.get(Routes.KEYS, manage, this::list),
        Route.post(Routes.KEYS, manage, this::add),
        Route.post(Routes.KEY_ROTATE, manage, this::rotate),
        Route.delete(Routes.KEY, manage, this::end));
  }

  private void list(Exchange exchange) throws Exception {
    Caller caller = everywhere(exchange);
    exchange.answerJson(
        tenants.<ShownKeys, SQLException>read(
            caller.tenant(),
            scope -> {
              Called names = Called.of(people, scope);
              return new ShownKeys(
                  keys.list(scope).stream()
                      .map(key -> shown(key, names, scope.clock().instant()))
                      .toList(),
                  Arrays.stream(PermissionKey.values())
                      .filter(key -> caller.rights().covers(Rights.everywhere(only(key))))
                      .map(PermissionKey::key)
                      .toList());
            }));
  }

  private static ShownKey shown(ApiKeys.ApiKey key, Called names, Instant now) {
    return new ShownKey(
        key.id(),
        key.name(),
        key.scope(),
        key.address(),
        key.created(),
        key.expires(),
        key.used(),
        names.of(key.madeBy()),
        key.isLive(now));
  }

  private static Role only(PermissionKey key) {
    return new Role("key", Map.of(key, Decision.ALLOWED));
  }

  private void add(Exchange exchange) throws Exception {
    Caller caller = everywhere(exchange);
    Add request = Exchange.document(exchange.body(REQUEST_BYTES), Add.class);
    if (request.name() == null
        || request.permissions() == null
        || request.permissions().contains(null)) {
      throw RefusedRequest.malformed("A field is missing.");
    }
    String address = request.address() == null ? "" : request.address();
    answer(
        exchange,
        tenants.<ApiKeys.Made, SQLException>write(
            caller.tenant(),
            scope -> {
              ApiKeys.Made made =
                  keys.add(
                      scope,
                      Gate.by(caller),
                      request.name(),
                      new TreeSet<>(request.permissions()),
                      address,
                      days(request.days()));
              require(caller, key(scope, made.id()));
              return made;
            }));
  }

  private void rotate(Exchange exchange) throws Exception {
    Caller caller = everywhere(exchange);
    UUID id = exchange.pathId("id");
    byte[] body = exchange.body(REQUEST_BYTES);
    Rotate request =
        body.length == 0 ? new Rotate(null, null) : Exchange.document(body, Rotate.class);
    Integer hours = request.overlapHours();
    if (hours != null && (hours < 0 || hours > 24 * 30)) {
      throw RefusedRequest.malformed("A key and its successor overlap for 30 days at most.");
    }
    answer(
        exchange,
        tenants.<ApiKeys.Made, SQLException>write(
            caller.tenant(),
            scope -> {
              require(caller, key(scope, id));
              return keys.rotate(
                  scope,
                  Gate.by(caller),
                  id,
                  days(request.days()),
                  hours == null ? ApiKeys.OVERLAP : Duration.ofHours(hours));
            }));
  }

  private void end(Exchange exchange) throws Exception {
    Caller caller = everywhere(exchange);
    UUID id = exchange.pathId("id");
    tenants.<Boolean, SQLException>write(
        caller.tenant(),
        scope -> {
          // Ending gives nothing: it is enough not to stand below what the key may do.
          if (!caller.rights().isUpTo(Rights.everywhere(key(scope, id).role()))) {
            throw new AboveThemException("This key may do more than you may.");
          }
          keys.end(scope, Gate.by(caller), id);
          return true;
        });
    exchange.answerJson(new Done("ended"));
  }

  /** A key in use; ended ones and those that are not there are the same. */
  private ApiKeys.ApiKey key(TenantScope scope, UUID id) throws SQLException {
    Instant now = scope.clock().instant();
    return keys.list(scope).stream()
        .filter(key -> key.id().equals(id) && key.isLive(now))
        .findFirst()
        .orElseThrow(NotTheirsException::new);
  }

  /** Whoever gets the text of a key can do what it does. */
  private static void require(Caller caller, ApiKeys.ApiKey key) {
    if (!caller.rights().covers(Rights.everywhere(key.role()))) {
      throw new AboveThemException("Nobody gives what they do not have.");
    }
  }

  private static Duration days(@Nullable Integer days) {
    return days == null ? ApiKeys.LIFE : Duration.ofDays(days);
  }

  private static void answer(Exchange exchange, ApiKeys.Made made) {
    exchange.answerJson(new Made(made.id(), made.key(), made.expires()));
  }

  private static Caller everywhere(Exchange exchange) {
    Caller caller = exchange.caller();
    if (!caller.mayEverywhere(PermissionKey.KEY_MANAGE)) {
      throw Gate.notPermitted();
    }
    return caller;
  }
}
