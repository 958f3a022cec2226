package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.crypto.Secret;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.By;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.integration.IntegrationSecrets;
import dev.countersign.server.integration.IntegrationSecrets.Kept;
import dev.countersign.server.integration.Webhooks;
import dev.countersign.server.launch.RawClient.Reply;
import dev.countersign.server.tenant.TenantScope;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Secrets of other systems go in, are used, and never come out. */
class IntegrationSecretsTest {
  private static final String PLANTED = "planted-Vq8rT2-webhook-secret";
  private static final String NEXT = "planted-Zk4mW9-webhook-secret";
  private static final String PATH = Routes.SECRET.replace("{name}", "woocommerce.webhook");

  @TempDir Path data;

  private static <T> T in(RunningServer shop, Use<T> use) throws Exception {
    return shop.server.tenants().<T, SQLException>write(shop.tenant.id(), use::on);
  }

  private interface Use<T> {
    T on(TenantScope scope) throws SQLException;
  }

  private static IntegrationSecrets secrets(RunningServer shop) {
    return shop.server.secrets();
  }

  private static List<String> open(RunningServer shop, String name) throws Exception {
    return in(
        shop,
        scope -> {
          List<String> values = new ArrayList<>();
          for (Secret each : secrets(shop).open(scope, name)) {
            values.add(new String(each.bytes(), StandardCharsets.UTF_8));
            each.close();
          }
          return values;
        });
  }

