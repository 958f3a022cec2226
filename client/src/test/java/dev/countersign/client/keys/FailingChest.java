package dev.countersign.client.keys;

import java.util.Optional;

/** Loses power after so many changes: those are kept, everything after them fails. */
final class FailingChest implements KeyChest {
  private final KeyChest chest;
  private int left;

  FailingChest(KeyChest chest, int changes) {
    this.chest = chest;
    this.left = changes;
  }

  @Override
  public String kind() {
    return chest.kind();
  }

  @Override
  public String title() {
    return chest.title();
  }

  @Override
  public boolean isWeaker() {
    return chest.isWeaker();
  }

  @Override
  public Optional<byte[]> read(String name) throws KeyChestException {
    return chest.read(name);
  }

  @Override
  public void write(String name, byte[] value) throws KeyChestException {
    count();
    chest.write(name, value);
  }

  @Override
  public void remove(String name) throws KeyChestException {
    count();
    chest.remove(name);
  }

  private void count() throws KeyChestException {
    if (left-- <= 0) {
      throw new KeyChestException(KeyChestException.Reason.MISSING, "no power", null);
    }
  }
}
