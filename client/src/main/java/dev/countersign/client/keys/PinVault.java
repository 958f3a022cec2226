package dev.countersign.client.keys;

import dev.countersign.client.keys.DeviceFolder.Title;
import dev.countersign.client.keys.DeviceFolder.Wrap;
import dev.countersign.client.keys.DeviceFolder.Wraps;
import dev.countersign.client.keys.KeyChestException.Reason;
import dev.countersign.common.crypto.Argon2Cost;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.WrongKeyException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;

/**
 * Gives the inner key to whoever types the right PIN; {@link StoreKeys} gives the database key for
 * that. Each person has a wrap of the inner key: sealed under HKDF(Argon2id(PIN) ‖ device secret ‖
 * the person's secret), where both secrets live in the chest. So a copied folder opens with no PIN
 * at all, and a PIN is tried on this device only, where wrong tries are counted before they are
 * looked at.
 *
 * <p>Safe for any thread; one try at a time, over all processes. A try takes the time of one
 * Argon2id and must not run on the screen's thread.
 */
public final class PinVault {
  /** What one try should cost on the till's own machine. */
  public static final Duration TARGET = Duration.ofMillis(250);

  private static final int KEY = 32;
  private static final Duration TURN = Duration.ofSeconds(5);

  private final DeviceFolder folder;
  private final KeyChest chest;
  private final InstantSource clock;
  private final SecureRandom random;
  private final WrapSealing sealing;
  private final StoreKeys storeKeys;
  private final TryCount tryCount;
  private final ShareKeeper shareKeeper;
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * @param chest is asked within {@link BoundedChest#PATIENCE}
   * @param cost for new wraps; an existing wrap keeps the cost it was made with, unless that is
   *     under {@link Argon2Cost#FLOOR} (or under this cost, where a test makes it cheaper)
   */
  public PinVault(
      DeviceFolder folder,
      KeyChest chest,
      InstantSource clock,
      SecureRandom random,
      Argon2Cost cost) {
    this(folder, chest, clock, random, () -> cost);
  }

  /**
   * The same where the cost is still to be measured.
   *
   * @param measured asked once, when the first new wrap is made; takes as long as a few tries
   */
  public PinVault(
      DeviceFolder folder,
      KeyChest chest,
      InstantSource clock,
      SecureRandom random,
      Supplier<Argon2Cost> measured) {
    this.folder = folder;
    this.chest = new BoundedChest(chest, BoundedChest.PATIENCE);
    this.clock = clock;
    this.random = random;
    this.sealing = new WrapSealing(random, measured);
    this.storeKeys = new StoreKeys(folder, clock, random);
    this.tryCount = new TryCount(folder, this.chest);
    this.shareKeeper = new ShareKeeper(folder, this.chest, clock, random);
  }

  /** A person who has a PIN on this device. */
  public record Holder(UUID user, String name) {}

  /** A PIN that may not be chosen. */
  public static final class PinRefusedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private final Pin.Fault fault;

    PinRefusedException(Pin.Fault fault) {
      super("a PIN that may not be chosen: " + fault);
      this.fault = fault;
    }

    public Pin.Fault fault() {
      return fault;
    }
  }

  /** Whether the chest is one that whoever reads this user's files can read too. */
  public boolean isChestWeaker() {
    return chest.isWeaker();
  }

  /** A short word for the kind of chest. */
  public String chestKind() {
    return chest.kind();
  }

  public String chestTitle() {
    return chest.title();
  }

  /**
   * The people to choose from on the lock screen; dots for their names when the chest gives no
   * answer.
   *
   * @throws IOException when the folder has no readable list
   */
  public List<Holder> holders() throws IOException {
    Wraps wraps = folder.readWraps();
    try (Secret device = deviceSecret(wraps.folder())) {
      return wraps.wraps().stream()
          .map(wrap -> new Holder(wrap.user(), WrapSealing.name(wraps.folder(), wrap, device)))
          .toList();
    } catch (KeyChestException _) {
      return wraps.wraps().stream()
          .map(wrap -> new Holder(wrap.user(), WrapSealing.UNKNOWN))
          .toList();
    }
  }

  private Secret deviceSecret(UUID id) throws KeyChestException {
    return Secret.of(
        chest
            .read(Entries.device(id))
            .orElseThrow(
                () ->
                    new KeyChestException(
                        Reason.MISSING, "the chest does not know this device", null)));
  }

  /** The second level: what opens the store for whoever has the inner key. */
  public StoreKeys storeKeys() {
    return storeKeys;
  }

  /** How many PINs were ever tried here. */
  public TryCount tryCount() {
    return tryCount;
  }

  /** What is kept about the server's share of the key. */
  public ShareKeeper shareKeeper() {
    return shareKeeper;
  }

  /**
   * Makes both keys of a new folder and the first wrap.
   *
   * @return the keys; the caller closes them
   * @throws PinRefusedException when the PIN may not be chosen
   * @throws IOException when the folder has PINs already or cannot be written
   * @throws KeyChestException when the chest takes nothing
   */
  public FolderKeys create(Title title, UUID user, String name, Pin pin)
      throws IOException, KeyChestException {
    refuseWeak(pin);
    lock.lock();
    try (Secret device = Secret.random(KEY, random)) {
      if (folder.hasPins()) {
        throw new IOException("this folder has PINs already");
      }
      UUID id = UUID.randomUUID();
      chest.write(Entries.device(id), device.bytes());
      Secret inner = Secret.random(KEY, random);
      // The wraps come last: a folder has PINs only when they open something.
      Secret database = storeKeys.create(id, inner);
      Wraps empty =
          new Wraps(id, title, chest.kind(), StoreKeys.check(inner), List.of(), List.of());
      writeWrap(empty, inner, user, name, pin);
      return new FolderKeys(inner, database, null);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives a person a PIN, or a new one in place of the old one. Whoever calls this has the inner
   * key, so somebody has unlocked.
   *
   * @throws PinRefusedException when the PIN may not be chosen
   * @throws IllegalArgumentException when the key is not this folder's
   */
  public void addUser(Secret inner, UUID user, String name, Pin pin)
      throws IOException, KeyChestException {
    refuseWeak(pin);
    lock.lock();
    try {
      Wraps wraps = folder.readWraps();
      if (!wraps.keyCheck().equals(StoreKeys.check(inner))) {
        throw new IllegalArgumentException("not the key of this folder");
      }
      writeWrap(wraps, inner, user, name, pin);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Tries the old PIN and, if it is the right one, puts a new one in its place. A wrong old PIN
   * counts as a try.
   *
   * @return empty when the new PIN stands, else what became of the old one
   * @throws PinRefusedException when the new PIN may not be chosen
   */
  public Optional<UnlockOutcome> change(UUID user, Pin old, Pin chosen)
      throws IOException, KeyChestException {
    refuseWeak(chosen);
    lock.lock();
    try {
      UnlockOutcome outcome = unlock(user, old);
      if (!(outcome instanceof UnlockOutcome.Unlocked unlocked)) {
        return Optional.of(outcome);
      }
      try (Secret inner = unlocked.inner()) {
        Wraps wraps = folder.readWraps();
        writeWrap(wraps, inner, user, nameOf(wraps, user), chosen);
        return Optional.empty();
      }
    } finally {
      lock.unlock();
    }
  }

  private String nameOf(Wraps wraps, UUID user) throws KeyChestException {
    try (Secret device = deviceSecret(wraps.folder())) {
      return wraps
          .of(user)
          .map(wrap -> WrapSealing.name(wraps.folder(), wrap, device))
          .orElse(WrapSealing.UNKNOWN);
    }
  }

  /** Takes a person's PIN away; a copy of the folder made before does not bring it back. */
  public void removeUser(UUID user) throws IOException, KeyChestException {
    lock.lock();
    try {
      Wraps wraps = folder.readWraps();
      chest.remove(Entries.attempts(wraps.folder(), user));
      folder.writeWraps(wraps.without(user));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Destroys every wrap, the database key and everything of this folder in the chest, durably: no
   * PIN opens the store any more, nor a copy of the folder that was made before. Calling it again
   * is fine, and after a power cut it finishes what is left. The store's file is not touched; see
   * {@link DeviceFolder#removeStore}.
   *
   * @throws KeyChestException when the chest did not take it all; the folder's half is gone even so
   * @throws IOException when the folder cannot be written
   */
  public void destroyAll() throws IOException, KeyChestException {
    lock.lock();
    try {
      new Destruction(folder, chest, storeKeys).run();
    } finally {
      lock.unlock();
    }
  }

  /** Changes the words of the lock screen. */
  public void retitle(Title title) throws IOException {
    lock.lock();
    try {
      folder.writeWraps(folder.readWraps().titled(title));
    } finally {
      lock.unlock();
    }
  }

  /** Tries a PIN. The PIN stays the caller's to close. */
  public UnlockOutcome unlock(UUID user, Pin pin) {
    lock.lock();
    try (DeviceFolder.Held _ = takeTurn()) {
      Wraps wraps = folder.readWraps();
      Optional<Wrap> wrap = wraps.of(user);
      Optional<byte[]> entry = chest.read(Entries.attempts(wraps.folder(), user));
      if (entry.isEmpty()) {
        return wrap.isEmpty()
            ? new UnlockOutcome.NoPin()
            : new UnlockOutcome.ChestMissing("the chest does not know this device");
      }
      Attempts attempts = Attempts.decode(entry.get());
      if (attempts.isDestroyed()) {
        return new UnlockOutcome.Destroyed();
      }
      return wrap.isEmpty() ? new UnlockOutcome.NoPin() : attempt(wraps, wrap.get(), attempts, pin);
    } catch (KeyChestException e) {
      String reason = String.valueOf(e.getMessage());
      return e.reason() == Reason.HANGING
          ? new UnlockOutcome.ChestHanging(reason)
          : new UnlockOutcome.ChestMissing(reason);
    } catch (IOException | JacksonException | IllegalArgumentException e) {
      return new UnlockOutcome.FolderDamaged(String.valueOf(e.getMessage()));
    } finally {
      lock.unlock();
    }
  }

  private UnlockOutcome attempt(Wraps wraps, Wrap wrap, Attempts before, Pin pin)
      throws IOException, KeyChestException {
    Instant now = clock.instant();
    Instant until = before.waitingAt(now);
    if (until != null) {
      return new UnlockOutcome.Waiting(until);
    }
    Optional<byte[]> device = chest.read(Entries.device(wraps.folder()));
    if (device.isEmpty()) {
      return new UnlockOutcome.ChestMissing("the chest does not know this device");
    }
    sealing.requireStrong(wrap);
    String entry = Entries.attempts(wraps.folder(), wrap.user());
    Attempts counted = before.counted(now);
    // Both written before the PIN is looked at: pulling the plug does not give the try back.
    tryCount.count(wraps.folder());
    chest.write(entry, counted.encode());
    try (Secret deviceSecret = Secret.of(device.get())) {
      WrapSealing.Opened opened = sealing.open(wraps.folder(), wrap, pin, deviceSecret, before);
      chest.write(entry, before.forgiven(opened.own()).encode());
      return new UnlockOutcome.Unlocked(wrap.user(), opened.key());
    } catch (WrongKeyException _) {
      if (counted.left() > 0) {
        return new UnlockOutcome.WrongPin(counted.left(), counted.notBefore());
      }
      chest.write(entry, counted.destroyed().encode());
      return destroy(wraps, wrap);
    }
  }

  /** The chest's half is gone already; the wrap in the folder is now only noise. */
  private UnlockOutcome destroy(Wraps wraps, Wrap wrap) {
    try {
      folder.writeWraps(wraps.destroyed(wrap.user()));
    } catch (IOException _) {
      // Without the chest's half it opens nothing, whether it still lies there or not.
    }
    return new UnlockOutcome.Destroyed();
  }

  private DeviceFolder.Held takeTurn() throws IOException {
    Instant end = clock.instant().plus(TURN);
    for (; ; ) {
      Optional<DeviceFolder.Held> held = folder.tryHoldAttempt();
      if (held.isPresent()) {
        return held.get();
      }
      if (!clock.instant().isBefore(end)) {
        throw new IOException("another PIN is being tried on this device");
      }
      Thread.onSpinWait();
    }
  }

  /**
   * Writes a wrap for a person in place of the one they had. In between the chest knows the secrets
   * of both, so that a power cut leaves the old PIN or the new one, never none.
   */
  private void writeWrap(Wraps wraps, Secret inner, UUID user, String name, Pin pin)
      throws IOException, KeyChestException {
    Attempts fresh = Attempts.fresh(random);
    String entry = Entries.attempts(wraps.folder(), user);
    Optional<Attempts> before =
        wraps.of(user).isEmpty()
            ? Optional.empty()
            : chest.read(entry).map(Attempts::decode).filter(it -> !it.isDestroyed());
    try (Secret deviceSecret = deviceSecret(wraps.folder())) {
      Wrap wrap = sealing.seal(wraps.folder(), user, name, pin, deviceSecret, fresh.own(), inner);
      chest.write(entry, before.map(it -> it.replacedBy(fresh)).orElse(fresh).encode());
      folder.writeWraps(wraps.with(wrap));
      if (before.isPresent()) {
        chest.write(entry, fresh.encode());
      }
    }
  }

  private static void refuseWeak(Pin pin) {
    pin.fault()
        .ifPresent(
            fault -> {
              throw new PinRefusedException(fault);
            });
  }
}