  @ParameterizedTest
  @EnumSource
  void aSecretGoesInIsUsedAndNeverComesOut(Stored stored) throws Exception {
    StringBuilder answers = new StringBuilder();
    try (var shop = new RunningServer(data, stored)) {
      Visitor visitor = new Visitor(shop);
      String owner = visitor.person("Olu", "owner", null).token();
      String manager = visitor.person("Mia", "manager", null).token();
      var body = Visitor.fields("value", PLANTED);
      assertThat(visitor.call("PUT", PATH, body, manager).status()).isEqualTo(403);
      Reply added = visitor.call("PUT", PATH, body, owner);
      assertThat(added.text()).isEqualTo("{\"status\":\"added\"}");
      shop.pass(Duration.ofDays(1));
      assertThat(open(shop, "woocommerce.webhook")).containsExactly(PLANTED);
      assertThat(open(shop, "another")).isEmpty();

      in(
          shop,
          scope ->
              secrets(shop)
                  .put(scope, By.OPERATOR, "woocommerce.webhook", NEXT, Duration.ofHours(2)));
      assertThat(open(shop, "woocommerce.webhook")).containsExactly(NEXT, PLANTED);
      for (String column : List.of("sealed", "previous")) {
        byte[] sealed =
            in(
                shop,
                scope ->
                    scope
                        .db()
                        .first("SELECT " + column + " FROM integration_secret", row -> row.bytes(1))
                        .orElseThrow());
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("planted-");
      }
      shop.pass(Duration.ofHours(2));
      assertThat(open(shop, "woocommerce.webhook")).containsExactly(NEXT);
      Kept kept = in(shop, secrets(shop)::list).getFirst();
      assertThat(kept.used()).isEqualTo(shop.now.get());
      assertThat(kept.changed()).isEqualTo(shop.now.get().minus(Duration.ofHours(2)));

      assertThat((Object) in(shop, scope -> secrets(shop).renew(scope, By.OPERATOR))).isEqualTo(1);
      assertThat(open(shop, "woocommerce.webhook")).containsExactly(NEXT);
      var out = new java.io.ByteArrayOutputStream();
      shop.desk().export(shop.tenant.id(), out);
      answers.append(out.toString(StandardCharsets.UTF_8)).append(shop.auditLog());
      answers.append(String.join("\n", shop.requestLog)).append(added.text());
      answers.append(kept);
      assertThat(shop.auditLog())
          .contains("secret.added")
          .contains("secret.replaced")
          .contains("secret-key.renewed");
    }
    assertThat(answers.toString()).doesNotContain("planted-");
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain("planted-");
      }
    }
  }

  @Test
  void theInterfaceListsAndRemovesAndHasNoWayToReadOne() throws Exception {
    try (var shop = new RunningServer(data)) {
      Visitor visitor = new Visitor(shop);
      String owner = visitor.person("Olu", "owner", null).token();
      visitor.call("PUT", PATH, Visitor.fields("value", PLANTED), owner).as(java.util.Map.class);
      Reply replaced =
          visitor.call("PUT", PATH, Visitor.fields("value", NEXT, "overlapHours", 24), owner);
      assertThat(replaced.text()).isEqualTo("{\"status\":\"replaced\"}");
      Reply list = visitor.call("GET", Routes.SECRETS, null, owner);
      assertThat(list.text())
          .contains("woocommerce.webhook")
          .contains("overlapUntil")
          .doesNotContain("planted-");
      assertThat(visitor.call("GET", PATH, null, owner).status()).isIn(404, 405);
      for (Object bad :
          List.of(
              Visitor.fields("value", ""),
              Visitor.fields("value", "x".repeat(IntegrationSecrets.LONGEST + 1)),
              Visitor.fields("value", PLANTED, "overlapHours", -1),
              Visitor.fields("value", PLANTED, "overlapHours", 1_000_000),
              Visitor.fields("value", PLANTED, "more", 1))) {
        Reply reply = visitor.call("PUT", PATH, bad, owner);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).doesNotContain("planted-");
      }
      String strange = Routes.SECRET.replace("{name}", "..%2Fx");
      assertThat(visitor.call("PUT", strange, Visitor.fields("value", "v"), owner).status())
          .isEqualTo(400);
      assertThat(visitor.call("DELETE", PATH, null, owner).status()).isEqualTo(200);
      assertThat(visitor.call("DELETE", PATH, null, owner).status()).isEqualTo(404);
      assertThat(open(shop, "woocommerce.webhook")).isEmpty();
    }
  }

  @Test
  void aChangedTenantsKeyTakesTheDataKeyAlongAndTheOldOneOpensNothing() throws Exception {
    try (var shop = new RunningServer(data);
        Secret fresh = Secret.random(32, RawClient.RANDOM)) {
      in(shop, scope -> secrets(shop).put(scope, By.OPERATOR, "other.key", PLANTED, Duration.ZERO));
      in(
          shop,
          scope -> {
            secrets(shop).rewrap(scope, fresh);
            return true;
          });
      assertThatThrownBy(() -> open(shop, "other.key")).isInstanceOf(SQLException.class);
      String value =
          in(
              shop,
              scope ->
                  new String(
                      secrets(shop).open(under(scope, fresh), "other.key").getFirst().bytes(),
                      StandardCharsets.UTF_8));
      assertThat(value).isEqualTo(PLANTED);
    }
  }

  private static TenantScope under(TenantScope scope, Secret sealingKey) {
    return new TenantScope(
        scope.tenantId(),
        scope.currency(),
        scope.environment(),
        scope.db(),
        scope.logKey(),
        scope.logOrigin(),
        scope.serverKey(),
        sealingKey,
        scope.wipeKey(),
        scope.clock());
  }

  @ParameterizedTest
  @EnumSource
  void aDeliveryCountsOnceWhateverItsHeadersSay(Stored stored) throws Exception {
    byte[] body = "{\"id\":727}".getBytes(StandardCharsets.UTF_8);
    byte[] next = "{\"id\":728}".getBytes(StandardCharsets.UTF_8);
    Webhooks webhooks = new Webhooks();
    try (var shop = new RunningServer(data, stored)) {
      Secret secret = Secret.of("k".getBytes(StandardCharsets.UTF_8));
      String signature = Webhooks.sign(body, secret);
      Use<Webhooks.Outcome> once =
          scope -> webhooks.take(scope, "woocommerce", body, signature, List.of(secret));
      assertThat((Object) in(shop, once)).isEqualTo(new Webhooks.Genuine(false));
      assertThat((Object) in(shop, once)).isEqualTo(new Webhooks.Repeated());
      assertThat(
              (Object)
                  in(
                      shop,
                      scope ->
                          webhooks.take(
                              scope,
                              "woocommerce",
                              next,
                              Webhooks.sign(next, secret),
                              List.of(secret))))
          .isEqualTo(new Webhooks.Genuine(false));
      assertThat(
              (Object)
                  in(
                      shop,
                      scope -> webhooks.take(scope, "woocommerce", body, "x", List.of(secret))))
          .isEqualTo(new Webhooks.Refused());
      // What is undone did not count.
      byte[] third = "{\"id\":729}".getBytes(StandardCharsets.UTF_8);
      Use<Webhooks.Outcome> last =
          scope ->
              webhooks.take(
                  scope, "woocommerce", third, Webhooks.sign(third, secret), List.of(secret));
      assertThatThrownBy(
              () ->
                  in(
                      shop,
                      scope -> {
                        last.on(scope);
                        throw new SQLException("no room");
                      }))
          .isInstanceOf(SQLException.class);
      assertThat((Object) in(shop, last)).isEqualTo(new Webhooks.Genuine(false));
      shop.pass(Webhooks.WINDOW);
      in(shop, last);
      assertThat(shop.number("SELECT count(*) FROM webhook_delivery")).isEqualTo(1);
    }
  }

  private record Result(int exit, String out, String err) {}

  private Result run(String typed, String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--tenant", "Corner Shop", "--data", data.toString()));
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
      int exit =
          ServerCommand.commandLine(new Reach.Outside(Surroundings.real()))
              .setOut(new PrintWriter(out, true))
              .setErr(new PrintWriter(err, true))
              .execute(all.toArray(String[]::new));
      return new Result(exit, out.toString(), err.toString());
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void commandsTakeTheValueFromStandardInputWhetherTheServerRunsOrNot() throws Exception {
    try (var shop = new RunningServer(data)) {
      Result put = run(PLANTED + "\n", "secret", "put", "woocommerce.webhook");
      assertThat(put.exit()).as(put.err()).isZero();
      assertThat(put.out()).contains("added").doesNotContain("planted-");
      assertThat(open(shop, "woocommerce.webhook")).containsExactly(PLANTED);
      assertThat(run("", "secret", "put", "empty.one").exit()).isEqualTo(1);
    }
    Result put = run(NEXT, "secret", "put", "woocommerce.webhook", "--overlap-hours", "5");
    assertThat(put.out()).contains("replaced");
    Result list = run("", "secret", "list", "--json");
    assertThat(list.out()).contains("woocommerce.webhook").doesNotContain("planted-");
    assertThat(run("", "secret", "renew-key").out()).contains("1 secrets");
    assertThat(run("", "secret", "remove", "woocommerce.webhook").exit()).isZero();
    Result gone = run("", "secret", "remove", "woocommerce.webhook");
    assertThat(gone.exit()).isEqualTo(1);
    assertThat(gone.err()).contains("There is no secret");
    assertThat(run("4111 1111 1111 1111", "secret", "put", "x").err()).doesNotContain("1111");
  }
}
