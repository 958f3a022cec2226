package dev.countersign.server.db.postgres;

import dev.countersign.server.launch.Schema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A real PostgreSQL of this JVM, with the three roles and the tables, as a start leaves them. */
public final class TestPostgres {
  static final PostgresSchema SCHEMA = new PostgresSchema(Schema.scripts());

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
      EmbeddedPostgres started = EmbeddedPostgres.builder().start();
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
    try (Connection admin = connect("postgres");
        Statement statement = admin.createStatement()) {
      statement.execute(
          "TRUNCATE tenant, device_index, code_index, server_key, guess_count, used_challenge");
    }
  }

  /** Makes a server on this folder keep its tenants here. */
  public static void nameIn(Path folder) throws IOException, SQLException {
    Files.writeString(
        folder.resolve("postgres.properties"),
        "url=" + address(PostgresSchema.APP).url() + "\nuser=countersign_app\n");
  }
}
