package dev.countersign.server.recheck;

/** The tables of the nightly recheck in a tenant's data. */
public final class RecheckSchema {
  /**
   * Migration script. {@code recheck.frontier} is how far the pass under way has come, as {@code
   * TreeFrontier} writes it; {@code sound_size} and {@code sound_root} are the head that the last
   * pass without a flaw ended at, which no later log may contradict. Incidents are evidence.
   */
  public static final String TABLES =
      """
      CREATE TABLE recheck (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        began INTEGER NOT NULL,
        target INTEGER NOT NULL,
        target_root BLOB NOT NULL,
        frontier BLOB NOT NULL,
        flaws INTEGER NOT NULL,
        ended INTEGER,
        sound_at INTEGER,
        sound_size INTEGER NOT NULL,
        sound_root BLOB NOT NULL
      ) STRICT
      ;
      CREATE TABLE log_incident (
        id INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        entry INTEGER NOT NULL,
        kind TEXT NOT NULL,
        detail TEXT NOT NULL
      ) STRICT
      ;
      CREATE INDEX log_incident_entry ON log_incident (entry)
      ;
      CREATE TRIGGER log_incident_is_not_replaced BEFORE INSERT ON log_incident
      WHEN EXISTS (SELECT 1 FROM log_incident WHERE id = NEW.id)
      BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END
      ;
      CREATE TRIGGER log_incident_is_not_changed BEFORE UPDATE ON log_incident
      BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END
      ;
      CREATE TRIGGER log_incident_is_not_deleted BEFORE DELETE ON log_incident
      BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END\
      """;

  private RecheckSchema() {}
}
