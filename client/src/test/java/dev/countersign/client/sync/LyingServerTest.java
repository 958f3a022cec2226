package dev.countersign.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ledger.SealedBatch;
import dev.countersign.client.sync.AcknowledgementCheck.Found;
import dev.countersign.client.sync.AcknowledgementCheck.Sent;
import dev.countersign.client.sync.Front.Said;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.json.Json;
import dev.countersign.common.log.Checkpoint;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.protocol.Acknowledgement;
import dev.countersign.common.protocol.Acknowledgement.Judged;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.protocol.Verdict;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a till believes of a server that has the keys but not the truth. */
class LyingServerTest {
  @TempDir Path folder;
  private PlayedServer played;

  @BeforeEach
  void open() throws Exception {
    played = new PlayedServer(folder);
    played.till.openShift();
  }

  @AfterEach
  void close() {
    played.close();
  }

  private SealedBatch batch() {
    return played.till.open.outbox().nextToSend().orElseThrow();
  }

  private Found check(byte[] body) {
    SealedBatch batch = batch();
    return new AcknowledgementCheck(
            played.tenant,
            played.device,
            played.serverKey::verifyKey,
            () -> new LogKey(PlayedServer.ORIGIN, played.logKey.verifyKey()))
        .check(body, new Sent(batch.number(), batch.hash(), batch.first(), batch.last()));
  }

  private Acknowledgement genuine() throws Exception {
    played.leaves =
        new ArrayList<>(List.of(PlayedServer.leaf("batch"), PlayedServer.leaf("change")));
    return played.draft(PlayedServer.wire(batch()), 1, played.checkpoint());
  }

  private Found checkWith(List<Judged> verdicts) throws Exception {
    Acknowledgement ack = genuine();
    return check(
        played.seal(
            new Acknowledgement(
                ack.tenant(),
                ack.device(),
                ack.batch(),
                ack.batchHash(),
                ack.received(),
                verdicts,
                ack.checkpoint())));
  }

  @Test
  void theGenuineAcknowledgementIsBelieved() throws Exception {
    assertThat(check(played.seal(genuine()))).isInstanceOf(Found.Genuine.class);
  }

  @Test
  void anyFlippedBitIsSeen() throws Exception {
    byte[] body = played.seal(genuine());
    for (int i = 0; i < body.length; i += 7) {
      byte[] flipped = body.clone();
      flipped[i] ^= 1;
      if (check(flipped) instanceof Found.Genuine) {
        // Only the key id is not signed: it is a hint, and the pinned key decides.
        assertThat(Envelope.decode(flipped).keyId()).isNotEqualTo("server");
      }
    }
  }

  @Test
  void anotherKeysSignatureIsNotTheServers() throws Exception {
    try (SigningKey other = SigningKey.generate(new SecureRandom())) {
      byte[] body =
          Envelope.seal(Acknowledgement.PAYLOAD_TYPE, Json.encode(genuine()), "server", other)
              .encode();
      assertThat(check(body)).isInstanceOf(Found.Foreign.class);
    }
  }

  @Test
  void aServerSignatureUnderAnotherTypeIsNoAcknowledgement() throws Exception {
    byte[] body =
        Envelope.seal("application/other", Json.encode(genuine()), "server", played.serverKey)
            .encode();
    assertThat(check(body)).isInstanceOf(Found.Foreign.class);
  }

  @Test
  void everyChangeNeedsItsVerdictAtAPlaceInsideTheLog() throws Exception {
    assertThat(checkWith(List.of())).isInstanceOf(Found.Foreign.class);
    assertThat(checkWith(List.of(new Judged(2, Verdict.ACCEPTED, "", 1))))
        .isInstanceOf(Found.Foreign.class);
    assertThat(checkWith(List.of(new Judged(1, Verdict.ACCEPTED, "", 2))))
        .isInstanceOf(Found.Foreign.class);
    assertThat(
            checkWith(
                List.of(
                    new Judged(1, Verdict.ACCEPTED, "", 1),
                    new Judged(2, Verdict.ACCEPTED, "", 1))))
        .isInstanceOf(Found.Foreign.class);
  }

