package dev.countersign.client.ledger;

import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.Acknowledgement.Judged;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What is written as a whole, such as promotions: what the server said, with what was written here
 * and not judged yet in its place. All of it within the transaction of whoever calls.
 */
final class Written {
  private Written() {}

  private record Waiting(long change, UUID id, String kind, byte[] body) {}

  /** Written by a change that was recorded here. */
  static void write(Db db, long change, UUID id, FeedBody body) throws SQLException {
    db.update(
        "INSERT INTO written (change, kind, id, body) VALUES (?, ?, ?, ?)",
        change,
        body.kind(),
        id,
        Json.encode(body));
  }

  /** All of a kind, as this device knows them. */
  static <B extends FeedBody> Map<UUID, B> read(Db db, String kind, Class<B> type)
      throws SQLException {
    Map<UUID, B> known = new HashMap<>();
    for (String from :
        List.of(
            "SELECT id, body FROM reference WHERE kind = ?",
            "SELECT id, body FROM written WHERE kind = ? ORDER BY change")) {
      db.each(from, row -> known.put(row.uuid(1), Json.decodeKnown(row.bytes(2), type)), kind);
    }
    return known;
  }

  /** One of a kind, as this device knows it. */
  static <B extends FeedBody> Optional<B> one(Db db, String kind, UUID id, Class<B> type)
      throws SQLException {
    Optional<B> here =
        db.first(
            "SELECT body FROM written WHERE kind = ? AND id = ? ORDER BY change DESC LIMIT 1",
            row -> Json.decodeKnown(row.bytes(1), type),
            kind,
            id);
    return here.isPresent()
        ? here
        : db.first(
            "SELECT body FROM reference WHERE kind = ? AND id = ?",
            row -> Json.decodeKnown(row.bytes(1), type),
            kind,
            id);
  }

  /**
   * The server has judged changes: what counts is its word from now on, before the feed says so;
   * what does not is gone from here.
   */
  static void judged(Db db, long first, long last, List<Judged> verdicts) throws SQLException {
    List<Waiting> waiting =
        db.list(
            "SELECT change, id, kind, body FROM written WHERE change BETWEEN ? AND ?"
                + " ORDER BY change",
            row -> new Waiting(row.integer(1), row.uuid(2), row.text(3), row.bytes(4)),
            first,
            last);
    for (Waiting each : waiting) {
      boolean counts =
          verdicts.stream()
              .filter(judged -> judged.number() == each.change())
              .map(Judged::verdict)
              .anyMatch(verdict -> verdict == Verdict.ACCEPTED || verdict == Verdict.FLAGGED);
      if (counts) {
        db.update("DELETE FROM reference WHERE kind = ? AND id = ?", each.kind(), each.id());
        db.update(
            "INSERT INTO reference (kind, id, body) VALUES (?, ?, ?)",
            each.kind(),
            each.id(),
            each.body());
      }
      db.update("DELETE FROM written WHERE change = ?", each.change());
    }
  }
}
