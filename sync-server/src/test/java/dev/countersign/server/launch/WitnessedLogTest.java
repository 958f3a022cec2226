package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.Wire;
import dev.countersign.common.json.Json;
import dev.countersign.common.log.Checkpoint;
import dev.countersign.common.log.CheckpointReading;
import dev.countersign.common.log.ConsistencyProof;
import dev.countersign.common.log.InclusionProof;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.log.MerkleTree;
import dev.countersign.common.log.TreeFrontier;
import dev.countersign.common.protocol.Acknowledgement;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.audit.AuditEntry;
import dev.countersign.server.audit.AuditLog;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.export.ExportReport;
import dev.countersign.server.export.SecondVerifier;
import dev.countersign.server.launch.RawClient.Enrolled;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What those who watch a log over the network are shown, and what they make of it together. */
@ParameterizedClass
@EnumSource
class WitnessedLogTest {
  @Parameter Stored stored;
  @TempDir Path data;
  @TempDir Path exports;
  private RunningServer shop;
  private LogKey key;

  @BeforeEach
  void open() throws Exception {
    shop = new RunningServer(data, stored);
    key = LogKey.parse(shop.desk().logKey(shop.tenant.id()));
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  @Test
  void aServerThatShowsTwoTillsDifferentLogsIsCaughtWhenTheyAreLaidSideBySide() throws Exception {
    assumeThat(stored).as("a folder that can be copied").isEqualTo(Stored.IN_FILES);
    SellingTill one = till(enrol());
    SellingTill other = till(enrol());
    String common = sell(shop.server, one);
    shop.close();
    // The same keys over two histories: each till is shown its own.
    Path second = Files.createDirectory(exports.resolve("second"));
    copy(data, second);
    try (SyncServer left = SyncServer.start(ServerConfig.in(data), shop.surroundings());
        SyncServer right = SyncServer.start(ServerConfig.in(second), shop.surroundings())) {
      String seenByOne = sell(left, one);
      String seenByOther = sell(right, other);
      assertThat(read(seenByOne).size()).isEqualTo(read(seenByOther).size());
      assertThat(continues(left, common)).isTrue();
      assertThat(continues(right, common)).isTrue();
      assertThat(continues(left, seenByOther)).isFalse();
      byte[] export = export(left);
      assertThat(SecondVerifier.both(exports, key, export, common, seenByOne))
          .isInstanceOf(ExportReport.Sound.class);
      assertThat(SecondVerifier.both(exports, key, export, seenByOther))
          .isInstanceOf(ExportReport.Broken.class);
      assertThat(SecondVerifier.both(exports, key, export, seenByOne, seenByOther))
          .isInstanceOf(ExportReport.Broken.class);
    }
  }

  @Test
  void witnessRaces() throws Exception {
    append(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int witness = 0; witness < 4; witness++) {
        all.add(threads.submit((Callable<Boolean>) this::watches));
      }
      for (int i = 0; i < 60; i++) {
        append(i % 7 + 1);
      }
      for (Future<Boolean> watched : all) {
        assertThat(watched.get()).isTrue();
      }
    }
  }

  /** Takes checkpoint after checkpoint and has each proven to continue the one before. */
  private boolean watches() throws Exception {
    RawClient client = RawClient.of(shop.server);
    String before = client.get(path("checkpoint")).text();
    boolean well = true;
    for (int i = 0; i < 25; i++) {
      String now = client.get(path("checkpoint")).text();
      well &= proven(client, before, now);
      before = now;
    }
    return well;
  }

  private boolean proven(RawClient client, String before, String now) throws Exception {
    Checkpoint from = read(before);
    Checkpoint to = read(now);
    if (to.size() < from.size()) {
      return false;
    }
    var proof = client.get(path("consistency?from=" + from.size() + "&to=" + to.size()));
    return proof.status() == 200
        && ConsistencyProof.decode(proof.body())
            .verify(from.size(), from.root(), to.size(), to.root());
  }

  @ParameterizedTest
  @ValueSource(longs = {255, 256, 257, 65_535, 65_536, 65_537})
  void aLogOfThatSizeIsProvenVerifiedAndRereadWhole(long size) throws Exception {
    long before = size();
    String early = RawClient.of(shop.server).get(path("checkpoint")).text();
    append(size - before);
    RawClient client = RawClient.of(shop.server);
    String text = client.get(path("checkpoint")).text();
    Checkpoint head = read(text);
    assertThat(head.size()).isEqualTo(size);
    assertThat(continues(shop.server, early)).isTrue();
    for (long index : new long[] {0, 254, size / 2, size - 2, size - 1}) {
      byte[] leaf =
          shop.server
              .tenants()
              .<byte[], SQLException>read(
                  shop.tenant.id(), scope -> new AuditLog().leaf(scope, index).orElseThrow());
      var proof =
          InclusionProof.decode(
              client.get(path("inclusion?index=" + index + "&size=" + size)).body());
      Hash hash = MerkleTree.leafHash(leaf);
      assertThat(proof.verify(hash, index, size, head.root())).isTrue();
      assertThat(proof.verify(Hash.of(hash.bytes()), index, size, head.root())).isFalse();
    }
    var pass = shop.server.recheck().step(shop.tenant.id(), shop.now.get());
    while (pass.isUnderWay()) {
      pass = shop.server.recheck().step(shop.tenant.id(), shop.now.get());
    }
    assertThat(pass.flaws()).isZero();
    assertThat(pass.soundSize()).isEqualTo(size);
    assertThat(SecondVerifier.both(exports, key, export(shop.server), early, text))
        .isInstanceOf(ExportReport.Sound.class);
  }