  @Test
  void anotherDevicesOrBatchesAcknowledgementIsForeign() throws Exception {
    Acknowledgement ack = genuine();
    assertThat(
            check(
                played.seal(
                    new Acknowledgement(
                        ack.tenant(),
                        UUID.randomUUID(),
                        ack.batch(),
                        ack.batchHash(),
                        ack.received(),
                        ack.verdicts(),
                        ack.checkpoint()))))
        .isInstanceOf(Found.Foreign.class);
    assertThat(
            check(
                played.seal(
                    new Acknowledgement(
                        ack.tenant(),
                        ack.device(),
                        ack.batch(),
                        Hash.ZERO.toHex(),
                        ack.received(),
                        ack.verdicts(),
                        ack.checkpoint()))))
        .isInstanceOf(Found.Foreign.class);
  }

  @Test
  void aCheckpointOfAnotherLogOrKeyIsForeign() throws Exception {
    Acknowledgement ack = genuine();
    Hash root = PlayedServer.root(played.leaves);
    for (String checkpoint :
        List.of(
            Checkpoint.sign("other.example/log", 2, root, played.logKey).text(),
            Checkpoint.sign(PlayedServer.ORIGIN, 2, root, played.serverKey).text(),
            "nonsense")) {
      assertThat(
              check(
                  played.seal(
                      new Acknowledgement(
                          ack.tenant(),
                          ack.device(),
                          ack.batch(),
                          ack.batchHash(),
                          Instant.now(),
                          ack.verdicts(),
                          checkpoint))))
          .isInstanceOf(Found.Foreign.class);
    }
  }

  @Test
  void aLogThatGoesBackIsRefusedAndTheEvidenceKept() throws Exception {
    assertThat(played.till.push()).isEqualTo(new PushOutcome.AllSent());
    played.till.sell(100);
    assertThat(played.till.push()).isEqualTo(new PushOutcome.AllSent());
    String kept = played.till.open.checkpoints().last().orElseThrow().seen();

    played.till.sell(200);
    played.leaves = new ArrayList<>();

    assertThat(played.till.push()).isInstanceOf(PushOutcome.Contradicted.class);
    played.leaves = new ArrayList<>();
    assertThat(played.till.push()).isInstanceOf(PushOutcome.Contradicted.class);
    assertThat(played.till.open.outbox().state().waiting()).isOne();
    assertThat(played.till.open.checkpoints().last().orElseThrow().seen()).isEqualTo(kept);
    assertThat(played.till.open.checkpoints().contradictions())
        .isNotEmpty()
        .allSatisfy(
            found -> {
              assertThat(found.kept()).isEqualTo(kept);
              assertThat(found.reason()).contains("went back from 4 to 2");
            });
  }

  @Test
  void twoLogsOfOneSizeCannotBothBeTrue() throws Exception {
    played.till.push();
    played.till.sell(100);
    played.leaves = new ArrayList<>();
    played.front.mind(
        asked -> {
          played.leaves.add(PlayedServer.leaf("rewritten"));
          played.leaves.add(PlayedServer.leaf("history"));
          return Said.bytes(played.acknowledgement(asked.body(), 1, played.checkpoint()));
        });
    assertThat(played.till.push())
        .isInstanceOfSatisfying(
            PushOutcome.Contradicted.class,
            contradicted -> assertThat(contradicted.detail()).contains("two logs"));
  }

  @Test
  void aRewrittenLogThatIsLongerFailsItsProof() throws Exception {
    played.till.push();
    played.till.sell(100);
    List<Hash> old = played.leaves;
    played.leaves = new ArrayList<>(List.of(PlayedServer.leaf("x"), PlayedServer.leaf("y")));
    assertThat(played.till.push()).isEqualTo(new PushOutcome.AllSent());
    played.front.mind(
        asked -> {
          assertThat(asked.path())
              .isEqualTo(Routes.CONSISTENCY.replace("{tenant}", played.tenant.toString()));
          return Said.bytes(PlayedServer.consistency(played.leaves, old.size()).encode());
        });
    try (var connection = played.till.connect()) {
      assertThat(played.till.witness(connection).prove()).isPresent();
    }
    assertThat(played.till.open.checkpoints().contradictions()).hasSize(1);
  }

