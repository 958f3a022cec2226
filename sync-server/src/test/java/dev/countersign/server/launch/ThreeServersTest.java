package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Wire;
import dev.countersign.common.json.Json;
import dev.countersign.common.log.Checkpoint;
import dev.countersign.common.log.CheckpointReading;
import dev.countersign.common.log.ConsistencyProof;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.protocol.Acknowledgement;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.sql.Db;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.db.postgres.TestPostgres;
import dev.countersign.server.launch.RawClient.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Servers as processes of their own on one PostgreSQL, under load from tills that go from one to
 * the other: one is killed as it works, one more begins, and the books are to the cent.
 */
class ThreeServersTest {
  private static final int TILLS = 4;
  private static final int BATCHES = 36;
  private static final int SALES = 3;
  private static final long PRICE = 500;

  @TempDir Path root;
  private final List<Process> processes = new CopyOnWriteArrayList<>();
  private final List<RawClient> servers = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Acknowledgement> acknowledged = new ConcurrentLinkedQueue<>();
  private final CountDownLatch underLoad = new CountDownLatch(TILLS * BATCHES / 3);
  private final CountDownLatch nearlyDone = new CountDownLatch(TILLS * BATCHES * 2 / 3);
  private UUID tenant;
  private String logKey;

  @AfterEach
  void stop() throws Exception {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
  }

