package dev.countersign.server.tenant;

import dev.countersign.common.sql.Db;
import java.sql.SQLException;

/** Where {@link ControlFile} keeps its tables. Safe for any thread. */
public interface ControlData extends AutoCloseable {
  /** Some statements on them. */
  @FunctionalInterface
  interface Step<T> {
    T run(Db db) throws SQLException;
  }

  /** Runs a step by itself: all of it is durable when this returns, none of it when it throws. */
  <T> T run(Step<T> step) throws SQLException;

  @Override
  void close() throws SQLException;
}
