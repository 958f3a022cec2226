package dev.countersign.server.db.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.countersign.common.sql.Db;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/**
 * A pool of connections as the server's role. A tenant is set inside the transaction and for it
 * only: PostgreSQL itself forgets it at the end, however it ends, so nothing of it stays with a
 * connection that goes back to the pool.
 */
public final class Postgres implements AutoCloseable {
  private static final int CONNECTIONS = 10;
  private static final long PATIENCE_MS = 10_000;

  /** What is acknowledged is on the disk, also where the database's own setting is laxer. */
  private static final String EVERY_SESSION =
      "SET search_path = countersign, pg_temp; SET synchronous_commit = on;"
          + " SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s'";

  private static final long CONTROL_LOCK = 0x636f6e74726f6cL;

  private final HikariDataSource pool;
  private final FreshPlans plans = new FreshPlans();

  private Postgres(HikariDataSource pool) {
    this.pool = pool;
  }

  /** Work in a transaction. */
  @FunctionalInterface
  interface Work<T, E extends Exception> {
    T run(Db db) throws SQLException, E;
  }

  /**
   * Connects, and makes sure that the role is held by row level security and the tables are those
   * of this program.
   *
   * @throws UnsafeRoleException when the role or the tables would not keep tenants apart
   * @throws IOException when the tables are of another version
   */
  public static Postgres open(PostgresAddress address, PostgresSchema schema)
      throws IOException, SQLException {
    HikariConfig config = new HikariConfig();
    config.setPoolName("countersign");
    config.setJdbcUrl(address.url());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setAutoCommit(false);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(PATIENCE_MS);
    config.setConnectionInitSql(EVERY_SESSION);
    // Else what every session begins with would be rolled back with the first transaction.
    config.setIsolateInternalQueries(true);
    // Rows come in runs, as a whole log may be read; errors name no values.
    config.addDataSourceProperty("defaultRowFetchSize", "500");
    config.addDataSourceProperty("logServerErrorDetail", "false");
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    HikariDataSource pool;
    try {
      pool = new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException e) {
      throw new IOException("PostgreSQL does not let the server in: " + e.getMessage(), e);
    }
    Postgres postgres = new Postgres(pool);
    try {
      postgres.require(schema);
      return postgres;
    } catch (IOException | SQLException | RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  private void require(PostgresSchema schema) throws IOException, SQLException {
    try (Connection connection = pool.getConnection();
        Db db = new Db(connection)) {
      int installed = PostgresSchema.installed(db);
      if (installed != schema.version()) {
        throw new IOException(
            "The tables in PostgreSQL have version "
                + installed
                + ", this program works with "
                + schema.version()
                + ". Run: countersign server migrate-schema");
      }
      RoleCheck.require(db);
    }
  }

  /** True when a server has been set up on this database. */
  public boolean isSetUp() throws SQLException {
    return control(db -> db.first("SELECT 1 FROM server_key", row -> row.integer(1)).isPresent());
  }

  /** One writer at a time, for the few rows beside the tenants'. */
  <T> T control(Work<T, SQLException> work) throws SQLException {
    return transaction(
        db -> {
          // Said and not only left out: a session may have been told otherwise.
          db.first(
              "SELECT set_config('app.tenant', '', true), pg_advisory_xact_lock(?)",
              row -> row.text(1),
              CONTROL_LOCK);
          return work.run(db);
        });
  }

  /** As the tenant's one writer, in whichever server; waits for the one before. */
  <T, E extends Exception> T write(UUID tenant, Work<T, E> work) throws SQLException, E {
    return this.<T, E>transaction(
        db -> {
          // Read committed: what follows sees all that the writer before has committed.
          db.first(
              "SELECT set_config('app.tenant', ?, true), pg_advisory_xact_lock(?)",
              row -> row.text(1),
              tenant.toString(),
              tenant.getMostSignificantBits() ^ tenant.getLeastSignificantBits());
          return work.run(db);
        });
  }

  /**
   * As the tenant's one writer, and then outside of any tenant, in one transaction: what a tenant
   * brings along and that there is such a tenant become durable together.
   */
  <T, E extends Exception> T admit(UUID tenant, Work<T, E> work, Work<?, SQLException> beside)
      throws SQLException, E {
    return this.<T, E>write(
        tenant,
        db -> {
          // Looking through a long history takes its time between two statements.
          db.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
          T result = work.run(db);
          outside(db);
          beside.run(db);
          return result;
        });
  }

  /** Whether there is such a tenant, once whoever is bringing it has ended. */
  public boolean knows(UUID tenant) throws SQLException {
    return this.<Boolean, SQLException>write(
        tenant,
        db -> {
          outside(db);
          return db.first("SELECT 1 FROM tenant WHERE id = ?", row -> row.integer(1), tenant)
              .isPresent();
        });
  }

  private static void outside(Db db) throws SQLException {
    db.first("SELECT set_config('app.tenant', '', true)", row -> row.text(1));
  }

  /** On one consistent state of the tenant's rows, beside any writer. */
  <T, E extends Exception> T read(UUID tenant, Work<T, E> work) throws SQLException, E {
    return this.<T, E>transaction(
        db -> {
          db.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
          db.first(
              "SELECT set_config('app.tenant', ?, true)", row -> row.text(1), tenant.toString());
          return work.run(db);
        });
  }

  private <T, E extends Exception> T transaction(Work<T, E> work) throws SQLException, E {
    try (Connection connection = pool.getConnection();
        Db db = Db.overNetwork(connection)) {
      boolean done = false;
      try {
        plans.used(connection, db);
        T result = work.run(db);
        db.settle();
        connection.commit();
        done = true;
        return result;
      } finally {
        if (!done) {
          undo(connection);
        }
      }
    }
  }

  private static void undo(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException _) {
      // The connection is lost and its transaction with it; the first error is the one to tell.
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
