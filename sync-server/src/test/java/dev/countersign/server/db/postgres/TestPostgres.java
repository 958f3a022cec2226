package dev.countersign.server.db.postgres;

import dev.countersign.common.sql.Db;
import dev.countersign.server.launch.Schema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A real PostgreSQL of this JVM, with the three roles and the tables, as a start leaves them. */
public final class TestPostgres {
  static final PostgresSchema SCHEMA = new PostgresSchema(Schema.scripts());

  private static final EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();

  private static EmbeddedPostgres server;

  private TestPostgres() {}

  /** What an administrator does once. */
  private static final String[] ONCE = {
    "CREATE ROLE countersign_owner NOLOGIN",
    "CREATE ROLE countersign_migrator LOGIN NOINHERIT IN ROLE countersign_owner",
    "CREATE ROLE countersign_app LOGIN",
    "CREATE SCHEMA countersign AUTHORIZATION countersign_owner"
  };

  private static synchronized EmbeddedPostgres server() throws IOException, SQLException {
    if (server == null) {
      EmbeddedPostgres started = builder.start();
      try (Connection admin = connect(started, "postgres");
          Statement statement = admin.createStatement()) {
        for (String sql : ONCE) {
          statement.execute(sql);
        }
      }
      SCHEMA.migrate(connect(started, "countersign_migrator"));
      server = started;
    }
    return server;
  }

  /**
   * Tests have no power cuts and do without the disk; a measurement may not. Before the first use.
   */
  public static synchronized void syncEveryCommit() {
    for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
      builder.setServerConfig(setting, "on");
    }
  }

  private static Connection connect(EmbeddedPostgres to, String user) throws SQLException {
    return DriverManager.getConnection(
        to.getJdbcUrl("postgres", "postgres").split("\\?")[0], user, "-");
  }

  /** A connection outside of any pool, on the tables' schema. */
  public static Connection connect(String user) throws IOException, SQLException {
    Connection connection = connect(server(), user);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET search_path = countersign, pg_temp");
    }
    return connection;
  }

  /** One that sends a statement as it is, with the places of its parameters left open. */
  public static Connection connectPlainly(String user) throws IOException, SQLException {
    Connection connection =
        DriverManager.getConnection(address(user).url() + "?preferQueryMode=simple", user, "-");
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET search_path = countersign, pg_temp");
    }
    return connection;
  }

  /** Where it is, for this role. */
  public static PostgresAddress address(String user) throws IOException, SQLException {
    String url = "jdbc:postgresql://localhost:" + server().getPort() + "/postgres";
    return new PostgresAddress(url, user, "-");
  }

  /** A pool as the server has it. */
  public static Postgres open() throws IOException, SQLException {
    return Postgres.open(address(PostgresSchema.APP), SCHEMA);
  }

  public static PostgresTenants tenants(Postgres postgres) {
    return new PostgresTenants(postgres, SCHEMA);
  }

  /** Forgets which tenants there are; what they have stays, out of everyone's sight. */
  public static void forget() throws IOException, SQLException {
    try (Db admin = new Db(connect("postgres"))) {
      admin.execute("TRUNCATE " + String.join(", ", controlTables(admin)));
    }
  }

  /** Every table that tenants' data stands in. */
  public static List<String> tenantTables(Db admin) throws SQLException {
    return tables(admin, "EXISTS");
  }

  /** Every table beside the tenants'. */
  public static List<String> controlTables(Db admin) throws SQLException {
    return tables(admin, "NOT EXISTS");
  }

  private static List<String> tables(Db admin, String whether) throws SQLException {
    return admin.list(
        "SELECT relname FROM pg_class WHERE relnamespace = 'countersign'::regnamespace"
            + " AND relkind IN ('r', 'p') AND NOT relispartition AND "
            + whether
            + " (SELECT 1 FROM pg_attribute WHERE attrelid = pg_class.oid"
            + " AND attname = 'tenant_id') ORDER BY relname",
        row -> row.text(1));
  }

  /** Makes a server on this folder keep its tenants here. */
  public static void nameIn(Path folder) throws IOException, SQLException {
    Files.writeString(
        folder.resolve("postgres.properties"),
        "url=" + address(PostgresSchema.APP).url() + "\nuser=countersign_app\n");
  }
}