  /** Bounded: a till that gives up leaves the one who waits for it waiting. */
  @Test
  @Timeout(300)
  void noAcknowledgedBatchIsLostOrDoubledWhenOneOfThemIsKilled() throws Exception {
    List<SellingTill> tills = setUp();
    for (int i = 0; i < 3; i++) {
      spawn("server" + i);
    }
    for (Process process : processes) {
      servers.add(listening(process));
    }
    List<Callable<Integer>> work = new ArrayList<>();
    for (int i = 0; i < TILLS; i++) {
      int first = i;
      SellingTill till = tills.get(i);
      work.add(() -> sell(till, first));
    }
    work.add(this::killAndReplace);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : threads.invokeAll(work)) {
        answer.get();
      }
    }
    assertThat(acknowledged).hasSize(TILLS * BATCHES);
    assertRowsAreExact();
    assertOneHistory();
    assertVerifies();
  }

  /** One is killed in the midst of work, and another one comes. */
  private int killAndReplace() throws Exception {
    underLoad.await();
    Process killed = processes.getFirst();
    killed.destroyForcibly().waitFor();
    servers.set(0, servers.get(1));
    nearlyDone.await();
    servers.set(0, listening(spawn("server3")));
    return 1;
  }

  private List<SellingTill> setUp() throws Exception {
    List<SellingTill> tills = new ArrayList<>();
    Path first = Files.createDirectory(root.resolve("server0"));
    try (RunningServer shop = new RunningServer(first, Stored.IN_POSTGRES)) {
      tenant = shop.tenant.id();
      logKey = shop.desk().logKey(tenant);
      RawClient client = RawClient.of(shop.server);
      for (int i = 0; i < TILLS; i++) {
        var enrolled = client.enrol(shop.tillTicket(), "Till " + i);
        tills.add(
            new SellingTill(
                new SellingTill.Registered(
                    tenant,
                    enrolled.id(),
                    shop.store.id(),
                    shop.register.id(),
                    enrolled.certificate().series(),
                    "USD",
                    shop.cashier.id()),
                enrolled.key(),
                java.time.Clock.systemUTC(),
                new SecureRandom()));
      }
    }
    for (int i = 1; i <= 3; i++) {
      Path folder = Files.createDirectory(root.resolve("server" + i));
      Files.copy(first.resolve("master.key"), folder.resolve("master.key"));
      TestPostgres.nameIn(folder);
    }
    return tills;
  }

  private Process spawn(String folder) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx192m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.countersign.server.launch.ServerCommand",
                "serve",
                "--data",
                root.resolve(folder).toString(),
                "--port",
                "0",
                "--rate",
                "1000000",
                "--json")
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("COUNTERSIGN_POSTGRES_PASSWORD", "-");
    Process process = builder.start();
    processes.add(process);
    return process;
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

  /** Sends each batch until some server has acknowledged it, and every third one once more. */
  private int sell(SellingTill till, int first) throws Exception {
    for (int i = 0; i < BATCHES; i++) {
      List<Change> changes = new ArrayList<>();
      if (i == 0) {
        changes.add(till.opening());
      }
      for (int sale = 0; sale < SALES; sale++) {
        changes.add(till.sale(till.id(), PRICE));
      }
      byte[] body = Wire.deflateFast(till.seal(changes).encode());
      Reply taken = untilTaken(body, first + i);
      if (i % 3 == 0) {
        assertThat(untilTaken(body, first + i + 1).body()).isEqualTo(taken.body());
      }
      acknowledged.add(Json.decode(Envelope.decode(taken.body()).payload(), Acknowledgement.class));
      underLoad.countDown();
      nearlyDone.countDown();
    }
    return BATCHES;
  }

  private Reply untilTaken(byte[] body, int turn) throws Exception {
    for (int attempt = 0; attempt < 200; attempt++) {
      try {
        Reply reply = servers.get((turn + attempt) % servers.size()).post(Routes.BATCHES, body);
        if (reply.status() == 200) {
          return reply;
        }
        assertThat(reply.status()).as(reply.text()).isEqualTo(503);
      } catch (IOException _) {
        // It was killed, perhaps after it had stored the batch: the next one is asked.
      }
    }
    throw new AssertionError("no server took a batch");
  }

  private void assertRowsAreExact() throws Exception {
    try (Db admin = new Db(TestPostgres.connect("postgres"))) {
      assertThat(number(admin, "SELECT count(*) FROM batch")).isEqualTo(TILLS * BATCHES);
      assertThat(number(admin, "SELECT count(DISTINCT hash) FROM batch"))
          .isEqualTo(TILLS * BATCHES);
      int sales = TILLS * BATCHES * SALES;
      assertThat(number(admin, "SELECT count(*) FROM sale")).isEqualTo(sales);
      assertThat(number(admin, "SELECT sum(total) FROM sale")).isEqualTo(sales * PRICE);
      assertThat(number(admin, "SELECT sum(sales) FROM takings")).isEqualTo(sales);
      assertThat(number(admin, "SELECT sum(total) FROM takings")).isEqualTo(sales * PRICE);
      assertThat(number(admin, "SELECT max(seq) - count(*) FROM feed"))
          .as("every place in the feed that is empty was taken by a later state of its entity")
          .isGreaterThanOrEqualTo(0);
    }
  }

  private long number(Db admin, String sql) throws Exception {
    return admin
        .first(
            "SELECT * FROM (" + sql + " WHERE tenant_id = CAST(? AS uuid)) AS it",
            row -> row.integer(1),
            tenant.toString())
        .orElseThrow();
  }

  /** Whatever any server ever signed is a beginning of the log that there is now. */
  private void assertOneHistory() throws Exception {
    LogKey key = LogKey.parse(logKey);
    RawClient server = servers.getLast();
    String text = server.get(Routes.CHECKPOINT.replace("{tenant}", tenant.toString())).text();
    Checkpoint last = checkpoint(key, text);
    TreeMap<Long, Checkpoint> signed = new TreeMap<>();
    Set<Long> entries = new HashSet<>();
    for (Acknowledgement each : acknowledged) {
      Checkpoint checkpoint = checkpoint(key, each.checkpoint());
      Checkpoint other = signed.put(checkpoint.size(), checkpoint);
      assertThat(other == null || other.root().equals(checkpoint.root())).isTrue();
      each.verdicts().forEach(judged -> assertThat(entries.add(judged.logIndex())).isTrue());
    }
    assertThat(signed).hasSize(TILLS * BATCHES);
    for (Checkpoint each : signed.values()) {
      Reply proof =
          server.get(
              Routes.CONSISTENCY.replace("{tenant}", tenant.toString())
                  + ("?from=" + each.size() + "&to=" + last.size()));
      assertThat(
              ConsistencyProof.decode(proof.body())
                  .verify(each.size(), each.root(), last.size(), last.root()))
          .as("size %d", each.size())
          .isTrue();
    }
  }

  private static Checkpoint checkpoint(LogKey key, String text) {
    var reading = Checkpoint.parse(text, key.name(), key.key());
    assertThat(reading).isInstanceOf(CheckpointReading.Verified.class);
    return ((CheckpointReading.Verified) reading).checkpoint().checkpoint();
  }

  private void assertVerifies() {
    Path export = root.resolve("export");
    assertThat(
            command(
                "export",
                "--tenant",
                tenant.toString(),
                "--data",
                root.resolve("server3").toString(),
                export.toString()))
        .contains("Verify it");
    int sales = TILLS * BATCHES * SALES;
    assertThat(command("verify", export.toString(), "--key", logKey))
        .contains(TILLS * BATCHES + " batches, " + sales + " sales");
  }

  /** Handed over to the process that has the folder. */
  private static String command(String... words) {
    StringWriter out = new StringWriter();
    int exit =
        ServerCommand.commandLine(new Reach.Outside(Surroundings.real()))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(out, true))
            .execute(words);
    assertThat(exit).as(out.toString()).isZero();
    return out.toString();
  }
}
