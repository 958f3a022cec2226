package dev.countersign.server.db.postgres;

import dev.countersign.server.tenant.ControlData;
import java.sql.SQLException;

/** The control data in PostgreSQL, out of reach while a tenant is set. */
public final class PostgresControl implements ControlData {
  private final Postgres postgres;

  /** Closes the database when it is closed itself: it is what a server opens first. */
  public PostgresControl(Postgres postgres) {
    this.postgres = postgres;
  }

  @Override
  public <T> T run(Step<T> step) throws SQLException {
    return postgres.control(step::run);
  }

  @Override
  public void close() {
    postgres.close();
  }
}
