package dev.countersign.client.ledger;

import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.keys.Pin;
import dev.countersign.client.keys.PinVault;
import dev.countersign.client.keys.StoreKeys.Opening;
import dev.countersign.client.keys.UnlockOutcome;
import dev.countersign.client.ledger.OpenDevice.Surroundings;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.FeedBody.Barcode;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/**
 * A till of its own process that takes a snapshot until it is killed. Arguments: the directory, and
 * before which item it stops and waits for the kill; behind the last it does so when the snapshot
 * is durable and what is made later is not, and one further behind so many steps of that.
 */
final class SnapshotHarness {
  static final int ITEMS = 5_000;

  private SnapshotHarness() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    int stopAt = Integer.parseInt(args[1]);
    DeviceFolder folder = new DeviceFolder(directory.resolve("device"));
    try (Pin pin = Pin.typed("2580".toCharArray())) {
      PinVault vault = TillFixture.vault(directory, folder);
      UnlockOutcome outcome = vault.unlock(TillFixture.CASHIER, pin);
      if (!(outcome instanceof UnlockOutcome.Unlocked unlocked)
          || !(vault.storeKeys().open(unlocked.inner(), null) instanceof Opening.Open keys)) {
        throw new IllegalStateException("not unlocked: " + outcome);
      }
      OpenDevice device = OpenDevice.open(folder, keys.current(), Surroundings.ofThisMachine());
      if (stopAt == ITEMS) {
        device.replica().addListener(SnapshotHarness::stop);
      }
      Iterator<FeedItem> items =
          IntStream.range(0, ITEMS)
              .mapToObj(
                  i -> {
                    if (i == stopAt) {
                      stop();
                    }
                    return FeedItem.of(i + 1, new UUID(7, i), product(i));
                  })
              .iterator();
      device.replica().replaceAll(new FeedPage(TillFixture.EPOCH, 70, false, List.of()), items);
      Arranging arranging = new Arranging(device.store(), System::nanoTime);
      for (int step = ITEMS; step < stopAt; step++) {
        arranging.step();
      }
      stop();
    }
  }

  static ProductItem product(int number) {
    return new ProductItem(
        "S" + number,
        "Snapshot Rum No " + number,
        "Category " + number % 7,
        "700 ml",
        100 + number,
        List.of(TillFixture.TAX),
        List.of(new Barcode("CODE-" + number, Quantity.ONE)));
  }

  private static void stop() {
    System.out.println("stopped");
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<String> command(Path directory, int stopAt) {
    return List.of(
        ProcessHandle.current().info().command().orElseThrow(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        SnapshotHarness.class.getName(),
        directory.toString(),
        Integer.toString(stopAt));
  }
}
