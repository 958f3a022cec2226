package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.FeedBody.UserItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.People;
import dev.countersign.server.account.Person;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.account.Store;
import dev.countersign.server.account.Worker;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.launch.RawClient.Reply;
import dev.countersign.server.launch.Visitor.Signed;
import dev.countersign.server.signin.ApiKeys;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Roles count store by store, are the business's own, and are given only by who has them. */
@ParameterizedClass
@EnumSource
class RolesPerStoreTest {
  @Parameter Stored stored;
  @TempDir Path data;
  private RunningServer shop;
  private Visitor visitor;
  private Store second;

  @BeforeEach
  void open() throws Exception {
    shop = new RunningServer(data, stored);
    visitor = new Visitor(shop);
    second = shop.desk().addStore(shop.tenant.id(), "13", "Side Street", ZoneId.of("UTC"));
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  private Admission admission() {
    return shop.server.admission();
  }

  private Reply act(Signed who, String method, String route, UUID whom, @Nullable Object body)
      throws Exception {
    return visitor.call(method, route.replace("{id}", whom.toString()), body, who.token());
  }

  private Reply give(Signed who, UUID whom, String role, @Nullable Store store) throws Exception {
    return act(
        who,
        "POST",
        Routes.PERSON_ROLE,
        whom,
        Visitor.fields("role", role, "store", store == null ? null : store.id()));
  }

  private Reply putRole(Signed who, String name, Map<String, String> permissions) throws Exception {
    return visitor.call(
        "POST",
        Routes.ROLES,
        Visitor.fields("name", name, "permissions", permissions),
        who.token());
  }

  private Optional<Role> roleIn(Store store, Person person) throws Exception {
    return shop.server
        .tenants()
        .<Optional<Role>, SQLException>read(
            shop.tenant.id(), scope -> new People().rightIn(scope, person.id(), store.id()));
  }

  @Test
  void theRoleOfAStoreCountsBeforeTheOneForAll() throws Exception {
    Person mia = shop.desk().addUser(shop.tenant.id(), "Mia", "supervisor", null);
    admission().assign(shop.tenant.id(), mia.id(), second.id(), "cashier");
    assertThat(roleIn(shop.store, mia)).contains(Role.SUPERVISOR);
    assertThat(roleIn(second, mia)).contains(Role.CASHIER);
    assertThat(roleIn(second, shop.cashier)).isEmpty();
    List<Worker> here =
        shop.server
            .tenants()
            .<List<Worker>, SQLException>read(
                shop.tenant.id(), scope -> new People().rightsIn(scope, second.id()));
    assertThat(here).containsExactly(new Worker(mia.id(), "Mia", Role.CASHIER));
    shop.desk().endUser(shop.tenant.id(), mia.id());
    assertThat(roleIn(shop.store, mia)).isEmpty();
    assertThat(roleIn(second, mia)).isEmpty();
  }

  @Test
  void aDeviceGetsTheRolesOfItsStoreAndNoOthers() throws Exception {
    Person mia = shop.desk().addUser(shop.tenant.id(), "Mia", "manager", null);
    admission().assign(shop.tenant.id(), mia.id(), second.id(), "cashier");
    Person kim = shop.desk().addUser(shop.tenant.id(), "Kim", "cashier", second.id());
    String till = visitor.client.token(visitor.client.enrol(shop.tillTicket(), "Till"));
    assertThat(users(till))
        .extracting(UserItem::person, UserItem::role)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(shop.cashier.id(), "cashier"),
            org.assertj.core.groups.Tuple.tuple(mia.id(), "manager"));
    var office = shop.desk().officeTicket(shop.tenant.id(), second.id(), kim.id());
    String other = visitor.client.token(visitor.client.enrol(office, "Office"));
    assertThat(users(other))
        .filteredOn(item -> item.person().equals(mia.id()))
        .extracting(UserItem::store, UserItem::role)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(null, "manager"),
            org.assertj.core.groups.Tuple.tuple(second.id(), "cashier"));
  }

  private List<UserItem> users(String token) throws Exception {
    return visitor.client.snapshot(token).items().stream()
        .filter(item -> item.kind().equals("user"))
        .map(FeedItem::typed)
        .map(UserItem.class::cast)
        .toList();
  }

  @Test
  void whoIsAManagerInOneStoreIsNoneInAnother() throws Exception {
    Signed mia = visitor.person("Mia", "manager", second.id());
    admission().assign(shop.tenant.id(), mia.person().id(), shop.store.id(), "cashier");
    mia = visitor.again(mia);
    Person kim = shop.desk().addUser(shop.tenant.id(), "Kim", "cashier", second.id());
    assertThat(visitor.call("GET", Routes.PEOPLE, null, mia.token()).text())
        .contains("Kim")
        .doesNotContain("Sam");
    for (String route : List.of(Routes.PERSON_LEAVE, Routes.PERSON_JOIN_CODE)) {
      Reply foreign = act(mia, "POST", route, shop.cashier.id(), null);
      assertThat(foreign.status()).isEqualTo(404);
      assertThat(foreign.text()).isEqualTo(act(mia, "POST", route, UUID.randomUUID(), null).text());
    }
    assertThat(give(mia, kim.id(), "cashier", shop.store).status()).isEqualTo(404);
    assertThat(give(mia, kim.id(), "cashier", null).status()).isEqualTo(403);
    assertThat(visitor.call("GET", Routes.AUDIT + "?after=0", null, mia.token()).status())
        .isEqualTo(403);
    assertThat(act(mia, "POST", Routes.PERSON_LEAVE, kim.id(), null).status()).isEqualTo(200);
  }

  @Test
  void whoAlsoWorksElsewhereIsNotEndedByTheManagerOfOneStore() throws Exception {
    Signed mia = visitor.person("Mia", "manager", second.id());
    Person kim = shop.desk().addUser(shop.tenant.id(), "Kim", "cashier", second.id());
    admission().assign(shop.tenant.id(), kim.id(), shop.store.id(), "cashier");
    assertThat(act(mia, "POST", Routes.PERSON_LEAVE, kim.id(), null).status()).isEqualTo(403);
    assertThat(act(mia, "POST", Routes.PERSON_PASSWORD_CODE, kim.id(), null).status())
        .isEqualTo(403);
    Reply gone = act(mia, "DELETE", Routes.PERSON_ROLE + "?store=" + second.id(), kim.id(), null);
    assertThat(gone.status()).isEqualTo(200);
    assertThat(roleIn(second, kim)).isEmpty();
    assertThat(roleIn(shop.store, kim)).contains(Role.CASHIER);
  }

  @Test
  void nobodyGivesWhatTheyDoNotHave() throws Exception {
    Signed mia = visitor.person("Mia", "manager", null);
    for (String role : List.of("cashier", "supervisor", "manager", "accountant")) {
      assertThat(give(mia, shop.cashier.id(), role, shop.store).status()).as(role).isEqualTo(200);
    }
    assertThat(give(mia, shop.cashier.id(), "owner", shop.store).status()).isEqualTo(403);
    assertThat(give(mia, mia.person().id(), "owner", null).status()).isEqualTo(403);
    assertThat(give(mia, shop.cashier.id(), "nothing", shop.store).status()).isEqualTo(422);
    assertThat(roleIn(shop.store, shop.cashier)).contains(Role.ACCOUNTANT);
    // What is denied in one store is not given back by who has it only there denied as well.
    Person kim = shop.desk().addUser(shop.tenant.id(), "Kim", "manager", null);
    admission().assign(shop.tenant.id(), kim.id(), second.id(), "cashier");
    admission().putRole(shop.tenant.id(), "people", Map.of("user.manage", "ALLOWED"));
    admission().assign(shop.tenant.id(), mia.person().id(), second.id(), "people");
    mia = visitor.again(mia);
    String inSecond = Routes.PERSON_ROLE + "?store=" + second.id();
    assertThat(act(mia, "DELETE", inSecond, kim.id(), null).status()).isEqualTo(403);
    assertThat(roleIn(second, kim)).contains(Role.CASHIER);
  }

  @Test
  void aKeyForPeopleEndsWhoeverHasNoPowerAndNobodyElse() throws Exception {
    String token =
        admission()
            .addKey(shop.tenant.id(), "Staff", Set.of("user.manage"), "", ApiKeys.LIFE)
            .key();
    Signed program = new Signed(shop.cashier, token, "", List.of());
    for (Role role : Role.builtIn()) {
      Person person = shop.desk().addUser(shop.tenant.id(), "A " + role.name(), role.name(), null);
      assertThat(act(program, "POST", Routes.PERSON_JOIN_CODE, person.id(), null).status())
          .as("a code for a %s is as good as being one", role.name())
          .isEqualTo(403);
      assertThat(act(program, "POST", Routes.PERSON_LEAVE, person.id(), null).status())
          .as(role.name())
          .isEqualTo(role.isPrivileged() ? 403 : 200);
    }
  }

  @Test
  void thereIsAlwaysAnOwnerOfAllStores() throws Exception {
    Signed olu = visitor.person("Olu", "owner", null);
    shop.desk().addUser(shop.tenant.id(), "Of One", "owner", second.id());
    assertThat(act(olu, "POST", Routes.PERSON_LEAVE, olu.person().id(), null).status())
        .isEqualTo(422);
    assertThat(give(olu, olu.person().id(), "manager", null).status()).isEqualTo(422);
    assertThat(act(olu, "DELETE", Routes.PERSON_ROLE, olu.person().id(), null).status())
        .isEqualTo(422);
    assertThat(give(olu, olu.person().id(), "cashier", second).status()).isEqualTo(422);
    assertThatThrownBy(() -> shop.desk().endUser(shop.tenant.id(), olu.person().id()))
        .isInstanceOf(RefusedException.class);
    Person next = shop.desk().addUser(shop.tenant.id(), "Ada", "owner", null);
    assertThat(act(olu, "POST", Routes.PERSON_LEAVE, olu.person().id(), null).status())
        .isEqualTo(200);
    assertThat(roleIn(second, next)).contains(Role.OWNER);
  }

  @Test
  void aChangedRoleReachesDevicesAndEndsTheSessionsOfWhoeverBearsIt() throws Exception {
    Signed olu = visitor.person("Olu", "owner", null);
    Signed ann = visitor.person("Ann", "accountant", null);
    Signed ben = visitor.person("Ben", "supervisor", null);
    String till = visitor.client.token(visitor.client.enrol(shop.tillTicket(), "Till"));
    assertThat(
            putRole(olu, "accountant", Map.of("office.open", "ALLOWED", "sale.ring", "ALLOWED"))
                .status())
        .isEqualTo(200);
    assertThat(visitor.call("GET", Routes.BOOKS, null, ann.token()).status()).isEqualTo(401);
    assertThat(visitor.call("GET", Routes.OWN_SESSIONS, null, ben.token()).status()).isEqualTo(200);
    assertThat(users(till))
        .filteredOn(item -> item.person().equals(ann.person().id()))
        .singleElement()
        .satisfies(item -> assertThat(item.permissions()).containsEntry("sale.ring", "ALLOWED"));
    assertThat(shop.auditLog()).contains("role.changed").contains("sale.ring=ALLOWED");
  }

  @Test
  void aRoleOfTheirOwnIsAddedBorneAndRemoved() throws Exception {
    Signed olu = visitor.person("Olu", "owner", null);
    assertThat(putRole(olu, "trainee", Map.of("sale.ring", "NEEDS_APPROVAL")).status())
        .isEqualTo(200);
    assertThat(give(olu, shop.cashier.id(), "trainee", shop.store).status()).isEqualTo(200);
    assertThat(visitor.call("GET", Routes.ROLES, null, olu.token()).text())
        .contains("\"name\":\"trainee\",\"builtIn\":false");
    String trainee = Routes.ROLE.replace("{name}", "trainee");
    assertThat(visitor.call("DELETE", trainee, null, olu.token()).status()).isEqualTo(422);
    assertThat(give(olu, shop.cashier.id(), "cashier", shop.store).status()).isEqualTo(200);
    assertThat(visitor.call("DELETE", trainee, null, olu.token()).status()).isEqualTo(200);
    assertThat(visitor.call("DELETE", trainee, null, olu.token()).status()).isEqualTo(404);
  }

  @Test
  void aRoleIsChangedOnlyWithinWhatItsEditorMay() throws Exception {
    Signed olu = visitor.person("Olu", "owner", null);
    assertThat(putRole(olu, "owner", Map.of()).status()).isEqualTo(422);
    assertThat(putRole(olu, "cashier", Map.of("sale.all", "ALLOWED")).status()).isEqualTo(422);
    assertThat(putRole(olu, "cashier", Map.of("sale.ring", "YES")).status()).isEqualTo(422);
    assertThat(
            visitor
                .call("DELETE", Routes.ROLE.replace("{name}", "cashier"), null, olu.token())
                .status())
        .isEqualTo(422);
    admission()
        .putRole(
            shop.tenant.id(),
            "editor",
            Map.of("role.edit", "ALLOWED", "sale.ring", "ALLOWED", "sale.void", "NEEDS_APPROVAL"));
    Signed ed = visitor.person("Ed", "editor", null);
    assertThat(putRole(ed, "mine", Map.of("sale.ring", "ALLOWED")).status()).isEqualTo(200);
    assertThat(putRole(ed, "mine", Map.of("sale.void", "ALLOWED")).status()).isEqualTo(403);
    assertThat(putRole(ed, "editor", Map.of("audit.read", "ALLOWED")).status()).isEqualTo(403);
    assertThat(putRole(ed, "manager", Map.of()).status()).as("above them").isEqualTo(403);
    Signed inOne = visitor.person("Eve", "editor", second.id());
    assertThat(putRole(inOne, "mine", Map.of()).status()).as("of one store").isEqualTo(403);
    assertThat(visitor.call("GET", Routes.ROLES, null, ed.token()).text())
        .contains("\"" + PermissionKey.ROLE_EDIT.key() + "\"");
  }

  @Test
  void anOwnerStaysOneWhateverIsWrittenDown() throws Exception {
    shop.change("INSERT INTO role VALUES ('owner', '{}')");
    Signed olu = visitor.person("Olu", "owner", null);
    assertThat(visitor.call("GET", Routes.PEOPLE, null, olu.token()).status()).isEqualTo(200);
  }
}
