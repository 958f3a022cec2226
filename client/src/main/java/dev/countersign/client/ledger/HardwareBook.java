package dev.countersign.client.ledger;

import dev.countersign.client.store.TillStore;
import dev.countersign.common.permission.PermissionKey;
import java.util.List;
import java.util.Optional;

/**
 * What stands on this counter, as somebody here set it up: it belongs to the device and is sent to
 * nobody. Passwords among it are as safe as everything else in the store. Safe for any thread.
 */
public final class HardwareBook {
  private final TillStore store;
  private final Users users;

  HardwareBook(TillStore store, Users users) {
    this.store = store;
    this.users = users;
  }

  /** What was saved under this name. */
  public Optional<byte[]> read(String part) {
    return store.read(
        db -> db.first("SELECT body FROM hardware WHERE part = ?", row -> row.bytes(1), part));
  }

  /**
   * Saves; an empty body takes it away.
   *
   * @throws NotPermittedException when this person may not
   */
  public void save(Actor actor, String part, byte[] body) {
    users.require(actor, List.of(PermissionKey.HARDWARE_EDIT));
    store.write(
        db ->
            body.length == 0
                ? db.update("DELETE FROM hardware WHERE part = ?", part)
                : db.update(
                    "INSERT INTO hardware (part, body) VALUES (?, ?)"
                        + " ON CONFLICT (part) DO UPDATE SET body = excluded.body",
                    part,
                    body));
  }
}
