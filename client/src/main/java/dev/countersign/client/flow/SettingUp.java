package dev.countersign.client.flow;

import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.keys.DeviceFolder.Title;
import dev.countersign.client.keys.FolderKeys;
import dev.countersign.client.keys.KeyChestException;
import dev.countersign.client.keys.Pin;
import dev.countersign.client.keys.PinVault;
import dev.countersign.client.ledger.Enrolled;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.OpenDevice.Surroundings;
import dev.countersign.client.store.StoreException;
import dev.countersign.client.store.StoreFault;
import dev.countersign.client.sync.EnrolOutcome;
import dev.countersign.client.sync.Enrolling;
import dev.countersign.client.sync.EnrolmentResult;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * An installation becomes a device: a manager's code is redeemed, both sides compare the
 * fingerprint, the first person chooses a PIN, and the store is made. Blocking.
 */
public final class SettingUp {
  private final Enrolling enrolling;
  private final DeviceFolder folder;
  private final PinVault vault;
  private final Surroundings around;

  /** Makes the device in this folder. */
  public SettingUp(Enrolling enrolling, DeviceFolder folder, PinVault vault, Surroundings around) {
    this.enrolling = enrolling;
    this.folder = folder;
    this.vault = vault;
    this.around = around;
  }

  /** What came of choosing a PIN. */
  public sealed interface Chosen {
    /**
     * The device exists and is open for this person.
     *
     * @param keys of the folder; the receiver closes them
     */
    record Ready(OpenDevice device, UUID user, FolderKeys keys) implements Chosen {}

    /** A PIN that may not be chosen; choose another. */
    record Weak(Pin.Fault fault) implements Chosen {}

    /** The two PINs differ. */
    record Differs() implements Chosen {}

    /** The folder or the key chest took nothing. */
    record NotWritten(String reason) implements Chosen {}

    /** The store could not be made. */
    record StoreTrouble(StoreFault fault) implements Chosen {}
  }

  /** Redeems the code that was pasted. */
  public EnrolOutcome redeem(String pasted, String deviceName) {
    return enrolling.enrol(pasted, deviceName);
  }

  /** Makes the device with the PIN that was typed twice; both are wiped. */
  public Chosen choose(EnrolmentResult result, char[] first, char[] again) {
    try {
      Optional<Pin.Fault> fault = Pin.faultOf(first);
      if (fault.isPresent()) {
        return new Chosen.Weak(fault.get());
      }
      if (!Arrays.equals(first, again)) {
        return new Chosen.Differs();
      }
      try (Pin pin = Pin.typed(first)) {
        return make(result, pin);
      }
    } finally {
      Arrays.fill(first, '\0');
      Arrays.fill(again, '\0');
    }
  }

  private Chosen make(EnrolmentResult result, Pin pin) {
    var user = result.firstUser();
    Enrolled enrolled = result.enrolled();
    Title title =
        new Title(
            enrolled.tenantName(),
            enrolled.storeName(),
            enrolled.registerName(),
            enrolled.environment());
    try {
      FolderKeys keys = vault.create(title, user.id(), user.name(), pin);
      try {
        OpenDevice device =
            OpenDevice.enrol(
                folder,
                keys.database(),
                enrolled,
                result.key(),
                result.epoch(),
                user,
                result.sheet(),
                around);
        result.key().close();
        return new Chosen.Ready(device, user.id(), keys);
      } catch (StoreException e) {
        keys.close();
        throw e;
      }
    } catch (IOException | KeyChestException e) {
      return new Chosen.NotWritten(String.valueOf(e.getMessage()));
    } catch (StoreException e) {
      return new Chosen.StoreTrouble(e.fault());
    }
  }
}
