package dev.countersign.client.bench;

import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.keys.DeviceFolder.Title;
import dev.countersign.client.keys.FileKeyChest;
import dev.countersign.client.keys.FolderKeys;
import dev.countersign.client.keys.KeyChestException;
import dev.countersign.client.keys.Pin;
import dev.countersign.client.keys.PinVault;
import dev.countersign.common.crypto.Argon2Cost;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * A till as it stands in a shop before the first person comes: enrolled, its catalogue in its
 * store, and to be opened with a PIN.
 *
 * @param chest of files, outside the folder
 */
public record ClosedTill(Path folder, Path chest) {
  /** Opens it. */
  public static final String PIN = "280519";

  /**
   * Makes one.
   *
   * @param products how many stand in the catalogue
   */
  public static ClosedTill make(Path scratch, long products) throws IOException, KeyChestException {
    ClosedTill till = new ClosedTill(scratch.resolve("till"), scratch.resolve("chest"));
    DeviceFolder device = new DeviceFolder(till.folder);
    device.create();
    PinVault vault =
        new PinVault(
            device,
            new FileKeyChest(till.chest),
            InstantSource.system(),
            new SecureRandom(),
            Argon2Cost.FLOOR);
    try (Pin pin = Pin.typed(PIN.toCharArray());
        FolderKeys keys =
            vault.create(
                new Title("Bench", "Store 1", "Register 1", "practice"),
                BenchTill.CASHIER,
                BenchTill.CASHIER_NAME,
                pin)) {
      new BenchTill(device, keys.database(), products).close();
    }
    return till;
  }

  /** The code on one of the products, from 0 on, as a scanner sends it. */
  public static String code(long product) {
    return BenchTill.barcode(product).substring(1);
  }
}
