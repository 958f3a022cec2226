package dev.countersign.server.http;

import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.signin.Caller;
import dev.countersign.server.signin.Door;
import dev.countersign.server.signin.Outcome;
import dev.countersign.server.signin.Sessions;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where people sign in and look after what they sign in with. */
public final class PeopleRoutes {
  static final int REQUEST_BYTES = 4 * 1024;

  /** Longest of any text here; far over what is taken as a password. */
  private static final int LONGEST = 256;

  private final Tenants tenants;
  private final Door door;

  public PeopleRoutes(Tenants tenants, Door door) {
    this.tenants = tenants;
    this.door = door;
  }

  /**
   * A sign-in.
   *
   * @param page true for a browser: the token comes as a cookie and not in the answer
   */
  record SignIn(
      String tenant, String user, String password, @Nullable String code, @Nullable Boolean page) {
    @Override
    public String toString() {
      return "SignIn[••••]";
    }
  }

  /** A password by a set-up code. */
  record SetPassword(String tenant, String user, String code, String password) {
    @Override
    public String toString() {
      return "SetPassword[••••]";
    }
  }

  /** A password by the old one. */
  record ChangePassword(String old, String password) {
    @Override
    public String toString() {
      return "ChangePassword[••••]";
    }
  }

  /** The first code of an app. */
  record Confirm(String code, @Nullable Boolean page) {
    @Override
    public String toString() {
      return "Confirm[••••]";
    }
  }

  /** A session began. */
  record SignedIn(@Nullable String token, UUID person, boolean secondFactorNeeded) {
    @Override
    public String toString() {
      return "SignedIn[••••]";
    }
  }

  /** A second factor counts. */
  record Confirmed(@Nullable String token, List<String> recoveryCodes) {
    @Override
    public String toString() {
      return "Confirmed[••••]";
    }
  }

  /** There is a further passkey. */
  record Added(UUID id) {}

  /** It is done. */
  record Done(String status) {}

  /**
   * A session as it is shown.
   *
   * @param device the device that it is bound to, or null
   * @param strong true when a second factor was shown
   * @param current true for the one that asks
   */
  record ShownSession(
      UUID id,
      Instant begun,
      Instant used,
      Instant expires,
      String address,
      @Nullable UUID device,
      boolean strong,
      boolean current) {
    static ShownSession of(Sessions.Session session, @Nullable UUID current) {
      return new ShownSession(
          session.id(),
          session.begun(),
          session.used(),
          session.expires(),
          session.address(),
          session.device(),
          session.strong(),
          session.id().equals(current));
    }
  }

  /** All of them. */
  record ShownSessions(List<ShownSession> sessions) {}

  public List<Route> routes() {
    return List.of(
        Route.post(Routes.PEOPLE_SIGN_IN, Access.OPEN, this::signIn),
        Route.post(Routes.PEOPLE_PASSWORD, Access.OPEN, this::setPassword),
        Route.post(Routes.OWN_PASSWORD, Access.OWN, this::changePassword),
        Route.post(Routes.OWN_FACTOR, Access.OWN_BEFORE_FACTOR, this::beginFactor),
        Route.post(Routes.OWN_FACTOR_CONFIRM, Access.OWN_BEFORE_FACTOR, this::confirmFactor),
        Route.get(Routes.OWN_SESSIONS, Access.OWN, this::sessions),
        Route.delete(Routes.OWN_SESSIONS, Access.OWN_BEFORE_FACTOR, this::endSessions),
        Route.delete(Routes.OWN_SESSION, Access.OWN_BEFORE_FACTOR, this::endSession));
  }

  private void signIn(Exchange exchange) throws Exception {
    SignIn request = Exchange.document(exchange.body(REQUEST_BYTES), SignIn.class);
    require(request.tenant(), request.user(), request.password());
    boolean page = page(exchange, request.page());
    String code = request.code();
    if (code != null) {
      require(code);
    }
    answer(
        exchange,
        door.signingIn()
            .signIn(request.tenant(), request.user(), request.password(), code, exchange.origin()),
        page);
  }

