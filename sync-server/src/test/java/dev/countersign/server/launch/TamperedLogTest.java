package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.crypto.Wire;
import dev.countersign.common.log.Checkpoint;
import dev.countersign.common.log.CheckpointReading;
import dev.countersign.common.log.ConsistencyProof;
import dev.countersign.common.log.TreeFrontier;
import dev.countersign.server.export.ExportReport;
import dev.countersign.server.recheck.Flaw;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An administrator who has the tables, their key and the log's own key, and what catches them: the
 * nightly recheck on the server, two verifiers of an export anywhere, and tills that saw the log.
 */
@ParameterizedClass
@EnumSource
class TamperedLogTest extends TamperedGround {
  @Test
  void anAdministratorEdits() throws Exception {
    tamper(
        onLastRun(
            leaves -> {
              leaves.set(1, leaves.get(1).replace("FLAGGED", "ACCEPTED"));
              return leaves;
            }));
    assertRecheckFinds(Flaw.Kind.ENTRY_CHANGED);
    assertThat(verify()).isInstanceOf(ExportReport.Broken.class);
    assertThat(shop(server).auditLog()).contains("\"what\":\"log.broken\"");
  }

  @Test
  void anEditWithItsHashIsCaughtByTheTreeAboveIt() throws Exception {
    tamper(
        db -> {
          long first = lastRun(db);
          List<String> leaves = run(db, first);
          leaves.set(1, leaves.get(1).replace("FLAGGED", "ACCEPTED"));
          db.update("UPDATE audit_run SET leaves = ? WHERE first = ?", packed(leaves), first);
          byte[] part =
              db.first(
                      "SELECT hashes FROM audit_tile WHERE level = 0 AND part = ?",
                      row -> row.bytes(1),
                      first)
                  .orElseThrow();
          hash(leaves.get(1)).copyTo(part, Hash.LENGTH);
          db.update("UPDATE audit_tile SET hashes = ? WHERE level = 0 AND part = ?", part, first);
        });
    assertRecheckFinds(Flaw.Kind.HISTORY_REWRITTEN);
    assertThat(verify()).isInstanceOf(ExportReport.Broken.class);
  }

  @Test
  void anAdministratorDeletes() throws Exception {
    tamper(
        onLastRun(
            leaves -> {
              leaves.removeLast();
              return leaves;
            }));
    assertThat(pass().flaws()).isPositive();
    assertThat(verify()).isInstanceOf(ExportReport.Broken.class);
  }

  @Test
  void anAdministratorWhoDeletesARunOfEntriesIsCaught() throws Exception {
    tamper(db -> db.update("DELETE FROM audit_run WHERE first = ?", 1));
    assertRecheckFinds(Flaw.Kind.ENTRIES_MISSING);
    assertThat(verify()).isInstanceOf(ExportReport.Broken.class);
  }

  @Test
  void anAdministratorInserts() throws Exception {
    tamper(
        onLastRun(
            leaves -> {
              leaves.add(1, leaves.get(1));
              return leaves;
            }));
    assertRecheckFinds(Flaw.Kind.ENTRY_CHANGED);
    assertThat(verify()).isInstanceOf(ExportReport.Broken.class);
  }

  @Test
  void anAdministratorReorders() throws Exception {
    tamper(
        onLastRun(
            leaves -> {
              Collections.swap(leaves, 0, 1);
              return leaves;
            }));
    assertRecheckFinds(Flaw.Kind.ENTRY_CHANGED);
    assertThat(verify()).isInstanceOf(ExportReport.Broken.class);
  }

  @Test
  void anAdministratorRewritesTheWholeTree() throws Exception {
    List<String> leaves = new ArrayList<>(shop(server).auditLog().lines().toList());
    // An act of a person, which no device signed: only the log itself speaks of it.
    assertThat(leaves.removeIf(line -> line.contains("store.added"))).isTrue();
    TreeFrontier tree = new TreeFrontier();
    ByteArrayOutputStream tile = new ByteArrayOutputStream();
    for (int i = 0; i < leaves.size(); i++) {
      leaves.set(i, leaves.get(i).replaceFirst("\"index\":\\d+", "\"index\":" + i));
      tile.writeBytes(hash(leaves.get(i)).bytes());
      tree.append(hash(leaves.get(i)));
    }
    String signed =
        server
            .tenants()
            .<String, SQLException>read(
                shop.tenant.id(),
                scope ->
                    Checkpoint.sign(scope.logOrigin(), tree.size(), tree.root(), scope.logKey())
                        .text());
    tamper(
        db -> {
          db.update("DELETE FROM audit_run");
          db.update("DELETE FROM audit_tile");
          db.update("INSERT INTO audit_run VALUES (0, ?, ?)", leaves.size(), packed(leaves));
          db.update("INSERT INTO audit_tile VALUES (0, 0, 0, ?)", (Object) tile.toByteArray());
          db.update(
              "UPDATE audit_head SET size = ?, frontier = ?, checkpoint = ?",
              tree.size(),
              tree.encode(),
              signed);
        });
    sell(sale(), sale());
    // In itself it is whole, and no device's word is hurt.
    assertThat(verify()).isInstanceOf(ExportReport.Sound.class);
    assertThat(verify(seen)).isInstanceOf(ExportReport.Broken.class);
    assertRecheckFinds(Flaw.Kind.HISTORY_REWRITTEN);
    assertThat(continues(seen)).isFalse();
  }

