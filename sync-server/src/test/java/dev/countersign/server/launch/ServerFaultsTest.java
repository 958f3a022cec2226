package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.change.Change;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Wire;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.Acknowledgement;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.config.DataFolder;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.tenant.MasterKey;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed, started twice, without its key or without room. */
class ServerFaultsTest {
  private static final UUID OPEN_ITEM = UUID.fromString("00000000-0000-8000-8000-000000000001");

  @TempDir Path data;

  private static SellingTill till(RawClient.Enrolled device, UUID cashier) {
    var certificate = device.certificate();
    return new SellingTill(
        new SellingTill.Registered(
            certificate.tenant(),
            certificate.device(),
            certificate.store(),
            certificate.register(),
            certificate.series(),
            "USD",
            cashier),
        device.key(),
        java.time.Clock.systemUTC(),
        RawClient.RANDOM);
  }

  private static byte[] batch(SellingTill till, int sales) {
    List<Change> changes = new ArrayList<>();
    if (till.nextBatch() == 1) {
      changes.add(till.opening());
    }
    for (int i = 0; i < sales; i++) {
      changes.add(till.sale(OPEN_ITEM, 995));
    }
    return Wire.deflate(till.seal(changes).encode());
  }

  @Test
  void aFolderIsServedByOneServerAtATime() throws Exception {
    try (var first = SyncServer.start(ServerConfig.in(data))) {
      assertThatThrownBy(() -> SyncServer.start(ServerConfig.in(data)))
          .isInstanceOf(DataFolder.BusyException.class)
          .hasMessageContaining("in use");
      assertThat(RawClient.of(first).get(Routes.HEALTH).status()).isEqualTo(200);
    }
    SyncServer.start(ServerConfig.in(data)).close();
  }

  @Test
  void aMissingMasterKeyIsSaidClearlyAndNeverReplaced() throws Exception {
    SyncServer.start(ServerConfig.in(data)).close();
    Path key = data.resolve("master.key");
    String kept = Files.readString(key);
    Files.delete(key);
    assertThatThrownBy(() -> SyncServer.start(ServerConfig.in(data)))
        .isInstanceOf(MasterKey.UnusableException.class)
        .hasMessageContaining("master key is missing")
        .hasMessageContaining(MasterKey.VARIABLE);
    assertThat(key).doesNotExist();
    var fromEnvironment = Surroundings.real();
    SyncServer.start(
            ServerConfig.in(data),
            new Surroundings(
                fromEnvironment.clock(),
                fromEnvironment.nanoTime(),
                fromEnvironment.random(),
                kept,
                null,
                fromEnvironment.requestLog(),
                fromEnvironment.nightWatchEvery()))
        .close();
  }

  @Test
  void wrongMasterKeyIsRefused() throws Exception {
    SyncServer.start(ServerConfig.in(data)).close();
    Path key = data.resolve("master.key");
    String kept = Files.readString(key);
    Files.writeString(key, "00".repeat(32) + "\n");
    assertThatThrownBy(() -> SyncServer.start(ServerConfig.in(data)))
        .isInstanceOf(MasterKey.UnusableException.class)
        .hasMessageContaining("does not open");
    Files.writeString(key, "not a key");
    assertThatThrownBy(() -> SyncServer.start(ServerConfig.in(data)))
        .isInstanceOf(MasterKey.UnusableException.class)
        .hasMessageNotContaining("not a key");
    Files.writeString(key, kept);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> SyncServer.start(ServerConfig.in(data)))
        .isInstanceOf(MasterKey.UnusableException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void theCertificatesKeyStaysWhenHostsAreAdded() throws Exception {
    String pin;
    try (var server = SyncServer.start(ServerConfig.in(data))) {
      pin = server.pin();
    }
    try (var server =
        SyncServer.start(ServerConfig.in(data).reachedAs(List.of("shop.example", "10.1.2.3")))) {
      assertThat(server.pin()).isEqualTo(pin);
      assertThat(server.uri().getHost()).isEqualTo("shop.example");
    }
  }

  @Test
  void everythingTheServerKeepsIsReadableByItsOwnerOnly() throws Exception {
    try (var shop = new RunningServer(data);
        var files = Files.walk(data)) {
      assertThat(shop.tenant.id()).isNotNull();
      for (Path file : files.toList()) {
        if (!file.getFileName().toString().equals("lock")) {
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
              .as(file.toString())
              .endsWith("------");
        }
      }
    }
  }

  @Test
  void diskFullOnTheServer() throws Exception {
    try (var shop = new RunningServer(data)) {
      RawClient client = RawClient.of(shop.server);
      SellingTill till = till(client.enrol(shop.tillTicket(), "Till"), shop.cashier.id());
      assertThat(client.post(Routes.BATCHES, batch(till, 1)).status()).isEqualTo(200);
      long entries = shop.number("SELECT size FROM audit_head");
      limitPages(shop, shop.number("PRAGMA page_count") + 1);

      byte[] second = batch(till, 400);
      var refused = client.post(Routes.BATCHES, second);
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.problem().code()).isEqualTo("storage-full");
      assertThat(refused.headers().get("Retry-After")).isEqualTo("30");
      assertThat(shop.number("SELECT size FROM audit_head")).isEqualTo(entries);
      assertThat(shop.number("SELECT count(*) FROM sale")).isEqualTo(1);
      assertThat(shop.number("SELECT last_batch FROM device")).isEqualTo(1);

      limitPages(shop, 1_000_000);
      assertThat(client.post(Routes.BATCHES, second).status()).isEqualTo(200);
      assertThat(shop.number("SELECT count(*) FROM sale")).isEqualTo(401);
    }
  }