  private void setPassword(Exchange exchange) throws Exception {
    SetPassword request = Exchange.document(exchange.body(REQUEST_BYTES), SetPassword.class);
    require(request.tenant(), request.user(), request.code(), request.password());
    answer(
        exchange,
        door.settingUp()
            .setPassword(
                request.tenant(),
                request.user(),
                request.code(),
                request.password(),
                exchange.origin()),
        false);
  }

  private void changePassword(Exchange exchange) throws Exception {
    ChangePassword request = Exchange.document(exchange.body(REQUEST_BYTES), ChangePassword.class);
    require(request.old(), request.password());
    answer(
        exchange,
        door.settingUp().changePassword(exchange.caller(), request.old(), request.password()),
        false);
  }

  private void beginFactor(Exchange exchange) throws Exception {
    exchange.body(REQUEST_BYTES);
    try {
      exchange.answerJson(door.settingUp().beginFactor(exchange.caller()));
    } catch (RefusedException _) {
      throw RefusedRequest.of(409, "second-factor-there", "There is a second factor already.");
    }
  }

  private void confirmFactor(Exchange exchange) throws Exception {
    Confirm request = Exchange.document(exchange.body(REQUEST_BYTES), Confirm.class);
    require(request.code());
    boolean page = page(exchange, request.page());
    answer(exchange, door.settingUp().confirmFactor(exchange.caller(), request.code()), page);
  }

  private void sessions(Exchange exchange) throws Exception {
    Caller caller = exchange.caller();
    List<Sessions.Session> all =
        tenants.<List<Sessions.Session>, SQLException>read(
            caller.tenant(), scope -> door.sessions().list(scope, caller.id()));
    exchange.answerJson(
        new ShownSessions(
            all.stream().map(each -> ShownSession.of(each, caller.session())).toList()));
  }

  private void endSessions(Exchange exchange) throws Exception {
    Caller caller = exchange.caller();
    tenants.<Boolean, SQLException>write(
        caller.tenant(),
        scope -> {
          door.sessions().endAll(scope, caller.id());
          return true;
        });
    exchange.dropCookie();
    exchange.answerJson(new Done("ended"));
  }

  private void endSession(Exchange exchange) throws Exception {
    Caller caller = exchange.caller();
    UUID session = exchange.pathId("id");
    boolean ended =
        tenants.<Boolean, SQLException>write(
            caller.tenant(), scope -> door.sessions().end(scope, caller.id(), session));
    if (!ended) {
      throw RefusedRequest.of(404, Problem.NOT_FOUND, "Not found.");
    }
    exchange.answerJson(new Done("ended"));
  }

  static void answer(Exchange exchange, Outcome outcome, boolean page) {
    switch (outcome) {
      case Outcome.SignedIn(String token, UUID person, boolean factorNeeded) ->
          exchange.answerJson(new SignedIn(exchange.handOver(token, page), person, factorNeeded));
      case Outcome.Confirmed(String token, List<String> recoveryCodes) ->
          exchange.answerJson(new Confirmed(exchange.handOver(token, page), recoveryCodes));
      case Outcome.PasskeyAdded(UUID id) -> exchange.answerJson(new Added(id));
      case Outcome.PasswordSet() -> exchange.answerJson(new Done("set"));
      case Outcome.Weak(String advice) -> throw RefusedRequest.of(422, "weak-password", advice);
      case Outcome.Refused() ->
          throw RefusedRequest.of(401, "sign-in-refused", "This does not sign anybody in.");
      case Outcome.Wait(int seconds) -> throw Gate.tooManyTries(seconds);
    }
  }

  static boolean page(Exchange exchange, @Nullable Boolean asked) {
    boolean page = asked != null && asked;
    if (page && !exchange.isOurPage()) {
      throw RefusedRequest.malformed("A page sends " + Gate.HEADER + " with every request.");
    }
    return page;
  }

  /** Missing fields are null here: what came is not trusted to be whole. */
  static void require(@Nullable String... texts) {
    for (String text : texts) {
      if (text == null || text.isEmpty() || text.length() > LONGEST) {
        throw RefusedRequest.malformed("A field is missing or too long.");
      }
    }
  }
}
