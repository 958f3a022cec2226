package dev.countersign.server.review;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A review of who may do what. It names people and keys by id, so that it stays evidence when the
 * data of a person is erased.
 *
 * @param openedBy an id, or a word where it is no person
 * @param closedAt null while it is open
 */
public record Review(
    UUID id,
    Instant openedAt,
    String openedBy,
    @Nullable Instant closedAt,
    @Nullable String closedBy,
    List<Row> rows) {

  /** Whether somebody or a program goes on. */
  public enum Decision {
    KEEP,
    /** Another role, given at once. */
    CHANGE,
    /** Everything ends at once. */
    END
  }

  /** Whose rights a row is about. */
  public enum Kind {
    PERSON,
    KEY
  }

  /**
   * One person with rights, or one key in use, as it stood when the review was opened.
   *
   * @param rights each role with its place, or each permission of a key
   * @param lastUsed a sign-in, a sale or a request; null when none is known
   * @param unused true when nothing was done by it for 90 days
   * @param decision null while it is open
   */
  public record Row(
      UUID subject,
      Kind kind,
      List<String> rights,
      @Nullable Instant lastUsed,
      boolean unused,
      @Nullable Decision decision,
      @Nullable String decidedBy,
      @Nullable Instant decidedAt) {}

  public boolean isOpen() {
    return closedAt == null;
  }

  /** How many rows nobody has decided. */
  public long undecided() {
    return rows.stream().filter(row -> row.decision() == null).count();
  }
}
