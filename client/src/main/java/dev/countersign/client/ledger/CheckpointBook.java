package dev.countersign.client.ledger;

import dev.countersign.client.store.TillStore;
import dev.countersign.common.change.ShiftClosed;
import dev.countersign.common.log.Checkpoint;
import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The server's signed checkpoints as this device has seen them, whole, and every one that
 * contradicted an earlier one: with both texts an owner can show that a log was rewritten, because
 * the log's key signed both. Contradictions are never removed. Safe for any thread.
 */
public final class CheckpointBook {
  private final TillStore store;

  CheckpointBook(TillStore store) {
    this.store = store;
  }

  /**
   * Where this device stands as a witness.
   *
   * @param epoch the server's when {@code seen} came; a restored server begins another
   * @param seen the newest checkpoint's whole text
   * @param proven the newest one that was shown to be a continuation of all before it
   */
  public record Witnessed(UUID epoch, String seen, String proven) {}

  /** Two texts under one key that cannot both be true. */
  public record Contradiction(Instant at, String kept, String found, String reason) {}

  /** The newest, or empty before the first acknowledgement. */
  public Optional<Witnessed> last() {
    return store.read(
        db ->
            db.first(
                "SELECT epoch, seen, proven FROM witness",
                row -> new Witnessed(row.uuid(1), row.text(2), row.text(3))));
  }

  /** The newest proven one without its signatures; empty before the first. */
  static Optional<ShiftClosed.LogHead> head(Db db) throws SQLException {
    return db.first("SELECT proven FROM witness", row -> row.text(1))
        .map(
            text -> {
              Checkpoint proven = Checkpoint.unsigned(text);
              return new ShiftClosed.LogHead(proven.size(), proven.root().toHex());
            });
  }

  /** Stores where this device stands now. */
  public void witnessed(Witnessed now) {
    store.write(
        db ->
            db.update(
                "INSERT OR REPLACE INTO witness (one, epoch, seen, proven) VALUES (1, ?, ?, ?)",
                now.epoch(),
                now.seen(),
                now.proven()));
  }

  /** Keeps the evidence; the same pair is kept once. */
  public void contradicted(Contradiction found) {
    store.write(
        db ->
            db.update(
                "INSERT OR IGNORE INTO contradiction (at, kept, found, reason)"
                    + " VALUES (?, ?, ?, ?)",
                found.at(),
                found.kept(),
                found.found(),
                found.reason()));
  }

  /** All evidence, the oldest first. */
  public List<Contradiction> contradictions() {
    return store.read(
        db ->
            db.list(
                "SELECT at, kept, found, reason FROM contradiction ORDER BY at, rowid",
                row -> new Contradiction(row.instant(1), row.text(2), row.text(3), row.text(4))));
  }
}
