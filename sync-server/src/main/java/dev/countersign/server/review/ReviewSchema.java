package dev.countersign.server.review;

/** The tables of access reviews in a tenant's file. */
public final class ReviewSchema {
  /**
   * Statements separated by a line that holds only a semicolon. A row is decided once, and nothing
   * of a review is ever deleted: it is evidence.
   */
  public static final String TABLES =
      """
      CREATE TABLE review (
        id BLOB PRIMARY KEY,
        opened_at INTEGER NOT NULL,
        opened_by TEXT NOT NULL,
        closed_at INTEGER,
        closed_by TEXT,
        evidence TEXT
      ) STRICT
      ;
      CREATE TRIGGER review_is_closed_for_good BEFORE UPDATE ON review
      WHEN OLD.closed_at IS NOT NULL
      BEGIN SELECT RAISE(ABORT, 'a review is evidence'); END
      ;
      CREATE TRIGGER review_is_not_deleted BEFORE DELETE ON review
      BEGIN SELECT RAISE(ABORT, 'a review is evidence'); END
      ;
      CREATE TABLE review_row (
        review BLOB NOT NULL REFERENCES review,
        subject BLOB NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('PERSON', 'KEY')),
        rights TEXT NOT NULL,
        last_used INTEGER,
        unused INTEGER NOT NULL,
        decision TEXT CHECK (decision IN ('KEEP', 'CHANGE', 'END')),
        decided_by TEXT,
        decided_at INTEGER,
        PRIMARY KEY (review, subject)
      ) STRICT
      ;
      CREATE TRIGGER review_row_is_decided_once BEFORE UPDATE ON review_row
      WHEN OLD.decision IS NOT NULL
      BEGIN SELECT RAISE(ABORT, 'a review is evidence'); END
      ;
      CREATE TRIGGER review_row_is_not_deleted BEFORE DELETE ON review_row
      BEGIN SELECT RAISE(ABORT, 'a review is evidence'); END
      ;
      CREATE TABLE review_rhythm (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        days INTEGER NOT NULL
      ) STRICT\
      """;

  private ReviewSchema() {}
}
