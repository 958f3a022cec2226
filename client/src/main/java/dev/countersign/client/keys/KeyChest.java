package dev.countersign.client.keys;

import java.util.Optional;

/**
 * Keeps small secrets apart from the device folder, so that a copied folder is worth nothing: the
 * system's key store where there is one, {@link FileKeyChest} where there is none. A call may take
 * as long as the system takes (a prompt, a daemon that hangs); {@link BoundedChest} puts an end to
 * that.
 */
public interface KeyChest {

  /** A short word for the kind of store, which a folder remembers: {@code file}, … */
  String kind();

  /** What this chest is, for the screen that says where keys are kept. */
  String title();

  /** True when whoever reads this user's files can read it too; the app says so. */
  boolean isWeaker();

  /**
   * The value under a name, or empty when there is none. The caller owns and wipes the array.
   *
   * @param name lower-case letters, digits, dots and hyphens
   * @throws KeyChestException when the chest does not answer
   */
  Optional<byte[]> read(String name) throws KeyChestException;

  /**
   * Stores a value, durably before this returns: a power cut afterwards does not bring the old one
   * back.
   *
   * @throws KeyChestException when it may not be stored
   */
  void write(String name, byte[] value) throws KeyChestException;

  /**
   * Removes a value; none under that name is fine.
   *
   * @throws KeyChestException when it may still be there
   */
  void remove(String name) throws KeyChestException;
}
