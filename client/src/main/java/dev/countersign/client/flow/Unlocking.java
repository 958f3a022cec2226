package dev.countersign.client.flow;

import dev.countersign.client.flow.ReachingKeys.Reached;
import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.keys.FolderKeys;
import dev.countersign.client.keys.KeyChestException;
import dev.countersign.client.keys.Pin;
import dev.countersign.client.keys.PinVault;
import dev.countersign.client.keys.PinVault.Holder;
import dev.countersign.client.keys.ShareSource;
import dev.countersign.client.keys.UnlockOutcome;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.OpenDevice.Surroundings;
import dev.countersign.client.store.StoreException;
import dev.countersign.client.store.StoreFault;
import dev.countersign.client.store.StoreRekeying;
import dev.countersign.common.crypto.Secret;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A person types a PIN. The first right one after a start opens the store; later ones only say who
 * is at the till now. Trying a PIN takes as long as it is meant to and blocks.
 */
public final class Unlocking implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Unlocking.class);

  private final DeviceFolder folder;
  private final PinVault vault;
  private final Surroundings around;
  private final Consumer<OpenDevice> opened;
  private final ReachingKeys reaching;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable OpenDevice device;
  private volatile @Nullable FolderKeys keys;
  private volatile boolean newKeyOrdered;

  /**
   * @param server gives its share of the key, where the tenant wants one
   * @param opened told each time when the store has been opened
   */
  public Unlocking(
      DeviceFolder folder,
      PinVault vault,
      Surroundings around,
      ShareSource server,
      Consumer<OpenDevice> opened) {
    this.folder = folder;
    this.vault = vault;
    this.around = around;
    this.opened = opened;
    this.reaching = new ReachingKeys(folder, vault, server);
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

    /**
     * The server's share is needed, its lease is over and the server cannot be reached: the device
     * opens as soon as it can.
     */
    record NeedsServer() implements Outcome {}

    /** The server does not give its share: this device was taken out of use, or is held. */
    record ShareRefused() implements Outcome {}

    /**
     * The key store was put back from a copy. The store is open, so that the device hears when a
     * manager has released it; nobody comes in before.
     */
    record Held() implements Outcome {}

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

  /**
   * Whether this device is a register's.
   *
   * @throws IOException when the folder's title cannot be read
   */
  public boolean isTill() throws IOException {
    return !folder.title().register().isEmpty();
  }

  /** Tries a PIN and wipes it. */
  public Outcome unlock(UUID user, char[] digits) {
    if (digits.length < Pin.SHORTEST) {
      Arrays.fill(digits, '\0');
      return new Outcome.TooShort();
    }
    try (Pin pin = Pin.typed(digits)) {
      return switch (vault.unlock(user, pin)) {
        case UnlockOutcome.Unlocked unlocked -> enter(unlocked.user(), unlocked.inner());
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

  /** Takes over a device and its keys right after its enrolment; the keys are closed here. */
  public void adopt(OpenDevice enrolled, FolderKeys enrolledKeys) {
    device = enrolled;
    keys = enrolledKeys;
    // Before anything is asked of the server again, which confirms what it said before.
    enrolled.replica().addCarrier(() -> forgetFormer(enrolled));
    enrolled.replica().addListener(() -> forgetFormer(enrolled));
    opened.accept(enrolled);
  }

  /** Lets a person change their own PIN. */
  public ChangingPin changingPin() {
    return new ChangingPin(vault);
  }

  /** The database gets another key before it is opened next. */
  public void orderNewKey() {
    newKeyOrdered = true;
  }

  /**
   * Lets a further person choose a PIN; empty until somebody has unlocked since the start, because
   * only then is there a key to give on.
   */
  public Optional<Joining> joining() {
    OpenDevice open = device;
    FolderKeys held = keys;
    return open == null || held == null
        ? Optional.empty()
        : Optional.of(new Joining(open, vault, held.inner(), around.clock()));
  }

  private Outcome enter(UUID user, Secret inner) {
    lock.lock();
    try {
      OpenDevice open = device;
      if (open != null) {
        inner.close();
        return in(open, user);
      }
      return switch (reaching.from(inner)) {
        case Reached.Keys(FolderKeys reached) -> openStore(user, reached);
        case Reached.Not(Outcome outcome) -> outcome;
      };
    } finally {
      lock.unlock();
    }
  }

  private Outcome openStore(UUID user, FolderKeys found) {
    FolderKeys reached = newKeyOrdered ? renewed(found) : found;
    try {
      OpenDevice open = OpenDevice.open(folder, reached.database(), around);
      adopt(open, reached);
      return in(open, user);
    } catch (StoreException e) {
      reached.close();
      return new Outcome.StoreTrouble(e.fault());
    }
  }

  /**
   * Seals the key of the open store with the server's share from now on, or without one for null.
   * The share stays the caller's.
   */
  void seal(@Nullable Secret share) throws IOException {
    // Whoever puts the keys away waits for the thread that calls this.
    if (!lock.tryLock()) {
      throw new IOException("the keys are being put away or taken out");
    }
    try {
      FolderKeys held = keys;
      if (held != null) {
        vault.storeKeys().reseal(held, share);
        keys = new FolderKeys(held.inner(), held.database(), share == null ? null : share.copy());
        Secret before = held.share();
        if (before != null) {
          before.close();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Closes the store and wipes its keys; the next right PIN opens it again. A store whose key is
   * old enough, or is to have another one, gets it here: nobody is at the device, and the keys are
   * still at hand.
   *
   * @param before ends what still uses the device
   * @param newKeyAfter how old a key may be; null keeps it
   */
  public void forget(Runnable before, @Nullable Duration newKeyAfter) {
    lock.lock();
    try {
      before.run();
      OpenDevice open = device;
      device = null;
      if (open != null) {
        open.close();
      }
      FolderKeys held = keys;
      keys = null;
      if (held != null) {
        FolderKeys last = newKeyAfter != null && isOld(newKeyAfter) ? renewed(held) : held;
        last.close();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isOld(Duration newKeyAfter) {
    try {
      return !vault.storeKeys().made().plus(newKeyAfter).isAfter(around.clock().instant());
    } catch (IOException _) {
      return false;
    }
  }

  /** The keys after a change of the database's; the same ones when it could not be changed. */
  private FolderKeys renewed(FolderKeys held) {
    try {
      Secret next =
          new StoreRekeying(folder, vault.storeKeys(), step -> LOG.info("new key: {}", step))
              .run(held);
      held.database().close();
      newKeyOrdered = false;
      return new FolderKeys(held.inner(), next, held.share());
    } catch (StoreException e) {
      LOG.warn("the store keeps its old key", e);
      return held;
    }
  }

  /**
   * A person the server no longer names stays outside, and so does a PIN that was reset, whether or
   * not the wrap is gone yet.
   */
  private Outcome in(OpenDevice open, UUID user) {
    forgetFormer(open);
    try {
      if (vault.tryCount().read().held()) {
        return new Outcome.Held();
      }
    } catch (IOException | KeyChestException e) {
      return new Outcome.NoKeys(String.valueOf(e.getMessage()));
    }
    return counts(open, user) || nobodyCounts(open)
        ? new Outcome.In(open, user)
        : new Outcome.Gone();
  }

  /**
   * Takes the PINs away of those who have left, and those that were reset. While nobody else has
   * one they stay: without any wrap, sales that were not sent yet could never be opened again.
   * Whoever comes in by the PIN of somebody who left can record nothing, because no right goes with
   * it.
   *
   * @return whether none of them is there any more
   */
  private boolean forgetFormer(OpenDevice open) {
    try {
      boolean last = nobodyCounts(open);
      for (Holder holder : vault.holders()) {
        if (!counts(open, holder.user())) {
          if (last) {
            return false;
          }
          vault.removeUser(holder.user());
          open.pinEpochs().gone(holder.user());
        }
      }
      return true;
    } catch (IOException | KeyChestException e) {
      LOG.warn("the PIN of somebody who left is still there", e);
      return false;
    }
  }

  private boolean nobodyCounts(OpenDevice open) {
    try {
      return vault.holders().stream().noneMatch(holder -> counts(open, holder.user()));
    } catch (IOException _) {
      return true;
    }
  }

  private static boolean counts(OpenDevice open, UUID user) {
    return open.users().byId(user).isPresent() && !open.pinEpochs().isVoid(user);
  }

  @Override
  public void close() {
    forget(() -> {}, null);
  }
}
