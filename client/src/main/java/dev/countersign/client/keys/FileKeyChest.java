package dev.countersign.client.keys;

import dev.countersign.client.keys.KeyChestException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A chest of files that only this user may read (mode 0600 in a directory of 0700), for systems
 * without a key store. Weaker than one: whoever copies the disk copies it too. Must not lie inside
 * the device folder.
 */
public final class FileKeyChest implements KeyChest {
  /** How this chest is called where a folder remembers it. */
  public static final String KIND = "file";

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,120}");

  private final Path directory;

  public FileKeyChest(Path directory) {
    this.directory = directory;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public String title() {
    return "Files that only this user may read";
  }

  @Override
  public boolean isWeaker() {
    return true;
  }

  @Override
  public Optional<byte[]> read(String name) throws KeyChestException {
    Path file = file(name);
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw refused("cannot be read", e);
    }
  }

  @Override
  public void write(String name, byte[] value) throws KeyChestException {
    Path file = file(name);
    try {
      DurableFiles.createPrivateDirectory(directory);
      DurableFiles.replace(file, value);
    } catch (IOException e) {
      throw refused("cannot be written", e);
    }
  }

  @Override
  public void remove(String name) throws KeyChestException {
    try {
      DurableFiles.remove(file(name));
    } catch (IOException e) {
      throw refused("cannot be written", e);
    }
  }

  private Path file(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a name in a chest");
    }
    return directory.resolve(name);
  }

  private KeyChestException refused(String how, IOException cause) {
    return new KeyChestException(Reason.MISSING, directory + " " + how, cause);
  }
}
