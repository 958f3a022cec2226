package dev.countersign.server.launch;

import dev.countersign.common.crypto.Secret;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.config.DataFolder;
import dev.countersign.server.tenant.ControlFile;
import dev.countersign.server.tenant.MasterKey;
import dev.countersign.server.tenant.MasterRotation;
import dev.countersign.server.tenant.Tenants;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;

/**
 * Gives a folder another master key.
 *
 * @param serving whether a server runs on it in this process
 */
record MasterCare(
    DataFolder folder,
    ControlFile control,
    Tenants tenants,
    Surroundings surroundings,
    boolean serving) {

  /**
   * Seals everything anew; whoever has the folder open must open it again afterwards.
   *
   * @throws RefusedException while a server runs on it, and where the key is kept elsewhere
   */
  void rotate() throws IOException, SQLException {
    if (serving) {
      throw new RefusedException("Stop the server first: it works with the key of now.");
    }
    if (surroundings.masterKey() != null || !Files.exists(folder.controlFile())) {
      throw new RefusedException(
          "Only a master key that lies in the data folder, beside tenants in files, is made anew"
              + " here.");
    }
    try (Secret before = MasterKey.load(folder, null, surroundings.random())) {
      tenants.close();
      control.close();
      MasterRotation.rotate(folder, before, surroundings.random());
    }
  }
}
