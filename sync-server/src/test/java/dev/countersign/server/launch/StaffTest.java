package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.json.Json;
import dev.countersign.common.permission.Danger;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.Person;
import dev.countersign.server.account.Store;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.launch.RawClient.Reply;
import dev.countersign.server.launch.Visitor.Signed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** People, their ends and the keys of programs are looked after at the interface. */
@ParameterizedClass
@EnumSource
class StaffTest {
  @Parameter Stored stored;
  @TempDir Path data;
  private RunningServer shop;
  private Visitor visitor;
  private Signed owner;

  @BeforeEach
  void open() throws Exception {
    shop = new RunningServer(data, stored);
    visitor = new Visitor(shop);
    owner = visitor.person("Olu", "owner", null);
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  private Reply act(Signed who, String method, String route, UUID whom, Object body)
      throws Exception {
    return visitor.call(method, route.replace("{id}", whom.toString()), body, who.token());
  }

  private JsonNode read(Signed who, String path) throws Exception {
    Reply reply = visitor.call("GET", path, null, who.token());
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return Json.strict().readTree(reply.body());
  }

  private JsonNode listed(Signed who, UUID person) throws Exception {
    for (JsonNode each : read(who, Routes.PEOPLE).get("people")) {
      if (each.get("id").asString().equals(person.toString())) {
        return each;
      }
    }
    throw new AssertionError("not listed");
  }

  private JsonNode leaving(Signed who, UUID person) throws Exception {
    return read(who, Routes.PERSON_LEAVING.replace("{id}", person.toString()));
  }

  @Test
  void whoeverIsAddedSetsTheirOwnPasswordAndIsListedWithWhatTheyHave() throws Exception {
    Reply added =
        visitor.call(
            "POST",
            Routes.PEOPLE,
            Visitor.fields("name", "Ann", "role", "accountant"),
            owner.token());
    UUID ann = UUID.fromString(Json.strict().readTree(added.body()).get("id").asString());
    assertThat(listed(owner, ann).get("password").asBoolean()).isFalse();
    assertThat(listed(owner, ann).get("lastSignIn")).isNull();
    Reply code = act(owner, "POST", Routes.PERSON_PASSWORD_CODE, ann, null);
    String text = Json.strict().readTree(code.body()).get("code").asString();
    visitor.setPassword("Ann", text, Visitor.PASSWORD).as(Map.class);
    assertThat(visitor.signIn("Ann", null).status()).isEqualTo(200);
    JsonNode then = listed(owner, ann);
    assertThat(then.get("password").asBoolean()).isTrue();
    assertThat(then.get("secondFactor").asBoolean()).isFalse();
    assertThat(then.get("lastSignIn").asString()).isEqualTo(shop.now.get().toString());
    assertThat(listed(owner, owner.person().id()).get("secondFactor").asBoolean()).isTrue();
    assertThat(shop.auditLog())
        .contains("password.code.made")
        .contains("\"who\":\"" + owner.person().id() + "\"")
        .doesNotContain(text)
        .doesNotContain("Ann");
  }

  @Test
  void aNewNameIsTheOneToSignInBy() throws Exception {
    Signed ann = visitor.person("Ann", "accountant", null);
    UUID id = ann.person().id();
    assertThat(act(owner, "POST", Routes.PERSON_NAME, id, Map.of("name", "Anna")).status())
        .isEqualTo(200);
    assertThat(visitor.signIn("Ann", null).status()).isEqualTo(401);
    assertThat(visitor.signIn("Anna", null).status()).isEqualTo(200);
    assertThat(act(owner, "POST", Routes.PERSON_NAME, id, Map.of("name", "\n")).status())
        .isEqualTo(422);
    assertThat(act(owner, "POST", Routes.PERSON_NAME, id, Map.of()).status()).isEqualTo(400);
  }

  @Test
  void aResetPinRaisesTheNumberOnEveryDeviceAndEndsAnOpenCode() throws Exception {
    UUID sam = shop.cashier.id();
    assertThat(act(owner, "POST", Routes.PERSON_JOIN_CODE, sam, null).status()).isEqualTo(200);
    String token = visitor.client.token(visitor.client.enrol(shop.tillTicket(), "Till"));
    assertThat(visitor.client.snapshot(token).items().toString())
        .contains("\"pinEpoch\":0")
        .contains("\"joining\":{");
    assertThat(act(owner, "DELETE", Routes.PERSON_PINS, sam, null).status()).isEqualTo(200);
    var users =
        visitor.client.snapshot(token).items().stream()
            .filter(item -> item.toString().contains(sam.toString()))
            .toList();
    assertThat(users.toString()).contains("\"pinEpoch\":1").doesNotContain("\"joining\":{");
    assertThat(shop.auditLog()).contains("user.pin.reset");
  }

  @Test
  void leavingIsCompleteWhenTheLastDeviceOfTheirStoresHasConfirmed() throws Exception {
    var second = shop.desk().addStore(shop.tenant.id(), "13", "Side Street", ZoneId.of("UTC"));
    UUID first = visitor.client.enrol(shop.tillTicket(), "First").id();
    RawClient.Enrolled till = visitor.client.enrol(shop.officeTicket(), "Office");
    visitor.client.enrol(
        shop.desk().officeTicket(shop.tenant.id(), second.id(), owner.person().id()), "Elsewhere");
    String token = visitor.client.token(till);
    FeedPage before = visitor.client.snapshot(token).head();
    shop.pass(Duration.ofMinutes(1));
    UUID sam = shop.cashier.id();
    assertThat(act(owner, "GET", Routes.PERSON_LEAVING, sam, null).status()).isEqualTo(404);
    assertThat(act(owner, "POST", Routes.PERSON_LEAVE, sam, null).status()).isEqualTo(200);

    JsonNode open = leaving(owner, sam);
    assertThat(open.get("complete").asBoolean()).isFalse();
    assertThat(open.get("devices")).hasSize(2);
    assertThat(open.toString()).contains("First").contains("Office").doesNotContain("Elsewhere");

    FeedPage page = visitor.client.page(token, before.epoch(), before.cursor());
    assertThat(leaving(owner, sam).toString()).doesNotContain("\"confirmed\":true");
    shop.pass(Duration.ofMinutes(1));
    String path = Routes.FEED + "?epoch=" + before.epoch() + "&after=" + page.cursor();
    assertThat(visitor.client.get(path + "&open=1", token).status()).isEqualTo(200);
    assertThat(leaving(owner, sam).toString()).doesNotContain("\"confirmed\":true");
    String other = Routes.FEED + "?epoch=" + UUID.randomUUID() + "&after=" + page.cursor();
    assertThat(visitor.client.get(other, token).status()).isEqualTo(409);
    assertThat(leaving(owner, sam).toString()).doesNotContain("\"confirmed\":true");
    assertThat(visitor.client.get(path, token).status()).isEqualTo(200);
    String confirmed = shop.now.get().toString();
    assertThat(leaving(owner, sam).toString())
        .contains("\"confirmedAt\":\"" + confirmed)
        .contains("\"complete\":false");

    shop.pass(Duration.ofDays(1));
    shop.desk().revokeDevice(shop.tenant.id(), first);
    owner = visitor.again(owner);
    JsonNode done = leaving(owner, sam);
    assertThat(done.get("complete").asBoolean()).as("what is out of use holds nothing up").isTrue();
    assertThat(done.get("completeAt").asString()).isEqualTo(confirmed);
    assertThat(done.toString()).contains("\"state\":\"revoked\",\"confirmed\":false");
    assertThat(listed(owner, sam).get("leaving").get("complete").asBoolean()).isTrue();
  }

  @Test
  void aManagerOfAnotherStoreLearnsNothingOfWhoLeft() throws Exception {
    Store second = shop.desk().addStore(shop.tenant.id(), "13", "Side Street", ZoneId.of("UTC"));
    Signed mia = visitor.person("Mia", "manager", second.id());
    act(owner, "POST", Routes.PERSON_LEAVE, shop.cashier.id(), null);
    Reply foreign = act(mia, "GET", Routes.PERSON_LEAVING, shop.cashier.id(), null);
    Reply nowhere = act(mia, "GET", Routes.PERSON_LEAVING, UUID.randomUUID(), null);
    assertThat(foreign.status()).isEqualTo(404);
    assertThat(foreign.text()).isEqualTo(nowhere.text());
  }

  @Test
  void rolesAreListedWithWhatOnePersonCouldDoAlone() throws Exception {
    for (JsonNode role : read(owner, Routes.ROLES).get("roles")) {
      Role builtIn = Role.named(role.get("name").asString()).orElseThrow();
      assertThat(role.path("dangers").findValuesAsString("code"))
          .containsExactlyElementsOf(Danger.of(builtIn).stream().map(Danger::code).toList());
    }
    Signed mia = visitor.person("Mia", "manager", null);
    assertThat(read(mia, Routes.ROLE_NAMES).toString()).contains("supervisor");
  }

  @Test
  void aKeyIsMadeReplacedAndEndedWithinWhatItsMakerMay() throws Exception {
    var body = Visitor.fields("name", "Books", "permissions", List.of("office.open"), "days", 30);
    Reply made = visitor.call("POST", Routes.KEYS, body, owner.token());
    JsonNode key = Json.strict().readTree(made.body());
    UUID id = UUID.fromString(key.get("id").asString());
    assertThat(visitor.call("GET", Routes.BOOKS, null, key.get("key").asString()).status())
        .isEqualTo(200);
    assertThat(read(owner, Routes.KEYS).toString())
        .contains("Books")
        .contains("\"madeBy\":\"" + owner.person().name() + "\"")
        .contains("\"live\":true")
        .doesNotContain(key.get("key").asString());
    shop.server
        .admission()
        .putRole(
            shop.tenant.id(), "keys", Map.of("key.manage", "ALLOWED", "office.open", "ALLOWED"));
    Signed kay = visitor.person("Kay", "keys", null);
    assertThat(read(kay, Routes.KEYS).get("grantable").toString())
        .as("what their maker may do, and no more")
        .isEqualTo("[\"office.open\",\"key.manage\"]");
    var strong = Visitor.fields("name", "All", "permissions", List.of("export.run"));
    assertThat(visitor.call("POST", Routes.KEYS, strong, kay.token()).status()).isEqualTo(403);
    assertThat(read(owner, Routes.KEYS).get("keys").toString()).doesNotContain("export.run");
    Reply all = visitor.call("POST", Routes.KEYS, strong, owner.token());
    UUID above = UUID.fromString(Json.strict().readTree(all.body()).get("id").asString());
    assertThat(act(kay, "POST", Routes.KEY_ROTATE, above, null).status()).isEqualTo(403);
    assertThat(act(kay, "DELETE", Routes.KEY, above, null).status()).isEqualTo(403);
    assertThat(act(kay, "POST", Routes.KEY_ROTATE, id, Map.of("days", 9000)).status())
        .isEqualTo(422);
    assertThat(act(kay, "POST", Routes.KEY_ROTATE, id, null).status()).isEqualTo(200);
    assertThat(act(kay, "DELETE", Routes.KEY, id, null).status()).isEqualTo(200);
    assertThat(act(kay, "DELETE", Routes.KEY, id, null).status()).isEqualTo(404);
    for (Object bad :
        List.of(
            Visitor.fields("name", "x", "permissions", List.of()),
            Visitor.fields("name", "x", "permissions", List.of("all")),
            Visitor.fields("name", "x", "permissions", List.of("office.open"), "days", 0))) {
      assertThat(visitor.call("POST", Routes.KEYS, bad, owner.token()).status()).isEqualTo(422);
    }
    Person ofOne = shop.desk().addUser(shop.tenant.id(), "One", "keys", shop.store.id());
    Signed confined = visitor.signed(ofOne);
    assertThat(visitor.call("GET", Routes.KEYS, null, confined.token()).status()).isEqualTo(403);
  }
}
