package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.http.Access;
import dev.countersign.server.http.Route;
import dev.countersign.server.signin.ApiKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are too many, too long, too slow or not quite HTTP. */
class EdgeLimitsTest {
  private static final String HOST = " HTTP/1.1\r\nHost: x\r\n";

  @TempDir Path data;

  @Test
  void aDeviceAndAKeyHaveOneShareWhereverTheyComeFrom() throws Exception {
    try (var shop = new RunningServer(data, config -> config.limitedTo(6, 5))) {
      RawClient client = RawClient.of(shop.server);
      String token = client.token(client.enrol(shop.tillTicket(), "Till"));
      String key =
          shop.server
              .admission()
              .addKey(shop.tenant.id(), "Program", Set.of("office.open"), "", ApiKeys.LIFE)
              .key();
      String[][] asked = {{Routes.FEED, token, "device"}, {Routes.BOOKS, key, "account or key"}};
      int address = 2;
      for (String[] each : asked) {
        try (RawTls one = RawTls.from("127.0.0." + address++, shop.server);
            RawTls other = RawTls.from("127.0.0." + address++, shop.server)) {
          for (int i = 0; i < 5; i++) {
            assertThat(one.get(each[0], each[1])).doesNotStartWith("HTTP/1.1 429");
          }
          String refused = other.get(each[0], each[1]);
          assertThat(refused)
              .startsWith("HTTP/1.1 429")
              .contains(each[2])
              .containsPattern("(?i)\r\nretry-after: [1-9]");
          assertThat(other.get(Routes.HEALTH, null)).startsWith("HTTP/1.1 200");
        }
      }
    }
  }

  @Test
  void anAccountIsLockedWithTheTimeToComeAgain() throws Exception {
    try (var shop = new RunningServer(data)) {
      Visitor visitor = new Visitor(shop);
      for (int i = 0; i < 10; i++) {
        visitor.signIn("Corner Shop", "Nobody", "wrong password " + i, null);
      }
      var reply = visitor.signIn("Corner Shop", "Nobody", "wrong password", null);
      assertThat(reply.status()).isEqualTo(429);
      assertThat(reply.headers().get("Retry-After")).matches("[1-9][0-9]*");
    }
  }

  @Test
  void whenConnectionsRunOutTheOneThatIsIdleLongestMakesRoom() throws Exception {
    try (var shop =
            new RunningServer(
                data, config -> config.holding(2).arrivingWithin(Duration.ofMinutes(10)));
        RawTls first = RawTls.to(shop.server);
        RawTls second = RawTls.to(shop.server)) {
      try (RawTls third = RawTls.unshaken(shop.server, "127.0.0.1")) {
        assertThat(first.toTheEnd()).isEmpty();
        assertThat(second.get(Routes.HEALTH, null)).startsWith("HTTP/1.1 200");
        assertThat(third.get(Routes.HEALTH, null)).startsWith("HTTP/1.1 200");
      }
    }
  }

  @Test
  void aHeaderThatNeverEndsIsCutOff() throws Exception {
    try (var shop =
            new RunningServer(data, config -> config.arrivingWithin(Duration.ofMillis(300)));
        RawTls raw = RawTls.to(shop.server)) {
      raw.send("GET /health" + HOST + "X-Slow: ");
      boolean cut = false;
      for (int i = 0; i < 400 && !cut; i++) {
        try {
          raw.send("a");
          LockSupport.parkNanos(50_000_000);
        } catch (IOException _) {
          cut = true;
        }
      }
      assertThat(cut).isTrue();
    }
  }

