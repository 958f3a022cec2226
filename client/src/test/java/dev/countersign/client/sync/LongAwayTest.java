package dev.countersign.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.flow.KeepingKeys;
import dev.countersign.client.flow.Unlocking.Outcome;
import dev.countersign.client.keys.FileKeyChest;
import dev.countersign.client.keys.KeyChest;
import dev.countersign.client.keys.ShareKeeper.Asking;
import dev.countersign.client.keys.ShareSource.Given;
import dev.countersign.client.ledger.Actor;
import dev.countersign.client.sync.Front.Said;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.json.Json;
import dev.countersign.common.money.Money;
import dev.countersign.common.protocol.DeviceSession;
import dev.countersign.common.protocol.FeedBody.TillRuleItem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.protocol.Succession;
import dev.countersign.common.protocol.Succession.Kind;
import dev.countersign.common.protocol.Successions;
import dev.countersign.common.protocol.TillKeys;
import dev.countersign.server.account.By;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A till that needs the server's share was switched off while the server's certificate changed, as
 * often as it did: it opens and sends by itself, and believes nobody else for it.
 */
class LongAwayTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir Path folder;
  private Shop shop;
  private LockedTill till;

  @BeforeEach
  void open() throws Exception {
    shop = Shop.open(folder);
    shop.server
        .tillShares()
        .setRule(shop.tenant.id(), By.OPERATOR, new TillRuleItem(true, 72, 30, 365));
  }

  @AfterEach
  void close() throws Exception {
    till.close();
    shop.close();
  }

  private void till(KeyChest chest) throws Exception {
    till = LockedTill.enrol(shop, folder.resolve("till"), chest);
    till.contact();
    assertThat(till.vault.storeKeys().isShared()).isTrue();
  }

  private void otherCertificates(int times) throws Exception {
    for (int i = 0; i < times; i++) {
      shop.rotateWithCertificate();
      shop.restart();
    }
  }

  private Asking asking() throws Exception {
    return till.vault.shareKeeper().asking().orElseThrow();
  }

  /** As the program does from the moment on in which somebody has unlocked. */
  private SyncLoop loop() {
    var enrolled = till.open.ledger().enrolled();
    SyncLoop loop =
        new SyncLoop(
            till.open,
            ServerConnection.believing(enrolled.server(), till.open.keys().pins(), Front.SHORT),
            new SyncLoop.Surroundings(
                till.now::get,
                System::nanoTime,
                new Random(1),
                (bell, atMost) -> Pause.real().await(bell, atMost.dividedBy(100)),
                _ -> {}));
    loop.addContact(new KeepingKeys(till.open, till.vault, till.unlocking(), () -> {}));
    return loop;
  }

  /** The power was off: what was in memory is gone. */
  private void cold() throws Exception {
    till.vault.shareKeeper().forget();
    till.restart();
  }

  private void assertOpensAndSends() throws Exception {
    cold();
    assertThat(till.unlock(LockedTill.PIN)).isInstanceOf(Outcome.In.class);
    try (SyncLoop loop = loop()) {
      loop.start();
      Eventually.holds("accepted", () -> loop.state() instanceof SyncState.AllAccepted);
      Eventually.holds(
          "the newest certificate is noted",
          () -> {
            try (Asking next = asking()) {
              return next.pins().contains(shop.server.pin());
            }
          });
    }
    assertThat(till.open.keys().newestPin()).isEqualTo(shop.server.pin());
  }

  private void recordSomething() {
    till.open
        .ledger()
        .openShift(
            new Actor(till.user, null, till.now.get()),
            TillDevice.DAY,
            Money.of(10_000, TillDevice.USD));
    assertThat(till.open.outbox().state().waiting()).isPositive();
  }

  @Test
  void aTillThatWasOffOverTwoCertificatesOpensAndSends() throws Exception {
    till(StrongChest.in(folder.resolve("chest")));
    recordSomething();
    otherCertificates(2);
    till.now.updateAndGet(now -> now.plus(Duration.ofHours(73)));
    assertOpensAndSends();
    // And once more from what it noted then.
    otherCertificates(2);
    till.now.updateAndGet(now -> now.plus(Duration.ofHours(73)));
    assertOpensAndSends();
  }

  @Test
  void soDoesOneWhoseChestNeverKeepsTheShare() throws Exception {
    till(new FileKeyChest(folder.resolve("chest")));
    recordSomething();
    otherCertificates(3);
    assertOpensAndSends();
  }

  @Test
  void aRevokedOneIsToldSoUnderTheNextCertificateToo() throws Exception {
    till(new FileKeyChest(folder.resolve("chest")));
    otherCertificates(2);
    shop.server
        .provisioning()
        .revokeDevice(shop.tenant.id(), till.open.ledger().enrolled().device());
    cold();
    assertThat(till.unlock(LockedTill.PIN)).isEqualTo(new Outcome.ShareRefused());
  }

  /** The statements as the server publishes them, to anyone in between as well. */
  private List<byte[]> genuine() {
    try (ServerConnection any =
        ServerConnection.unbelieved(shop.server.uri().toString(), Front.SHORT)) {
      if (any.getJson(Routes.SERVER_KEYS, Map.of(), null) instanceof Reply.Answered(byte[] body)) {
        return Json.decode(body, Successions.class).bytes();
      }
      throw new AssertionError("no statements");
    }
  }

  /** A succession to the attacker's certificate, which the attacker alone consents to. */
  private static byte[] forged(VerifyKey previous, @Nullable String pin) {
    try (SigningKey attacker = SigningKey.generate(RANDOM);
        SigningKey next = SigningKey.generate(RANDOM)) {
      Succession said =
          new Succession(
              Kind.SERVER,
              Succession.SERVER,
              9,
              previous.toBase64(),
              next.verifyKey().toBase64(),
              0,
              Instant.now(),
              pin);
      return Succession.seal(said, attacker, next).encode();
    }
  }

  /** The certificate's owner answers whatever a till could wish for; returns what it was asked. */
  private List<String> askedInBetween(List<byte[]> statements, boolean withForged)
      throws Exception {
    Queue<String> heard = new ConcurrentLinkedQueue<>();
    try (Front between = new Front(_ -> Said.cut());
        Asking real = asking()) {
      List<byte[]> all = new ArrayList<>(statements);
      if (withForged) {
        all.add(forged(real.serverKey(), between.pin()));
        for (byte[] statement : statements) {
          VerifyKey key = VerifyKey.fromBase64(Succession.claimed(statement).orElseThrow().key());
          all.add(forged(key, between.pin()));
        }
      }
      between.mind(
          asked -> {
            heard.add(asked.method() + " " + asked.path());
            return switch (asked.path()) {
              case Routes.SERVER_KEYS -> Said.json(Successions.of(all));
              case Routes.CHALLENGES -> Said.json(new DeviceSession.Challenge("A".repeat(43)));
              default -> Said.json(new TillKeys.Share("A".repeat(43) + "=", 72));
            };
          });
      Asking misled =
          new Asking(real.device(), between.url(), real.pins(), real.serverKey(), real.key());
      assertThat(new ServerShares(Front.SHORT).ask(misled, 0)).isEqualTo(new Given.Unreachable());
    }
    return List.copyOf(heard);
  }

  @Test
  void somebodyInBetweenIsAskedForStatementsAndNothingElse() throws Exception {
    till(new FileKeyChest(folder.resolve("chest")));
    String statements = "GET " + Routes.SERVER_KEYS;
    assertThat(askedInBetween(List.of(), false)).containsExactly(statements);
    assertThat(askedInBetween(List.of(), true)).containsExactly(statements);
    otherCertificates(2);
    assertThat(askedInBetween(genuine(), false)).containsExactly(statements);
    assertThat(askedInBetween(genuine(), true)).containsExactly(statements);
    byte[] nonsense = "nonsense".getBytes(StandardCharsets.UTF_8);
    assertThat(askedInBetween(List.of(nonsense), false)).containsExactly(statements);
  }

  @Test
  void aTillThatDoesNotKnowTheServersKeyFollowsNowhere() throws Exception {
    till(new FileKeyChest(folder.resolve("chest")));
    otherCertificates(1);
    try (Asking real = asking()) {
      Asking without = new Asking(real.device(), real.server(), real.pins(), null, real.key());
      assertThat(new ServerShares(Front.SHORT).ask(without, 0)).isEqualTo(new Given.Unreachable());
    }
  }
}
