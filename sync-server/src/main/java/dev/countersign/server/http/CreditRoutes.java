package dev.countersign.server.http;

import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.Credits;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.Devices;
import dev.countersign.server.credit.CreditDesk;
import dev.countersign.server.credit.CreditDesk.Outcome;
import dev.countersign.server.credit.CreditTable;
import dev.countersign.server.signin.Caller;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Where tills reserve what is on gift cards, and managers see who holds what. A code stands in a
 * body alone, and nothing answers with one.
 */
public final class CreditRoutes {
  private static final int REQUEST_BYTES = 4 * 1024;

  private final Tenants tenants;
  private final Devices devices;
  private final CreditDesk desk;

  public CreditRoutes(Tenants tenants, Devices devices, CreditDesk desk) {
    this.tenants = tenants;
    this.devices = devices;
    this.desk = desk;
  }

  /** What is held, and what went below zero. */
  record ShownCredit(List<CreditTable.Hold> holds, List<CreditTable.Overdrawn> overdrawn) {}

  public List<Route> routes() {
    Access decide = Access.person(PermissionKey.VERDICT_RESOLVE);
    return List.of(
        Route.post(Routes.CREDIT_ALLOTMENTS, Access.DEVICE, this::ask),
        Route.post(Routes.CREDIT_BALANCE, Access.DEVICE, this::look),
        Route.post(Routes.CREDIT_RETURNS, Access.DEVICE, this::giveBack),
        Route.get(Routes.CREDIT, decide, this::shown),
        Route.post(Routes.CREDIT_FREE, decide, this::free));
  }

  private void ask(Exchange exchange) throws Exception {
    Credits.Ask ask = Exchange.document(exchange.body(REQUEST_BYTES), Credits.Ask.class);
    if (ask.request() == null || ask.code() == null) {
      throw RefusedRequest.malformed("A field is missing.");
    }
    answer(exchange, desk.ask(exchange.device(), ask, exchange.address()));
  }

  private void look(Exchange exchange) throws Exception {
    Credits.Look look = Exchange.document(exchange.body(REQUEST_BYTES), Credits.Look.class);
    if (look.sale() == null || look.account() == null) {
      throw RefusedRequest.malformed("A field is missing.");
    }
    answer(exchange, desk.look(exchange.device(), look));
  }

  private static void answer(Exchange exchange, Outcome outcome) throws Exception {
    switch (outcome) {
      case Outcome.Answered(Credits.Answer answer) -> exchange.answerJson(answer);
      case Outcome.Unknown _ -> throw notFound();
      case Outcome.Wait(int seconds) ->
          throw new RefusedRequest(
              429, Problem.of("too-many-requests", "Too many wrong codes."), seconds);
      case Outcome.NotInUse _ ->
          throw RefusedRequest.of(
              409, Problem.FROZEN, "This device is frozen until a person looks.");
      case Outcome.OutOfRange _ -> throw RefusedRequest.malformed("An amount is out of range.");
      case Outcome.OtherRequest _ ->
          throw RefusedRequest.of(409, Problem.OTHER_REQUEST, "Asked before, for something else.");
    }
  }

  private void giveBack(Exchange exchange) throws Exception {
    Credits.Return what = Exchange.document(exchange.body(REQUEST_BYTES), Credits.Return.class);
    if (what.id() == null || what.account() == null) {
      throw RefusedRequest.malformed("A field is missing.");
    }
    if (!desk.giveBack(exchange.device(), what, exchange.address())) {
      throw RefusedRequest.of(409, Problem.NOT_HELD, "This device does not hold so much.");
    }
    exchange.answerJson(new Credits.Done("returned"));
  }

  private void shown(Exchange exchange) throws Exception {
    Caller caller = exchange.caller();
    exchange.answerJson(
        tenants.<ShownCredit, SQLException>read(
            caller.tenant(),
            scope -> {
              List<CreditTable.Hold> holds = new ArrayList<>();
              for (CreditTable.Hold hold : desk.holds(scope)) {
                if (isTheirs(scope, caller, hold.device())) {
                  holds.add(hold);
                }
              }
              boolean all = caller.mayEverywhere(PermissionKey.VERDICT_RESOLVE);
              return new ShownCredit(holds, all ? desk.overdrawn(scope) : List.of());
            }));
  }

  private void free(Exchange exchange) throws Exception {
    Caller caller = exchange.caller();
    UUID account = exchange.pathId("id");
    UUID device = Exchange.document(exchange.body(REQUEST_BYTES), Credits.Free.class).device();
    if (device == null) {
      throw RefusedRequest.malformed("A field is missing.");
    }
    tenants.<Boolean, Exception>write(
        caller.tenant(),
        scope -> {
          if (!isTheirs(scope, caller, device)
              || !desk.free(scope, Gate.by(caller), account, device)) {
            throw notFound();
          }
          return true;
        });
    exchange.answerJson(new Credits.Done("freed"));
  }

  private boolean isTheirs(TenantScope scope, Caller caller, UUID device) throws SQLException {
    return devices
        .find(scope, device)
        .filter(found -> caller.mayIn(PermissionKey.VERDICT_RESOLVE, found.store()))
        .isPresent();
  }

  private static RefusedRequest notFound() {
    return RefusedRequest.of(404, Problem.NOT_FOUND, "Not found.");
  }
}