  @Test
  void whatCannotBeNotedInTheLogIsNotImported() throws Exception {
    try (var shop = new RunningServer(data)) {
      long before = shop.number("SELECT count(*) FROM feed WHERE kind = 'product'");
      Path file = data.resolve("more.csv");
      Files.writeString(
          file,
          "item_number,description,category,vendor,bottle_ml,pack,proof,upc,scc,bottle_cost,"
              + "case_cost,bottle_retail,list_date\n"
              + "77001,Late Bottling,Whiskey,Distillery,750,6,80,,,10.00,60.00,15.99,2020-01-01\n");
      shop.server
          .tenants()
          .<Boolean, Exception>write(
              shop.tenant.id(),
              scope -> {
                scope
                    .db()
                    .execute(
                        "CREATE TRIGGER no_log BEFORE INSERT ON audit_run"
                            + " BEGIN SELECT RAISE(ABORT, 'no log'); END");
                return true;
              });
      assertThatThrownBy(() -> shop.server.provisioning().importCatalogue(shop.tenant.id(), file))
          .isInstanceOf(SQLException.class);
      assertThat(shop.number("SELECT count(*) FROM feed WHERE kind = 'product'")).isEqualTo(before);
    }
  }

  private static void limitPages(RunningServer shop, long pages) throws Exception {
    shop.server
        .tenants()
        .<Long, Exception>write(
            shop.tenant.id(),
            scope ->
                scope
                    .db()
                    .first("PRAGMA max_page_count = " + pages, row -> row.integer(1))
                    .orElseThrow());
  }

  @Test
  void aServerKilledWhileBatchesComeInLosesNothingItAcknowledged() throws Exception {
    UUID tenant;
    SellingTill till;
    try (var shop = new RunningServer(data)) {
      shop.now.set(java.time.Instant.now());
      tenant = shop.tenant.id();
      till = till(RawClient.of(shop.server).enrol(shop.tillTicket(), "Till"), shop.cashier.id());
    }
    int acknowledged = 0;
    int sales = 0;
    byte[] unanswered = null;
    for (int round = 0; round < 3; round++) {
      Process server = spawn();
      try {
        RawClient client = listening(server);
        if (unanswered != null) {
          // The till sends again what it has no answer for, byte by byte the same.
          assertThat(client.post(Routes.BATCHES, unanswered).status()).isEqualTo(200);
          acknowledged++;
        }
        int goal = acknowledged + 5;
        Thread killer = null;
        while (true) {
          byte[] batch = batch(till, 20);
          sales += 20;
          if (acknowledged == goal) {
            killer = Thread.ofVirtual().start(server::destroyForcibly);
          }
          try {
            var reply = client.post(Routes.BATCHES, batch);
            assertThat(reply.status()).isEqualTo(200);
            Acknowledgement ack =
                Json.decode(Envelope.decode(reply.body()).payload(), Acknowledgement.class);
            assertThat(ack.batch()).isEqualTo(++acknowledged);
          } catch (java.io.IOException _) {
            unanswered = batch;
            break;
          }
        }
        killer.join();
      } finally {
        server.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
      }
    }
    try (var server = SyncServer.start(ServerConfig.in(data))) {
      RawClient client = RawClient.of(server);
      assertThat(client.post(Routes.BATCHES, unanswered).status()).isEqualTo(200);
      var first = client.post(Routes.BATCHES, unanswered);
      assertThat(client.post(Routes.BATCHES, unanswered).body()).isEqualTo(first.body());
      var books = server.provisioning().books(tenant);
      assertThat(books.total().sales()).isEqualTo(sales);
      assertThat(books.total().total()).isEqualTo(sales * 995L);
      Path export = data.resolve("export.txt");
      try (var out = Files.newOutputStream(export)) {
        server.provisioning().export(tenant, out);
      }
      int exit =
          ServerCommand.commandLine(new Reach.Outside(Surroundings.real()))
              .execute("verify", export.toString(), "--key", server.provisioning().logKey(tenant));
      assertThat(exit).isZero();
    }
  }

  private Process spawn() throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "dev.countersign.server.launch.ServerCommand",
            "serve",
            "--data",
            data.toString(),
            "--port",
            "0",
            "--json")
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static RawClient listening(Process server) throws Exception {
    var out =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    assertThat(line).as("the server's first line").isNotNull();
    var listening =
        Json.decode(line.getBytes(StandardCharsets.UTF_8), ServeCommand.Listening.class);
    return new RawClient(listening.uri(), listening.pin());
  }
}
