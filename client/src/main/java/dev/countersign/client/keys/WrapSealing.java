package dev.countersign.client.keys;

import dev.countersign.client.keys.DeviceFolder.Wrap;
import dev.countersign.common.crypto.Argon2Cost;
import dev.countersign.common.crypto.Argon2Kdf;
import dev.countersign.common.crypto.Hkdf;
import dev.countersign.common.crypto.Sealing;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.WrongKeyException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How one person's wrap is sealed: under HKDF(Argon2id(PIN) ‖ device secret ‖ the person's secret).
 */
final class WrapSealing {
  private static final int SALT = 16;
  private static final int KEY = 32;

  /** Stands where a name cannot be read. */
  static final String UNKNOWN = "…";

  private final SecureRandom random;
  private final Supplier<Argon2Cost> measured;
  private @Nullable Argon2Cost cost;

  /**
   * @param measured the cost of new wraps; asked once, when the first of them is made
   */
  WrapSealing(SecureRandom random, Supplier<Argon2Cost> measured) {
    this.random = random;
    this.measured = measured;
  }

  /** A fresh wrap of this key; takes one Argon2id. */
  Wrap seal(UUID folder, UUID user, String name, Pin pin, Secret device, byte[] own, Secret key) {
    byte[] salt = new byte[SALT];
    random.nextBytes(salt);
    byte[] shown = sealName(folder, user, name, device);
    Argon2Cost cost = cost();
    Wrap empty =
        new Wrap(user, shown, salt, cost.memoryKiB(), cost.passes(), cost.lanes(), new byte[0]);
    try (Secret stretched = stretched(empty, pin);
        Secret wrapping = wrappingKey(folder, empty, stretched, device, own)) {
      byte[] sealed = Sealing.seal(wrapping, key.bytes(), info(folder, empty), random);
      return new Wrap(user, shown, salt, cost.memoryKiB(), cost.passes(), cost.lanes(), sealed);
    }
  }

  private byte[] sealName(UUID folder, UUID user, String name, Secret device) {
    try (Secret key = nameKey(device)) {
      return Sealing.seal(key, name.getBytes(StandardCharsets.UTF_8), ids(folder, user), random);
    }
  }

  /** The name, or dots when it does not open under this device's secret. */
  static String name(UUID folder, Wrap wrap, Secret device) {
    try (Secret key = nameKey(device)) {
      byte[] name = Sealing.open(key, wrap.name(), ids(folder, wrap.user()));
      return new String(name, StandardCharsets.UTF_8);
    } catch (WrongKeyException _) {
      return UNKNOWN;
    }
  }

  private static Secret nameKey(Secret device) {
    byte[] label = "countersign lock screen v1\n".getBytes(StandardCharsets.UTF_8);
    return Hkdf.derive(device, new byte[0], label, KEY);
  }

  /** What a right PIN gives: the key, and which of the person's secrets the wrap needs. */
  record Opened(Secret key, byte[] own) {}

  /**
   * The key, if the PIN is the right one; takes one Argon2id, whether there is one secret or two.
   */
  Opened open(UUID folder, Wrap wrap, Pin pin, Secret device, Attempts attempts)
      throws WrongKeyException {
    try (Secret stretched = stretched(wrap, pin)) {
      byte[] next = attempts.next();
      try {
        return open(folder, wrap, stretched, device, attempts.own());
      } catch (WrongKeyException e) {
        if (next == null) {
          throw e;
        }
        return open(folder, wrap, stretched, device, next);
      }
    }
  }

  private static Opened open(UUID folder, Wrap wrap, Secret stretched, Secret device, byte[] own)
      throws WrongKeyException {
    try (Secret wrapping = wrappingKey(folder, wrap, stretched, device, own)) {
      return new Opened(Secret.of(Sealing.open(wrapping, wrap.sealed(), info(folder, wrap))), own);
    }
  }

  /**
   * A wrap under the floor was not made here: it is not opened, and no try is spent on it.
   *
   * @throws IllegalArgumentException when it is weaker, or a cost is out of every range
   */
  void requireStrong(Wrap wrap) {
    Argon2Cost made = new Argon2Cost(wrap.memoryKiB(), wrap.passes(), wrap.lanes());
    if (made.meetsFloor()) {
      return;
    }
    Argon2Cost usual = cost();
    if (usual.meetsFloor()
        || made.memoryKiB() < usual.memoryKiB()
        || made.passes() < usual.passes()) {
      throw new IllegalArgumentException("a wrap under the least cost");
    }
  }

  /** Measuring takes longer than a window takes to open, and most starts make no new wrap. */
  private synchronized Argon2Cost cost() {
    Argon2Cost known = cost;
    if (known == null) {
      known = measured.get();
      cost = known;
    }
    return known;
  }

  private static Secret stretched(Wrap wrap, Pin pin) {
    Argon2Cost cost = new Argon2Cost(wrap.memoryKiB(), wrap.passes(), wrap.lanes());
    return Argon2Kdf.derive(pin.digits(), wrap.salt(), cost, KEY);
  }

  private static Secret wrappingKey(
      UUID folder, Wrap wrap, Secret stretched, Secret device, byte[] own) {
    byte[] joined = Arrays.copyOf(stretched.bytes(), KEY + device.length() + own.length);
    System.arraycopy(device.bytes(), 0, joined, KEY, device.length());
    System.arraycopy(own, 0, joined, KEY + device.length(), own.length);
    try (Secret material = Secret.of(joined)) {
      return Hkdf.derive(material, new byte[0], info(folder, wrap), KEY);
    }
  }

  /** A wrap is for one person of one folder and cannot be put in another's place. */
  private static byte[] info(UUID folder, Wrap wrap) {
    byte[] label = "countersign wrap v1\n".getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(label.length + 32).put(label).put(ids(folder, wrap.user())).array();
  }

  private static byte[] ids(UUID folder, UUID user) {
    return ByteBuffer.allocate(32)
        .putLong(folder.getMostSignificantBits())
        .putLong(folder.getLeastSignificantBits())
        .putLong(user.getMostSignificantBits())
        .putLong(user.getLeastSignificantBits())
        .array();
  }
}
