package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.protocol.Routes;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.db.postgres.TestPostgres;
import dev.countersign.server.launch.RawClient.Reply;
import dev.countersign.server.launch.Visitor.Token;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong tries are counted wherever they are made, and a restart forgets none of them. */
class GuessingTest {
  @TempDir Path data;
  @TempDir Path other;

  private static Reply wrong(Visitor visitor) throws Exception {
    return visitor.signIn("Corner Shop", "Sam", "wrong", null);
  }

  /** Tries until the account is locked, waiting as told; the lockout in seconds. */
  private static int lock(RunningServer shop, Visitor first, Visitor second) throws Exception {
    int wrong = 0;
    while (true) {
      Reply reply = wrong(wrong % 2 == 0 ? first : second);
      if (reply.status() != 429) {
        wrong++;
        continue;
      }
      int wait = Integer.parseInt(reply.headers().get("Retry-After"));
      if (wait >= 899) {
        assertThat(wrong).isEqualTo(10);
        return wait;
      }
      shop.pass(Duration.ofSeconds(wait));
    }
  }

  @Test
  void aLockoutOutlivesTheServer() throws Exception {
    RunningServer shop = new RunningServer(data);
    Visitor visitor = new Visitor(shop);
    visitor.setPassword("Sam", visitor.passwordCode(shop.cashier), Visitor.PASSWORD);
    lock(shop, visitor, visitor);
    shop.close();
    try (SyncServer again = SyncServer.start(ServerConfig.in(data), shop.surroundings())) {
      Visitor later = new Visitor(shop, RawClient.of(again));
      Reply locked = later.signIn("Corner Shop", "Sam", Visitor.PASSWORD, null);
      assertThat(locked.status()).isEqualTo(429);
      assertThat(Integer.parseInt(locked.headers().get("Retry-After"))).isBetween(1, 900);
      shop.pass(Duration.ofMinutes(15));
      later.signIn("Corner Shop", "Sam", Visitor.PASSWORD, null).as(Token.class);
      // What was right starts anew.
      assertThat(wrong(later).status()).isEqualTo(401);
    }
  }

  @Test
  void twoServersOnOneDatabaseCountTogetherAndTakeAChallengeOnce() throws Exception {
    try (var shop = new RunningServer(data, Stored.IN_POSTGRES)) {
      Files.copy(data.resolve("master.key"), other.resolve("master.key"));
      TestPostgres.nameIn(other);
      try (var second = SyncServer.start(ServerConfig.in(other), shop.surroundings())) {
        Visitor here = new Visitor(shop);
        Visitor there = new Visitor(shop, RawClient.of(second));
        here.setPassword("Sam", here.passwordCode(shop.cashier), Visitor.PASSWORD);
        lock(shop, here, there);
        for (Visitor each : new Visitor[] {here, there}) {
          assertThat(each.signIn("Corner Shop", "Sam", Visitor.PASSWORD, null).status())
              .isEqualTo(429);
        }
        shop.pass(Duration.ofMinutes(15));
        there.signIn("Corner Shop", "Sam", Visitor.PASSWORD, null).as(Token.class);
      }
    }
  }

  @Test
  void whatIsCountedNamesNobody() throws Exception {
    try (var shop = new RunningServer(data, Stored.IN_POSTGRES)) {
      Visitor visitor = new Visitor(shop);
      visitor.signIn("Corner Shop", "Zebedee", "wrong", null);
      try (var connection = TestPostgres.connect("postgres");
          var statement = connection.createStatement();
          var rows = statement.executeQuery("SELECT subject FROM countersign.guess_count")) {
        int seen = 0;
        while (rows.next()) {
          assertThat(rows.getBytes(1)).hasSize(32);
          assertThat(new String(rows.getBytes(1), StandardCharsets.ISO_8859_1))
              .doesNotContain("Zebedee")
              .doesNotContain("127.0.0.1");
          seen++;
        }
        assertThat(seen).isEqualTo(2);
      }
    }
  }

  @Test
  void aKeyShownFromElsewhereIsInTheLogAndLockedThere() throws Exception {
    try (var shop = new RunningServer(data)) {
      Visitor visitor = new Visitor(shop);
      var key =
          shop.server
              .admission()
              .addKey(
                  shop.tenant.id(),
                  "Books",
                  Set.of("office.open"),
                  "192.0.2.0/24",
                  Duration.ofDays(9));
      int refused = 0;
      Reply reply = visitor.call("GET", Routes.BOOKS, null, key.key());
      while (reply.status() == 401) {
        refused++;
        reply = visitor.call("GET", Routes.BOOKS, null, key.key());
      }
      assertThat(refused).isEqualTo(4);
      assertThat(reply.status()).isEqualTo(429);
      assertThat(Integer.parseInt(reply.headers().get("Retry-After"))).isPositive();
      assertThat(shop.auditLog()).contains("key.refused").contains(key.id().toString());
    }
  }
}
