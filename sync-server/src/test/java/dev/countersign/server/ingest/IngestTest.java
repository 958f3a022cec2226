package dev.countersign.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.json.Json;
import dev.countersign.common.log.Checkpoint;
import dev.countersign.common.log.CheckpointReading;
import dev.countersign.common.log.MerkleTree;
import dev.countersign.common.protocol.Acknowledgement;
import dev.countersign.common.protocol.BatchCodec;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.db.postgres.Stored;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource
class IngestTest {
  @Parameter Stored stored;
  @TempDir Path folder;
  private TestShop shop;
  private SellingTill till;

  @BeforeEach
  void open() throws SQLException {
    shop = new TestShop(folder, stored);
    till = shop.enrol();
  }

  @AfterEach
  void close() throws SQLException {
    shop.close();
  }

  @Test
  void aBatchIsAcknowledgedUnderTheServersSignatureWithAVerdictPerChange() throws Exception {
    Envelope batch = till.seal(List.of(till.opening(), sale(), sale()));
    var stored = (IngestOutcome.Stored) shop.accept(batch);
    Envelope ack = Envelope.decode(stored.ack());
    assertThat(ack.payloadType()).isEqualTo(Acknowledgement.PAYLOAD_TYPE);
    assertThat(ack.verifiedBy(shop.serverKey().verifyKey())).isTrue();
    Acknowledgement read = Json.decode(ack.payload(), Acknowledgement.class);
    assertThat(read).isEqualTo(stored.acknowledgement());
    assertThat(read.batchHash()).isEqualTo(Hash.of(batch.payload()).toHex());
    assertThat(read.verdicts())
        .extracting(Acknowledgement.Judged::verdict)
        .containsOnly(Verdict.ACCEPTED)
        .hasSize(3);
    assertThat(shop.db().list("SELECT seq FROM sale ORDER BY seq", row -> row.integer(1)))
        .containsExactly(1L, 2L);
  }

  @Test
  void everyVerdictStandsInTheLogUnderTheAcknowledgedCheckpoint() throws Exception {
    var stored = (IngestOutcome.Stored) shop.accept(till.seal(List.of(till.opening(), sale())));
    Acknowledgement ack = stored.acknowledgement();
    var reading = Checkpoint.parse(ack.checkpoint(), "test.example/log", shop.logKey().verifyKey());
    var checkpoint = ((CheckpointReading.Verified) reading).checkpoint().checkpoint();
    for (Acknowledgement.Judged judged : ack.verdicts()) {
      byte[] leaf = shop.log.leaf(shop.scope(), judged.logIndex()).orElseThrow();
      assertThat(Json.strict().readTree(leaf).get("verdict").asString()).isEqualTo("ACCEPTED");
      var proof = shop.log.inclusion(shop.scope(), judged.logIndex(), checkpoint.size());
      assertThat(
              proof.verify(
                  MerkleTree.leafHash(leaf),
                  judged.logIndex(),
                  checkpoint.size(),
                  checkpoint.root()))
          .isTrue();
    }
  }

  @Test
  void whoWorksElsewhereOrHasLeftSellsNothingHere() throws Exception {
    UUID elsewhere = UUID.randomUUID();
    shop.db().update("INSERT INTO store (id, number, name) VALUES (?, '2', 'Other')", elsewhere);
    shop.db().update("UPDATE assignment SET store = ? WHERE person = ?", elsewhere, shop.cashier);
    shop.accept(till.seal(List.of(till.opening())));
    assertThat(codes(sale())).containsExactly("unknown-actor");
    shop.db().update("INSERT INTO assignment VALUES (?, ?, NULL, 'cashier')", uuid(), shop.cashier);
    assertThat(codes(sale())).noneMatch("unknown-actor"::equals);
    shop.db()
        .update(
            "INSERT INTO assignment VALUES (?, ?, ?, 'none')", uuid(), shop.cashier, shop.store);
    assertThat(codes(sale())).as("the store's own role counts").containsExactly("not-permitted");
    shop.db().update("INSERT INTO role VALUES ('none', '{\"sale.ring\":\"ALLOWED\"}')");
    assertThat(codes(sale())).noneMatch("not-permitted"::equals);
    shop.db().update("UPDATE user_account SET active = 0 WHERE id = ?", shop.cashier);
    assertThat(codes(sale())).containsExactly("unknown-actor");
  }

