package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.launch.RawClient.Reply;
import dev.countersign.server.launch.Visitor.Signed;
import dev.countersign.server.signin.ApiKeys;
import dev.countersign.server.support.Touch;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** The operator's commands reach a business's data with an owner's approval and not without. */
@ParameterizedClass
@EnumSource
class SupportTest {
  @Parameter Stored stored;
  @TempDir Path data;
  private RunningServer shop;
  private Visitor visitor;

  @BeforeEach
  void open() throws Exception {
    shop = new RunningServer(data, stored);
    visitor = new Visitor(shop);
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  private record Result(int exit, String out, String err) {}

  /** Over the running server's own port for commands. */
  private Result run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--data", data.toString()));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        ServerCommand.commandLine(new Reach.Outside(Surroundings.real()))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(all.toArray(String[]::new));
    return new Result(exit, out.toString().strip(), err.toString().strip());
  }

  private Result ask(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "support",
                "ask",
                "--tenant",
                "Corner Shop",
                "--reason",
                "A count that is off",
                "--hours",
                "4",
                "--json"));
    words.addAll(List.of(more));
    return run(words.toArray(String[]::new));
  }

  private static String idOf(Result asked) {
    assertThat(asked.exit()).as(asked.err()).isZero();
    return Json.strict().readTree(asked.out()).get("id").asString();
  }

  private Reply answer(Signed who, String route, String id, @Nullable Object body)
      throws Exception {
    return visitor.call("POST", route.replace("{id}", id), body, who.token());
  }

  private int books() {
    return run("books", "--tenant", "Corner Shop").exit();
  }

  private int add(String name) {
    return run("user", "add", name, "--tenant", "Corner Shop", "--role", "cashier").exit();
  }

  @Test
  void theOperatorSetsABusinessUpUntilItsFirstOwnerCanSignIn() throws Exception {
    assertThat(books()).isZero();
    assertThat(add("Ada")).isZero();
    assertThat(run("support", "list", "--tenant", "Corner Shop").out())
        .contains("set the business");
    Signed owner = visitor.person("Olu", "owner", null);
    assertThat(run("books", "--tenant", "Corner Shop").err()).contains("support ask");
    assertThat(books()).isEqualTo(1);
    assertThat(add("Ben")).isEqualTo(1);
    assertThat(run("export", data + "/log.txt", "--tenant", "Corner Shop").exit()).isEqualTo(1);
    assertThat(run("doctor").out()).contains("audit log of Corner Shop");
    assertThat(run("tenant", "list").exit()).isZero();
    assertThat(run("support", "list", "--tenant", "Corner Shop").out()).contains("approval");
    assertThat(visitor.call("GET", Routes.SUPPORT, null, owner.token()).text())
        .contains("\"operator\":\"CLOSED\"");
  }

  @Test
  void anApprovalIsForReadingForATimeAndEveryUseNamesIt() throws Exception {
    Signed owner = visitor.person("Olu", "owner", null);
    String id = idOf(ask("--write"));
    assertThat(books()).as("asked is not approved").isEqualTo(1);
    assertThat(answer(owner, Routes.SUPPORT_APPROVE, id, Map.of("hours", 5)).status())
        .isEqualTo(422);
    assertThat(answer(owner, Routes.SUPPORT_APPROVE, id, Map.of("hours", 2)).status())
        .isEqualTo(200);
    assertThat(answer(owner, Routes.SUPPORT_APPROVE, id, null).status()).isEqualTo(422);
    assertThat(books()).isZero();
    assertThat(add("Ben")).as("reading alone").isEqualTo(1);
    assertThat(run("user", "list", "--tenant", "Corner Shop").out()).contains("Olu");
    assertThat(shop.auditLog().lines().filter(line -> line.contains("support.used")))
        .hasSize(2)
        .allMatch(line -> line.contains(id));
    assertThat(shop.auditLog()).contains("support.asked").doesNotContain("A count that is off");
    assertThat(visitor.call("GET", Routes.SUPPORT, null, owner.token()).text())
        .contains("\"state\":\"APPROVED\"")
        .contains("\"uses\":2")
        .contains("A count that is off")
        .contains("\"decidedByName\":\"Olu\"");
    JsonNode history =
        Json.strict()
            .readTree(visitor.call("GET", Routes.SUPPORT, null, owner.token()).body())
            .get("access")
            .get(0)
            .get("history");
    assertThat(history).hasSize(2);
    assertThat(history.get(0).get("command").asString()).isEqualTo("server user list");
    assertThat(history.get(1).get("command").asString()).isEqualTo("server books");
    for (String sql :
        new String[] {"DELETE FROM support_use", "UPDATE support_use SET command = ''"}) {
      assertThatThrownBy(() -> shop.change(sql)).as(sql).isInstanceOf(Exception.class);
    }
    shop.pass(Duration.ofHours(2));
    assertThat(books()).as("its time is over").isEqualTo(1);
  }

  @Test
  void changingIsAskedForAndApprovedAndTakenBack() throws Exception {
    Signed owner = visitor.person("Olu", "owner", null);
    String reading = idOf(ask());
    assertThat(answer(owner, Routes.SUPPORT_APPROVE, reading, Map.of("write", true)).status())
        .as("not what was asked")
        .isEqualTo(422);
    assertThat(answer(owner, Routes.SUPPORT_REFUSE, reading, null).status()).isEqualTo(200);
    assertThat(books()).isEqualTo(1);
    String id = idOf(ask("--write"));
    assertThat(answer(owner, Routes.SUPPORT_APPROVE, id, Map.of("write", true)).status())
        .isEqualTo(200);
    assertThat(add("Ben")).isZero();
    assertThat(answer(owner, Routes.SUPPORT_END, id, null).status()).isEqualTo(200);
    assertThat(add("Cem")).isEqualTo(1);
    assertThat(answer(owner, Routes.SUPPORT_END, id, null).status()).isEqualTo(422);
    String late = idOf(ask());
    shop.pass(Duration.ofHours(73));
    owner = visitor.again(owner);
    assertThat(answer(owner, Routes.SUPPORT_APPROVE, late, null).status()).isEqualTo(422);
  }

  @Test
  void onlyAPersonWhoAnswersForAllStoresSaysYes() throws Exception {
    visitor.person("Olu", "owner", null);
    Signed manager = visitor.person("Mia", "manager", null);
    Signed ofOne = visitor.person("One", "owner", shop.store.id());
    String key =
        shop.server
            .admission()
            .addKey(shop.tenant.id(), "Own", Set.of("support.grant"), "", ApiKeys.LIFE)
            .key();
    Signed program = new Signed(shop.cashier, key, "", List.of());
    String id = idOf(ask());
    for (Signed who : List.of(manager, ofOne, program)) {
      assertThat(answer(who, Routes.SUPPORT_APPROVE, id, null).status()).isEqualTo(403);
    }
    assertThat(books()).isEqualTo(1);
  }

  @Test
  void whoRunsTheirServerThemselvesNeedsNoApprovalAndTheLogSaysSo() throws Exception {
    assertThat(run("tenant", "add", "Own", "--currency", "USD", "--self-run").exit()).isZero();
    assertThat(run("tenant", "list", "--json").out()).contains("\"operator\":\"SELF_RUN\"");
    Signed owner = visitor.person("Olu", "owner", null);
    assertThat(books()).isEqualTo(1);
    Map<String, Object> on = Map.of("selfRun", true);
    assertThat(visitor.call("POST", Routes.SUPPORT_SELF_RUN, on, owner.token()).status())
        .isEqualTo(200);
    assertThat(books()).isZero();
    assertThat(add("Ben")).isZero();
    Map<String, Object> off = Map.of("selfRun", false);
    visitor.call("POST", Routes.SUPPORT_SELF_RUN, off, owner.token());
    assertThat(books()).isEqualTo(1);
    assertThat(shop.auditLog()).contains("support.self-run");
  }

  @Test
  void aLostOwnerIsHelpedAfterThreeDaysOfSilenceAndWithNothingElse() throws Exception {
    Signed owner = visitor.person("Olu", "owner", null);
    idOf(ask("--owner-locked-out"));
    String[] code = {"user", "password-code", "--tenant", "Corner Shop", "--user", "Olu"};
    assertThat(run(code).exit()).isEqualTo(1);
    shop.pass(Duration.ofHours(73));
    assertThat(run(code).exit()).isZero();
    assertThat(books()).isEqualTo(1);
    assertThat(add("Ben")).isEqualTo(1);
    shop.pass(Duration.ofHours(24));
    assertThat(run(code).exit()).isEqualTo(1);
    String again = idOf(ask("--owner-locked-out"));
    owner = visitor.again(owner);
    assertThat(answer(owner, Routes.SUPPORT_REFUSE, again, null).status()).isEqualTo(200);
    shop.pass(Duration.ofHours(73));
    assertThat(run(code).exit()).as("an owner was there and said no").isEqualTo(1);
  }

  @Test
  void everyCommandThatReachesNoBusinessIsNamedHere() {
    Map<String, Touch> touches = new TreeMap<>();
    collect(ServerCommand.commandLine(new Reach.Outside(Surroundings.real())), "", touches);
    assertThat(touches.entrySet().stream().filter(e -> e.getValue() == Touch.SERVER))
        .extracting(Map.Entry::getKey)
        .isSubsetOf(
            "doctor",
            "log check",
            "reload",
            "restored",
            "routes",
            "secret renew-key",
            "server-key rotate",
            "signing-keys list",
            "support ask",
            "support list",
            "tenant add",
            "tenant list",
            "tenant move");
    assertThat(touches.entrySet().stream().filter(e -> e.getValue() == Touch.READ))
        .extracting(Map.Entry::getKey)
        .allMatch(name -> name.matches("books|export|catalogue export|review show|.* list"));
    assertThat(touches.entrySet().stream().filter(e -> e.getValue() == Touch.RECOVER))
        .extracting(Map.Entry::getKey)
        .containsExactly("user forget-second-factor", "user password-code");
  }

  private static void collect(CommandLine line, String before, Map<String, Touch> touches) {
    for (Map.Entry<String, CommandLine> each : line.getSubcommands().entrySet()) {
      String name = before.isEmpty() ? each.getKey() : before + " " + each.getKey();
      if (each.getValue().getCommand() instanceof AdminCommand command) {
        touches.put(name, command.touch());
      }
      collect(each.getValue(), name, touches);
    }
  }
}
