package dev.countersign.server.tenant;

import dev.countersign.common.crypto.Secret;
import dev.countersign.server.config.DataFolder;
import dev.countersign.server.config.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The key that everything a server keeps is sealed under; it comes from outside of the data. */
public final class MasterKey {
  /** The environment variable that may hold it, as 64 hexadecimal digits. */
  public static final String VARIABLE = "COUNTERSIGN_MASTER_KEY";

  private static final int LENGTH = 32;

  private MasterKey() {}

  /** The key is not there, or not as it has to be; the message says what to do. */
  public static final class UnusableException extends IOException {
    private static final long serialVersionUID = 1L;

    UnusableException(String message) {
      super(message);
    }
  }

  /**
   * The key of this folder; a new one is made only for a new folder.
   *
   * @param fromEnvironment the value of {@link #VARIABLE}, or null
   * @throws UnusableException when it is missing, malformed or readable by others
   */
  public static Secret load(
      DataFolder folder, @Nullable String fromEnvironment, SecureRandom random) throws IOException {
    return load(folder, folder.isSetUp(), fromEnvironment, random);
  }

  /**
   * The same for data that lies elsewhere.
   *
   * @param inUse true when there is data already, so that a new key would open none of it
   */
  public static Secret load(
      DataFolder folder, boolean inUse, @Nullable String fromEnvironment, SecureRandom random)
      throws IOException {
    Path file = folder.masterKey();
    if (fromEnvironment != null && !fromEnvironment.isBlank()) {
      return parse(fromEnvironment, "the environment variable " + VARIABLE);
    }
    if (!Files.exists(file)) {
      if (inUse) {
        throw new UnusableException(
            "The master key is missing: neither "
                + file
                + " nor the environment variable "
                + VARIABLE
                + " is there. Put the key file back from where you keep its copy;"
                + " without it the data cannot be opened.");
      }
      Secret fresh = Secret.random(LENGTH, random);
      String text = HexFormat.of().formatHex(fresh.bytes()) + "\n";
      PrivateFiles.write(file, text.getBytes(StandardCharsets.US_ASCII));
      return fresh;
    }
    if (!PrivateFiles.isPrivate(file)) {
      throw new UnusableException(
          "The master key " + file + " can be read by others. Run: chmod 600 " + file);
    }
    return parse(Files.readString(file), file.toString());
  }

  private static Secret parse(String text, String where) throws UnusableException {
    try {
      byte[] bytes = HexFormat.of().parseHex(text.strip());
      if (bytes.length == LENGTH) {
        return Secret.of(bytes);
      }
    } catch (IllegalArgumentException _) {
      // answered below; the exception would carry digits of the key
    }
    throw new UnusableException("The master key in " + where + " is not 64 hexadecimal digits.");
  }
}
