package dev.countersign.server.http;

import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.Journal;
import dev.countersign.server.http.PeopleRoutes.ShownSession;
import dev.countersign.server.http.PeopleRoutes.ShownSessions;
import dev.countersign.server.people.Acting;
import dev.countersign.server.people.Standing;
import dev.countersign.server.signin.Caller;
import dev.countersign.server.signin.Door;
import dev.countersign.server.signin.Sessions;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * Sessions of others, for who manages people: seen and ended, within their rights. Nobody looks
 * into or ends the sessions of somebody who may do more than they may themselves.
 */
public final class OthersSessionRoutes {
  private final Tenants tenants;
  private final Standing standing;
  private final Door door;
  private final Journal journal;

  public OthersSessionRoutes(Tenants tenants, Standing standing, Door door, Journal journal) {
    this.tenants = tenants;
    this.standing = standing;
    this.door = door;
    this.journal = journal;
  }

  public List<Route> routes() {
    Access userManage = Access.person(PermissionKey.USER_MANAGE);
    return List.of(
        Route.get(Routes.PERSON_SESSIONS, userManage, this::sessions),
        Route.delete(Routes.PERSON_SESSIONS, userManage, this::endAll),
        Route.delete(Routes.PERSON_SESSION, userManage, this::end));
  }

  private void sessions(Exchange exchange) throws Exception {
    Caller caller = exchange.caller();
    UUID person = exchange.pathId("id");
    List<Sessions.Session> all =
        tenants.<List<Sessions.Session>, SQLException>read(
            caller.tenant(),
            scope -> {
              require(scope, caller, person);
              return door.sessions().list(scope, person);
            });
    exchange.answerJson(
        new ShownSessions(
            all.stream().map(each -> ShownSession.of(each, caller.session())).toList()));
  }

  private void endAll(Exchange exchange) throws Exception {
    Caller caller = exchange.caller();
    UUID person = exchange.pathId("id");
    tenants.<Boolean, SQLException>write(
        caller.tenant(),
        scope -> {
          require(scope, caller, person);
          door.sessions().endAll(scope, person);
          journal.note(scope, Gate.by(caller), "sessions.ended", person.toString(), "all");
          return true;
        });
    exchange.answerJson(new PeopleRoutes.Done("ended"));
  }

  private void end(Exchange exchange) throws Exception {
    Caller caller = exchange.caller();
    UUID person = exchange.pathId("id");
    UUID session = exchange.pathId("session");
    tenants.<Boolean, SQLException>write(
        caller.tenant(),
        scope -> {
          require(scope, caller, person);
          if (!door.sessions().end(scope, person, session)) {
            throw notFound();
          }
          journal.note(
              scope, Gate.by(caller), "sessions.ended", person.toString(), session.toString());
          return true;
        });
    exchange.answerJson(new PeopleRoutes.Done("ended"));
  }

  private void require(TenantScope scope, Caller caller, UUID id) throws SQLException {
    standing.within(scope, Acting.of(caller), id);
  }

  private static RefusedRequest notFound() {
    return RefusedRequest.of(404, Problem.NOT_FOUND, "Not found.");
  }
}
