package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.db.postgres.TestPostgres;
import dev.countersign.server.feed.FeedTable;
import dev.countersign.server.launch.RawClient.Enrolled;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The server says that there is something, to whom it concerns and to nobody else. */
@ParameterizedClass
@EnumSource
class NoticesTest {
  /**
   * A line is heard three times in a second, and looked after once: so many beats are two looks.
   */
  private static final int TWO_LOOKS = 8;

  @Parameter Stored stored;
  @TempDir Path data;
  @TempDir Path other;
  private RunningServer shop;
  private RawClient client;

  @BeforeEach
  void start() throws Exception {
    shop = new RunningServer(data, stored, NoticesTest::settings);
    client = RawClient.of(shop.server);
  }

  @AfterEach
  void stop() throws Exception {
    shop.close();
  }

  private static ServerConfig settings(ServerConfig config) {
    return config.limitedTo(1_000_000, 1_000_000).arrivingWithin(Duration.ofSeconds(1));
  }

  /** What a device hears. */
  private static final class Ear implements AutoCloseable {
    final Response answer;
    private final BufferedReader lines;

    Ear(RawClient client, String token, long after) throws Exception {
      answer = client.open(Routes.NOTICES + "?after=" + after + "&hold=7200", token);
      lines = new BufferedReader(answer.body().charStream());
    }

