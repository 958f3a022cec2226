package dev.countersign.server.tenant;

import dev.countersign.common.sql.Db;
import java.sql.SQLException;

/** Where {@link ControlFile} keeps its four tables. Safe for any thread. */
public interface ControlData extends AutoCloseable {
  /** Some statements on them. */
  @FunctionalInterface
  interface Step<T> {
    T run(Db db) throws SQLException;
  }

  /** Runs a step by itself: durable when this returns. */
  <T> T run(Step<T> step) throws SQLException;

  @Override
  void close() throws SQLException;
}
