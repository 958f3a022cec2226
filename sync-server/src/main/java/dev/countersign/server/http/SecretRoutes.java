package dev.countersign.server.http;

import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.integration.IntegrationSecrets;
import dev.countersign.server.integration.IntegrationSecrets.Kept;
import dev.countersign.server.signin.Caller;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Giving the server the secrets of other systems. None comes out again. */
public final class SecretRoutes {
  private static final int REQUEST_BYTES = 16 * 1024;
  private static final int HOURS = 24 * 31;

  private final Tenants tenants;
  private final IntegrationSecrets secrets;

  public SecretRoutes(Tenants tenants, IntegrationSecrets secrets) {
    this.tenants = tenants;
    this.secrets = secrets;
  }

  /**
   * A value.
   *
   * @param overlapHours how long the value before goes on; ends now when it is left out
   */
  record Put(String value, @Nullable Integer overlapHours) {
    @Override
    public String toString() {
      return "Put[••••]";
    }
  }

  /** All of them. */
  record Shown(List<Kept> secrets) {}

  /** It is done. */
  record Done(String status) {}

  public List<Route> routes() {
    Access edit = Access.person(PermissionKey.SETTINGS_EDIT);
    return List.of(
        Route.get(Routes.SECRETS, edit, this::list),
        Route.put(Routes.SECRET, edit, this::put),
        Route.delete(Routes.SECRET, edit, this::remove));
  }

  private void list(Exchange exchange) throws Exception {
    exchange.answerJson(
        new Shown(
            tenants.<List<Kept>, SQLException>read(everywhere(exchange).tenant(), secrets::list)));
  }

  private void put(Exchange exchange) throws Exception {
    Caller caller = everywhere(exchange);
    Put request = Exchange.document(exchange.body(REQUEST_BYTES), Put.class);
    int hours = request.overlapHours() == null ? 0 : request.overlapHours();
    if (request.value() == null || hours < 0 || hours > HOURS) {
      throw RefusedRequest.malformed("A field is missing or out of range.");
    }
    String name = exchange.pathText("name");
    try {
      boolean added =
          tenants.<Boolean, SQLException>write(
              caller.tenant(),
              scope ->
                  secrets.put(
                      scope, Gate.by(caller), name, request.value(), Duration.ofHours(hours)));
      exchange.answerJson(new Done(added ? "added" : "replaced"));
    } catch (RefusedException refused) {
      throw RefusedRequest.malformed(String.valueOf(refused.getMessage()));
    }
  }

  private void remove(Exchange exchange) throws Exception {
    Caller caller = everywhere(exchange);
    String name = exchange.pathText("name");
    boolean removed =
        tenants.<Boolean, SQLException>write(
            caller.tenant(), scope -> secrets.remove(scope, Gate.by(caller), name));
    if (!removed) {
      throw RefusedRequest.of(404, Problem.NOT_FOUND, "Not found.");
    }
    exchange.answerJson(new Done("removed"));
  }

  /** They are the whole business's. */
  private static Caller everywhere(Exchange exchange) {
    Caller caller = exchange.caller();
    if (!caller.mayEverywhere(PermissionKey.SETTINGS_EDIT)) {
      throw Gate.notPermitted();
    }
    return caller;
  }
}
