package dev.countersign.server.tenant;

import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.protocol.Succession;
import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which signing keys the server and its tenants' logs had, with the statements by which each gave
 * way to the next. Of a former key only the public half is left.
 */
public final class KeyHistory {
  private KeyHistory() {}

  /**
   * A key as it stands in the history.
   *
   * @param owner {@link Succession#SERVER}, or a tenant's id
   */
  public record Entry(
      Succession.Kind kind, String owner, long number, VerifyKey key, Instant since) {}

  static void begin(Db db, Succession.Kind kind, String owner, VerifyKey key, Instant now)
      throws SQLException {
    add(db, kind, owner, 1, key, new byte[0], now);
  }

  /** Makes the statement and notes the next key; the caller stores its seed in the same step. */
  static Next succeed(
      Db db,
      Succession.Kind kind,
      String owner,
      SigningKey previous,
      SigningKey next,
      Instant now,
      @Nullable String pin)
      throws SQLException {
    long number =
        db.first(
                    "SELECT max(number) FROM key_history WHERE kind = ? AND owner = ?",
                    row -> row.integer(1),
                    kind.name(),
                    owner)
                .orElse(1L)
            + 1;
    Succession said =
        new Succession(
            kind,
            owner,
            number,
            previous.verifyKey().toBase64(),
            next.verifyKey().toBase64(),
            0,
            now,
            pin);
    byte[] statement = Succession.seal(said, previous, next).encode();
    add(db, kind, owner, number, next.verifyKey(), statement, now);
    return new Next(statement, next);
  }

  /** A key that has just come into use. */
  record Next(byte[] statement, SigningKey key) {
    /** Its seed, to be sealed; the caller closes it. */
    Secret seed() {
      return key.seed();
    }
  }

  static List<byte[]> statements(Db db, Succession.Kind kind, String owner) throws SQLException {
    return db.list(
        "SELECT statement FROM key_history WHERE kind = ? AND owner = ? AND number > 1"
            + " ORDER BY number",
        row -> row.bytes(1),
        kind.name(),
        owner);
  }

  static Optional<Entry> newest(Db db, Succession.Kind kind, String owner) throws SQLException {
    return db.first(
        "SELECT number, public_key, since FROM key_history WHERE kind = ? AND owner = ?"
            + " ORDER BY number DESC LIMIT 1",
        row ->
            new Entry(kind, owner, row.integer(1), VerifyKey.fromRaw(row.bytes(2)), row.instant(3)),
        kind.name(),
        owner);
  }

  private static void add(
      Db db,
      Succession.Kind kind,
      String owner,
      long number,
      VerifyKey key,
      byte[] statement,
      Instant now)
      throws SQLException {
    db.update(
        "INSERT INTO key_history (kind, owner, number, public_key, statement, since)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        kind.name(),
        owner,
        number,
        key.raw(),
        statement,
        now);
  }
}