  /** What a till asks: is the log that it is shown now a continuation of the one it saw? */
  private boolean continues(String before) throws Exception {
    RawClient client = RawClient.of(server);
    String base = "/v1/log/" + shop.tenant.id();
    Checkpoint from = checkpoint(before);
    Checkpoint to = checkpoint(client.get(base + "/checkpoint").text());
    if (to.size() < from.size()) {
      return false;
    }
    var proof = client.get(base + "/consistency?from=" + from.size() + "&to=" + to.size());
    return ConsistencyProof.decode(proof.body())
        .verify(from.size(), from.root(), to.size(), to.root());
  }

  private Checkpoint checkpoint(String text) {
    return ((CheckpointReading.Verified) Checkpoint.parse(text, key.name(), key.key()))
        .checkpoint()
        .checkpoint();
  }

  @Test
  void anAdministratorTruncates() throws Exception {
    record Head(long size, byte[] frontier, String checkpoint) {}
    Head early =
        server
            .tenants()
            .<Head, SQLException>read(
                shop.tenant.id(),
                scope ->
                    scope
                        .db()
                        .first(
                            "SELECT size, frontier, checkpoint FROM audit_head",
                            row -> new Head(row.integer(1), row.bytes(2), row.text(3)))
                        .orElseThrow());
    String late = sell(sale());
    assertThat(pass().flaws()).isZero();
    tamper(
        db -> {
          db.update("DELETE FROM audit_run WHERE first >= ?", early.size());
          db.update("DELETE FROM audit_tile WHERE part >= ?", early.size());
          db.update(
              "UPDATE audit_head SET size = ?, frontier = ?, checkpoint = ?",
              early.size(),
              early.frontier(),
              early.checkpoint());
        });
    assertThat(verify()).isInstanceOf(ExportReport.Sound.class);
    assertThat(verify(late)).isInstanceOf(ExportReport.Broken.class);
    assertThat(continues(late)).isFalse();
    assertRecheckFinds(Flaw.Kind.HISTORY_REWRITTEN);
  }

  @Test
  void aPayloadChangedUnderAnIntactLeafIsCaught() throws Exception {
    tamper(
        db -> {
          byte[] payload =
              db.first("SELECT payload FROM batch WHERE number = 2", row -> row.bytes(1))
                  .map(TamperedLogTest::inflated)
                  .orElseThrow();
          String cheaper = new String(payload, StandardCharsets.UTF_8).replace("500", "400");
          db.update(
              "UPDATE batch SET payload = ? WHERE number = 2",
              (Object) Wire.deflateFast(cheaper.getBytes(StandardCharsets.UTF_8)));
        });
    assertRecheckFinds(Flaw.Kind.PAYLOAD_CHANGED);
    assertThat(verify()).isInstanceOf(ExportReport.Broken.class);
  }

  @Test
  void aPayloadThatIsGoneOrNoPayloadAnyMoreIsCaught() throws Exception {
    tamper(
        db -> {
          db.update("UPDATE batch SET payload = ? WHERE number = 1", (Object) new byte[] {1, 2});
          db.update("DELETE FROM batch WHERE number = 2");
        });
    assertRecheckFinds(Flaw.Kind.PAYLOAD_CHANGED);
    assertRecheckFinds(Flaw.Kind.PAYLOAD_MISSING);
  }

  @Test
  void aProofUnderAnUnpinnedRoot() throws Exception {
    try (SigningKey other = SigningKey.generate(RawClient.RANDOM)) {
      Checkpoint head = checkpoint(seen);
      String forged = Checkpoint.sign(key.name(), head.size(), head.root(), other).text();
      tamper(db -> db.update("UPDATE audit_head SET checkpoint = ?", forged));
      // The server itself hands out no such checkpoint, and neither verifier takes one.
      assertThat(RawClient.of(server).get("/v1/log/" + shop.tenant.id() + "/checkpoint").status())
          .isEqualTo(500);
      assertThat(Checkpoint.parse(forged, key.name(), key.key()))
          .isNotInstanceOf(CheckpointReading.Verified.class);
      assertRecheckFinds(Flaw.Kind.CHECKPOINT_BROKEN);
    }
  }
}
