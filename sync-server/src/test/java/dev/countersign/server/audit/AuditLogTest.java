package dev.countersign.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.json.Json;
import dev.countersign.common.log.Checkpoint;
import dev.countersign.common.log.CheckpointReading;
import dev.countersign.common.log.MerkleTree;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.ingest.TestShop;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@ParameterizedClass
@EnumSource
class AuditLogTest {
  @Parameter Stored stored;
  @TempDir Path folder;
  private TestShop shop;

  @BeforeEach
  void open() throws SQLException {
    shop = new TestShop(folder, stored);
  }

  @AfterEach
  void close() throws SQLException {
    shop.close();
  }

  @Test
  void anEmptyLogHasASignedCheckpoint() throws SQLException {
    assertThat(shop.log.checkpoint(shop.scope()).checkpoint().size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 101, 255, 256, 257, 513})
  void everyEntryIsProvenUnderTheSignedRoot(int size) throws SQLException {
    append(size, 101);
    var checkpoint = shop.log.checkpoint(shop.scope()).checkpoint();
    assertThat(checkpoint.size()).isEqualTo(size);
    for (long index = 0; index < size; index++) {
      Hash leaf = MerkleTree.leafHash(shop.log.leaf(shop.scope(), index).orElseThrow());
      var proof = shop.log.inclusion(shop.scope(), index, size);
      assertThat(proof.verify(leaf, index, size, checkpoint.root())).isTrue();
    }
    assertThat(shop.log.leaf(shop.scope(), size)).isEmpty();
  }

  @Test
  void entriesAcrossTwoLevelsOfTilesAreProven() throws SQLException {
    append(65_537, 5_000);
    var checkpoint = shop.log.checkpoint(shop.scope()).checkpoint();
    for (long index : new long[] {0, 255, 256, 65_279, 65_535, 65_536}) {
      Hash leaf = MerkleTree.leafHash(shop.log.leaf(shop.scope(), index).orElseThrow());
      var proof = shop.log.inclusion(shop.scope(), index, 65_537);
      assertThat(proof.verify(leaf, index, 65_537, checkpoint.root())).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 254, 255, 256, 257, 258})
  void aLaterLogIsProvenToContinueTheEarlier(int size) throws SQLException {
    append(size, 100);
    Hash before = shop.log.checkpoint(shop.scope()).checkpoint().root();
    append(300, 7);
    var after = shop.log.checkpoint(shop.scope()).checkpoint();
    var proof = shop.log.consistency(shop.scope(), size, after.size());
    assertThat(proof.verify(size, before, after.size(), after.root())).isTrue();
    Hash other = Hash.of(before.bytes());
    assertThat(proof.verify(size, other, after.size(), after.root())).isFalse();
  }

  @Test
  void noProofGoesBeyondTheLog() throws SQLException {
    append(3, 3);
    assertThatThrownBy(() -> shop.log.inclusion(shop.scope(), 0, 4))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> shop.log.consistency(shop.scope(), 1, 4))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theCheckpointIsSignedByTheLogsKeyOnly() throws SQLException {
    append(5, 5);
    String text = shop.log.checkpoint(shop.scope()).text();
    assertThat(Checkpoint.parse(text, "test.example/log", shop.logKey().verifyKey()))
        .isInstanceOf(CheckpointReading.Verified.class);
    assertThat(Checkpoint.parse(text, "test.example/log", shop.serverKey().verifyKey()))
        .isNotInstanceOf(CheckpointReading.Verified.class);
  }

  @Test
  void anEntryThatIsRolledBackWasNeverThere() throws SQLException {
    append(10, 10);
    List<Object> before = shop.state();
    assertThatThrownBy(
            () ->
                shop.write(
                    scope -> {
                      shop.log.append(scope, List.of(entry(0)));
                      throw new SQLException("the work failed");
                    }))
        .hasMessage("the work failed");
    assertThat(shop.state()).isEqualTo(before);
    append(1, 1);
    assertThat(shop.log.checkpoint(shop.scope()).checkpoint().size()).isEqualTo(11);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit_run SET leaves = x'00'",
        "DELETE FROM audit_run",
        "REPLACE INTO audit_run (first, count, leaves) VALUES (0, 1, x'00')",
        "UPDATE audit_tile SET hashes = zeroblob(length(hashes) + 32)",
        "UPDATE audit_tile SET part = 77",
        "DELETE FROM audit_tile",
        "REPLACE INTO audit_tile (level, idx, part, hashes) VALUES (0, 0, 0, x'00')",
        "UPDATE audit_head SET checkpoint = ''",
        "UPDATE audit_head SET size = 1",
        "REPLACE INTO audit_head (one, size, frontier, checkpoint) VALUES (1, 9, x'', '')",
        "DELETE FROM audit_head"
      })
  void theDatabaseRefusesToRewriteTheLog(String sql) throws SQLException {
    assumeThat(stored).isEqualTo(Stored.IN_FILES);
    append(5, 5);
    assertThatThrownBy(() -> shop.write(scope -> scope.db().update(sql)))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("append-only");
  }

  @Test
  void textsOfAnyKindStandInTheEntryAsTheyWere() throws SQLException {
    String odd = "a\"b\\c\n\t\u0001 é 日本 😀";
    shop.write(
        scope ->
            shop.log.append(
                scope, List.of(AuditEntry.act(shop.now, "system", odd, "test", odd, odd))));
    byte[] leaf = shop.log.leaf(shop.scope(), 0).orElseThrow();
    assertThat(leaf).doesNotContain('\n');
    JsonNode read = Json.strict().readTree(leaf);
    assertThat(read.get("address").asString()).isEqualTo(odd);
    assertThat(read.get("entity").asString()).isEqualTo(odd);
    assertThat(read.get("detail").asString()).isEqualTo(odd);
    assertThat(read.get("index").asLong()).isZero();
  }

  private void append(int entries, int atOnce) throws SQLException {
    for (int done = 0; done < entries; done += atOnce) {
      List<AuditEntry> run = new ArrayList<>();
      for (int i = done; i < Math.min(entries, done + atOnce); i++) {
        run.add(entry(i));
      }
      shop.write(scope -> shop.log.append(scope, run));
    }
  }

  private static AuditEntry entry(int number) {
    Instant at = Instant.ofEpochMilli(1_700_000_000_000L + number);
    return AuditEntry.act(at, AuditEntry.SYSTEM, "", "test", "entry " + number, "");
  }
}
