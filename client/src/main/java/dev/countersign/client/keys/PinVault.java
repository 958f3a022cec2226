package dev.countersign.client.keys;

import dev.countersign.client.keys.DeviceFolder.Title;
import dev.countersign.client.keys.DeviceFolder.Wrap;
import dev.countersign.client.keys.DeviceFolder.Wraps;
import dev.countersign.client.keys.KeyChestException.Reason;
import dev.countersign.common.crypto.Argon2Cost;
import dev.countersign.common.crypto.Argon2Kdf;
import dev.countersign.common.crypto.Hkdf;
import dev.countersign.common.crypto.Sealing;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.WrongKeyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.core.JacksonException;

/**
 * Gives the database key to whoever types the right PIN. Each person has a wrap of it: sealed under
 * HKDF(Argon2id(PIN) ‖ device secret ‖ the person's secret), where both secrets live in the chest.
 * So a copied folder opens with no PIN at all, and a PIN is tried on this device only, where wrong
 * tries are counted before they are looked at.
 *
 * <p>Safe for any thread; one try at a time, over all processes. A try takes the time of one
 * Argon2id and must not run on the screen's thread.
 */
public final class PinVault {
  /** What one try should cost on the till's own machine. */
  public static final Duration TARGET = Duration.ofMillis(250);

  private static final int SALT = 16;
  private static final int KEY = 32;
  private static final Duration TURN = Duration.ofSeconds(5);

  private final DeviceFolder folder;
  private final KeyChest chest;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Argon2Cost cost;
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
    this.folder = folder;
    this.chest = new BoundedChest(chest, BoundedChest.PATIENCE);
    this.clock = clock;
    this.random = random;
    this.cost = cost;
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

  public String chestTitle() {
    return chest.title();
  }

  /**
   * The people to choose from on the lock screen.
   *
   * @throws IOException when the folder has no readable list
   */
  public List<Holder> holders() throws IOException {
    return folder.readWraps().wraps().stream()
        .map(wrap -> new Holder(wrap.user(), wrap.name()))
        .toList();
  }

