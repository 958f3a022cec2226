package dev.countersign.client.store;

import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.keys.StoreKeys;
import dev.countersign.client.keys.StoreKeys.Opening;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.sql.SqlCipher;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;

/** Finds out which key a store is under after a change of key that the plug was pulled on. */
public final class StoreKeyChoice {
  private StoreKeyChoice() {}

  /**
   * The key to open the store with; a change that was interrupted is settled on the side that the
   * file is on. Must be called by whoever is about to open the store, before anybody has.
   *
   * @param keys are closed, but for the one that is returned; the caller closes that
   * @throws IOException when the outcome cannot be written down
   */
  public static Secret settle(DeviceFolder folder, StoreKeys storeKeys, Opening.Open keys)
      throws IOException {
    Secret next = keys.next();
    if (next == null) {
      return keys.current();
    }
    boolean changed = opens(folder, next);
    Secret chosen = changed ? next : keys.current();
    try {
      folder.removeUnfinishedStore();
      storeKeys.settle(chosen);
      (changed ? keys.current() : next).close();
      return chosen;
    } catch (IOException | RuntimeException e) {
      keys.close();
      throw e;
    }
  }

  private static boolean opens(DeviceFolder folder, Secret key) {
    if (!Files.exists(folder.storeFile())) {
      return false;
    }
    try {
      SqlCipher.openReader(folder.storeFile(), key).close();
      return true;
    } catch (SQLException _) {
      return false;
    }
  }
}
