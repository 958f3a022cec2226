package dev.countersign.client.keys;

import dev.countersign.common.json.Json;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.core.JacksonException;

/**
 * How many PINs were ever tried on this device, right and wrong, in the chest. It only grows, and
 * the server hears of it at contact: a chest that says fewer than the server has heard was put back
 * from a copy. Safe for any thread.
 */
public final class TryCount {
  private final DeviceFolder folder;
  private final KeyChest chest;
  private final ReentrantLock lock = new ReentrantLock();

  TryCount(DeviceFolder folder, KeyChest chest) {
    this.folder = folder;
    this.chest = chest;
  }

  /**
   * What the chest says.
   *
   * @param held true when the server has said that this is a copy, until it says that a manager has
   *     looked
   */
  public record Said(long tries, boolean held) {}

  /** What the chest says; nothing was tried where it says nothing. */
  public Said read() throws IOException, KeyChestException {
    return read(folder.readWraps().folder());
  }

  private Said read(UUID id) throws IOException, KeyChestException {
    try {
      return chest
          .read(Entries.tries(id))
          .map(bytes -> Json.decode(bytes, Said.class))
          .orElse(new Said(0, false));
    } catch (JacksonException e) {
      throw new IOException("the chest's count of tries cannot be read", e);
    }
  }

  /** One more, before the PIN is looked at. */
  void count(UUID id) throws IOException, KeyChestException {
    lock.lock();
    try {
      Said said = read(id);
      write(id, new Said(said.tries() + 1, said.held()));
    } finally {
      lock.unlock();
    }
  }

  /** Takes over what the server says: the count never falls. */
  public void heard(long tries, boolean held) throws IOException, KeyChestException {
    lock.lock();
    try {
      UUID id = folder.readWraps().folder();
      Said said = read(id);
      Said next = new Said(Math.max(said.tries(), tries), held);
      if (!next.equals(said)) {
        write(id, next);
      }
    } finally {
      lock.unlock();
    }
  }

  private void write(UUID id, Said said) throws KeyChestException {
    chest.write(Entries.tries(id), Json.encode(said));
  }
}
