package dev.countersign.server.db.postgres;

import dev.countersign.common.sql.Db;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables in PostgreSQL: made and changed by the migrator as their owner, never by a server. The
 * version stands in the schema's comment. The three roles and the schema itself are a database
 * administrator's to make, once.
 */
public final class PostgresSchema {
  /** Owns everything and cannot sign in. */
  public static final String OWNER = "countersign_owner";

  /** What a server's role is granted. */
  public static final String APP = "countersign_app";

  static final String NAME = "countersign";

  private static final long MIGRATION_LOCK = 0x636f756e74657273L;

  /** They can be seen only while no tenant is set: work for a tenant has no way to them. */
  private static final List<String> CONTROL =
      List.of(
          """
          tenant (
            id bytea PRIMARY KEY,
            name text COLLATE "C" NOT NULL UNIQUE,
            currency text NOT NULL,
            environment text NOT NULL,
            wrapped_key bytea NOT NULL,
            wrapped_log_seed bytea NOT NULL,
            created bigint NOT NULL
          )\
          """,
          "installation (one bigint PRIMARY KEY CHECK (one = 1), environment text NOT NULL)",
          """
          key_history (
            kind text NOT NULL,
            owner text NOT NULL,
            number bigint NOT NULL,
            public_key bytea NOT NULL,
            statement bytea NOT NULL,
            since bigint NOT NULL,
            PRIMARY KEY (kind, owner, number)
          )\
          """,
          "device_index (device bytea PRIMARY KEY, tenant bytea NOT NULL)",
          "code_index (code text PRIMARY KEY, tenant bytea NOT NULL, expires bigint NOT NULL)",
          "server_key (one bigint PRIMARY KEY CHECK (one = 1), wrapped_seed bytea NOT NULL)",
          "guess_count (subject bytea PRIMARY KEY, failures bigint NOT NULL, last bigint NOT NULL,"
              + " not_before bigint NOT NULL)",
          "used_challenge (challenge bytea PRIMARY KEY, expires bigint NOT NULL)",
          "departure (tenant bytea PRIMARY KEY, destination text NOT NULL, done bigint NOT NULL)");

  private final List<String> scripts;

  /**
   * @param scripts the migrations of a tenant file, see {@link PostgresDdl}
   */
  public PostgresSchema(List<String> scripts) {
    this.scripts = List.copyOf(scripts);
  }

  /** The version that this program works with. */
  int version() {
    return scripts.size();
  }

  /** What a new tenant begins with. */
  List<String> seeds() {
    return scripts.stream().flatMap(script -> PostgresDdl.seeds(script).stream()).toList();
  }

  /**
   * Brings the tables up to date in one transaction and closes the connection.
   *
   * @param migrator of a role that may become the owner
   * @return how many steps were taken
   * @throws SQLException also when the tables are of a newer program
   */
  public int migrate(Connection migrator) throws SQLException {
    try (Db db = new Db(migrator)) {
      migrator.setAutoCommit(false);
      db.first("SELECT 1, pg_advisory_xact_lock(?)", row -> row.integer(1), MIGRATION_LOCK);
      db.execute("SET LOCAL ROLE " + OWNER);
      db.execute("SET LOCAL search_path = " + NAME + ", pg_temp");
      int standing = installed(db);
      if (standing > version()) {
        throw new SQLException(
            "The tables have version " + standing + ", this program knows " + version() + ".");
      }
      for (int step = standing; step < version(); step++) {
        for (String statement : step == 0 ? first() : List.<String>of()) {
          db.execute(statement);
        }
        for (String statement : PostgresDdl.tables(scripts.get(step))) {
          db.execute(statement);
        }
      }
      db.execute("COMMENT ON SCHEMA " + NAME + " IS 'version " + version() + "'");
      migrator.commit();
      return version() - standing;
    }
  }

  /** The version of the tables there are; 0 before the first. */
  static int installed(Db db) throws SQLException {
    return db.first(
            "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = ?",
            row -> version(row.textOrNull(1)),
            NAME)
        .orElseThrow(() -> new SQLException("There is no schema " + NAME + " in the database."));
  }

  private static int version(@org.jspecify.annotations.Nullable String comment) {
    return comment != null && comment.matches("version \\d{1,6}")
        ? Integer.parseInt(comment.substring("version ".length()))
        : 0;
  }

  private static List<String> first() {
    List<String> ddl = new ArrayList<>();
    ddl.add("GRANT USAGE ON SCHEMA " + NAME + " TO " + APP);
    // Beyond any number of a row that comes from a file.
    ddl.add("CREATE SEQUENCE arrival START WITH " + (1L << 40));
    ddl.add("GRANT USAGE ON SEQUENCE arrival TO " + APP);
    ddl.add(
        """
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$\
        """);
    for (String table : CONTROL) {
      String name = table.substring(0, table.indexOf(' '));
      ddl.add("CREATE TABLE " + table);
      PostgresDdl.force(ddl, name);
      ddl.add(
          ("CREATE POLICY outside_of_tenants ON " + name)
              + (" USING ((SELECT " + PostgresDdl.CURRENT + ") IS NULL)"));
      ddl.add("GRANT SELECT, INSERT ON " + name + " TO " + APP);
    }
    ddl.add("GRANT UPDATE (wrapped_seed) ON server_key TO " + APP);
    ddl.add("GRANT UPDATE (wrapped_log_seed) ON tenant TO " + APP);
    ddl.add("GRANT DELETE ON code_index, used_challenge TO " + APP);
    ddl.add("GRANT UPDATE, DELETE ON guess_count TO " + APP);
    return ddl;
  }
}
