package dev.countersign.server.tenant;

import java.sql.SQLException;

/** One tenant's data, open for work. Safe for any thread. */
public interface OpenTenant extends AutoCloseable {
  /** Runs work in the tenant's one writing transaction; see {@link Tenants#write}. */
  <T, E extends Exception> T write(Tenants.Work<T, E> work) throws SQLException, E;

  /** Runs work perhaps in one transaction with that of others; see {@link Tenants#writeAmong}. */
  default <T, E extends Exception> T writeAmong(Tenants.Work<T, E> work) throws SQLException, E {
    return write(work);
  }

  /** Runs work on one consistent state, beside any writer; see {@link Tenants#read}. */
  <T, E extends Exception> T read(Tenants.Work<T, E> work) throws SQLException, E;

  /** Waits for work under way. */
  @Override
  void close() throws SQLException;
}
