package dev.countersign.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ledger.KnownKeys.Learned;
import dev.countersign.client.sync.Front.Said;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.protocol.Succession;
import dev.countersign.common.protocol.Succession.Kind;
import dev.countersign.common.protocol.Successions;
import dev.countersign.common.protocol.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys give way to their next while tills are away, and nobody has to act. */
class RotationTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir Path folder;
  private Shop shop;
  private TillDevice till;

  @BeforeEach
  void open() throws Exception {
    shop = Shop.open(folder);
    till = shop.till();
    till.openShift();
    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
  }

  @AfterEach
  void close() throws Exception {
    till.close();
    shop.close();
  }

  private Renewing renewing(ServerConnection connection) {
    return new Renewing(
        connection,
        till.open.ledger().enrolled(),
        till.open.ownKey(),
        till.open.keys(),
        till.following(connection));
  }

  private String serverDeviceKey() throws Exception {
    return shop.server.provisioning().devices(shop.tenant.id()).getFirst().publicKey().toBase64();
  }

  private void assertAllCounts(int sales) throws Exception {
    assertThat(shop.server.provisioning().books(shop.tenant.id()).salesByVerdict())
        .containsOnlyKeys(Verdict.ACCEPTED)
        .containsValue((long) sales);
  }

  @Test
  void serverKeyRotatedWhileTheTillIsOffline() throws Exception {
    VerifyKey before = till.open.keys().serverKey();
    till.sell(100);
    for (int i = 0; i < 2; i++) {
      shop.server.keyCare().rotateServer(null);
      shop.server.keyCare().rotateLog(shop.tenant.id());
    }

    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    assertThat(till.pull()).isEqualTo(new PullOutcome.UpToDate());

    assertThat(till.open.keys().serverKey()).isNotEqualTo(before);
    assertThat(till.open.keys().logKeys()).hasSize(3);
    try (var connection = till.connect()) {
      assertThat(till.witness(connection).prove()).isEmpty();
    }
    assertThat(till.open.checkpoints().contradictions()).isEmpty();
    assertAllCounts(1);
  }

  @Test
  void aCertificateThatTheServersKeySpeaksForIsBelievedByItself() throws Exception {
    till.sell(100);
    shop.rotateWithCertificate();
    shop.restart();
    try (SyncLoop loop = till.loop()) {
      loop.start();
      Eventually.holds("accepted", () -> loop.state() instanceof SyncState.AllAccepted);
    }
    assertThat(till.open.keys().newestPin()).isEqualTo(shop.server.pin());
    assertAllCounts(1);
  }

  @Test
  void untilTheServerIsStartedAgainTheCertificateThatItShowsIsBelievedToo() throws Exception {
    till.sell(100);
    shop.rotateWithCertificate();
    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    assertThat(till.open.keys().newestPin()).isNotEqualTo(shop.server.pin());
    till.sell(100);
    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    shop.restart();
    assertThat(till.open.keys().newestPin()).isEqualTo(shop.server.pin());
    till.sell(100);
    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    assertAllCounts(3);
  }

  @Test
  void aCertificateThatNobodySpeaksForIsNot() throws Exception {
    till.sell(100);
    try (Front stranger = new Front(_ -> Said.json(Successions.of(List.of(statement(null)))))) {
      try (ServerConnection connection =
          ServerConnection.believing(stranger.url(), till.open.keys().pins(), Front.SHORT)) {
        assertThat(till.following(connection).followToCertificate()).isFalse();
        assertThat(connection.getJson(Routes.HEALTH, java.util.Map.of(), null))
            .isInstanceOf(Reply.CertificateChanged.class);
      }
    }
  }

  /** A succession of the server's key that only an attacker consents to. */
  private byte[] statement(@Nullable String pin) {
    try (SigningKey attacker = SigningKey.generate(RANDOM);
        SigningKey next = SigningKey.generate(RANDOM)) {
      return Succession.seal(
              new Succession(
                  Kind.SERVER,
                  Succession.SERVER,
                  2,
                  till.open.keys().serverKey().toBase64(),
                  next.verifyKey().toBase64(),
                  0,
                  Instant.now(),
                  pin),
              attacker,
              next)
          .encode();
    }
  }

  @Test
  void anAttackersStatementIsRefused() {
    VerifyKey before = till.open.keys().serverKey();
    assertThat(till.open.keys().learn(Kind.SERVER, List.of(statement("ab".repeat(32)))))
        .isEqualTo(new Learned.Nothing());
    assertThat(
            till.open
                .keys()
                .learn(Kind.SERVER, List.of("nonsense".getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(new Learned.Nothing());
    assertThat(till.open.keys().serverKey()).isEqualTo(before);
    assertThat(till.open.keys().pins()).containsExactly(shop.server.pin());
  }

  @Test
  void whatAFormerKeySignsIsNotBelievedAnyMore() throws Exception {
    try (PlayedServer played = new PlayedServer(folder.resolve("played"));
        SigningKey next = SigningKey.generate(RANDOM)) {
      played.till.openShift();
      byte[] statement =
          Succession.seal(
                  new Succession(
                      Kind.SERVER,
                      Succession.SERVER,
                      2,
                      played.serverKey.verifyKey().toBase64(),
                      next.verifyKey().toBase64(),
                      0,
                      Instant.now(),
                      null),
                  played.serverKey,
                  next)
              .encode();
      assertThat(played.till.open.keys().learn(Kind.SERVER, List.of(statement)))
          .isEqualTo(new Learned.News());
      played.front.mind(
          asked ->
              asked.path().equals(Routes.BATCHES)
                  ? played.answer(asked)
                  : Said.json(Successions.of(List.of(statement))));
      assertThat(played.till.push())
          .isInstanceOfSatisfying(
              PushOutcome.Delayed.class,
              delayed -> assertThat(delayed.obstacle()).isEqualTo(Obstacle.NOT_SIGNED));
      assertThat(played.till.open.keys().learn(Kind.SERVER, List.of(statement)))
          .isEqualTo(new Learned.Nothing());
      try (SigningKey second = SigningKey.generate(RANDOM)) {
        byte[] fork =
            Succession.seal(
                    new Succession(
                        Kind.SERVER,
                        Succession.SERVER,
                        2,
                        played.serverKey.verifyKey().toBase64(),
                        second.verifyKey().toBase64(),
                        0,
                        Instant.now(),
                        null),
                    played.serverKey,
                    second)
                .encode();
        assertThat(played.till.open.keys().learn(Kind.SERVER, List.of(fork)))
            .isInstanceOf(Learned.Forked.class);
      }
    }
  }

  @Test
  void aDeviceMakesANewKeyWhenAManagerSaysSo() throws Exception {
    String before = serverDeviceKey();
    shop.server.deviceCare().wantKey(shop.tenant.id(), till.open.ledger().enrolled().device());
    try (SyncLoop loop = till.loop()) {
      loop.start();
      Eventually.holds("another key", () -> !serverDeviceKey().equals(before));
      till.sell(100);
      Eventually.holds("accepted", () -> loop.state() instanceof SyncState.AllAccepted);
    }
    assertThat(till.pull()).isEqualTo(new PullOutcome.UpToDate());
    assertAllCounts(1);
  }

  @Test
  void aLostAnswerToANewKeyIsAskedForAgain() throws Exception {
    String before = serverDeviceKey();
    till.open.ownKey().begin();
    byte[] statement = till.open.ownKey().pending().orElseThrow();
    till.sell(100);
    try (var connection = till.connect()) {
      // The server has taken it; nobody here has heard so.
      assertThat(connection.postForJson(Routes.DEVICE_KEY, statement))
          .isInstanceOf(Reply.Answered.class);
      assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
      assertThat(till.open.outbox().state().waiting()).as("nothing is sealed meanwhile").isOne();

      renewing(connection).step();

      assertThat(till.open.ownKey().pending()).isEmpty();
    }
    assertThat(serverDeviceKey()).isNotEqualTo(before);
    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    assertThat(till.pull()).isEqualTo(new PullOutcome.UpToDate());
    assertAllCounts(1);
  }

  @Test
  void aRefusedKeyLeavesTheOldOneInUse() throws Exception {
    try (PlayedServer played = new PlayedServer(folder.resolve("played"))) {
      played.till.openShift();
      assertThat(played.till.push()).isEqualTo(new PushOutcome.AllSent());
      played.till.open.ownKey().begin();
      played.front.mind(
          _ -> Said.problem(403, dev.countersign.common.protocol.Problem.of("key-refused", "no")));
      try (var connection = played.till.connect()) {
        new Renewing(
                connection,
                played.till.open.ledger().enrolled(),
                played.till.open.ownKey(),
                played.till.open.keys(),
                played.till.following(connection))
            .step();
      }
      assertThat(played.till.open.ownKey().pending()).isEmpty();
      played.front.mind(played::answer);
      played.till.sell(100);
      assertThat(played.till.push()).isEqualTo(new PushOutcome.AllSent());
    }
  }

  @Test
  void aTillThatIsWipedWhileItsNewKeyWaitsStillHandsInWhatItSold() throws Exception {
    till.open.ownKey().begin();
    byte[] statement = till.open.ownKey().pending().orElseThrow();
    till.sell(100);
    try (var connection = till.connect()) {
      assertThat(connection.postForJson(Routes.DEVICE_KEY, statement))
          .isInstanceOf(Reply.Answered.class);
    }
    assertThat(till.open.outbox().retire(Long.MAX_VALUE).batches()).hasSize(1);
    assertThat(Json.encode(Succession.claimed(statement).orElseThrow())).isNotEmpty();
  }
}