  /**
   * Makes the database key and its first wrap.
   *
   * @return the key; the caller closes it
   * @throws PinRefusedException when the PIN may not be chosen
   * @throws IOException when the folder has PINs already or cannot be written
   * @throws KeyChestException when the chest takes nothing
   */
  public Secret create(Title title, UUID user, String name, Pin pin)
      throws IOException, KeyChestException {
    refuseWeak(pin);
    lock.lock();
    try (Secret device = Secret.random(KEY, random)) {
      if (folder.hasPins()) {
        throw new IOException("this folder has PINs already");
      }
      UUID id = UUID.randomUUID();
      chest.write(deviceEntry(id), device.bytes());
      Secret key = Secret.random(KEY, random);
      Wraps empty = new Wraps(id, title, DeviceFolder.keyCheck(key), List.of());
      folder.writeWraps(withWrap(empty, key, user, name, pin));
      return key;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives a person a PIN, or a new one in place of the old one. Whoever calls this has the database
   * key, so somebody has unlocked.
   *
   * @throws PinRefusedException when the PIN may not be chosen
   * @throws IllegalArgumentException when the key is not this folder's
   */
  public void addUser(Secret key, UUID user, String name, Pin pin)
      throws IOException, KeyChestException {
    refuseWeak(pin);
    lock.lock();
    try {
      Wraps wraps = folder.readWraps();
      if (!wraps.keyCheck().equals(DeviceFolder.keyCheck(key))) {
        throw new IllegalArgumentException("not the key of this folder");
      }
      folder.writeWraps(withWrap(wraps, key, user, name, pin));
    } finally {
      lock.unlock();
    }
  }

  /** Takes a person's PIN away; a copy of the folder made before does not bring it back. */
  public void removeUser(UUID user) throws IOException, KeyChestException {
    lock.lock();
    try {
      Wraps wraps = folder.readWraps();
      chest.remove(attemptsEntry(wraps.folder(), user));
      folder.writeWraps(without(wraps, user));
    } finally {
      lock.unlock();
    }
  }

  /** Changes the words of the lock screen. */
  public void retitle(Title title) throws IOException {
    lock.lock();
    try {
      Wraps wraps = folder.readWraps();
      folder.writeWraps(new Wraps(wraps.folder(), title, wraps.keyCheck(), wraps.wraps()));
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
      Optional<byte[]> entry = chest.read(attemptsEntry(wraps.folder(), user));
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
      throws KeyChestException {
    Instant now = clock.instant();
    Instant until = before.waitingAt(now);
    if (until != null) {
      return new UnlockOutcome.Waiting(until);
    }
    Optional<byte[]> device = chest.read(deviceEntry(wraps.folder()));
    if (device.isEmpty()) {
      return new UnlockOutcome.ChestMissing("the chest does not know this device");
    }
    requireStrong(wrap);
    String entry = attemptsEntry(wraps.folder(), wrap.user());
    Attempts counted = before.counted(now);
    // Written before the PIN is looked at: pulling the plug does not give the try back.
    chest.write(entry, counted.encode());
    try (Secret deviceSecret = Secret.of(device.get());
        Secret wrapping = wrappingKey(wraps.folder(), wrap, deviceSecret, before, pin)) {
      Secret key = Secret.of(Sealing.open(wrapping, wrap.sealed(), info(wraps.folder(), wrap)));
      chest.write(entry, before.forgiven().encode());
      return new UnlockOutcome.Unlocked(wrap.user(), key);
    } catch (WrongKeyException _) {
      if (counted.left() > 0) {
        return new UnlockOutcome.WrongPin(counted.left(), counted.notBefore());
      }
      chest.write(entry, counted.destroyed().encode());
      return destroy(wraps, wrap);
    }
  }

  /**
   * A wrap under the floor was not made here: it is not opened, and no try is spent on it.
   *
   * @throws IllegalArgumentException when it is weaker, or a cost is out of every range
   */
  private void requireStrong(Wrap wrap) {
    Argon2Cost least = cost.meetsFloor() ? Argon2Cost.FLOOR : cost;
    Argon2Cost made = new Argon2Cost(wrap.memoryKiB(), wrap.passes(), wrap.lanes());
    if (made.memoryKiB() < least.memoryKiB() || made.passes() < least.passes()) {
      throw new IllegalArgumentException("a wrap under the least cost");
    }
  }

  /** The chest's half is gone already; the wrap in the folder is now only noise. */
  private UnlockOutcome destroy(Wraps wraps, Wrap wrap) {
    try {
      folder.writeWraps(without(wraps, wrap.user()));
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

  private Wraps withWrap(Wraps wraps, Secret key, UUID user, String name, Pin pin)
      throws KeyChestException {
    byte[] salt = new byte[SALT];
    random.nextBytes(salt);
    Wrap unsealed =
        new Wrap(user, name, salt, cost.memoryKiB(), cost.passes(), cost.lanes(), new byte[0]);
    Attempts attempts = Attempts.fresh(random);
    byte[] device =
        chest
            .read(deviceEntry(wraps.folder()))
            .orElseThrow(
                () ->
                    new KeyChestException(
                        Reason.MISSING, "the chest does not know this device", null));
    try (Secret deviceSecret = Secret.of(device);
        Secret wrapping = wrappingKey(wraps.folder(), unsealed, deviceSecret, attempts, pin)) {
      byte[] sealed = Sealing.seal(wrapping, key.bytes(), info(wraps.folder(), unsealed), random);
      chest.write(attemptsEntry(wraps.folder(), user), attempts.encode());
      List<Wrap> all = new ArrayList<>(without(wraps, user).wraps());
      all.add(new Wrap(user, name, salt, cost.memoryKiB(), cost.passes(), cost.lanes(), sealed));
      return new Wraps(wraps.folder(), wraps.title(), wraps.keyCheck(), all);
    }
  }

  private static Wraps without(Wraps wraps, UUID user) {
    List<Wrap> others = wraps.wraps().stream().filter(wrap -> !wrap.user().equals(user)).toList();
    return new Wraps(wraps.folder(), wraps.title(), wraps.keyCheck(), others);
  }

  private static Secret wrappingKey(
      UUID folder, Wrap wrap, Secret device, Attempts attempts, Pin pin) {
    Argon2Cost cost = new Argon2Cost(wrap.memoryKiB(), wrap.passes(), wrap.lanes());
    byte[] own = attempts.secret();
    if (own == null) {
      throw new IllegalStateException("a destroyed wrap is not tried");
    }
    try (Secret stretched = Argon2Kdf.derive(pin.digits(), wrap.salt(), cost, KEY)) {
      byte[] joined = Arrays.copyOf(stretched.bytes(), KEY + device.length() + own.length);
      System.arraycopy(device.bytes(), 0, joined, KEY, device.length());
      System.arraycopy(own, 0, joined, KEY + device.length(), own.length);
      try (Secret material = Secret.of(joined)) {
        return Hkdf.derive(material, new byte[0], info(folder, wrap), KEY);
      }
    }
  }

  /** A wrap is for one person of one folder and cannot be put in another's place. */
  private static byte[] info(UUID folder, Wrap wrap) {
    byte[] label = "countersign wrap v1\n".getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(label.length + 32)
        .put(label)
        .putLong(folder.getMostSignificantBits())
        .putLong(folder.getLeastSignificantBits())
        .putLong(wrap.user().getMostSignificantBits())
        .putLong(wrap.user().getLeastSignificantBits())
        .array();
  }

  private static void refuseWeak(Pin pin) {
    pin.fault()
        .ifPresent(
            fault -> {
              throw new PinRefusedException(fault);
            });
  }

  private static String deviceEntry(UUID folder) {
    return "countersign." + folder + ".device";
  }

  private static String attemptsEntry(UUID folder, UUID user) {
    return "countersign." + folder + ".user." + user;
  }
}
