package dev.countersign.common.log;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.StrictBase64;
import dev.countersign.common.crypto.VerifyKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

/**
 * A named verification key of a log or a witness, as C2SP signed-note writes it: {@code
 * name+hash+base64(0x01 ‖ key)}. Immutable, safe for any thread.
 *
 * @param name not empty, without white space, control characters and plus; for a log its origin
 * @param key its Ed25519 key
 */
public record LogKey(String name, VerifyKey key) {
  static final byte ED25519 = 1;

  private static final String DEVICE = "countersign-device/";

  /** Bytes of the short hash in front of every signature. */
  static final int ID_LENGTH = 4;

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if it breaks the rule
   */
  public LogKey {
    requireName(name);
  }

  /** The key of a device as a witness: its name is made of the device's id. */
  public static LogKey ofDevice(UUID device, VerifyKey key) {
    return new LogKey(DEVICE + device, key);
  }

  /** First four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key). */
  public byte[] id() {
    return id(ED25519);
  }

  byte[] id(byte algorithm) {
    Hash hash =
        Hash.of(name.getBytes(StandardCharsets.UTF_8), new byte[] {'\n', algorithm}, key.raw());
    return Arrays.copyOf(hash.bytes(), ID_LENGTH);
  }

  /** The text form, to be published and pinned. */
  public String text() {
    byte[] typed = new byte[1 + VerifyKey.LENGTH];
    typed[0] = ED25519;
    System.arraycopy(key.raw(), 0, typed, 1, VerifyKey.LENGTH);
    return name + "+" + HexFormat.of().formatHex(id()) + "+" + StrictBase64.encode(typed);
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if it is malformed, of another algorithm, or its hash is wrong
   */
  public static LogKey parse(String text) {
    // Base64 may hold a plus, name and hash may not: only the first two separate.
    String[] parts = text.split("\\+", 3);
    if (parts.length != 3) {
      throw new IllegalArgumentException("a log key is written name+hash+key");
    }
    byte[] typed = StrictBase64.decode(parts[2]);
    if (typed.length != 1 + VerifyKey.LENGTH || typed[0] != ED25519) {
      throw new IllegalArgumentException("not an Ed25519 log key");
    }
    VerifyKey key = VerifyKey.fromRaw(Arrays.copyOfRange(typed, 1, typed.length));
    LogKey parsed = new LogKey(parts[0], key);
    if (!parsed.text().equals(text)) {
      throw new IllegalArgumentException("the hash of the log key is not the key's");
    }
    return parsed;
  }

  static void requireName(String name) {
    boolean plain =
        name.codePoints()
            .noneMatch(
                c ->
                    c == '+'
                        || Character.isWhitespace(c)
                        || Character.isSpaceChar(c)
                        || Character.isISOControl(c)
                        || Character.getType(c) == Character.SURROGATE);
    if (name.isEmpty() || !plain) {
      throw new IllegalArgumentException("a key name is not empty and has no space, plus, control");
    }
  }
}
