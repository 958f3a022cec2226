package dev.countersign.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.protocol.Verdict;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.launch.ServerCommand;
import dev.countersign.server.launch.SyncServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A till sells while its business moves from a file into PostgreSQL, by the operator's commands.
 */
class MovedTenantTest {
  /** What an administrator of the PostgreSQL does once. */
  private static final String[] ONCE = {
    "CREATE ROLE countersign_owner NOLOGIN",
    "CREATE ROLE countersign_migrator LOGIN NOINHERIT IN ROLE countersign_owner",
    "CREATE ROLE countersign_app LOGIN",
    "CREATE SCHEMA countersign AUTHORIZATION countersign_owner"
  };

  @TempDir Path folder;
  private EmbeddedPostgres postgres;
  private Path here;
  private Path there;
  private Path password;
  private Shop shop;
  private TillDevice till;

  @BeforeEach
  void aShopAndAnEmptyPostgres() throws Exception {
    postgres = EmbeddedPostgres.builder().start();
    String url = postgres.getJdbcUrl("postgres", "postgres").split("\\?")[0];
    try (Connection admin = DriverManager.getConnection(url, "postgres", "-");
        Statement statement = admin.createStatement()) {
      for (String sql : ONCE) {
        statement.execute(sql);
      }
    }
    here = folder.resolve("server");
    there = Files.createDirectories(folder.resolve("there"));
    password = folder.resolve("password");
    Files.createFile(
        password,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(password, "-");
    Files.writeString(
        there.resolve("postgres.properties"),
        "url=" + url + "\nuser=countersign_app\npassword-file=" + password + "\n");
    shop = Shop.open(folder);
    till = shop.till();
  }

  @AfterEach
  void close() throws Exception {
    till.close();
    shop.close();
    postgres.close();
  }

  /** The server's own program, in a process of its own. */
  private static String command(String... words) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(ProcessHandle.current().info().command().orElseThrow());
    line.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            ServerCommand.class.getName()));
    line.addAll(List.of(words));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  private void sell(int sales) {
    for (int i = 0; i < sales; i++) {
      till.sell(100);
    }
  }

  @Test
  void everythingThatATillSoldMeanwhileArrivesAtTheOtherServer() throws Exception {
    till.openShift();
    sell(2);
    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    assertThat(till.pull()).isEqualTo(new PullOutcome.UpToDate());
    command("migrate-schema", "--data", there.toString(), "--password-file", password.toString());
    sell(3);
    String moved =
        command(
            "tenant",
            "move",
            "--data",
            here.toString(),
            "--tenant",
            "Corner Shop",
            "--to",
            there.toString());
    assertThat(moved).contains("Moved Corner Shop");
    String pin = shop.server.pin();
    int port = shop.server.uri().getPort();
    try (SyncLoop loop = till.loop()) {
      loop.start();
      Eventually.holds(
          "the old server takes nothing any more",
          () ->
              loop.state() instanceof SyncState.Waiting waiting
                  && waiting.reason() == Obstacle.SERVER_BUSY);
      sell(1);
      shop.server.close();
      shop.server = SyncServer.start(ServerConfig.in(there).listeningOn("127.0.0.1", port));
      Eventually.holds("accepted", () -> loop.state() instanceof SyncState.AllAccepted);
      sell(1);
      Eventually.holds("accepted", () -> loop.state() instanceof SyncState.AllAccepted);
      assertThat(till.open.checkpoints().contradictions()).isEmpty();
    }
    assertThat(shop.server.pin()).as("the certificate went along").isEqualTo(pin);
    assertThat(till.pull()).isEqualTo(new PullOutcome.UpToDate());
    assertThat(shop.server.provisioning().books(shop.tenant.id()).salesByVerdict())
        .containsOnlyKeys(Verdict.ACCEPTED)
        .containsEntry(Verdict.ACCEPTED, 7L);
    assertThat(shop.sales().stream().map(sale -> sale.receipt()).distinct()).hasSize(7);
  }
}
