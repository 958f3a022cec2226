package dev.countersign.server.http;

import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.People;
import dev.countersign.server.people.Acting;
import dev.countersign.server.signin.Caller;
import dev.countersign.server.support.Access.State;
import dev.countersign.server.support.Support;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where an owner lets the server's operator at the business's data, or not. A person answers, with
 * a second factor; no key does.
 */
public final class SupportRoutes {
  private static final int REQUEST_BYTES = 4 * 1024;

  private final Tenants tenants;
  private final Support support;
  private final People people = new People();

  public SupportRoutes(Tenants tenants, Support support) {
    this.tenants = tenants;
    this.support = support;
  }

  /**
   * What was asked, and where it stands.
   *
   * @param decidedBy an id; {@code decidedByName} is the name that the person has now
   * @param history what was done under it, the newest first
   */
  record ShownAccess(
      UUID id,
      Instant askedAt,
      String reason,
      int hours,
      boolean write,
      boolean ownerLockedOut,
      State state,
      @Nullable String decidedBy,
      @Nullable Instant decidedAt,
      @Nullable Instant expires,
      long uses,
      @Nullable String decidedByName,
      List<Support.Use> history) {}

  /** All of it, and how the operator stands to the business. */
  record ShownSupport(Support.Door operator, List<ShownAccess> access) {}

  /**
   * A yes.
   *
   * @param hours fewer than were asked for, or null
   * @param write true to let it change something, where that was asked for
   */
  record Approve(@Nullable Integer hours, @Nullable Boolean write) {}

  /** Whether the business runs its server itself. */
  record SelfRun(Boolean selfRun) {}

  public List<Route> routes() {
    Access grant = Access.person(PermissionKey.SUPPORT_GRANT);
    return List.of(
        Route.get(Routes.SUPPORT, grant, this::list),
        Route.post(Routes.SUPPORT_SELF_RUN, grant, this::selfRun),
        Route.post(Routes.SUPPORT_APPROVE, grant, this::approve),
        Route.post(Routes.SUPPORT_REFUSE, grant, this::refuse),
        Route.post(Routes.SUPPORT_END, grant, this::end));
  }

  private void list(Exchange exchange) throws Exception {
    Caller caller = everywhere(exchange);
    exchange.answerJson(tenants.<ShownSupport, SQLException>read(caller.tenant(), this::all));
  }

  private void selfRun(Exchange exchange) throws Exception {
    Caller caller = inPerson(exchange);
    SelfRun request = Exchange.document(exchange.body(REQUEST_BYTES), SelfRun.class);
    Boolean wanted = request.selfRun();
    if (wanted == null) {
      throw RefusedRequest.malformed("A field is missing.");
    }
    exchange.answerJson(
        tenants.<ShownSupport, SQLException>write(
            caller.tenant(),
            scope -> {
              support.setSelfRun(scope, Gate.by(caller), wanted);
              return all(scope);
            }));
  }

  private void approve(Exchange exchange) throws Exception {
    UUID id = exchange.pathId("id");
    byte[] body = exchange.body(REQUEST_BYTES);
    Approve request =
        body.length == 0 ? new Approve(null, null) : Exchange.document(body, Approve.class);
    boolean writing = request.write() != null && request.write();
    answer(
        exchange, (scope, acting) -> support.approve(scope, acting, id, request.hours(), writing));
  }

  private void refuse(Exchange exchange) throws Exception {
    UUID id = exchange.pathId("id");
    answer(exchange, (scope, acting) -> support.refuse(scope, acting, id));
  }

  private void end(Exchange exchange) throws Exception {
    UUID id = exchange.pathId("id");
    answer(exchange, (scope, acting) -> support.end(scope, acting, id));
  }

  /** An answer to what was asked. */
  @FunctionalInterface
  private interface Answer {
    dev.countersign.server.support.Access give(TenantScope scope, Acting acting)
        throws SQLException;
  }

  private void answer(Exchange exchange, Answer answer) throws SQLException {
    Caller caller = inPerson(exchange);
    exchange.answerJson(
        tenants.<ShownAccess, SQLException>write(
            caller.tenant(),
            scope ->
                shown(scope, answer.give(scope, Acting.of(caller)), Called.of(people, scope))));
  }

  private ShownSupport all(TenantScope scope) throws SQLException {
    Called names = Called.of(people, scope);
    List<ShownAccess> all = new ArrayList<>();
    for (dev.countersign.server.support.Access each : support.list(scope)) {
      all.add(shown(scope, each, names));
    }
    return new ShownSupport(support.door(scope), all);
  }

  private ShownAccess shown(
      TenantScope scope, dev.countersign.server.support.Access each, Called names)
      throws SQLException {
    return new ShownAccess(
        each.id(),
        each.askedAt(),
        each.reason(),
        each.hours(),
        each.writing(),
        each.lockedOut(),
        each.state(scope.clock().instant()),
        each.decidedBy(),
        each.decidedAt(),
        each.expires(),
        each.uses(),
        names.of(each.decidedBy()),
        support.history(scope, each.id()));
  }

  /** A key that an operator made or found must not answer for the owner. */
  private static Caller inPerson(Exchange exchange) {
    Caller caller = everywhere(exchange);
    if (caller.session() == null) {
      throw RefusedRequest.of(403, "not-permitted", "A person answers this, not a key.");
    }
    return caller;
  }

  private static Caller everywhere(Exchange exchange) {
    Caller caller = exchange.caller();
    if (!caller.mayEverywhere(PermissionKey.SUPPORT_GRANT)) {
      throw Gate.notPermitted();
    }
    return caller;
  }
}
