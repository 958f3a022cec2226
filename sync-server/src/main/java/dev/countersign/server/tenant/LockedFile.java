package dev.countersign.server.tenant;

import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

/** The file's one connection, used by one thread after the other. */
final class LockedFile implements ControlData {
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Db db;

  LockedFile(Db db) {
    this.db = db;
  }

  @Override
  public <T> T run(Step<T> step) throws SQLException {
    lock.lock();
    try {
      return db.<T, SQLException>transaction(() -> step.run(db));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws SQLException {
    lock.lock();
    try {
      db.close();
    } finally {
      lock.unlock();
    }
  }
}
