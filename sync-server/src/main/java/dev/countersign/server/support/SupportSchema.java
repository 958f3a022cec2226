package dev.countersign.server.support;

/** The tables of operator access in a tenant's file. */
public final class SupportSchema {
  /** Statements separated by a line that holds only a semicolon. */
  public static final String TABLES =
      """
      CREATE TABLE support_access (
        id BLOB PRIMARY KEY,
        asked_at INTEGER NOT NULL,
        reason TEXT NOT NULL,
        hours INTEGER NOT NULL,
        writing INTEGER NOT NULL,
        locked_out INTEGER NOT NULL,
        decision TEXT CHECK (decision IN ('APPROVED', 'REFUSED')),
        decided_by TEXT,
        decided_at INTEGER,
        expires INTEGER,
        uses INTEGER NOT NULL DEFAULT 0
      ) STRICT
      ;
      CREATE TRIGGER support_access_is_not_deleted BEFORE DELETE ON support_access
      BEGIN SELECT RAISE(ABORT, 'operator access is evidence'); END
      ;
      CREATE TABLE support_door (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        self_run INTEGER NOT NULL,
        closed_at INTEGER
      ) STRICT\
      """;

  /** What was done under an approval, command by command. */
  public static final String HISTORY =
      """
      CREATE TABLE support_use (
        access BLOB NOT NULL REFERENCES support_access,
        number INTEGER NOT NULL,
        at INTEGER NOT NULL,
        command TEXT NOT NULL,
        PRIMARY KEY (access, number)
      ) STRICT
      ;
      CREATE TRIGGER support_use_is_not_changed BEFORE UPDATE ON support_use
      BEGIN SELECT RAISE(ABORT, 'operator access is evidence'); END
      ;
      CREATE TRIGGER support_use_is_not_deleted BEFORE DELETE ON support_use
      BEGIN SELECT RAISE(ABORT, 'operator access is evidence'); END\
      """;

  private SupportSchema() {}
}