  @Test
  void tilesAreServedAsTheStandardWritesThemAndAddUpToTheSignedRoot() throws Exception {
    append(700 - size());
    RawClient client = RawClient.of(shop.server);
    Checkpoint head = read(client.get(path("checkpoint")).text());
    TreeFrontier tree = new TreeFrontier();
    for (String tile : List.of("tile/0/000", "tile/0/001", "tile/0/002.p/188")) {
      byte[] hashes = client.get(path(tile)).body();
      for (int at = 0; at < hashes.length; at += Hash.LENGTH) {
        tree.append(Hash.fromBytes(hashes, at));
      }
    }
    assertThat(tree.size()).isEqualTo(700);
    assertThat(tree.root()).isEqualTo(head.root());
    byte[] first = client.get(path("tile/0/000")).body();
    assertThat(client.get(path("tile/0/000.p/7")).body())
        .isEqualTo(Arrays.copyOf(first, 7 * Hash.LENGTH));
    assertThat(client.get(path("tile/1/000.p/2")).body()).hasSize(2 * Hash.LENGTH);
    for (String none :
        List.of(
            "tile/0/002",
            "tile/0/002.p/189",
            "tile/0/003.p/1",
            "tile/1/000.p/3",
            "tile/2/000.p/1",
            "tile/0/x000/000",
            "tile/0/000.p/256",
            "tile/0/000.p/0",
            "tile/0/0",
            "tile/0/00a",
            "tile/8/000",
            "tile/0/x999/x999/x999/x999/x999/999",
            "tile/-1/000")) {
      assertThat(client.get(path(none)).status()).as(none).isEqualTo(400);
    }
  }

  private long size() throws Exception {
    return shop.server
        .tenants()
        .<Long, SQLException>read(shop.tenant.id(), scope -> new AuditLog().size(scope));
  }

  private void append(long entries) throws Exception {
    for (long left = entries; left > 0; left -= 4_000) {
      List<AuditEntry> run = new ArrayList<>();
      for (long i = 0; i < Math.min(left, 4_000); i++) {
        run.add(AuditEntry.act(shop.now.get(), AuditEntry.SYSTEM, "", "test", "entry", ""));
      }
      shop.server
          .tenants()
          .<AuditLog.Appended, SQLException>write(
              shop.tenant.id(), scope -> new AuditLog().append(scope, run));
    }
  }

  private String path(String what) {
    return "/v1/log/" + shop.tenant.id() + "/" + what;
  }

  private Checkpoint read(String text) {
    return ((CheckpointReading.Verified) Checkpoint.parse(text, key.name(), key.key()))
        .checkpoint()
        .checkpoint();
  }

  private boolean continues(SyncServer server, String before) throws Exception {
    RawClient client = RawClient.of(server);
    return proven(client, before, client.get(path("checkpoint")).text());
  }

  private byte[] export(SyncServer server) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    server.provisioning().export(shop.tenant.id(), out);
    return out.toByteArray();
  }

  private Enrolled enrol() throws Exception {
    return RawClient.of(shop.server).enrol(shop.tillTicket(), "Till");
  }

  private SellingTill till(Enrolled device) {
    return new SellingTill(
        new SellingTill.Registered(
            shop.tenant.id(),
            device.id(),
            shop.store.id(),
            shop.register.id(),
            device.certificate().series(),
            "USD",
            shop.cashier.id()),
        device.key(),
        shop.now::get,
        RawClient.RANDOM);
  }

  /** Sends a batch; the checkpoint that its till keeps. */
  private String sell(SyncServer server, SellingTill till) throws Exception {
    Envelope batch = till.seal(List.of(till.sale(till.id(), 500)));
    var reply = RawClient.of(server).post(Routes.BATCHES, Wire.deflateFast(batch.encode()));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return Json.decode(Envelope.decode(reply.body()).payload(), Acknowledgement.class).checkpoint();
  }

  private static void copy(Path from, Path to) throws Exception {
    try (var all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Path there = to.resolve(from.relativize(each).toString());
        if (!Files.isDirectory(each)) {
          Files.copy(each, there, StandardCopyOption.COPY_ATTRIBUTES);
        } else if (!Files.exists(there)) {
          Files.createDirectory(there);
        }
      }
    }
  }
}
