package dev.countersign.client.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.flow.Wiping;
import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.keys.FileKeyChest;
import dev.countersign.client.keys.Pin;
import dev.countersign.client.keys.PinVault;
import dev.countersign.client.keys.Remains;
import dev.countersign.client.ledger.ActRefusedException;
import dev.countersign.client.sync.Front.Said;
import dev.countersign.common.crypto.Argon2Cost;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.SealedBox;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.crypto.StrictBase64;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.SealedParts;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.protocol.WipeOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A till that the server tells to wipe itself: nothing unsent is lost, and no key is left. */
class WipedTillTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir Path folder;
  private Shop shop;
  private TillDevice till;
  private DeviceFolder place;
  private PinVault vault;
  private Remains remains;

  @BeforeEach
  void open() throws Exception {
    shop = Shop.open(folder);
    till = shop.till();
    till.openShift();
    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    // The wraps of another key do as well here: what matters is that they go.
    place = new DeviceFolder(folder.resolve("device-1"));
    vault =
        new PinVault(
            place,
            new FileKeyChest(folder.resolve("chest")),
            InstantSource.system(),
            RANDOM,
            Argon2Cost.FLOOR);
    try (Pin pin = Pin.typed("4711".toCharArray())) {
      vault.create(
          new DeviceFolder.Title("Corner Shop", "Harbour", "R1", "practice"),
          UUID.randomUUID(),
          "Robin",
          pin);
    }
    remains = new Remains(place);
  }

  @AfterEach
  void close() throws Exception {
    till.close();
    shop.close();
  }

  private UUID device() {
    return till.open.ledger().enrolled().device();
  }

  private Wiping wiping(Function<SealedParts.Head, ServerConnection> connect) {
    return new Wiping(vault, remains, connect, InstantSource.system(), RANDOM);
  }

  private static ServerConnection direct(SealedParts.Head head) {
    return new ServerConnection(head.server(), head.pin(), Front.SHORT);
  }

  private static ServerConnection nowhere(SealedParts.Head head) {
    return new ServerConnection("https://127.0.0.1:1", head.pin(), Front.SHORT);
  }

  /** What the loop hands over when the server speaks. */
  private Optional<WipeOrder> heard() throws Exception {
    AtomicReference<WipeOrder> heard = new AtomicReference<>();
    try (SyncLoop loop = till.loop()) {
      loop.onWipe(heard::set);
      loop.start();
      Eventually.holds("the order", () -> heard.get() != null);
    }
    return Optional.ofNullable(heard.get());
  }

  private void assertNothingLeft() throws Exception {
    assertThat(place.hasPins()).isFalse();
    assertThat(place.storeFile()).doesNotExist();
    try (var chest = Files.walk(folder.resolve("chest"))) {
      assertThat(chest.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.contains("user") || name.contains("device"));
    }
  }

  @Test
  void theServersNextCertificateIsFoundByAWipedTillToo() throws Exception {
    till.sell(100);
    shop.server.deviceCare().wipe(shop.tenant.id(), device());
    WipeOrder order = heard().orElseThrow();
    assertThat(wiping(WipedTillTest::nowhere).wipe(till.open, order).handedOver()).isFalse();
    for (int i = 0; i < 2; i++) {
      shop.rotateWithCertificate();
      shop.restart();
    }

    assertThat(wiping(WipedTillTest::direct).standing()).contains(new Remains.Wiped(1, true));
    assertThat(quarantined()).isOne();
  }

  /** Else whoever is in between could make a till throw away what it did not send. */
  @Test
  void nobodyInBetweenTakesWhatAWipedTillSealed() throws Exception {
    till.sell(100);
    shop.server.deviceCare().wipe(shop.tenant.id(), device());
    WipeOrder order = heard().orElseThrow();
    try (Front between = new Front(_ -> Said.json(new WipeOrder.Taken(2, true)))) {
      Remains.Wiped wiped =
          wiping(head -> new ServerConnection(between.url(), head.pin(), Front.SHORT))
              .wipe(till.open, order);

      assertThat(wiped.handedOver()).isFalse();
      assertThat(remains.isSealed()).isTrue();
    }
  }

  private long quarantined() throws Exception {
    return shop.server
        .provisioning()
        .books(shop.tenant.id())
        .salesByVerdict()
        .getOrDefault(Verdict.QUARANTINED, 0L);
  }

  @Test
  void remoteWipeWithUnsentSales() throws Exception {
    till.sell(100);
    assertThat(till.open.outbox().nextToSend()).isPresent();
    till.sell(200);
    till.sell(300);
    shop.server.deviceCare().wipe(shop.tenant.id(), device());
    WipeOrder order = heard().orElseThrow();

    Remains.Wiped wiped = wiping(WipedTillTest::direct).wipe(till.open, order);

    assertThat(wiped).isEqualTo(new Remains.Wiped(3, true));
    assertNothingLeft();
    assertThat(remains.isSealed()).isFalse();
    assertThat(remains.noted()).contains(wiped);
    assertThat(quarantined()).isEqualTo(3);
    assertThat(shop.server.provisioning().books(shop.tenant.id()).total().sales()).isZero();
    assertThat(shop.server.provisioning().devices(shop.tenant.id()).getFirst().state().word())
        .isEqualTo("wiped");
  }

  @Test
  void withoutANetworkTheSealedFileStaysAndIsHandedOverLater() throws Exception {
    till.sell(100);
    shop.server.deviceCare().wipe(shop.tenant.id(), device());
    WipeOrder order = heard().orElseThrow();

    assertThat(wiping(WipedTillTest::nowhere).wipe(till.open, order))
        .isEqualTo(new Remains.Wiped(1, false));
    assertNothingLeft();
    assertThat(remains.isSealed()).isTrue();
    byte[] file = Files.readAllBytes(place.path().resolve(SealedParts.FILE));
    assertThat(new String(file, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("Something");

    assertThat(wiping(WipedTillTest::direct).standing()).contains(new Remains.Wiped(1, true));
    assertThat(quarantined()).isOne();
    assertThat(remains.isSealed()).isFalse();
    remains.forget();
    assertThat(remains.noted()).isEmpty();
  }

  @Test
  void aMachineThatStopsAfterSealingDestroysTheKeysAtItsNextStart() throws Exception {
    till.sell(100);
    shop.server.deviceCare().wipe(shop.tenant.id(), device());
    WipeOrder order = heard().orElseThrow();
    // Where the machine stops: the sealed file is there, everything else as well.
    wiping(WipedTillTest::nowhere).wipe(till.open, order);
    SealedParts sealed = remains.sealed().orElseThrow();
    place.createStoreFile();
    try (Pin pin = Pin.typed("4711".toCharArray())) {
      vault.create(
          new DeviceFolder.Title("Corner Shop", "Harbour", "R1", "practice"),
          UUID.randomUUID(),
          "Robin",
          pin);
    }
    remains.seal(sealed);

    assertThat(wiping(WipedTillTest::nowhere).standing()).contains(new Remains.Wiped(1, false));

    assertNothingLeft();
  }

  @Test
  void whenNothingCanBeSealedNothingIsDestroyed() throws Exception {
    till.sell(100);
    shop.server.deviceCare().wipe(shop.tenant.id(), device());
    WipeOrder order = heard().orElseThrow();
    Files.createDirectories(place.path().resolve(SealedParts.FILE + ".new").resolve("in the way"));

    assertThatThrownBy(() -> wiping(WipedTillTest::direct).wipe(till.open, order))
        .isInstanceOf(IOException.class);

    assertThat(place.hasPins()).isTrue();
    assertThat(place.storeFile()).exists();
  }

  @Test
  void nothingIsRecordedOnceItIsSealed() {
    till.open.outbox().retire(Long.MAX_VALUE);
    assertThatThrownBy(() -> till.sell(100)).isInstanceOf(ActRefusedException.class);
  }

  @Test
  void aRevokedTillIsToldAsWell() throws Exception {
    till.sell(100);
    shop.server.provisioning().revokeDevice(shop.tenant.id(), device());
    assertThat(heard().orElseThrow().device()).isEqualTo(device());
  }

  private static String sealed(WipeOrder order, SigningKey key) {
    return StrictBase64.encode(
        Envelope.seal(WipeOrder.PAYLOAD_TYPE, Json.encode(order), "server", key).encode());
  }

  @Test
  void anOrderThatIsForgedOrForAnotherDeviceIsIgnored() throws Exception {
    try (PlayedServer played = new PlayedServer(folder.resolve("played"))) {
      played.till.openShift();
      String sealTo =
          StrictBase64.encode(SealedBox.publicKey(Secret.random(SealedBox.KEY_LENGTH, RANDOM)));
      WipeOrder another =
          new WipeOrder(
              UUID.randomUUID(),
              played.tenant,
              UUID.randomUUID(),
              "practice",
              java.time.Instant.now(),
              0,
              sealTo);
      WipeOrder ours =
          new WipeOrder(
              another.id(),
              another.tenant(),
              played.device,
              "practice",
              another.issued(),
              0,
              another.sealTo());
      WipeOrder elsewhere =
          new WipeOrder(
              ours.id(),
              ours.tenant(),
              ours.device(),
              "production",
              ours.issued(),
              0,
              ours.sealTo());
      var enrolled = played.till.open.ledger().enrolled();
      for (String document :
          new String[] {
            null,
            "",
            "nonsense",
            sealed(another, played.serverKey),
            sealed(elsewhere, played.serverKey),
            sealed(ours, played.logKey)
          }) {
        assertThat(WipeOrders.believed(document, enrolled, played.serverKey.verifyKey())).isEmpty();
      }
      assertThat(
              WipeOrders.believed(
                  sealed(ours, played.serverKey), enrolled, played.serverKey.verifyKey()))
          .contains(ours);
      played.front.mind(
          _ ->
              Said.problem(
                  409, new Problem(Problem.WIPE_ORDERED, "", null, sealed(ours, played.logKey))));
      AtomicReference<WipeOrder> heard = new AtomicReference<>();
      try (SyncLoop loop = played.till.loop()) {
        loop.onWipe(heard::set);
        loop.start();
        Eventually.holds("asked", () -> played.front.requests.get() > 2);
      }
      assertThat(heard.get()).isNull();
      played.till.sell(100);
    }
  }
}
