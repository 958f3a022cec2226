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

/**
 * How one person's wrap is sealed: under HKDF(Argon2id(PIN) ‖ device secret ‖ the person's secret).
 */
final class WrapSealing {
  private static final int SALT = 16;
  private static final int KEY = 32;

  private final SecureRandom random;
  private final Argon2Cost cost;

  WrapSealing(SecureRandom random, Argon2Cost cost) {
    this.random = random;
    this.cost = cost;
  }

  /** A fresh wrap of this key; takes one Argon2id. */
  Wrap seal(UUID folder, UUID user, String name, Pin pin, Halves halves, Secret key) {
    byte[] salt = new byte[SALT];
    random.nextBytes(salt);
    Wrap empty =
        new Wrap(user, name, salt, cost.memoryKiB(), cost.passes(), cost.lanes(), new byte[0]);
    try (Secret wrapping = wrappingKey(folder, empty, halves, pin)) {
      byte[] sealed = Sealing.seal(wrapping, key.bytes(), info(folder, empty), random);
      return new Wrap(user, name, salt, cost.memoryKiB(), cost.passes(), cost.lanes(), sealed);
    }
  }

  /** The key, if the PIN is the right one; takes one Argon2id. */
  Secret open(UUID folder, Wrap wrap, Pin pin, Halves halves) throws WrongKeyException {
    try (Secret wrapping = wrappingKey(folder, wrap, halves, pin)) {
      return Secret.of(Sealing.open(wrapping, wrap.sealed(), info(folder, wrap)));
    }
  }

  /** The two secrets that the chest keeps. */
  record Halves(Secret device, byte[] own) {}

  /**
   * A wrap under the floor was not made here: it is not opened, and no try is spent on it.
   *
   * @throws IllegalArgumentException when it is weaker, or a cost is out of every range
   */
  void requireStrong(Wrap wrap) {
    Argon2Cost least = cost.meetsFloor() ? Argon2Cost.FLOOR : cost;
    Argon2Cost made = new Argon2Cost(wrap.memoryKiB(), wrap.passes(), wrap.lanes());
    if (made.memoryKiB() < least.memoryKiB() || made.passes() < least.passes()) {
      throw new IllegalArgumentException("a wrap under the least cost");
    }
  }

  private static Secret wrappingKey(UUID folder, Wrap wrap, Halves halves, Pin pin) {
    Argon2Cost cost = new Argon2Cost(wrap.memoryKiB(), wrap.passes(), wrap.lanes());
    Secret device = halves.device();
    byte[] own = halves.own();
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
}
