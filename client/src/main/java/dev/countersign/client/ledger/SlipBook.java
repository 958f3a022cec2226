package dev.countersign.client.ledger;

import dev.countersign.client.store.TillStore;
import dev.countersign.common.crypto.UuidV7;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/**
 * The papers beside receipts (of the drawer, of a closed shift) that are owed: each is kept before
 * the printer gets a byte of it and goes once it is out. Safe for any thread.
 */
public final class SlipBook {
  private final TillStore store;
  private final UuidV7 ids;
  private final InstantSource clock;

  SlipBook(TillStore store, UuidV7 ids, InstantSource clock) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * A paper that has not come out as far as is known.
   *
   * @param name what it is, in the words of the till
   * @param mayBeOut printing had begun: there may be a paper already, so the next one is a copy
   * @param body as it was handed in
   */
  public record Owed(UUID id, Instant at, String name, boolean mayBeOut, byte[] body) {}

  /** Owes this paper; durable when it returns. */
  public UUID owe(String name, byte[] body) {
    UUID id = ids.next();
    store.write(
        db ->
            db.update(
                "INSERT INTO slip_owed (id, at, name, printing, body) VALUES (?, ?, ?, 0, ?)",
                id,
                clock.instant(),
                name,
                body));
    return id;
  }

  /** The oldest first. */
  public List<Owed> owed() {
    return store.read(
        db ->
            db.list(
                "SELECT id, at, name, printing, body FROM slip_owed ORDER BY id",
                row ->
                    new Owed(row.uuid(1), row.instant(2), row.text(3), row.flag(4), row.bytes(5))));
  }

  /** Durable before the printer gets a byte. */
  public void printing(UUID id) {
    store.write(db -> db.update("UPDATE slip_owed SET printing = 1 WHERE id = ?", id));
  }

  /** The printer is known to have printed nothing of it. */
  public void notBegun(UUID id) {
    store.write(db -> db.update("UPDATE slip_owed SET printing = 0 WHERE id = ?", id));
  }

  /** The paper is out, or nobody wants it any more; doing it twice is fine. */
  public void settled(UUID id) {
    store.write(db -> db.update("DELETE FROM slip_owed WHERE id = ?", id));
  }
}