    /** The next number, or -1 when the line has ended. */
    long next() throws IOException {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isEmpty() && !line.equals(":")) {
          assertThat(line).matches("data: [0-9]+");
          return Long.parseLong(line.substring(6));
        }
      }
      return -1;
    }

    void beats(int count) throws IOException {
      for (int left = count; left > 0; ) {
        String line = lines.readLine();
        assertThat(line).isIn("", ":");
        left -= line.isEmpty() ? 0 : 1;
      }
    }

    @Override
    public void close() {
      answer.close();
    }
  }

  private static FeedBody.ProductItem gin(long price) {
    return new FeedBody.ProductItem("1", "Gin", "", "", price, List.of(), List.of());
  }

  private static void put(SyncServer server, UUID tenant, UUID store, long price) throws Exception {
    server
        .tenants()
        .<Boolean, Exception>write(
            tenant, scope -> new FeedTable().put(scope, UUID.randomUUID(), store, gin(price)));
  }

  private long head() throws Exception {
    return shop.head();
  }

  private void awaitHeld(int lines) {
    while (shop.server.notices().held() != lines) {
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Test
  void aDeviceHearsUpToWhichNumberThereIsSomethingAndThatItIsStillThere() throws Exception {
    String token = client.token(client.enrol(shop.tillTicket(), "Till"));
    long before = head();
    try (Ear ear = new Ear(client, token, before)) {
      assertThat(ear.answer.header("Content-Type")).startsWith("text/event-stream");
      assertThat(ear.next()).isEqualTo(before);
      ear.beats(2);
      put(shop.server, shop.tenant.id(), null, 1);
      assertThat(ear.next()).isEqualTo(before + 1);
      put(shop.server, shop.tenant.id(), shop.store.id(), 2);
      assertThat(ear.next()).isEqualTo(before + 2);
    }
    try (Ear late = new Ear(client, token, before)) {
      assertThat(late.next()).isEqualTo(before + 2);
    }
    try (Ear elsewhere = new Ear(client, token, before + 1_000)) {
      assertThat(elsewhere.next()).isZero();
    }
    assertThat(client.get(Routes.NOTICES + "?after=0&hold=0", token).text())
        .isEqualTo("data: " + (before + 2) + "\n\n");
  }

  @Test
  void whatANeighbourOrAnotherStoreWritesWakesNobody() throws Exception {
    var strangers = shop.desk().addTenant("Elsewhere", "EUR", "practice");
    var harbour = shop.desk().addStore(shop.tenant.id(), "13", "Harbour", ZoneId.of("UTC"));
    String token = client.token(client.enrol(shop.tillTicket(), "Till"));
    try (Ear ear = new Ear(client, token, head())) {
      assertThat(ear.next()).isEqualTo(head());
      put(shop.server, strangers.id(), null, 1);
      put(shop.server, shop.tenant.id(), harbour.id(), 2);
      shop.sold(shop.store.id(), LocalDate.of(2026, 3, 2));
      ear.beats(TWO_LOOKS);
      put(shop.server, shop.tenant.id(), shop.store.id(), 3);
      assertThat(ear.next()).isEqualTo(head());
    }
  }

  @Test
  void theLineOfARevokedAFrozenAndASignedOutDeviceEnds() throws Exception {
    Enrolled frozen = client.enrol(shop.tillTicket(), "Frozen");
    Enrolled revoked = client.enrol(shop.tillTicket(), "Revoked");
    String token = client.token(client.enrol(shop.tillTicket(), "Till"));
    String ofFrozen = client.token(frozen);
    String ofRevoked = client.token(revoked);
    try (Ear first = new Ear(client, ofFrozen, head());
        Ear second = new Ear(client, ofRevoked, head());
        Ear third = new Ear(client, token, head())) {
      for (Ear ear : List.of(first, second, third)) {
        assertThat(ear.next()).isEqualTo(head());
      }
      shop.server
          .tenants()
          .<Integer, Exception>write(
              shop.tenant.id(),
              scope ->
                  scope
                      .db()
                      .update("UPDATE device SET state = 'frozen' WHERE id = ?", frozen.id()));
      assertThat(first.next()).isEqualTo(-1);
      shop.desk().revokeDevice(shop.tenant.id(), revoked.id());
      assertThat(second.next()).isEqualTo(-1);
      third.beats(1);
      shop.pass(Duration.ofHours(2));
      assertThat(third.next()).isEqualTo(-1);
    }
    awaitHeld(0);
    var refused = client.get(Routes.NOTICES + "?after=0&hold=0", client.token(frozen));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem().code()).isEqualTo(Problem.FROZEN);
    assertThat(client.get(Routes.NOTICES + "?after=0&hold=0", ofRevoked).status()).isEqualTo(401);
  }

  @Test
  void aDeviceHasOneLineAndTheNewestCounts() throws Exception {
    String token = client.token(client.enrol(shop.tillTicket(), "Till"));
    try (Ear first = new Ear(client, token, head())) {
      assertThat(first.next()).isEqualTo(head());
      try (Ear second = new Ear(client, token, head())) {
        assertThat(first.next()).isEqualTo(-1);
        assertThat(second.next()).isEqualTo(head());
        assertThat(shop.server.notices().held()).isEqualTo(1);
        put(shop.server, shop.tenant.id(), null, 1);
        assertThat(second.next()).isEqualTo(head());
      }
    }
    awaitHeld(0);
  }

  @Test
  void manyThatComeAndGoLeaveNothingBehind() throws Exception {
    List<String> tokens =
        List.of(
            client.token(client.enrol(shop.tillTicket(), "One")),
            client.token(client.enrol(shop.tillTicket(), "Two")));
    int threads = Thread.activeCount();
    for (int i = 0; i < 60; i++) {
      try (Ear ear = new Ear(client, tokens.get(i % 2), head())) {
        assertThat(ear.next()).isEqualTo(head());
      }
    }
    awaitHeld(0);
    assertThat(Thread.activeCount()).isLessThan(threads + 30);
  }

  @Test
  void aServerThatStopsWaitsForNobodyWhoListens() throws Exception {
    String token = client.token(client.enrol(shop.tillTicket(), "Till"));
    try (Ear ear = new Ear(client, token, head())) {
      assertThat(ear.next()).isEqualTo(head());
      shop.server.close();
      assertThat(ear.next()).isEqualTo(-1);
    }
    shop = shop.on(SyncServer.start(settings(ServerConfig.in(data)), shop.surroundings()));
  }

  @Test
  void onlySoManyListenAtOnce() throws Exception {
    shop.server.close();
    shop =
        shop.on(SyncServer.start(settings(ServerConfig.in(data)).holding(8), shop.surroundings()));
    client = RawClient.of(shop.server);
    String one = client.token(client.enrol(shop.tillTicket(), "One"));
    String two = client.token(client.enrol(shop.tillTicket(), "Two"));
    String three = client.token(client.enrol(shop.tillTicket(), "Three"));
    try (Ear first = new Ear(client, one, head());
        Ear second = new Ear(client, two, head())) {
      assertThat(first.next()).isEqualTo(second.next());
      var refused = client.get(Routes.NOTICES + "?after=0&hold=0", three);
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.headers().get("Retry-After")).isEqualTo("60");
    }
    awaitHeld(0);
    assertThat(client.get(Routes.NOTICES + "?after=0&hold=0", three).status()).isEqualTo(200);
  }

  @Test
  void whatAnotherServerOnTheSameDatabaseWroteIsHeardOf() throws Exception {
    assumeThat(stored).isEqualTo(Stored.IN_POSTGRES);
    Files.copy(data.resolve("master.key"), other.resolve("master.key"));
    TestPostgres.nameIn(other);
    try (var second = SyncServer.start(ServerConfig.in(other), shop.surroundings())) {
      String token = client.token(client.enrol(shop.tillTicket(), "Till"));
      try (Ear ear = new Ear(client, token, head())) {
        assertThat(ear.next()).isEqualTo(head());
        put(second, shop.tenant.id(), null, 1);
        assertThat(ear.next()).isEqualTo(head());
      }
    }
  }
}
