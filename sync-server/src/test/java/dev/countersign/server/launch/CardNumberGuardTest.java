package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.guard.TextRefusals;
import dev.countersign.server.http.Access;
import dev.countersign.server.http.Route;
import dev.countersign.server.launch.RawClient.Reply;
import dev.countersign.server.launch.Visitor.Signed;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No way into the server takes a card number, and what was tried is counted without it. */
class CardNumberGuardTest {
  private static final String CARD = "4111 1111 1111 1111";
  private static final YearMonth MONTH = YearMonth.of(2026, 3);

  @TempDir Path data;

  private static Reply send(RawClient client, Route route, String body, String token)
      throws Exception {
    String path = route.path().replaceAll("\\{[a-z]+}", UUID.randomUUID().toString()) + "?after=0";
    Request.Builder request =
        new Request.Builder()
            .url(client.url(path))
            .header("Authorization", "Bearer " + token)
            .method(
                route.method(),
                RequestBody.create(
                    body.getBytes(StandardCharsets.UTF_8), MediaType.get("application/json")));
    return client.send(request);
  }

  private static boolean isCardNumber(Reply reply) {
    return reply.status() == 422 && reply.problem().code().equals(Problem.CARD_NUMBER);
  }

  /** A route that takes nonsense for no fault does not look at its body at all. */
  @Test
  void everyRouteThatTakesATextRefusesACardNumberInIt() throws Exception {
    try (var shop = new RunningServer(data)) {
      Visitor visitor = new Visitor(shop);
      // Enrolled before there are more people than any sheet of rights has.
      var till = visitor.client.enrol(shop.tillTicket(), "Till");
      int guarded = 0;
      int people = 0;
      for (Route route : shop.server.routes()) {
        // Batches and what is sealed are no text: they are judged when they are opened.
        if (route.method().equals("GET")
            || List.of(Routes.BATCHES, Routes.WIPE).contains(route.path())) {
          continue;
        }
        String token =
            route.access() == Access.DEVICE
                ? visitor.client.token(till)
                : visitor.person("Owner " + ++people, "owner", null).token();
        if (send(visitor.client, route, "}{", token).status() != 400) {
          continue;
        }
        for (String body :
            List.of(
                "{\"note\":\"" + CARD + "\"}",
                "{\"note\":{\"deep\":[4111111111111111]}}",
                "{\"\\u0034111111111111111\":1}",
                "note " + CARD)) {
          Reply reply = send(visitor.client, route, body, token);
          assertThat(isCardNumber(reply)).as("%s %s", route.method(), route.path()).isTrue();
          assertThat(reply.text()).doesNotContain("4111").doesNotContain("1111");
          guarded++;
        }
      }
      assertThat(guarded).isGreaterThan(20);
    }
  }

  @Test
  void noRouteTakesOneInItsPathOrQuery() throws Exception {
    try (var shop = new RunningServer(data)) {
      Visitor visitor = new Visitor(shop);
      String token = visitor.person("Olu", "owner", null).token();
      for (String path :
          List.of(
              Routes.BOOKS + "?note=4111%201111%201111%201111",
              Routes.PEOPLE + "?q=%D9%A4%D9%A1%D9%A1%D9%A1-1111-1111-1111",
              Routes.OWN_SESSION.replace("{id}", "4111111111111111"))) {
        String method = path.startsWith(Routes.OWN_SESSIONS) ? "DELETE" : "GET";
        assertThat(isCardNumber(visitor.call(method, path, null, token))).as(path).isTrue();
      }
      assertThat(String.join("\n", shop.requestLog)).doesNotContain("1111");
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusalsAreCountedAndLoggedByKindAndNeverByNumber(Stored stored) throws Exception {
    try (var shop = new RunningServer(data, stored)) {
      Visitor visitor = new Visitor(shop);
      Signed owner = visitor.person("Olu", "owner", null);
      for (int i = 0; i < 3; i++) {
        visitor.call(
            "POST",
            Routes.OWN_PASSWORD,
            Visitor.fields("old", Visitor.PASSWORD, "password", "4111-1111-1111-1111 x"),
            owner.token());
      }
      Path file = data.resolveSibling("rows-" + UUID.randomUUID() + ".csv");
      Files.writeString(
          file,
          "item_number,description,category,vendor,bottle_ml,pack,proof,upc,scc,bottle_cost,"
              + "case_cost,bottle_retail,list_date\n"
              + "1,Good,GIN,V,750,6,80,4006381333931,,1,6,10.00,2020-01-01\n"
              + ("2,Gin " + CARD + ",GIN,V,750,6,80,,,1,6,10.00,2020-01-01\n")
              + "3,Gin,GIN,5555555555554444,750,6,80,,,1,6,10.00,2020-01-01\n"
              + "4,Gin 219-09-9999,GIN,V,750,6,80,,,1,6,10.00,2020-01-01\n");
      var report = shop.desk().importCatalogue(shop.tenant.id(), file);
      Files.delete(file);
      assertThat(report.accepted()).isEqualTo(2);
      assertThat(report.refused())
          .extracting(remark -> remark.line() + " " + remark.reason())
          .containsExactly(
              "3 description holds what may be a card number",
              "4 vendor holds what may be a card number");
      assertThat(report.warnings()).extracting(remark -> remark.line()).containsExactly(5L);
      var refusals = new TextRefusals(new dev.countersign.server.account.Journal(null));
      assertThat(
              shop.server
                  .tenants()
                  .<List<TextRefusals.Tally>, Exception>read(
                      shop.tenant.id(), scope -> refusals.in(scope, MONTH)))
          .containsExactly(
              new TextRefusals.Tally("card-number", "POST " + Routes.OWN_PASSWORD, 3),
              new TextRefusals.Tally("card-number", "import", 2),
              new TextRefusals.Tally("us-social-security", "import", 1));
      assertThat(shop.auditLog())
          .contains(TextRefusals.CARD_NUMBER)
          .contains(TextRefusals.GOVERNMENT_ID)
          .contains(owner.person().id().toString())
          .doesNotContain("4111")
          .doesNotContain("5555")
          .doesNotContain("219-09");
    }
  }

  @Test
  void noCommandStoresOne() {
    StringWriter err = new StringWriter();
    var line =
        ServerCommand.commandLine(new Reach.Outside(Surroundings.real()))
            .setErr(new PrintWriter(err));
    String folder = data.toString();
    int exit = line.execute("tenant", "add", CARD, "--currency", "USD", "--data", folder);
    assertThat(exit).isEqualTo(AdminCommand.FAILED);
    assertThat(err.toString()).contains("Card numbers").doesNotContain("1111");
    assertThat(line.execute("tenant", "add", "Shop", "--currency", "USD", "--data", folder))
        .isZero();
    exit =
        line.execute(
            "user", "add", "--role=owner", "--tenant=Shop", "Al " + CARD, "--data", folder);
    assertThat(exit).isEqualTo(AdminCommand.FAILED);
  }
}
