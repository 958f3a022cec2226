package dev.countersign.client.sync;

import dev.countersign.client.flow.KeepingKeys;
import dev.countersign.client.flow.SettingUp;
import dev.countersign.client.flow.Unlocking;
import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.keys.KeyChest;
import dev.countersign.client.keys.PinVault;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.common.crypto.Argon2Cost;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** A till with a PIN, a chest and a clock that a test moves; it meets its server when told to. */
final class LockedTill implements AutoCloseable {
  static final String PIN = "2580";

  final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  final DeviceFolder folder;
  final PinVault vault;
  final UUID user;
  private final OpenDevice.Surroundings around;
  private Unlocking unlocking;
  OpenDevice open;
  boolean held;

  private LockedTill(DeviceFolder folder, KeyChest chest, EnrolmentResult result) {
    this.folder = folder;
    this.around = new OpenDevice.Surroundings(now::get, System::nanoTime, new SecureRandom());
    this.vault =
        new PinVault(folder, chest, now::get, new SecureRandom(), new Argon2Cost(256, 1, 1));
    this.user = result.firstUser().id();
  }

  static LockedTill enrol(Shop shop, Path directory, KeyChest chest) throws Exception {
    if (!(TillDevice.enrol(shop.tillTicket().text())
        instanceof EnrolOutcome.Enrolled(EnrolmentResult result))) {
      throw new AssertionError("not enrolled");
    }
    LockedTill till = new LockedTill(new DeviceFolder(directory), chest, result);
    var settingUp =
        new SettingUp(
            new Enrolling(
                ticket -> new ServerConnection(ticket.server(), ticket.pin(), Front.SHORT),
                new SecureRandom(),
                null),
            till.folder,
            till.vault,
            till.around);
    till.unlocking = till.fresh();
    if (settingUp.choose(result, PIN.toCharArray(), PIN.toCharArray())
        instanceof SettingUp.Chosen.Ready ready) {
      till.unlocking.adopt(ready.device(), ready.keys());
      return till;
    }
    throw new AssertionError("no PIN");
  }

  private Unlocking fresh() {
    return new Unlocking(
        folder, vault, around, new ServerShares(Front.SHORT), device -> open = device);
  }

  /** Fetches, and settles the keys with the server. */
  void contact() {
    var enrolled = open.ledger().enrolled();
    try (ServerConnection connection =
        new ServerConnection(enrolled.server(), enrolled.serverPin(), Front.SHORT)) {
      DeviceSignIn signIn =
          new DeviceSignIn(
              connection, enrolled.device(), enrolled.environment(), open.outbox()::sign, () -> {});
      new Puller(connection, signIn, open.replica(), _ -> {}, () -> false).pull();
      new KeepingKeys(open, vault, unlocking, () -> held = true)
          .met((path, json) -> signIn.asking(token -> connection.postJson(path, json, token)));
    }
  }

  Unlocking.Outcome unlock(String pin) {
    return unlocking.unlock(user, pin.toCharArray());
  }

  Unlocking unlocking() {
    return unlocking;
  }

  /** Switched off and on again; nobody has unlocked yet. */
  void restart() {
    unlocking.close();
    unlocking = fresh();
  }

  @Override
  public void close() {
    unlocking.close();
  }
}
