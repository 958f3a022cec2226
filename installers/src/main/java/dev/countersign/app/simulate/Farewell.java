package dev.countersign.app.simulate;

import dev.countersign.client.flow.Wiping;
import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.keys.FileKeyChest;
import dev.countersign.client.keys.Pin;
import dev.countersign.client.keys.PinVault;
import dev.countersign.client.keys.Remains;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.store.StoreException;
import dev.countersign.client.sync.ServerConnection;
import dev.countersign.common.crypto.Argon2Cost;
import dev.countersign.common.protocol.WipeOrder;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

/** A device that is told to wipe itself: it seals what it never sent and hands that over. */
final class Farewell {
  private static final Argon2Cost CHEAP = new Argon2Cost(8, 1, 1);
  private static final Duration AGAIN = Duration.ofMinutes(10);

  private final Timeline time;

  Farewell(Timeline time) {
    this.time = time;
  }

  void carryOut(Device device, WipeOrder order) throws Exception {
    DeviceFolder folder = new DeviceFolder(device.machine().folder());
    PinVault vault =
        new PinVault(
            folder,
            new FileKeyChest(device.machine().folder().resolve("chest")),
            device.clock(),
            device.random(),
            CHEAP);
    // The worlds' stores open without PINs; what is to be destroyed is made here.
    if (!folder.hasPins()) {
      try (Pin pin = Pin.typed("4711".toCharArray())) {
        vault
            .create(new DeviceFolder.Title("", "", "", "practice"), new UUID(0, 1), "Robin", pin)
            .close();
      }
    }
    Wiping wiping =
        new Wiping(
            vault,
            new Remains(folder),
            head -> ServerConnection.over(head.server(), device.way()),
            device.clock(),
            device.random());
    OpenDevice open = device.handOver();
    try {
      Remains.Wiped wiped = wiping.wipe(open, order);
      device.retire();
      told(device, wiped, wiping);
    } catch (PowerCut _) {
      // Nothing is sealed yet, so nothing is destroyed: the order comes again.
      device.crashed(open);
    } catch (StoreException e) {
      device.tell("cannot wipe itself yet: " + e.fault().getClass().getSimpleName());
      time.in(AGAIN, device::start);
    }
  }

  private void told(Device device, Remains.Wiped wiped, Wiping wiping) {
    device.tell(
        "is wiped; "
            + wiped.sales()
            + " unsent sales are sealed and "
            + (wiped.handedOver() ? "handed over" : "wait to be handed over"));
    if (!wiped.handedOver()) {
      time.in(AGAIN, () -> again(device, wiping));
    }
  }

  private void again(Device device, Wiping wiping) throws IOException {
    Remains.Wiped wiped = wiping.standingOrFail();
    if (wiped.handedOver()) {
      told(device, wiped, wiping);
    } else {
      time.in(AGAIN, () -> again(device, wiping));
    }
  }
}
