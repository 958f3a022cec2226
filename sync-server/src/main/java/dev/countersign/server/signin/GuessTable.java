package dev.countersign.server.signin;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Counts of wrong tries beside the tenants' data; the subject is a keyed hash. */
final class GuessTable {
  /** Wrong tries at one subject. */
  record Count(int failures, Instant last, Instant notBefore) {}

  Optional<Count> find(Db db, Hash subject) throws SQLException {
    return db.first(
        "SELECT failures, last, not_before FROM guess_count WHERE subject = ?",
        row -> new Count(Math.toIntExact(row.integer(1)), row.instant(2), row.instant(3)),
        subject);
  }

  void put(Db db, Hash subject, Count count) throws SQLException {
    int there =
        db.update(
            "UPDATE guess_count SET failures = ?, last = ?, not_before = ? WHERE subject = ?",
            count.failures(),
            count.last(),
            count.notBefore(),
            subject);
    if (there == 0) {
      db.update(
          "INSERT INTO guess_count (subject, failures, last, not_before) VALUES (?, ?, ?, ?)",
          subject,
          count.failures(),
          count.last(),
          count.notBefore());
    }
  }

  void forget(Db db, Hash subject) throws SQLException {
    db.update("DELETE FROM guess_count WHERE subject = ?", subject);
  }

  /** Forgets what is older, and then those with the fewest tries until few enough are left. */
  void forgetBefore(Db db, Instant oldest, long atMost) throws SQLException {
    db.update("DELETE FROM guess_count WHERE last < ?", oldest);
    for (int failures = 1; size(db) > atMost; failures++) {
      db.update("DELETE FROM guess_count WHERE failures <= ?", failures);
    }
  }

  private static long size(Db db) throws SQLException {
    return db.first("SELECT COUNT(*) FROM guess_count", row -> row.integer(1)).orElse(0L);
  }
}
