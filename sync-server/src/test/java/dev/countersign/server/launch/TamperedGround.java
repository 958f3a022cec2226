package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.Wire;
import dev.countersign.common.json.Json;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.log.TreeHasher;
import dev.countersign.common.protocol.Acknowledgement;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.sql.Db;
import dev.countersign.server.audit.LeafRun;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.export.ExportReport;
import dev.countersign.server.export.SecondVerifier;
import dev.countersign.server.ingest.StoredBatch;
import dev.countersign.server.launch.RawClient.Enrolled;
import dev.countersign.server.recheck.Flaw;
import dev.countersign.server.recheck.Pass;
import dev.countersign.server.recheck.RecheckTable.Incident;
import dev.countersign.server.tenant.Administrator;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** A shop with a till and a short log, and an administrator who has everything. */
abstract class TamperedGround {
  @Parameter Stored stored;
  @TempDir Path data;
  @TempDir Path exports;
  RunningServer shop;
  SyncServer server;
  LogKey key;
  SellingTill till;
  Administrator administrator;
  String seen;

  @BeforeEach
  void open() throws Exception {
    shop = new RunningServer(data, stored);
    server = shop.server;
    key = LogKey.parse(shop.desk().logKey(shop.tenant.id()));
    administrator = new Administrator(stored, data, shop.tenant.id());
    Enrolled device = RawClient.of(server).enrol(shop.tillTicket(), "Till");
    till =
        new SellingTill(
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
    sell(till.opening(), sale(), sale());
    seen = sell(sale());
    assertThat(pass().flaws()).isZero();
    assertThat(verify()).isInstanceOf(ExportReport.Sound.class);
  }

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  Change sale() {
    return till.sale(till.id(), 500);
  }

  /** Sends a batch; the checkpoint that its till keeps. */
  String sell(Change... changes) throws Exception {
    Envelope batch = till.seal(List.of(changes));
    var reply = RawClient.of(server).post(Routes.BATCHES, Wire.deflateFast(batch.encode()));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return Json.decode(Envelope.decode(reply.body()).payload(), Acknowledgement.class).checkpoint();
  }

  /** The administrator stops the server, does it, and starts it again. */
  void tamper(Administrator.Deed deed) throws Exception {
    server.close();
    administrator.does(deed);
    server = SyncServer.start(ServerConfig.in(data), shop.surroundings());
  }

  Pass pass() throws Exception {
    Pass pass;
    do {
      pass = server.recheck().step(shop.tenant.id(), shop.now.get());
    } while (pass.isUnderWay());
    return pass;
  }

  ExportReport verify(String... seenBefore) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    server.provisioning().export(shop.tenant.id(), out);
    return SecondVerifier.both(exports, key, out.toByteArray(), seenBefore);
  }

  void assertRecheckFinds(Flaw.Kind kind) throws Exception {
    assertThat(pass().flaws()).isPositive();
    assertThat(server.recheck().incidents(shop.tenant.id()))
        .extracting(Incident::flaw)
        .extracting(Flaw::kind)
        .contains(kind);
    assertThat(doctor()).contains("FAIL stored log of Corner Shop");
  }

  String doctor() {
    StringWriter out = new StringWriter();
    ServerCommand.commandLine(new Reach.Outside(shop.surroundings()))
        .setOut(new PrintWriter(out, true))
        .execute("doctor", "--data", data.toString());
    return out.toString();
  }

  /** The entries of the run that begins there. */
  static List<String> run(Db db, long first) throws SQLException {
    byte[] stored =
        db.first("SELECT leaves FROM audit_run WHERE first = ?", row -> row.bytes(1), first)
            .orElseThrow();
    String text = new String(LeafRun.unpack(stored), StandardCharsets.UTF_8);
    return new ArrayList<>(text.lines().toList());
  }

  static byte[] packed(List<String> leaves) {
    String text = leaves.isEmpty() ? "" : String.join("\n", leaves) + "\n";
    return Wire.deflateFast(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Does something to the entries of the last batch. */
  static Administrator.Deed onLastRun(UnaryOperator<List<String>> deed) {
    return db -> {
      long first = lastRun(db);
      List<String> leaves = deed.apply(run(db, first));
      db.update("UPDATE audit_run SET leaves = ? WHERE first = ?", packed(leaves), first);
    };
  }

  static long lastRun(Db db) throws SQLException {
    return db.first("SELECT max(first) FROM audit_run WHERE count > 1", row -> row.integer(1))
        .orElseThrow();
  }

  static Hash hash(String leaf) {
    return new TreeHasher().leaf(leaf.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] inflated(byte[] stored) {
    try {
      return StoredBatch.unpack(stored);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** The shop as it stands on the server that runs now. */
  RunningServer shop(SyncServer running) {
    return shop.on(running);
  }
}
