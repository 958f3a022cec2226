package dev.countersign.client.ledger;

import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.keys.Pin;
import dev.countersign.client.keys.PinVault;
import dev.countersign.client.keys.StoreKeys.Opening;
import dev.countersign.client.keys.UnlockOutcome;
import dev.countersign.client.ledger.OpenDevice.Surroundings;
import dev.countersign.common.money.Money;
import java.nio.file.Path;
import java.util.List;

/**
 * A till of its own process that opens, sells on, counts and closes one shift after the other until
 * it is killed. Argument: the directory.
 */
final class ClosingHarness {
  /** Said after each shift. */
  static final String CLOSED = "closed";

  private ClosingHarness() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    DeviceFolder folder = new DeviceFolder(directory.resolve("device"));
    try (Pin pin = Pin.typed("2580".toCharArray())) {
      PinVault vault = TillFixture.vault(directory, folder);
      if (!(vault.unlock(TillFixture.CASHIER, pin) instanceof UnlockOutcome.Unlocked unlocked)
          || !(vault.storeKeys().open(unlocked.inner(), null) instanceof Opening.Open keys)) {
        throw new IllegalStateException("not unlocked");
      }
      OpenDevice device = OpenDevice.open(folder, keys.current(), Surroundings.ofThisMachine());
      System.out.println("open");
      shifts(device.ledger());
    }
  }

  private static void shifts(Ledger ledger) {
    while (true) {
      ShiftView shift =
          ledger
              .currentShift()
              .orElseGet(
                  () ->
                      ledger.openShift(
                          TillFixture.cashier(),
                          TillFixture.DAY,
                          Money.of(10_000, TillFixture.USD)));
      ledger.complete(TillFixture.cashier(), TillFixture.draft());
      ledger.moveCash(TillFixture.approved(), Money.of(-100, TillFixture.USD), "milk");
      DrawerCount count = DrawerCount.ofSum(Money.of(12_000, TillFixture.USD));
      ledger.countDrawer(TillFixture.approved(), shift.id(), count);
      ledger.closeShift(TillFixture.approved(), shift.id(), count);
      // A caller that did not hear of it asks again.
      ledger.closeShift(TillFixture.approved(), shift.id(), count);
      System.out.println(CLOSED);
    }
  }

  static List<String> command(Path directory) {
    return List.of(
        ProcessHandle.current().info().command().orElseThrow(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        ClosingHarness.class.getName(),
        directory.toString());
  }
}
