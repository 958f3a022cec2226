package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.launch.RawClient.Enrolled;
import dev.countersign.server.launch.RawClient.Reply;
import dev.countersign.server.launch.Visitor.Signed;
import dev.countersign.server.launch.Visitor.Token;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session belongs to whom it was given, over what it was given, until somebody ends it. */
class PeopleSessionTest {
  private static final MediaType JSON = MediaType.get("application/json");

  @TempDir Path data;
  private RunningServer shop;
  private Visitor visitor;

  record Session(
      UUID id,
      Instant begun,
      Instant used,
      Instant expires,
      String address,
      @Nullable UUID device,
      boolean strong,
      boolean current) {}

  record Sessions(@Nullable List<Session> sessions) {}

  @BeforeEach
  void open() throws Exception {
    shop = new RunningServer(data);
    visitor = new Visitor(shop);
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  /** A request with two tokens, a person's and a device's; each may be left out. */
  private Reply call(
      String method,
      String path,
      @Nullable Object body,
      @Nullable String person,
      @Nullable String device)
      throws Exception {
    RequestBody sent = body == null ? null : RequestBody.create(Json.encode(body), JSON);
    if (sent == null && !method.equals("GET")) {
      sent = RequestBody.create(new byte[0], JSON);
    }
    var request = new Request.Builder().url(visitor.client.url(path)).method(method, sent);
    if (person != null) {
      request.header("Authorization", "Bearer " + person);
    }
    if (device != null) {
      request.header("Countersign-Device", device);
    }
    return visitor.client.send(request);
  }

  private String signInOver(@Nullable String device, String user) throws Exception {
    var body = Visitor.fields("tenant", "Corner Shop", "user", user, "password", Visitor.PASSWORD);
    return call("POST", Routes.PEOPLE_SIGN_IN, body, null, device).as(Token.class).token();
  }

  @Test
  void aTokenStolenFromADeviceIsNothingWithoutThatDevice() throws Exception {
    visitor.person("Ann", "accountant", null);
    Enrolled office = visitor.client.enrol(shop.officeTicket(), "Office");
    Enrolled thiefs = visitor.client.enrol(shop.officeTicket(), "Another office");
    String device = visitor.client.token(office);
    String token = signInOver(device, "Ann");
    assertThat(call("GET", Routes.BOOKS, null, token, device).status()).isEqualTo(200);

    assertThat(call("GET", Routes.BOOKS, null, token, null).status()).isEqualTo(401);
    String another = visitor.client.token(thiefs);
    assertThat(call("GET", Routes.BOOKS, null, token, another).status()).isEqualTo(401);
    assertThat(call("GET", Routes.BOOKS, null, token, "nonsense").status()).isEqualTo(401);
    assertThat(call("GET", Routes.BOOKS, null, null, device).status()).isEqualTo(401);
    Reply asCookie =
        visitor.client.send(
            new Request.Builder()
                .url(visitor.client.url(Routes.BOOKS))
                .header("Countersign-Page", "1")
                .header("Cookie", "__Host-countersign=" + token));
    assertThat(asCookie.status()).isEqualTo(401);

    // The device signs in anew every hour; the person's token stays good with it.
    shop.pass(Duration.ofMinutes(25));
    String renewed = visitor.client.token(office);
    assertThat(call("GET", Routes.BOOKS, null, token, renewed).status()).isEqualTo(200);
    Session shown =
        call("GET", Routes.OWN_SESSIONS, null, token, renewed)
            .as(Sessions.class)
            .sessions()
            .getLast();
    assertThat(shown.device()).isEqualTo(office.id());
    // Whoever cuts the device off has cut off who sits at it.
    shop.desk().revokeDevice(shop.tenant.id(), office.id());
    assertThat(call("GET", Routes.BOOKS, null, token, renewed).status()).isEqualTo(401);
  }

  @Test
  void aDeviceOfAnotherBusinessLetsNobodyIn() throws Exception {
    visitor.person("Ann", "accountant", null);
    var other = shop.desk().addTenant("Other Shop", "USD", "practice");
    var store = shop.desk().addStore(other.id(), "1", "Side Street", java.time.ZoneId.of("UTC"));
    var kim = shop.desk().addUser(other.id(), "Kim", "cashier", null);
    Enrolled theirs =
        visitor.client.enrol(shop.desk().officeTicket(other.id(), store.id(), kim.id()), "Office");
    String device = visitor.client.token(theirs);
    var body = Visitor.fields("tenant", "Corner Shop", "user", "Ann", "password", Visitor.PASSWORD);
    Reply foreign = call("POST", Routes.PEOPLE_SIGN_IN, body, null, device);
    assertThat(foreign.status()).isEqualTo(401);
    assertThat(foreign.problem().code()).isEqualTo("sign-in-refused");
    String token = visitor.signIn("Ann", null).as(Token.class).token();
    assertThat(call("GET", Routes.BOOKS, null, token, device).status()).isEqualTo(401);
  }

  @Test
  void aSignedOutTokenIsNothingHoweverOftenItIsSent() throws Exception {
    Signed ann = visitor.person("Ann", "accountant", null);
    Sessions all = visitor.call("GET", Routes.OWN_SESSIONS, null, ann.token()).as(Sessions.class);
    String own = Routes.OWN_SESSION.replace("{id}", all.sessions().getFirst().id().toString());
    visitor.call("DELETE", own, null, ann.token()).as(Map.class);
    for (int i = 0; i < 3; i++) {
      assertThat(visitor.call("GET", Routes.OWN_SESSIONS, null, ann.token()).status())
          .isEqualTo(401);
    }
    String next = visitor.signIn("Ann", null).as(Token.class).token();
    assertThat(next).isNotEqualTo(ann.token());
    assertThat(visitor.call("GET", Routes.OWN_SESSIONS, null, ann.token()).status()).isEqualTo(401);
  }

  @Test
  void aTokenThatSomebodyBroughtAlongIsNotTheOneTheyAreGiven() throws Exception {
    Signed ann = visitor.person("Ann", "accountant", null);
    Signed ben = visitor.person("Ben", "accountant", null);
    // Ben's token beside Ann's password: the new session is Ann's, and Ben's stays Ben's.
    var body = Visitor.fields("tenant", "Corner Shop", "user", "Ann", "password", Visitor.PASSWORD);
    String given =
        call("POST", Routes.PEOPLE_SIGN_IN, body, ben.token(), null).as(Token.class).token();
    assertThat(given).isNotIn(ann.token(), ben.token());
    Sessions bens = visitor.call("GET", Routes.OWN_SESSIONS, null, ben.token()).as(Sessions.class);
    assertThat(bens.sessions()).hasSize(1);
  }

  @Test
  void aManagerEndsTheSessionsOfWhomTheyMayAndNobodyElses() throws Exception {
    Signed mia = visitor.person("Mia", "manager", null);
    Signed ann = visitor.person("Ann", "accountant", null);
    Signed olu = visitor.person("Olu", "owner", null);
    String second = visitor.signIn("Ann", null).as(Token.class).token();
    String path = Routes.PERSON_SESSIONS.replace("{id}", ann.person().id().toString());
    List<Session> shown =
        visitor.call("GET", path, null, mia.token()).as(Sessions.class).sessions();
    assertThat(shown).hasSize(2).noneMatch(Session::current);
    visitor.call("DELETE", path + "/" + shown.getFirst().id(), null, mia.token()).as(Map.class);
    assertThat(visitor.call("GET", Routes.OWN_SESSIONS, null, ann.token()).status()).isEqualTo(401);
    assertThat(visitor.call("GET", Routes.OWN_SESSIONS, null, second).status()).isEqualTo(200);
    assertThat(
            visitor.call("DELETE", path + "/" + shown.getFirst().id(), null, mia.token()).status())
        .isEqualTo(404);
    visitor.call("DELETE", path, null, mia.token()).as(Map.class);
    assertThat(visitor.call("GET", Routes.OWN_SESSIONS, null, second).status()).isEqualTo(401);
    assertThat(shop.auditLog()).contains("sessions.ended");

    String owners = Routes.PERSON_SESSIONS.replace("{id}", olu.person().id().toString());
    assertThat(visitor.call("DELETE", owners, null, mia.token()).status()).isEqualTo(403);
    assertThat(visitor.call("GET", Routes.OWN_SESSIONS, null, olu.token()).status()).isEqualTo(200);
    // Ann's session does not become Mia's by naming Mia.
    String mias = Routes.PERSON_SESSIONS.replace("{id}", mia.person().id().toString());
    Sessions own = visitor.call("GET", mias, null, mia.token()).as(Sessions.class);
    assertThat(own.sessions()).anyMatch(Session::current);
  }

  @Test
  void passwordsFromBeforeThePresentRulesAreListed() throws Exception {
    Signed ann = visitor.person("Ann", "accountant", null);
    assertThat(old()).isEmpty();
    shop.change("UPDATE person_password SET policy = 0");
    assertThat(old()).containsExactly(ann.person().id());
  }

  private List<UUID> old() throws Exception {
    return shop.server.admission().oldPasswords(shop.tenant.id()).stream()
        .map(dev.countersign.server.account.Person::id)
        .toList();
  }
}