  @Test
  void aConnectionThatDoesNothingIsClosed() throws Exception {
    try (var shop =
            new RunningServer(data, config -> config.arrivingWithin(Duration.ofMillis(300)));
        RawTls raw = RawTls.to(shop.server)) {
      assertThat(raw.toTheEnd()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\n",
        "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        "Content-Length: 3, 4\r\n\r\nabcd",
        "Content-Length: -1\r\n\r\n",
        "Content-Length: +3\r\n\r\nabc",
        "Content-Length: 99999999999999999999\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "Content-Length: 3\r\n folded\r\n\r\nabc",
        "X\u0000Y: 1\r\n\r\n",
        "Host: second\r\n\r\n"
      })
  void aRequestThatTwoServersCouldReadAsTwoIsRefused(String rest) throws Exception {
    try (var shop = new RunningServer(data);
        RawTls raw = RawTls.to(shop.server)) {
      raw.send("POST " + Routes.CHALLENGES + HOST + rest + "\r\nGET /health" + HOST + "\r\n");
      String answer = raw.toTheEnd();
      assertThat(answer).matches("(?s)HTTP/1.1 (400|501|413) .*");
      assertThat(answer.split("HTTP/1\\.1 [0-9]", -1)).hasSize(2);
      assertThat(answer).contains("Strict-Transport-Security").doesNotContain("jetty");
    }
  }

  @Test
  void aHeadOverItsSizeIsRefused() throws Exception {
    try (var shop = new RunningServer(data)) {
      for (String line :
          List.of(
              "GET /" + "a".repeat(20_000) + HOST,
              "GET /health" + HOST + "X: " + "a".repeat(20_000) + "\r\n",
              "GET /health" + HOST + "a: b\r\n".repeat(5_000))) {
        try (RawTls raw = RawTls.to(shop.server)) {
          raw.send(line + "\r\n");
          assertThat(raw.toTheEnd()).matches("(?s)(HTTP/1.1 (414|431|400) .*)?");
        } catch (IOException _) {
          // Cut off while sending: as good.
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1//people",
        "//v1/people",
        "/v1/./people",
        "/v1/x/../people",
        "/v1/%2e%2e/v1/people",
        "/v1%2fpeople",
        "/v1/people%00",
        "/v1/people;a=b",
        "/v1/people/",
        "/V1/PEOPLE",
        "/v1/people%0d%0aX:%201",
        "/%c0%ae%c0%ae/people",
        "/v1\\people",
        "http://elsewhere/v1/people",
        "*",
        "/v1/people?%zz",
        "/v1/people#x"
      })
  void noSpellingOfAPathGetsPastTheDoor(String path) throws Exception {
    try (var shop = new RunningServer(data);
        RawTls raw = RawTls.to(shop.server)) {
      raw.send("GET " + path + HOST + "Connection: close\r\n\r\n");
      String answer = raw.toTheEnd();
      assertThat(answer).matches("(?s)HTTP/1.1 (400|401|404|405) .*");
      assertThat(answer).contains("Strict-Transport-Security").contains("\"code\":");
    }
  }

  @Test
  void otherMethodsAreRefusedOnEveryRouteAlike() throws Exception {
    try (var shop = new RunningServer(data)) {
      for (String method : List.of("HEAD", "OPTIONS", "TRACE", "PATCH", "CONNECTED", "get")) {
        for (Route route : shop.server.routes()) {
          if (!route.method().equals("GET")) {
            continue;
          }
          String path = route.path().replaceAll("\\{[a-z]+}", UUID.randomUUID().toString());
          try (RawTls raw = RawTls.to(shop.server)) {
            raw.send(method + " " + path + HOST + "Connection: close\r\n\r\n");
            assertThat(raw.toTheEnd()).as(method + path).matches("(?s)HTTP/1.1 (405|400|404) .*");
          }
        }
      }
    }
  }

  @Test
  void everyAnswerCarriesTheSecurityHeadersAlsoThoseBelowTheRoutes() throws Exception {
    try (var shop = new RunningServer(data, config -> config.limitedTo(60, 6))) {
      for (String request :
          List.of(
              "GET /health" + HOST,
              "GET /nowhere" + HOST,
              "GET /v1/people" + HOST,
              "BREW /health" + HOST,
              "GET /health HTTP/1.1\r\n",
              "NONSENSE\r\n",
              "GET /health HTTP/9.9\r\nHost: x\r\n",
              "GET /health" + HOST,
              "GET /health" + HOST,
              "GET /health" + HOST,
              "GET /health" + HOST)) {
        try (RawTls raw = RawTls.to(shop.server)) {
          raw.send(request + "Connection: close\r\n\r\n");
          assertThat(raw.toTheEnd())
              .as(request)
              .contains("Strict-Transport-Security: max-age=31536000")
              .contains("X-Content-Type-Options: nosniff")
              .contains("X-Frame-Options: DENY")
              .contains("Content-Security-Policy: default-src 'none'")
              .contains("Cross-Origin-Resource-Policy: same-origin")
              .contains("Cache-Control: no-store")
              .doesNotContain("Server:");
        }
      }
    }
  }

  /**
   * Whatever a route is for, what is not exactly its document is a bad request that says little.
   */
  @Test
  void everyRouteDecodesStrictlyAndItsErrorsTellNothing() throws Exception {
    try (var shop = new RunningServer(data)) {
      Visitor visitor = new Visitor(shop);
      int strict = 0;
      int people = 0;
      for (Route route : shop.server.routes()) {
        if (route.method().equals("GET") || route.path().equals(Routes.BATCHES)) {
          continue;
        }
        String token =
            route.access() == Access.DEVICE
                ? visitor.client.token(visitor.client.enrol(shop.tillTicket(), "Till"))
                : visitor.person("Owner " + ++people, "owner", null).token();
        if (send(visitor, route, "}{", token).status() != 400) {
          continue;
        }
        for (String body :
            List.of(
                "",
                "null",
                "[]",
                "{\"unknown\":1}",
                "{\"code\":\"a\",\"code\":\"b\"}",
                "{\"amount\":1.5}",
                "{\"name\":\"\\ud800\"}",
                "{\"name\":NaN}",
                "{} {}",
                "{\"name\":" + "[".repeat(100),
                "{\"name\":" + "1".repeat(100) + "}",
                "{\"name\":\"" + "x".repeat(3_000) + "\"")) {
          var reply = send(visitor, route, body, token);
          assertThat(reply.status())
              .as("%s %s %.40s", route.method(), route.path(), body)
              // Some take no document at all for one with nothing in it; the id names nothing.
              .isIn(400, 413, 422, body.isEmpty() ? 404 : 400);
          Problem problem = Json.decode(reply.body(), Problem.class);
          assertThat(problem.code()).isNotEmpty();
          assertThat(reply.text())
              .doesNotContainIgnoringCase("exception")
              .doesNotContainIgnoringCase("sql")
              .doesNotContainIgnoringCase("jackson")
              .doesNotContain("dev.countersign")
              .doesNotContain("java.");
          strict++;
        }
      }
      assertThat(strict).isGreaterThan(50);
      assertThat(String.join("\n", shop.requestLog))
          .doesNotContain("css_")
          .doesNotContain("Owner")
          .doesNotContain("unknown");
    }
  }

  private static RawClient.Reply send(Visitor visitor, Route route, String body, String token)
      throws Exception {
    String path = route.path().replaceAll("\\{[a-z]+}", UUID.randomUUID().toString());
    return visitor.client.send(
        new Request.Builder()
            .url(visitor.client.url(path))
            .header("Authorization", "Bearer " + token)
            .method(
                route.method(),
                RequestBody.create(
                    body.getBytes(StandardCharsets.UTF_8), MediaType.get("application/json"))));
  }
}
