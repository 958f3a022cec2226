package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.protocol.Routes;
import dev.countersign.common.sql.Db;
import dev.countersign.server.account.People;
import dev.countersign.server.account.Rules;
import dev.countersign.server.db.postgres.Plans;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.db.postgres.TestPostgres;
import dev.countersign.server.db.postgres.WatchingDriver;
import dev.countersign.server.feed.Feed;
import dev.countersign.server.feed.FeedTable;
import dev.countersign.server.http.Route;
import dev.countersign.server.signin.ApiKeys;
import dev.countersign.server.support.Touch;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every statement of the server stays in the one partition of its tenant, so that the tables can be
 * spread over several machines as they are. Statements are taken from where nobody can forget one:
 * the compiled classes, and the connection while the server works.
 */
class StatementsTest {
  private static final Pattern STATEMENT =
      Pattern.compile("(?s)\\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH)\\s.*");

  /** Where a string is joined with something that is known only later. */
  private static final String JOINED = "\u0001";

  @TempDir Path data;
  @TempDir Path files;

  /** Every statement that stands in a class, by the class; pieces of them too. */
  private static Map<String, String> written() throws Exception {
    Path classes = Path.of(Route.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Map<String, String> found = new TreeMap<>();
    List<Path> all;
    try (var walk = Files.walk(classes)) {
      all = walk.filter(file -> file.toString().endsWith(".class")).toList();
    }
    for (Path file : all) {
      String name = classes.relativize(file).toString();
      // Files alone, the catalogue of PostgreSQL, and what measures with a file of its own.
      if (name.matches(
          ".*/(bench/.*|RoleCheck.*|TableShape.*|Luggage.*|Departures.*|PostgresSchema.*|PostgresDdl.*)")) {
        continue;
      }
      for (PoolEntry entry : ClassFile.of().parse(file).constantPool()) {
        if (entry instanceof StringEntry text && STATEMENT.matcher(text.stringValue()).matches()) {
          found.put(text.stringValue(), name);
        }
      }
    }
    return found;
  }

  @Test
  void everyStatementThatIsWrittenIsLedToOnePartitionByTheTenant() throws Exception {
    Map<String, String> wide = new TreeMap<>();
    Map<String, String> pieces = new TreeMap<>();
    int planned = 0;
    try (Connection connection = TestPostgres.connectPlainly("countersign_app");
        Db db = new Db(connection)) {
      setTenant(db);
      for (var statement : written().entrySet()) {
        try {
          List<String> plan = WatchingDriver.generic(connection, statement.getKey());
          List<String> unled = Plans.notLedByTheTenant(plan);
          planned++;
          if (!unled.isEmpty()) {
            wide.put(statement.getKey(), statement.getValue() + " " + unled);
          }
        } catch (SQLException e) {
          pieces.put(statement.getKey(), statement.getValue() + ": " + e.getMessage());
        }
      }
    }
    assertThat(wide).isEmpty();
    assertThat(planned).isGreaterThan(60);
    Set<String> run = run();
    Set<String> never = new TreeSet<>();
    for (var piece : pieces.entrySet()) {
      if (run.stream().noneMatch(sql -> holds(sql, piece.getKey()))) {
        never.add(piece.getValue() + " — " + piece.getKey());
      }
    }
    assertThat(never)
        .as("statements that are put together and that no flow of this test has run")
        .isEmpty();
  }

  private static boolean holds(String sql, String piece) {
    String pattern =
        List.of(piece.split(JOINED, -1)).stream()
            .map(Pattern::quote)
            .collect(Collectors.joining("(?s:.*)", "(?s:.*)", "(?s:.*)"));
    return sql.matches(pattern);
  }

  private static void setTenant(Db db) throws SQLException {
    db.first(
        "SELECT set_config('app.tenant', ?, false)",
        row -> row.text(1),
        UUID.randomUUID().toString());
  }

  /** Lets the server do everything it can, watched. */
  private Set<String> run() throws Exception {
    TestPostgres.address("postgres");
    try (WatchingDriver watching = WatchingDriver.watch()) {
      try (RunningServer shop =
          new RunningServer(
              data, Stored.IN_POSTGRES, config -> config.limitedTo(1_000_000, 1_000_000))) {
        Neighbour neighbour = new Neighbour(shop, files);
        assertThat(neighbour.emptyTables()).hasSizeLessThan(8);
        soldTwice(shop);
        office(shop);
        desk(shop);
      }
      assertThat(watching.wide()).isEmpty();
      assertThat(watching.seen()).hasSizeGreaterThan(60);
      return watching.seen();
    }
  }

  /** People and devices over the network. */
  private static void office(RunningServer shop) throws Exception {
    Visitor visitor = new Visitor(shop);
    Visitor.Signed owner = visitor.person("Olu", "owner", null);
    shop.pass(Duration.ofMinutes(5));
    for (Route route : shop.server.routes()) {
      if (route.method().equals("GET")) {
        String path = route.path().replaceAll("\\{\\w+}", shop.tenant.id().toString());
        visitor.call("GET", path + "?after=0&from=0&to=1&index=0&size=1", null, owner.token());
      }
    }
    visitor.signIn("Olu", owner.recovery().getFirst());
    visitor.call(
        "POST",
        Routes.OWN_PASSWORD,
        Visitor.fields("old", Visitor.PASSWORD, "password", "marble otter 9 quilted lanterns"),
        owner.token());
    RawClient client = visitor.client;
    var till = client.enrol(shop.tillTicket(), "Till");
    String token = client.token(till);
    var snapshot = client.snapshot(token);
    client.page(token, snapshot.head().epoch(), 0);
    Visitor.Signed other = visitor.person("Ola", "owner", null);
    visitor.call(
        "POST", Routes.DEVICE_REVOKE.replace("{id}", till.id().toString()), null, other.token());
    visitor.call(
        "POST",
        Routes.PERSON_LEAVE.replace("{id}", shop.cashier.id().toString()),
        null,
        other.token());
    oversight(shop, visitor, other);
    visitor.call("DELETE", Routes.OWN_SESSIONS, null, other.token());
    soldMuch(shop);
  }

  /** A sale that the books have already, which is looked for then. */
  private static void soldTwice(RunningServer shop) throws Exception {
    UUID manager = shop.desk().addUser(shop.tenant.id(), "Max", "manager", null).id();
    CreditTill till = CreditTill.in(shop, manager);
    UUID sale = till.selling.id();
    for (int i = 0; i < 2; i++) {
      till.send(till.selling.change(sale, till.selling.saleBody(null, 100)));
    }
  }

  /** A sale of more products than are asked for beside other things. */
  private static void soldMuch(RunningServer shop) throws SQLException {
    Feed feed = new Feed(shop.server.tenants(), new FeedTable(), new Rules());
    Set<UUID> products = Set.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
    shop.server
        .tenants()
        .<Integer, SQLException>read(
            shop.tenant.id(), scope -> feed.known(scope, products).get().size());
  }

  /** A review from its opening to its end, and an answer to the operator. */
  private static void oversight(RunningServer shop, Visitor visitor, Visitor.Signed owner)
      throws Exception {
    var asked = shop.server.oversight().ask(shop.tenant.id(), "A count is off", 4, true, false);
    String approve = Routes.SUPPORT_APPROVE.replace("{id}", asked.id().toString());
    visitor.call("POST", approve, Map.of("write", true), owner.token());
    shop.server.oversight().pass(shop.tenant.id(), Touch.WRITE, "a command");
    visitor.call("POST", Routes.REVIEWS, null, owner.token());
    var review = shop.server.oversight().reviews(shop.tenant.id()).getFirst();
    String row = Routes.REVIEW_ROW.replace("{id}", review.id().toString());
    for (var each : review.rows()) {
      String path = row.replace("{subject}", each.subject().toString());
      visitor.call("POST", path, Map.of("decision", "KEEP"), owner.token());
    }
    String close = Routes.REVIEW_CLOSE.replace("{id}", review.id().toString());
    visitor.call("POST", close, null, owner.token());
    shop.server.oversight().evidence(shop.tenant.id(), review.id());
    shop.server
        .tenants()
        .<Integer, SQLException>read(
            shop.tenant.id(), scope -> new People().rightsIn(scope, shop.store.id()).size());
  }

  /** What an operator does. */
  private static void desk(RunningServer shop) throws Exception {
    var desk = shop.desk();
    var admission = shop.server.admission();
    UUID tenant = shop.tenant.id();
    desk.tenants();
    desk.stores(tenant);
    desk.users(tenant);
    desk.devices(tenant);
    desk.books(tenant);
    desk.export(tenant, OutputStream.nullOutputStream());
    var person = desk.addUser(tenant, "Pat", "cashier", null);
    desk.joinCode(tenant, person.id());
    admission.passwordCode(tenant, person.id());
    admission.forgetFactor(tenant, person.id());
    desk.endUser(tenant, person.id());
    var key = admission.addKey(tenant, "Program", Set.of("office.open"), "", ApiKeys.LIFE);
    admission.rotateKey(tenant, key.id(), ApiKeys.LIFE, ApiKeys.OVERLAP);
    for (ApiKeys.ApiKey each : admission.keys(tenant)) {
      admission.endKey(tenant, each.id());
    }
  }

  /** As somebody whom row level security does not hold, so nothing adds the tenant. */
  @Test
  void aStatementThatTheTenantDoesNotLeadIsFoundBothWays() throws Exception {
    String sql = "SELECT count(*) FROM sale";
    try (Connection connection = TestPostgres.connectPlainly("postgres")) {
      assertThat(Plans.notLedByTheTenant(WatchingDriver.generic(connection, sql))).isNotEmpty();
    }
    try (WatchingDriver watching = WatchingDriver.watch();
        Connection connection = TestPostgres.connect("postgres");
        Db db = new Db(connection)) {
      connection.setAutoCommit(false);
      db.first(sql, row -> row.integer(1));
      assertThat(watching.wide()).containsOnlyKeys(sql);
      connection.rollback();
    }
    try (Connection connection = TestPostgres.connectPlainly("countersign_app");
        Db db = new Db(connection)) {
      setTenant(db);
      assertThat(Plans.notLedByTheTenant(WatchingDriver.generic(connection, sql))).isEmpty();
    }
  }
}
