package dev.countersign.server.audit;

/** The log's tables in a tenant's file. */
public final class AuditSchema {
  /**
   * Migration script. Entries are stored in the runs they were appended in, one row per run: a
   * hundred rows per batch would cost more than everything else about them. {@code leaves} is as
   * {@link LeafRun} packs it. A tile stands in as many rows as appends have reached it; {@code
   * part} is the place in the tile of a row's first hash, so that a tile grows without a row being
   * changed. The triggers hold for every connection of this program; REPLACE, which deletes without
   * a delete trigger, is met by the insert triggers.
   */
  public static final String TABLES =
      """
      CREATE TABLE log_key (
        number INTEGER PRIMARY KEY,
        public_key BLOB NOT NULL,
        statement BLOB NOT NULL,
        since INTEGER NOT NULL
      )
      ;
      CREATE TABLE audit_run (
        first INTEGER PRIMARY KEY,
        count INTEGER NOT NULL CHECK (count > 0),
        leaves BLOB NOT NULL
      )
      ;
      CREATE TRIGGER audit_run_is_not_replaced BEFORE INSERT ON audit_run
      WHEN EXISTS (SELECT 1 FROM audit_run WHERE first = NEW.first)
      BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
      ;
      CREATE TRIGGER audit_run_is_not_changed BEFORE UPDATE ON audit_run
      BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
      ;
      CREATE TRIGGER audit_run_is_not_deleted BEFORE DELETE ON audit_run
      BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
      ;
      CREATE TABLE audit_tile (
        level INTEGER NOT NULL,
        idx INTEGER NOT NULL,
        part INTEGER NOT NULL,
        hashes BLOB NOT NULL,
        PRIMARY KEY (level, idx, part)
      )
      ;
      CREATE TRIGGER audit_tile_is_not_replaced BEFORE INSERT ON audit_tile
      WHEN EXISTS (SELECT 1 FROM audit_tile
        WHERE level = NEW.level AND idx = NEW.idx AND part = NEW.part)
      BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
      ;
      CREATE TRIGGER audit_tile_is_not_changed BEFORE UPDATE ON audit_tile
      BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
      ;
      CREATE TRIGGER audit_tile_is_not_deleted BEFORE DELETE ON audit_tile
      BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
      ;
      CREATE TABLE audit_head (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        size INTEGER NOT NULL,
        frontier BLOB NOT NULL,
        checkpoint TEXT NOT NULL
      )
      ;
      CREATE TRIGGER audit_head_is_not_replaced BEFORE INSERT ON audit_head
      WHEN EXISTS (SELECT 1 FROM audit_head)
      BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
      ;
      CREATE TRIGGER audit_head_only_grows BEFORE UPDATE ON audit_head
      WHEN NEW.size <= OLD.size
      BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
      ;
      CREATE TRIGGER audit_head_is_not_deleted BEFORE DELETE ON audit_head
      BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
      """;

  /**
   * Migration script: what the commitments in entries stand for, kept beside the log so that it can
   * be erased. Nothing of it is hashed into the tree.
   */
  public static final String OPENINGS =
      """
      CREATE TABLE audit_opening (
        entry INTEGER PRIMARY KEY,
        who TEXT NOT NULL,
        salt BLOB NOT NULL,
        address TEXT NOT NULL
      ) STRICT
      ;
      CREATE INDEX audit_opening_who ON audit_opening (who)\
      """;

  /** Migration script: the newest checkpoint that each device cosigned, beside the log. */
  public static final String COSIGNATURES =
      """
      CREATE TABLE cosignature (
        device BLOB PRIMARY KEY,
        size INTEGER NOT NULL,
        fits INTEGER NOT NULL,
        at INTEGER NOT NULL,
        checkpoint TEXT NOT NULL
      ) STRICT\
      """;

  private AuditSchema() {}
}
