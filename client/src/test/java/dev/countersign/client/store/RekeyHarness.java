package dev.countersign.client.store;

import dev.countersign.client.keys.FolderKeys;
import dev.countersign.client.keys.Pin;
import dev.countersign.client.keys.PinVault;
import dev.countersign.client.keys.StoreKeys.Opening;
import dev.countersign.client.keys.UnlockOutcome;
import java.nio.file.Path;

/** Changes a store's key in a process of its own and halts after the step it is told. */
final class RekeyHarness {
  static final int HALTED = 77;

  private RekeyHarness() {}

  public static void main(String[] args) throws Exception {
    Path temp = Path.of(args[0]);
    PinVault vault = StoreRekeyingTest.vault(temp);
    try (Pin pin = Pin.typed("2580".toCharArray())) {
      var unlocked = (UnlockOutcome.Unlocked) vault.unlock(StoreRekeyingTest.ANNE, pin);
      var open = (Opening.Open) vault.storeKeys().open(unlocked.inner(), null);
      new StoreRekeying(
              StoreRekeyingTest.folder(temp),
              vault.storeKeys(),
              step -> {
                if (step.name().equals(args[1])) {
                  Runtime.getRuntime().halt(HALTED);
                }
              })
          .run(new FolderKeys(unlocked.inner(), open.current(), null));
    }
  }
}
