package dev.countersign.server.http;

import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.signin.Caller;
import dev.countersign.server.signin.Door;
import dev.countersign.server.signin.PasskeySignIn;
import dev.countersign.server.signin.Passkeys;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Passkeys of browsers. What is asked has the names of the Web Authentication interface, so that a
 * page can hand it on as it is; bytes are base64url without padding.
 */
public final class PasskeyRoutes {
  private static final int REQUEST_BYTES = 16 * 1024;
  private static final String TYPE = "public-key";
  private static final String REQUIRED = "required";
  private static final long TIMEOUT_MS = 180_000;

  private final Door door;

  public PasskeyRoutes(Door door) {
    this.door = door;
  }

  /** For whom. */
  record Party(String id, String name) {}

  /** Who. */
  record User(String id, String name, String displayName) {}

  /** One way to sign. */
  record Algorithm(String type, long alg) {}

  /** One passkey. */
  record Credential(String type, String id) {}

  /** Which authenticators. */
  record Selection(String residentKey, boolean requireResidentKey, String userVerification) {}

  /** {@code PublicKeyCredentialCreationOptionsJSON}. */
  record Creation(
      Party rp,
      User user,
      String challenge,
      List<Algorithm> pubKeyCredParams,
      long timeout,
      List<Credential> excludeCredentials,
      Selection authenticatorSelection,
      String attestation) {}

  /** {@code PublicKeyCredentialRequestOptionsJSON}. */
  record Asked(String challenge, String rpId, long timeout, String userVerification) {}

  /**
   * A new passkey.
   *
   * @param name by which its holder knows it
   * @param page true for a browser: a token comes as a cookie and not in the answer
   */
  record NewPasskey(
      String name, String clientDataJSON, String attestationObject, @Nullable Boolean page) {
    @Override
    public String toString() {
      return "NewPasskey[••••]";
    }
  }

  /** A sign-in. */
  record SignIn(
      String id,
      String userHandle,
      String clientDataJSON,
      String authenticatorData,
      String signature,
      @Nullable Boolean page) {
    @Override
    public String toString() {
      return "SignIn[••••]";
    }
  }

  /** A passkey as its holder sees it. */
  record ShownPasskey(UUID id, String name, Instant created, @Nullable Instant used) {}

  /** All of them. */
  record ShownPasskeys(List<ShownPasskey> passkeys) {}

  public List<Route> routes() {
    return List.of(
        Route.post(Routes.PASSKEY_CHALLENGE, Access.OPEN, this::ask),
        Route.post(Routes.PASSKEY_SIGN_IN, Access.OPEN, this::signIn),
        Route.post(Routes.OWN_PASSKEYS_CHALLENGE, Access.OWN_BEFORE_FACTOR, this::begin),
        Route.post(Routes.OWN_PASSKEYS, Access.OWN_BEFORE_FACTOR, this::add),
        Route.get(Routes.OWN_PASSKEYS, Access.OWN, this::list),
        Route.delete(Routes.OWN_PASSKEY, Access.OWN, this::remove));
  }

  private void ask(Exchange exchange) throws Exception {
    exchange.body(PeopleRoutes.REQUEST_BYTES);
    try {
      PasskeySignIn.Asking asking = door.passkeySignIn().ask();
      exchange.answerJson(
          new Asked(text(asking.challenge()), asking.party().id(), TIMEOUT_MS, REQUIRED));
    } catch (RefusedException e) {
      throw conflict(e);
    }
  }

  private void signIn(Exchange exchange) throws Exception {
    SignIn request = Exchange.document(exchange.body(REQUEST_BYTES), SignIn.class);
    boolean page = PeopleRoutes.page(exchange, request.page());
    var answer =
        new PasskeySignIn.Answer(
            bytes(request.id()),
            bytes(request.userHandle()),
            bytes(request.clientDataJSON()),
            bytes(request.authenticatorData()),
            bytes(request.signature()));
    try {
      PeopleRoutes.answer(exchange, door.passkeySignIn().signIn(answer, exchange.origin()), page);
    } catch (RefusedException e) {
      throw conflict(e);
    }
  }

  private void begin(Exchange exchange) throws Exception {
    exchange.body(PeopleRoutes.REQUEST_BYTES);
    try {
      Passkeys.Making making = door.passkeys().begin(exchange.caller());
      exchange.answerJson(
          new Creation(
              new Party(making.party().id(), "Countersign " + making.business()),
              new User(text(making.handle()), making.person(), making.person()),
              text(making.challenge()),
              making.algorithms().stream().map(number -> new Algorithm(TYPE, number)).toList(),
              TIMEOUT_MS,
              making.there().stream().map(id -> new Credential(TYPE, text(id))).toList(),
              new Selection(REQUIRED, true, REQUIRED),
              "none"));
    } catch (RefusedException e) {
      throw conflict(e);
    }
  }

  private void add(Exchange exchange) throws Exception {
    NewPasskey request = Exchange.document(exchange.body(REQUEST_BYTES), NewPasskey.class);
    PeopleRoutes.require(request.name());
    boolean page = PeopleRoutes.page(exchange, request.page());
    try {
      PeopleRoutes.answer(
          exchange,
          door.passkeys()
              .add(
                  exchange.caller(),
                  request.name(),
                  bytes(request.clientDataJSON()),
                  bytes(request.attestationObject())),
          page);
    } catch (RefusedException e) {
      throw conflict(e);
    }
  }

  private void list(Exchange exchange) throws Exception {
    exchange.answerJson(
        new ShownPasskeys(
            door.passkeys().list(exchange.caller()).stream()
                .map(each -> new ShownPasskey(each.id(), each.name(), each.created(), each.used()))
                .toList()));
  }

  private void remove(Exchange exchange) throws Exception {
    Caller caller = exchange.caller();
    try {
      if (!door.passkeys().remove(caller, exchange.pathId("id"))) {
        throw RefusedRequest.of(404, Problem.NOT_FOUND, "Not found.");
      }
    } catch (RefusedException e) {
      throw conflict(e);
    }
    exchange.answerJson(new PeopleRoutes.Done("removed"));
  }

  /** What cannot be, with the sentence that says why. */
  private static RefusedRequest conflict(RefusedException refused) {
    return RefusedRequest.of(409, "refused", String.valueOf(refused.getMessage()));
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] bytes(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      throw RefusedRequest.malformed("A field is missing.");
    }
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException _) {
      throw RefusedRequest.malformed("A field is not base64url.");
    }
  }
}
