package dev.countersign.client.flow;

import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.keys.Pin;
import dev.countersign.client.keys.PinVault;
import dev.countersign.client.keys.PinVault.Holder;
import dev.countersign.client.keys.UnlockOutcome;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.OpenDevice.Surroundings;
import dev.countersign.client.store.StoreException;
import dev.countersign.client.store.StoreFault;
import dev.countersign.common.crypto.Secret;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A person types a PIN. The first right one after a start opens the store; later ones only say who
 * is at the till now. Trying a PIN takes as long as it is meant to and blocks.
 */
public final class Unlocking implements AutoCloseable {
  private final DeviceFolder folder;
  private final PinVault vault;
  private final Surroundings around;
  private final Consumer<OpenDevice> opened;
  private @Nullable OpenDevice device;

  /**
   * @param opened told once, when the store has been opened
   */
  public Unlocking(
      DeviceFolder folder, PinVault vault, Surroundings around, Consumer<OpenDevice> opened) {
    this.folder = folder;
    this.vault = vault;
    this.around = around;
    this.opened = opened;
  }

  /** What came of it. */
  public sealed interface Outcome {
    /** This person is at the till now. */
    record In(OpenDevice device, UUID user) implements Outcome {}

    /**
     * @param waitUntil when the next try is heard, or null when at once
     */
    record WrongPin(int triesLeft, @Nullable Instant waitUntil) implements Outcome {}

    /** Too early; the PIN was not looked at. */
    record Waiting(Instant until) implements Outcome {}

    /** This PIN opens nothing any more. */
    record Gone() implements Outcome {}

    /** Fewer than four digits, which no PIN has; not counted as a try. */
    record TooShort() implements Outcome {}

    /** The keys of this device cannot be reached. */
    record NoKeys(String reason) implements Outcome {}

    /** The PIN is right, the store does not open. */
    record StoreTrouble(StoreFault fault) implements Outcome {}
  }

  /**
   * The people who have a PIN here.
   *
   * @throws IOException when the folder's list cannot be read
   */
  public List<Holder> people() throws IOException {
    return vault.holders();
  }

  /** Tries a PIN and wipes it. */
  public Outcome unlock(UUID user, char[] digits) {
    if (digits.length < Pin.SHORTEST) {
      Arrays.fill(digits, '\0');
      return new Outcome.TooShort();
    }
    try (Pin pin = Pin.typed(digits)) {
      return switch (vault.unlock(user, pin)) {
        case UnlockOutcome.Unlocked unlocked -> enter(unlocked.user(), unlocked.key());
        case UnlockOutcome.WrongPin(int left, Instant until) -> new Outcome.WrongPin(left, until);
        case UnlockOutcome.Waiting(Instant until) -> new Outcome.Waiting(until);
        case UnlockOutcome.Destroyed _, UnlockOutcome.NoPin _ -> new Outcome.Gone();
        case UnlockOutcome.ChestMissing(String reason) -> new Outcome.NoKeys(reason);
        case UnlockOutcome.ChestHanging(String reason) -> new Outcome.NoKeys(reason);
        case UnlockOutcome.FolderDamaged(String reason) -> new Outcome.NoKeys(reason);
      };
    } finally {
      Arrays.fill(digits, '\0');
    }
  }

  /** Takes over a device that was opened elsewhere: right after its enrolment. */
  public void adopt(OpenDevice enrolled) {
    device = enrolled;
    opened.accept(enrolled);
  }

  private Outcome enter(UUID user, Secret key) {
    try (key) {
      OpenDevice open = device;
      if (open == null) {
        open = OpenDevice.open(folder, key, around);
        adopt(open);
      }
      return new Outcome.In(open, user);
    } catch (StoreException e) {
      return new Outcome.StoreTrouble(e.fault());
    }
  }

  @Override
  public void close() {
    OpenDevice open = device;
    device = null;
    if (open != null) {
      open.close();
    }
  }
}