  private static UUID uuid() {
    return UUID.randomUUID();
  }

  private List<String> codes(Change change) throws Exception {
    var stored = (IngestOutcome.Stored) shop.accept(till.seal(List.of(change)));
    return stored.acknowledgement().verdicts().stream().map(Acknowledgement.Judged::code).toList();
  }

  @Test
  void aBatchWhoseAcknowledgementWasLostIsAnsweredWithTheSameBytes() throws Exception {
    Envelope batch = till.seal(List.of(till.opening(), sale()));
    byte[] first = ((IngestOutcome.Stored) shop.accept(batch)).ack();
    shop.accept(till.seal(List.of(sale())));
    List<Object> before = shop.state();
    shop.now = shop.now.plusSeconds(3600);
    var again = (IngestOutcome.Replayed) shop.accept(batch);
    assertThat(again.ack()).isEqualTo(first);
    assertThat(shop.state()).isEqualTo(before);
  }

  @Test
  void sameBatchPostedTwiceAtOnce() throws Exception {
    for (int round = 0; round < 20; round++) {
      Envelope batch = till.seal(List.of(sale()));
      CyclicBarrier start = new CyclicBarrier(2);
      Callable<IngestOutcome> send =
          () -> {
            start.await();
            return shop.accept(batch);
          };
      List<byte[]> acks = new ArrayList<>();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        int stored = 0;
        for (var answer : threads.invokeAll(List.of(send, send))) {
          switch (answer.get()) {
            case IngestOutcome.Stored it -> {
              acks.add(it.ack());
              stored++;
            }
            case IngestOutcome.Replayed it -> acks.add(it.ack());
            default -> throw new AssertionError(answer.get());
          }
        }
        assertThat(stored).isEqualTo(1);
      }
      assertThat(acks.get(0)).isEqualTo(acks.get(1));
    }
    assertThat(shop.count("sale")).isEqualTo(20);
  }

  @Test
  void aGapIsAnsweredWithTheNumberThatIsWanted() throws Exception {
    Envelope first = till.seal(List.of(till.opening()));
    Envelope second = till.seal(List.of(sale()));
    List<Object> before = shop.state();
    assertThat(shop.accept(second)).isEqualTo(new IngestOutcome.Gap(1));
    assertThat(shop.state()).isEqualTo(before);
    assertThat(shop.accept(first)).isInstanceOf(IngestOutcome.Stored.class);
    assertThat(shop.accept(second)).isInstanceOf(IngestOutcome.Stored.class);
  }

  @Test
  void anotherBatchUnderAKnownNumberFreezesTheDevice() throws Exception {
    Envelope first = till.seal(List.of(till.opening()));
    shop.accept(first);
    Envelope other = till.sign(BatchCodec.encode(till.header(1, Hash.ZERO, 1, 1), one(sale())));
    assertThat(shop.accept(other)).isEqualTo(new IngestOutcome.Forked(1));
    assertThat(shop.count("incident")).isEqualTo(1);
    assertThat(lastEntry()).contains("\"what\":\"device.frozen\"", "\"code\":\"fork\"");
    List<Object> before = shop.state();
    assertThat(shop.accept(till.seal(List.of(sale())))).isEqualTo(new IngestOutcome.Frozen());
    assertThat(shop.accept(other)).isEqualTo(new IngestOutcome.Frozen());
    assertThat(shop.state()).isEqualTo(before);
    // What was acknowledged stays acknowledged.
    assertThat(shop.accept(first)).isInstanceOf(IngestOutcome.Replayed.class);
  }

  @Test
  void aBatchAfterAnotherPredecessorFreezesTheDevice() throws Exception {
    shop.accept(till.seal(List.of(till.opening())));
    byte[] payload = BatchCodec.encode(till.header(2, Hash.of(new byte[] {1}), 2, 1), one(sale()));
    assertThat(shop.accept(till.sign(payload))).isEqualTo(new IngestOutcome.Forked(2));
    assertThat(shop.count("sale")).isZero();
    assertThat(shop.accept(till.seal(List.of(sale())))).isEqualTo(new IngestOutcome.Frozen());
  }

  @Test
  void oneTillFrozenDoesNotStopAnother() throws Exception {
    shop.accept(till.seal(List.of(till.opening())));
    shop.accept(till.sign(BatchCodec.encode(till.header(1, Hash.ZERO, 1, 1), one(sale()))));
    SellingTill other = shop.enrol();
    assertThat(shop.accept(other.seal(List.of(other.opening()))))
        .isInstanceOf(IngestOutcome.Stored.class);
  }

  @Test
  void aRevokedDevicesForksFillNoDisk() throws Exception {
    shop.accept(till.seal(List.of(till.opening())));
    shop.db().update("UPDATE device SET state = 'revoked'");
    List<Object> before = shop.state();
    for (int i = 0; i < 3; i++) {
      Envelope other = till.sign(BatchCodec.encode(till.header(1, Hash.ZERO, 1, 1), one(sale())));
      assertThat(shop.accept(other)).isEqualTo(new IngestOutcome.Forked(1));
    }
    assertThat(shop.state()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "REPLACE INTO incident SELECT id, 'none', device, batch, received, x'', x'' FROM incident",
        "UPDATE incident SET payload = x''",
        "DELETE FROM incident"
      })
  void theDatabaseRefusesToChangeEvidence(String sql) throws Exception {
    assumeThat(stored).isEqualTo(Stored.IN_FILES);
    shop.accept(till.seal(List.of(till.opening())));
    shop.accept(till.sign(BatchCodec.encode(till.header(1, Hash.ZERO, 1, 1), one(sale()))));
    assertThatThrownBy(() -> shop.write(scope -> scope.db().update(sql)))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("never changed");
  }

  @Test
  void theBooksAgreeWithTheSalesTheyAreMadeOf() throws Exception {
    shop.accept(till.seal(List.of(till.opening(), sale(), sale())));
    till.saleBody(shop.product, 1);
    shop.accept(till.seal(List.of(sale())));
    ServerBooks books = new ServerBooks();
    assertThat(books.salesByVerdict(shop.scope()))
        .containsEntry(Verdict.ACCEPTED, 2L)
        .containsEntry(Verdict.FLAGGED, 1L)
        .doesNotContainKey(Verdict.QUARANTINED);
    long sum = shop.db().first("SELECT sum(total) FROM sale", row -> row.integer(1)).orElseThrow();
    assertThat(books.grandTotal(shop.scope())).isEqualTo(new ServerBooks.Total(3, sum));
    assertThat(books.perStore(shop.scope()))
        .containsExactly(
            new ServerBooks.StoreTotal(shop.store, "Main Street", new ServerBooks.Total(3, sum)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UPDATE batch SET ack = x''", "DELETE FROM batch"})
  void theDatabaseRefusesToChangeABatch(String sql) throws Exception {
    assumeThat(stored).isEqualTo(Stored.IN_FILES);
    shop.accept(till.seal(List.of(till.opening())));
    assertThatThrownBy(() -> shop.write(scope -> scope.db().update(sql)))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("never changed");
    assertThatThrownBy(
            () ->
                shop.write(
                    scope ->
                        scope
                            .db()
                            .update("REPLACE INTO batch SELECT * FROM batch WHERE number = 1")))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("never changed");
  }

  @Test
  void whatFailsHalfWayLeavesNothingAndCanBeSentAgain() throws Exception {
    Envelope batch = till.seal(List.of(till.opening(), sale()));
    List<Object> before = shop.state();
    assertThatThrownBy(
            () ->
                shop.write(
                    scope -> {
                      shop.ingest.accept(scope, batch, "");
                      throw new SQLException("the power failed before the commit");
                    }))
        .isInstanceOf(SQLException.class);
    assertThat(shop.state()).isEqualTo(before);
    assertThat(shop.accept(batch)).isInstanceOf(IngestOutcome.Stored.class);
  }

  private Change sale() {
    return till.sale(shop.product, 1999);
  }

  private static List<byte[]> one(Change change) {
    return List.of(dev.countersign.common.change.ChangeCodec.encode(change));
  }

  private String lastEntry() throws SQLException {
    return new String(
        shop.log.leaf(shop.scope(), shop.logSize() - 1).orElseThrow(),
        java.nio.charset.StandardCharsets.UTF_8);
  }
}
