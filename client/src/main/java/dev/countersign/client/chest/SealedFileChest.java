package dev.countersign.client.chest;

import dev.countersign.client.keys.FileKeyChest;
import dev.countersign.client.keys.KeyChest;
import dev.countersign.client.keys.KeyChestException;
import dev.countersign.client.keys.KeyChestException.Reason;
import java.util.Optional;

/**
 * Files that the system has sealed for this login: what is copied off the disk does not open
 * without the person's password. On Windows that is DPAPI.
 */
public final class SealedFileChest implements KeyChest {
  private final String kind;
  private final String title;
  private final FileKeyChest files;
  private final Seal seal;

  /** What the system offers. */
  public interface Seal {
    /**
     * @param name is bound in: a value does not open under another
     */
    byte[] seal(byte[] value, String name);

    byte[] open(byte[] sealed, String name);
  }

  SealedFileChest(String kind, String title, FileKeyChest files, Seal seal) {
    this.kind = kind;
    this.title = title;
    this.files = files;
    this.seal = seal;
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public boolean isWeaker() {
    return false;
  }

  @Override
  public Optional<byte[]> read(String name) throws KeyChestException {
    Optional<byte[]> sealed = files.read(name);
    return sealed.isEmpty()
        ? Optional.empty()
        : Optional.of(guarded(() -> seal.open(sealed.get(), name)));
  }

  @Override
  public void write(String name, byte[] value) throws KeyChestException {
    files.write(name, guarded(() -> seal.seal(value, name)));
  }

  @Override
  public void remove(String name) throws KeyChestException {
    files.remove(name);
  }

  private interface Work {
    byte[] run();
  }

  private byte[] guarded(Work work) throws KeyChestException {
    try {
      return work.run();
    } catch (RuntimeException | LinkageError e) {
      throw new KeyChestException(Reason.MISSING, title + " refused", e);
    }
  }
}
