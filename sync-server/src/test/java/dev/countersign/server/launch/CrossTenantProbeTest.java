package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.sql.Db;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.db.postgres.TestPostgres;
import dev.countersign.server.http.Access;
import dev.countersign.server.http.Route;
import dev.countersign.server.launch.RawClient.Enrolled;
import dev.countersign.server.launch.RawClient.Reply;
import dev.countersign.server.signin.ApiKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two businesses on one server. Everybody of the one tries every route and every kind of change
 * with the ids of the other: nothing of the other comes out, nothing happens to it, and "not yours"
 * reads as "not there". Routes, their queries and the fields of their bodies are found out from the
 * server itself, so that a new one is tried as soon as it is there.
 */
@ParameterizedClass
@EnumSource
class CrossTenantProbeTest {
  private static final Pattern MISSING = Pattern.compile("The query needs one (\\w+)\\.");
  private static final Pattern NO_ID = Pattern.compile("(\\w+) must be an id\\.");
  private static final Pattern NO_RECORD = Pattern.compile("The payload is not a (\\w+)\\.");
  private static final Pattern VARIABLE =
      Pattern.compile(
          "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
              + "|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z|cs[a-z]_[\\w-]+|[A-Za-z0-9+/_-]{24,}={0,2}"
              + "|[0-9A-Z]{5}(-[0-9A-Z]{5})+|\\d{6,}");

  @Parameter Stored stored;
  @TempDir Path data;
  @TempDir Path files;
  private RunningServer shop;
  private Visitor visitor;
  private Neighbour neighbour;
  private Set<UUID> neighboursIds;
  private List<String> candidates;
  private final Map<String, String> columns = new HashMap<>();
  private final Map<String, String> alike = new HashMap<>();
  private final Set<String> ownByNow = new HashSet<>();
  private final Map<Route, Template> templates = new HashMap<>();
  private final Set<String> findings = new TreeSet<>();
  private int tried;

  /**
   * How a route wants to be asked.
   *
   * @param query by name; true where it takes an id
   * @param body of its JSON, or null
   */
  private record Template(Map<String, Boolean> query, Class<?> body) {
    boolean takesIds(Route route) {
      return route.path().contains("{")
          || query.containsValue(true)
          || (body != null && bodyTakesIds());
    }

    boolean bodyTakesIds() {
      int[] asked = {0};
      if (body != null) {
        Filler.json(
            body,
            body,
            "",
            _ -> {
              asked[0]++;
              return new UUID(0, 0);
            });
      }
      return asked[0] > 0;
    }
  }

  /** Somebody of the first business; the token is asked for anew when it has ended. */
  private static final class Who {
    final String name;
    final Callable<String> signIn;
    String token;

    Who(String name, Callable<String> signIn) throws Exception {
      this.name = name;
      this.signIn = signIn;
      this.token = signIn.call();
    }
  }

