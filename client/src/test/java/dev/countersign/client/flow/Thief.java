package dev.countersign.client.flow;

import dev.countersign.common.crypto.Argon2Cost;
import dev.countersign.common.crypto.Argon2Kdf;
import dev.countersign.common.crypto.Hkdf;
import dev.countersign.common.crypto.Sealing;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.WrongKeyException;
import dev.countersign.common.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Somebody with a copy of a till's disk and a program of their own: reads the files as they are and
 * knows nothing of a lock-out.
 */
final class Thief {
  private static final int KEY = 32;

  private final JsonNode wraps;
  private final JsonNode wrap;
  private final JsonNode keyFile;
  private final UUID folder;

  Thief(Path device) throws IOException {
    this.wraps = Json.strict().readTree(Files.readAllBytes(device.resolve("wraps.json")));
    this.wrap = wraps.get("wraps").get(0);
    this.keyFile = Json.strict().readTree(Files.readAllBytes(device.resolve("key.json")));
    this.folder = UUID.fromString(wraps.get("folder").asString());
  }

  /** What each guess costs, as the wrap itself says. */
  Argon2Cost cost() {
    return new Argon2Cost(
        wrap.get("memoryKiB").asInt(), wrap.get("passes").asInt(), wrap.get("lanes").asInt());
  }

  /** The two secrets, from a chest whose files were copied too. */
  byte[] secretsOf(Path chest) throws Exception {
    byte[] device = Files.readAllBytes(chest.resolve("countersign." + folder + ".device"));
    JsonNode attempts =
        Json.strict()
            .readTree(
                Files.readAllBytes(
                    chest.resolve(
                        "countersign." + folder + ".user." + wrap.get("user").asString())));
    return joined(device, attempts.get("secret").binaryValue());
  }

  /** One guess: the inner key, when PIN, secrets and cost are all right. */
  Optional<Secret> inner(String pin, byte[] secrets, Argon2Cost cost) throws Exception {
    UUID user = UUID.fromString(wrap.get("user").asString());
    byte[] info =
        ByteBuffer.allocate(52)
            .put("countersign wrap v1\n".getBytes(StandardCharsets.UTF_8))
            .putLong(folder.getMostSignificantBits())
            .putLong(folder.getLeastSignificantBits())
            .putLong(user.getMostSignificantBits())
            .putLong(user.getLeastSignificantBits())
            .array();
    byte[] salt = wrap.get("salt").binaryValue();
    try (Secret stretched = Argon2Kdf.derive(pin.toCharArray(), salt, cost, KEY);
        Secret material = Secret.of(joined(stretched.bytes(), secrets));
        Secret key = Hkdf.derive(material, new byte[0], info, KEY)) {
      return open(key, wrap.get("sealed").binaryValue(), info);
    }
  }

  /** The database key, when the share (or that there is none) is right. */
  Optional<Secret> database(Secret inner, byte[] share) throws Exception {
    byte[] label = "countersign database key v1\n".getBytes(StandardCharsets.UTF_8);
    byte[] sealed = keyFile.get("current").get("sealed").binaryValue();
    try (Secret material = Secret.of(joined(inner.bytes(), share));
        Secret key = Hkdf.derive(material, new byte[0], label, KEY)) {
      Optional<Secret> unshared = open(key, sealed, info(0));
      return unshared.isPresent() ? unshared : open(key, sealed, info(1));
    }
  }

  private byte[] info(int shared) {
    return ByteBuffer.allocate(17)
        .putLong(folder.getMostSignificantBits())
        .putLong(folder.getLeastSignificantBits())
        .put((byte) shared)
        .array();
  }

  private static Optional<Secret> open(Secret key, byte[] sealed, byte[] info) {
    try {
      return Optional.of(Secret.of(Sealing.open(key, sealed, info)));
    } catch (WrongKeyException _) {
      return Optional.empty();
    }
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
