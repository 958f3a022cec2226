package dev.countersign.client.sync;

import dev.countersign.client.keys.FileKeyChest;
import dev.countersign.client.keys.KeyChest;
import dev.countersign.client.keys.KeyChestException;
import java.nio.file.Path;
import java.util.Optional;

/** Stands in for a key store that does not lie readable on the disk. */
record StrongChest(FileKeyChest files) implements KeyChest {
  static StrongChest in(Path directory) {
    return new StrongChest(new FileKeyChest(directory));
  }

  @Override
  public String kind() {
    return "strong";
  }

  @Override
  public String title() {
    return "A key store of the system";
  }

  @Override
  public boolean isWeaker() {
    return false;
  }

  @Override
  public Optional<byte[]> read(String name) throws KeyChestException {
    return files.read(name);
  }

  @Override
  public void write(String name, byte[] value) throws KeyChestException {
    files.write(name, value);
  }

  @Override
  public void remove(String name) throws KeyChestException {
    files.remove(name);
  }
}
