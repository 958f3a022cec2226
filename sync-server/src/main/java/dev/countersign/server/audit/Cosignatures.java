package dev.countersign.server.audit;

import dev.countersign.common.log.Checkpoint;
import dev.countersign.common.log.CheckpointReading;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.log.SignedCheckpoint;
import dev.countersign.common.protocol.CosignedCheckpoints;
import dev.countersign.common.sql.Row;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What devices, as witnesses, have cosigned of a tenant's log: the newest of each. One that carries
 * the log's own signature and is not of this log is kept and shown like all others: it says that
 * somebody was shown another history under the same key.
 */
public final class Cosignatures {
  private static final int LONGEST = 4 * 1024;
  private static final int AT_MOST = 500;

  /** What came of it. */
  public enum Taken {
    /** It is kept, or a newer one of this device is. */
    KEPT,
    /** The log's key signed it, and this log is another; kept, and new. */
    CONTRADICTS,
    /** Not the log's, or not cosigned by this device. */
    REFUSED
  }

  /**
   * What a device has cosigned last.
   *
   * @param fits whether it was of this log when it came
   */
  public record Word(UUID device, long size, boolean fits, Instant at, String checkpoint) {}

  private static final String COLUMNS =
      "SELECT device, size, fits, at, checkpoint FROM cosignature ";

  /** Takes what a device brings. */
  public Taken take(TenantScope scope, LogKey witness, UUID device, String text)
      throws SQLException {
    if (text.length() > LONGEST
        || !(Checkpoint.parse(text, scope.logOrigin(), scope.logKey().verifyKey())
            instanceof CheckpointReading.Verified(SignedCheckpoint seen))
        || seen.cosignedAt(witness).isEmpty()) {
      return Taken.REFUSED;
    }
    Checkpoint checkpoint = seen.checkpoint();
    boolean fits = AuditLog.was(scope, checkpoint.size(), checkpoint.root());
    Optional<Word> before =
        scope.db().first(COLUMNS + "WHERE device = ?", Cosignatures::word, device);
    // What contradicts is evidence: nothing that agrees takes its place.
    if (before.isPresent()
        && (before.get().fits() == fits
            ? checkpoint.size() < before.get().size()
            : !before.get().fits())) {
      return Taken.KEPT;
    }
    boolean known =
        before.isPresent()
            && !before.get().fits()
            && before.get().checkpoint().startsWith(checkpoint.body());
    write(
        scope,
        new Word(
            device,
            checkpoint.size(),
            fits,
            scope.clock().instant(),
            seen.withOnly(witness).text()));
    return fits || known ? Taken.KEPT : Taken.CONTRADICTS;
  }

  private static void write(TenantScope scope, Word word) throws SQLException {
    scope.db().update("DELETE FROM cosignature WHERE device = ?", word.device());
    scope
        .db()
        .update(
            "INSERT INTO cosignature (device, size, fits, at, checkpoint) VALUES (?, ?, ?, ?, ?)",
            word.device(),
            word.size(),
            word.fits(),
            word.at(),
            word.checkpoint());
  }

  /** What each device has cosigned last, the newest first. */
  public List<Word> all(TenantScope scope) throws SQLException {
    return scope
        .db()
        .list(COLUMNS + "ORDER BY fits, size DESC, device LIMIT ?", Cosignatures::word, AT_MOST);
  }

  /** The lines of all devices whose newest word is over this checkpoint. */
  public String linesOver(TenantScope scope, Checkpoint checkpoint) throws SQLException {
    String logs = "— " + scope.logOrigin() + " ";
    String head = checkpoint.body() + "\n";
    return scope
        .db()
        .list(
            COLUMNS + "WHERE size = ? AND fits = 1 ORDER BY device LIMIT ?",
            Cosignatures::word,
            checkpoint.size(),
            AT_MOST)
        .stream()
        .map(Word::checkpoint)
        .filter(text -> text.startsWith(head))
        .flatMap(text -> text.substring(head.length()).lines())
        .filter(line -> !line.startsWith(logs))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  /** The same as devices take it. */
  public CosignedCheckpoints newest(TenantScope scope) throws SQLException {
    return new CosignedCheckpoints(
        all(scope).stream()
            .map(word -> new CosignedCheckpoints.Of(word.device(), word.checkpoint()))
            .toList());
  }

  /** Forgets all: a new epoch begins, in which the log may be another. */
  public void forget(TenantScope scope) throws SQLException {
    scope.db().update("DELETE FROM cosignature");
  }

  private static Word word(Row row) throws SQLException {
    return new Word(row.uuid(1), row.integer(2), row.flag(3), row.instant(4), row.text(5));
  }
}
