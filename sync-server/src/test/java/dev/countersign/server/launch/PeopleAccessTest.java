package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.permission.Decision;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.Person;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.http.Access;
import dev.countersign.server.http.Route;
import dev.countersign.server.launch.RawClient.Reply;
import dev.countersign.server.launch.Visitor.Signed;
import dev.countersign.server.signin.ApiKeys;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Who has come in does what their role, their key and their business allow, and nothing else. */
@ParameterizedClass
@EnumSource
class PeopleAccessTest {
  private static final String NOWHERE = "00000000-0000-7000-8000-000000000000";

  @Parameter Stored stored;
  @TempDir Path data;
  private RunningServer shop;
  private Visitor visitor;

  @BeforeEach
  void open() throws Exception {
    // The matrix asks more often from one address than anybody may.
    shop = new RunningServer(data, stored, config -> config.limitedTo(1_000_000, 1_000_000));
    visitor = new Visitor(shop);
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  private Reply ask(Route route, String token) throws Exception {
    String path = route.path().replace("{id}", NOWHERE).replace("{session}", NOWHERE);
    return visitor.call(
        route.method(), path + (path.equals(Routes.AUDIT) ? "?after=0" : ""), null, token);
  }

  private ApiKeys.Made key(Set<String> permissions, String from) throws Exception {
    return shop.server
        .admission()
        .addKey(shop.tenant.id(), "Program", permissions, from, ApiKeys.LIFE);
  }

  @Test
  void everyRoleAndEveryKeyReachesExactlyWhatItsPermissionsSay() throws Exception {
    for (Role role : Role.builtIn()) {
      Signed person = visitor.person("The " + role.name(), role.name(), null);
      for (Route route : shop.server.routes()) {
        if (route.access() instanceof Access.Permission(PermissionKey key)) {
          boolean allowed = role.decide(key, null) == Decision.ALLOWED;
          assertThat(ask(route, person.token()).status() != 403)
              .as("%s %s as %s", route.method(), route.path(), role.name())
              .isEqualTo(allowed);
        }
      }
    }
    for (PermissionKey only : PermissionKey.values()) {
      String token = key(Set.of(only.key()), "").key();
      for (Route route : shop.server.routes()) {
        if (route.access() instanceof Access.Permission(PermissionKey key)) {
          assertThat(ask(route, token).status() != 403)
              .as("%s with a key for %s", route.path(), only)
              .isEqualTo(key == only && !isInPerson(route));
        } else if (route.access() == Access.OWN || route.access() == Access.OWN_BEFORE_FACTOR) {
          assertThat(ask(route, token).status()).isEqualTo(403);
        }
      }
    }
  }

  /** No key answers for an owner who is asked by the server's operator. */
  private static boolean isInPerson(Route route) {
    return route.path().startsWith(Routes.SUPPORT + "/");
  }

  @Test
  void noRouteThatIsNotPublicAnswersSomebodyUnknown() throws Exception {
    Signed person = visitor.person("Ann", "accountant", null);
    String broken = person.token().substring(0, person.token().length() - 2) + "AA";
    for (Route route : shop.server.routes()) {
      if (route.access() == Access.OPEN || route.access() == Access.SIGNED_BODY) {
        continue;
      }
      for (String token : new String[] {null, "", "css_", "csk_AAAA", "nonsense", broken}) {
        Reply reply = ask(route, token);
        assertThat(reply.status()).as("%s %s", route.path(), token).isEqualTo(401);
      }
    }
    assertThat(visitor.client.get(Routes.FEED + "?after=0", person.token()).status())
        .isEqualTo(401);
  }

  @Test
  void anotherBusinessIsAnsweredAsWhatIsNotThere() throws Exception {
    Signed owner = visitor.person("Olu", "owner", null);
    var other = shop.desk().addTenant("Other Shop", "USD", "practice");
    var store = shop.desk().addStore(other.id(), "1", "Side Street", ZoneId.of("UTC"));
    Person theirs = shop.desk().addUser(other.id(), "Kim", "cashier", null);
    var register = shop.desk().addRegister(other.id(), store.id(), "1");
    UUID device =
        visitor
            .client
            .enrol(shop.desk().tillTicket(other.id(), register.id(), theirs.id()), "T")
            .id();
    Map<String, UUID> paths =
        Map.of(
            Routes.PERSON_LEAVE,
            theirs.id(),
            Routes.DEVICE_REVOKE,
            device,
            Routes.DEVICE_UNFREEZE,
            device,
            Routes.DEVICE_RENAME,
            device,
            Routes.DEVICE_ROTATE,
            device,
            Routes.DEVICE_WIPE,
            device);
    for (var each : paths.entrySet()) {
      Reply foreign =
          visitor.call(
              "POST",
              each.getKey().replace("{id}", each.getValue().toString()),
              null,
              owner.token());
      Reply nowhere =
          visitor.call("POST", each.getKey().replace("{id}", NOWHERE), null, owner.token());
      assertThat(foreign.status()).isEqualTo(404);
      assertThat(foreign.text()).isEqualTo(nowhere.text());
    }
    for (String path : List.of(Routes.PEOPLE, Routes.DEVICES, Routes.AUDIT + "?after=0")) {
      assertThat(visitor.call("GET", path, null, owner.token()).text())
          .doesNotContain(theirs.id().toString())
          .doesNotContain(device.toString());
    }
    assertThat(shop.desk().users(other.id())).allMatch(Person::active);
  }

  @Test
  void aTokenWhoseBusinessWasExchangedIsNobodys() throws Exception {
    Signed owner = visitor.person("Olu", "owner", null);
    var other = shop.desk().addTenant("Other Shop", "USD", "practice");
    byte[] bytes = java.util.Base64.getUrlDecoder().decode(owner.token().substring(4));
    java.nio.ByteBuffer.wrap(bytes)
        .putLong(other.id().getMostSignificantBits())
        .putLong(other.id().getLeastSignificantBits());
    String forged =
        "css_" + java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    assertThat(visitor.call("GET", Routes.PEOPLE, null, forged).status()).isEqualTo(401);
  }

  @Test
  void whoWorksInOneStoreReachesNothingOfAnother() throws Exception {
    var second = shop.desk().addStore(shop.tenant.id(), "13", "Side Street", ZoneId.of("UTC"));
    Signed manager = visitor.person("Mia", "manager", second.id());
    assertThat(visitor.call("GET", Routes.PEOPLE, null, manager.token()).text())
        .contains("Mia")
        .doesNotContain("Sam");
    Reply reply =
        visitor.call(
            "POST",
            Routes.PERSON_LEAVE.replace("{id}", shop.cashier.id().toString()),
            null,
            manager.token());
    assertThat(reply.status()).isEqualTo(404);
    assertThat(visitor.call("GET", Routes.AUDIT + "?after=0", null, manager.token()).status())
        .isEqualTo(403);
  }

  @Test
  void aManagerEndsACashierButNotTheOwner() throws Exception {
    Signed manager = visitor.person("Mia", "manager", null);
    Person owner = shop.desk().addUser(shop.tenant.id(), "Olu", "owner", null);
    String leave = Routes.PERSON_LEAVE;
    assertThat(
            visitor
                .call("POST", leave.replace("{id}", owner.id().toString()), null, manager.token())
                .status())
        .isEqualTo(403);
    visitor
        .call("POST", leave.replace("{id}", shop.cashier.id().toString()), null, manager.token())
        .as(Map.class);
    assertThat(shop.desk().users(shop.tenant.id()))
        .filteredOn(person -> !person.active())
        .extracting(Person::id)
        .containsExactly(shop.cashier.id());
    assertThat(shop.auditLog())
        .contains("\"who\":\"" + manager.person().id() + "\"")
        .contains("user.left");
  }

  @Test
  void anOwnerTakesTheLogAwayAndThatIsInTheLog() throws Exception {
    Signed owner = visitor.person("Olu", "owner", null);
    Reply export = visitor.call("GET", Routes.EXPORT, null, owner.token());
    assertThat(export.status()).isEqualTo(200);
    assertThat(export.text().lines().toList().getLast()).startsWith("S ");
    Reply log = visitor.call("GET", Routes.AUDIT + "?after=0", null, owner.token());
    assertThat(log.text()).contains("export.made").contains(owner.person().id().toString());
    assertThat(visitor.call("GET", Routes.AUDIT + "?after=999999", null, owner.token()).text())
        .endsWith("\"entries\":[],\"openings\":[]}");
  }

  @Test
  void aPageGetsACookieThatScriptsAndOtherSitesCannotUse() throws Exception {
    visitor.person("Ann", "accountant", null);
    var body =
        Visitor.fields(
            "tenant", "Corner Shop", "user", "Ann", "password", Visitor.PASSWORD, "page", true);
    assertThat(visitor.call("POST", Routes.PEOPLE_SIGN_IN, body, null).status()).isEqualTo(400);
    String chosen = "__Host-countersign=css_chosen-by-somebody-else";
    Reply signedIn =
        visitor.client.send(
            page(Routes.PEOPLE_SIGN_IN)
                .header("Cookie", chosen)
                .post(
                    RequestBody.create(
                        dev.countersign.common.json.Json.encode(body),
                        MediaType.get("application/json"))));
    assertThat(signedIn.status()).isEqualTo(200);
    assertThat(signedIn.text()).doesNotContain("css_");
    String set = signedIn.headers().get("Set-Cookie");
    assertThat(set)
        .startsWith("__Host-countersign=css_")
        .doesNotContain("chosen")
        .doesNotContain("Domain")
        .contains("; Path=/;")
        .contains("; Secure")
        .contains("; HttpOnly")
        .contains("; SameSite=Strict");
    String cookie = set.substring(0, set.indexOf(';'));
    assertThat(books(page(Routes.BOOKS).header("Cookie", cookie))).isEqualTo(200);
    assertThat(books(page(Routes.BOOKS).header("Cookie", chosen))).isEqualTo(401);
    // What a page of another site can make a browser send.
    Request.Builder foreign = new Request.Builder().url(visitor.client.url(Routes.BOOKS));
    assertThat(books(foreign.header("Cookie", cookie))).isEqualTo(401);
    assertThat(
            books(
                page(Routes.BOOKS).header("Cookie", cookie).header("Sec-Fetch-Site", "cross-site")))
        .isEqualTo(401);
    Reply preflight =
        visitor.client.send(
            page(Routes.BOOKS)
                .method("OPTIONS", null)
                .header("Origin", "https://example.org")
                .header("Access-Control-Request-Headers", "countersign-page"));
    assertThat(preflight.headers().get("Access-Control-Allow-Origin")).isNull();
    assertThat(preflight.headers().get("Access-Control-Allow-Headers")).isNull();
  }

  private Request.Builder page(String path) {
    return new Request.Builder().url(visitor.client.url(path)).header("Countersign-Page", "1");
  }

  private int books(Request.Builder request) throws Exception {
    return visitor.client.send(request).status();
  }

  @Test
  void aKeyWorksFromItsAddressesUntilItEndsAndOverlapsWithTheNext() throws Exception {
    var admission = shop.server.admission();
    UUID tenant = shop.tenant.id();
    ApiKeys.Made key = key(Set.of("office.open"), "127.0.0.0/8");
    assertThat(admission.keys(tenant).getFirst().used()).isNull();
    assertThat(visitor.call("GET", Routes.BOOKS, null, key.key()).status()).isEqualTo(200);
    assertThat(admission.keys(tenant).getFirst().used()).isEqualTo(shop.now.get());
    String elsewhere = key(Set.of("office.open"), "192.0.2.0/24").key();
    assertThat(visitor.call("GET", Routes.BOOKS, null, elsewhere).status()).isEqualTo(401);

    ApiKeys.Made next = admission.rotateKey(tenant, key.id(), ApiKeys.LIFE, ApiKeys.OVERLAP);
    for (String live : List.of(key.key(), next.key())) {
      assertThat(visitor.call("GET", Routes.BOOKS, null, live).status()).isEqualTo(200);
    }
    shop.pass(ApiKeys.OVERLAP);
    assertThat(visitor.call("GET", Routes.BOOKS, null, key.key()).status()).isEqualTo(401);
    assertThat(visitor.call("GET", Routes.BOOKS, null, next.key()).status()).isEqualTo(200);
    shop.pass(ApiKeys.LIFE);
    assertThat(visitor.call("GET", Routes.BOOKS, null, next.key()).status()).isEqualTo(401);
    ApiKeys.Made ended = key(Set.of("office.open"), "");
    admission.endKey(tenant, ended.id());
    assertThat(visitor.call("GET", Routes.BOOKS, null, ended.key()).status()).isEqualTo(401);
  }
}