  @BeforeEach
  void open() throws Exception {
    shop = new RunningServer(data, stored, config -> config.limitedTo(1_000_000, 1_000_000));
    visitor = new Visitor(shop);
    neighbour = new Neighbour(shop, files);
    neighboursIds = neighbour.everyId();
    candidates = new ArrayList<>();
    neighbour.ids().forEach((column, id) -> columns.putIfAbsent(id.toString(), column));
    candidates.addAll(columns.keySet());
    candidates.add(neighbour.tenant.id().toString());
    candidates.add(Neighbour.SECRET);
    assertThat(candidates).hasSizeGreaterThan(12);
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  @Test
  void nobodyOfOneBusinessReachesAnythingOfAnotherByAnyRoute() throws Exception {
    List<Who> everybody = everybody();
    Hash before = neighbour.everything();
    List<Route> routes =
        shop.server.routes().stream()
            .sorted(Comparator.comparing(route -> route.method().equals("DELETE")))
            .toList();
    for (Who who : everybody) {
      for (Route route : routes) {
        if (!isForAnybody(route)) {
          probe(who, route);
        }
      }
    }
    Who nobody = new Who("nobody", () -> null);
    // The log's checkpoints and proofs are for everybody, by the tenant's id.
    for (Route route : routes) {
      if (isForAnybody(route) && !route.path().startsWith("/v1/log/{tenant}/")) {
        probe(nobody, route);
      }
    }
    assertThat(findings).as("after %d requests", tried).isEmpty();
    assertThat(neighbour.everything()).isEqualTo(before);
    assertThat(tried).isGreaterThan(300);
  }

  /** So that the silence above means something. */
  @Test
  void oneRuleThatIsMissingIsFound() throws Exception {
    assumeThat(stored).isEqualTo(Stored.IN_POSTGRES);
    Who owner = new Who("The owner", () -> visitor.person("Olu", "owner", null).token());
    Hash before = neighbour.everything();
    try (Db admin = new Db(TestPostgres.connect("postgres"))) {
      admin.execute("ALTER TABLE device DISABLE ROW LEVEL SECURITY");
      try {
        for (Route route : shop.server.routes()) {
          if (route.path().startsWith(Routes.DEVICES)) {
            probe(owner, route);
          }
        }
      } finally {
        admin.execute("ALTER TABLE device ENABLE ROW LEVEL SECURITY");
      }
    }
    assertThat(String.join("\n", findings))
        .contains("GET " + Routes.DEVICES + " shows the neighbour's mark")
        .contains("POST " + Routes.DEVICE_REVOKE + " tells ");
    assertThat(neighbour.everything()).isNotEqualTo(before);
  }

  private static boolean isForAnybody(Route route) {
    return route.access() == Access.OPEN || route.access() == Access.SIGNED_BODY;
  }

  /** Every role, a key for every single permission and one for all, and both kinds of device. */
  private List<Who> everybody() throws Exception {
    List<Who> everybody = new ArrayList<>();
    for (Role role : Role.builtIn()) {
      String name = "The " + role.name();
      Visitor.Signed signed = visitor.person(name, role.name(), null);
      Who[] first = {null};
      everybody.add(
          new Who(
              name,
              () -> {
                if (first[0] == null) {
                  first[0] = new Who(name, () -> signed.token());
                  return signed.token();
                }
                shop.pass(Duration.ofSeconds(60));
                return visitor
                    .signIn(name, signed.secret().isEmpty() ? null : visitor.code(signed.secret()))
                    .as(Visitor.Token.class)
                    .token();
              }));
    }
    Set<String> all = new HashSet<>();
    for (PermissionKey key : PermissionKey.values()) {
      all.add(key.key());
      everybody.add(new Who("a key for " + key.key(), () -> key(Set.of(key.key()))));
    }
    everybody.add(new Who("a key for everything", () -> key(all)));
    Enrolled till = visitor.client.enrol(shop.tillTicket(), "Till");
    everybody.add(new Who("a till", () -> visitor.client.token(till)));
    Enrolled office = visitor.client.enrol(shop.officeTicket(), "Office");
    everybody.add(new Who("an office", () -> visitor.client.token(office)));
    return everybody;
  }

  private String key(Set<String> permissions) throws Exception {
    return shop.server
        .admission()
        .addKey(shop.tenant.id(), "Program", permissions, "", ApiKeys.LIFE)
        .key();
  }

  /** Asks with each of the neighbour's ids and with one that nobody has, and compares. */
  private void probe(Who who, Route route) throws Exception {
    Reply first = ask(who, route, new Template(Map.of(), null), candidates.getFirst());
    inspect(who, route, first, candidates.getFirst());
    if (first.status() == 401 && who.token != null) {
      who.token = who.signIn.call();
      first = ask(who, route, new Template(Map.of(), null), candidates.getFirst());
    }
    if (first.status() == 401 || first.status() == 403) {
      Reply nowhere = ask(who, route, new Template(Map.of(), null), like(candidates.getFirst()));
      compare(who, route, candidates.getFirst(), first, nowhere);
      return;
    }
    Template template = templates.get(route);
    if (template == null) {
      template = learn(who, route);
      templates.put(route, template);
    }
    if (!template.takesIds(route)) {
      inspect(who, route, ask(who, route, template, like(candidates.getFirst())), null);
      return;
    }
    for (String theirs : candidates(who)) {
      Reply foreign = ask(who, route, template, theirs);
      inspect(who, route, foreign, theirs);
      compare(who, route, theirs, foreign, ask(who, route, template, like(theirs)));
    }
    if (route.path().contains("{") && template.bodyTakesIds()) {
      ownThingsForeignFields(who, route, template);
    }
  }

  /** Whoever may do everything, and devices, try every id; who may less tries a few of them. */
  private List<String> candidates(Who who) {
    return who.name.matches("The owner|a key for everything|a till|an office|nobody")
        ? candidates
        : candidates.subList(0, 3);
  }

  /** The path names something that is theirs; what the body names is the neighbour's. */
  private void ownThingsForeignFields(Who who, Route route, Template template) throws Exception {
    for (UUID id : List.of(shop.cashier.id(), shop.store.id(), shop.register.id())) {
      String own = id.toString();
      for (String theirs : candidates(who)) {
        Reply foreign = ask(who, route, template, own, theirs);
        inspect(who, route, foreign, theirs);
        Reply nowhere = ask(who, route, template, own, like(theirs));
        compare(who, route, theirs, foreign, nowhere);
      }
    }
  }

  private Reply ask(Who who, Route route, Template template, String id) throws Exception {
    return ask(who, route, template, id, id);
  }

  private Reply ask(Who who, Route route, Template template, String inPath, String id)
      throws Exception {
    tried++;
    StringBuilder path = new StringBuilder(route.path().replaceAll("\\{\\w+}", inPath));
    char next = '?';
    for (var parameter : template.query().entrySet()) {
      path.append(next).append(parameter.getKey()).append('=');
      path.append(parameter.getValue() ? id : "0");
      next = '&';
    }
    Object body =
        template.body() == null
            ? null
            : Filler.json(template.body(), template.body(), "", _ -> uuid(id));
    return visitor.call(route.method(), path.toString(), body, who.token);
  }

  /** One that nobody has and that looks the same, so that no rule about names tells them apart. */
  private String like(String theirs) {
    return alike.computeIfAbsent(
        theirs,
        _ ->
            theirs.equals(Neighbour.SECRET)
                ? "nobodys-hook"
                : theirs.substring(0, 8) + UUID.randomUUID().toString().substring(8));
  }

  private static UUID uuid(String id) {
    return id.equals(Neighbour.SECRET) || id.equals("nobodys-hook")
        ? new UUID(0, 1)
        : UUID.fromString(id);
  }

  /** Asks wrongly until the server has said what it wants. */
  private Template learn(Who who, Route route) throws Exception {
    Map<String, Boolean> query = new LinkedHashMap<>();
    String path = route.path().replaceAll("\\{\\w+}", UUID.randomUUID().toString());
    for (int i = 0; i < 12; i++) {
      StringBuilder asked = new StringBuilder(path);
      char next = '?';
      for (var parameter : query.entrySet()) {
        asked.append(next).append(parameter.getKey()).append('=');
        asked.append(parameter.getValue() ? UUID.randomUUID() : "0");
        next = '&';
      }
      Object body =
          route.method().equals("GET") || route.method().equals("DELETE") ? null : List.of();
      Reply reply = visitor.call(route.method(), asked.toString(), body, who.token);
      String message = reply.status() == 400 ? reply.problem().message() : "";
      Matcher missing = MISSING.matcher(message);
      Matcher noId = NO_ID.matcher(message);
      Matcher noRecord = NO_RECORD.matcher(message);
      if (missing.matches()) {
        query.put(missing.group(1), false);
      } else if (noId.matches() && query.containsKey(noId.group(1))) {
        query.put(noId.group(1), true);
      } else {
        Optional<Class<?>> type =
            noRecord.matches() ? Filler.named(noRecord.group(1)) : Optional.empty();
        return new Template(query, type.orElse(null));
      }
    }
    throw new AssertionError(route + " does not say what it wants");
  }

  /** Nothing of the neighbour is in an answer, but the id that was asked with. */
  private void inspect(Who who, Route route, Reply reply, String sent) {
    String all = reply.text() + "\n" + reply.headers();
    if (sent != null && reply.status() == 200) {
      ownByNow.add(sent); // somebody called a thing of their own so
    }
    if (all.replace(Neighbour.SECRET, "").contains(Neighbour.MARK)
        || (!ownByNow.contains(Neighbour.SECRET) && all.contains(Neighbour.SECRET))) {
      findings.add(label(who, route) + " shows the neighbour's mark");
    }
    for (UUID id : neighboursIds) {
      if (!ownByNow.contains(id.toString())
          && !id.toString().equals(sent)
          && all.contains(id.toString())) {
        findings.add(label(who, route) + " shows an id of the neighbour's");
      }
    }
    if (reply.status() >= 500) {
      findings.add(label(who, route) + " fails with " + reply.status());
    }
  }

  private void compare(Who who, Route route, String theirs, Reply foreign, Reply nowhere) {
    if (!told(foreign).equals(told(nowhere))) {
      findings.add(
          label(who, route)
              + " tells "
              + columns.getOrDefault(theirs, theirs)
              + " from nothing:\n  "
              + told(foreign)
              + "\n  "
              + told(nowhere));
    }
  }

  static String told(Reply reply) {
    return reply.status()
        + " "
        + new TreeSet<>(reply.headers().names())
        + " "
        + VARIABLE.matcher(reply.text()).replaceAll("*");
  }

  private static String label(Who who, Route route) {
    return who.name + ": " + route.method() + " " + route.path();
  }
}