  @Test
  void anHonestProofMovesTheWitnessOnAndSilenceDoesNot() throws Exception {
    played.till.push();
    int before = played.leaves.size();
    played.till.sell(100);
    played.till.push();
    try (var connection = played.till.connect()) {
      Witness witness = played.till.witness(connection);
      var kept = played.till.open.checkpoints().last().orElseThrow();
      played.front.mind(_ -> Said.problem(404, Problem.of(Problem.NOT_FOUND, "none")));
      assertThat(witness.prove()).isEmpty();
      assertThat(played.till.open.checkpoints().last()).contains(kept);

      played.front.mind(_ -> Said.bytes(PlayedServer.consistency(played.leaves, before).encode()));
      assertThat(witness.prove()).isEmpty();
      var now = played.till.open.checkpoints().last().orElseThrow();
      assertThat(now.proven()).isEqualTo(now.seen());
    }
    assertThat(played.till.open.checkpoints().contradictions()).isEmpty();
  }

  @Test
  void aServerThatSaysItWasRestoredGetsBackWhatItLost() throws Exception {
    for (int i = 0; i < 3; i++) {
      played.till.sell(100 + i);
      assertThat(played.till.push()).isEqualTo(new PushOutcome.AllSent());
    }
    played.till.sell(999);
    List<Long> taken = new ArrayList<>();
    played.leaves = new ArrayList<>();
    played
        .till
        .open
        .replica()
        .replaceAll(
            new FeedPage(UUID.randomUUID(), 1, false, List.of()), Collections.emptyIterator());
    played.front.mind(
        asked -> {
          long number = played.draft(asked.body(), 1, played.checkpoint()).batch();
          if (number != taken.size() + 1) {
            return Said.problem(409, Problem.gap("missing", taken.size() + 1L));
          }
          taken.add(number);
          return played.answer(asked);
        });

    assertThat(played.till.push()).isEqualTo(new PushOutcome.AllSent());

    assertThat(taken).containsExactly(1L, 2L, 3L, 4L);
    assertThat(played.till.open.checkpoints().contradictions()).isNotEmpty();
  }

  @Test
  void aGapBeyondWhatThisTillHasEndsSending() throws Exception {
    played.front.mind(_ -> Said.problem(409, Problem.gap("missing", 9L)));
    assertThat(played.till.push())
        .isInstanceOfSatisfying(
            PushOutcome.Ended.class,
            ended -> assertThat(ended.reason()).isEqualTo(StopReason.BATCH_MISSING));
  }

  @Test
  void aForkStopsTheLoopAndAPersonCanTryAgain() throws Exception {
    played.front.mind(_ -> Said.problem(409, Problem.of(Problem.FORK, "two histories")));
    try (var loop = played.till.loop()) {
      loop.start();
      Eventually.holds(
          "stopped",
          () ->
              loop.state() instanceof SyncState.Stopped stopped
                  && stopped.reason() == StopReason.FORKED
                  && stopped.count() == 1);
      played.till.sell(100);
      Eventually.holds(
          "still stopped",
          () -> loop.state() instanceof SyncState.Stopped stopped && stopped.count() == 2);

      played.front.mind(played::answer);
      loop.retryNow();

      Eventually.holds("accepted", () -> loop.state() instanceof SyncState.AllAccepted);
    }
  }

  @Test
  void aStopIsRememberedOverARestart() throws Exception {
    played.front.mind(_ -> Said.problem(409, Problem.of(Problem.FROZEN, "frozen")));
    try (var loop = played.till.loop()) {
      loop.start();
      Eventually.holds("stopped", () -> loop.state() instanceof SyncState.Stopped);
    }
    played.front.mind(played::answer);
    int before = played.front.requests.get();
    try (var loop = played.till.loop()) {
      loop.start();
      Eventually.holds("asked for news", () -> played.front.requests.get() > before);
      Eventually.holds(
          "stopped",
          () ->
              loop.state() instanceof SyncState.Stopped stopped
                  && stopped.reason() == StopReason.FROZEN);
    }
    assertThat(played.till.open.outbox().state().waiting()).isOne();
  }
}
