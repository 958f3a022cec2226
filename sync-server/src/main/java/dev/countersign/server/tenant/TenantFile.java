package dev.countersign.server.tenant;

import dev.countersign.common.crypto.Secret;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.Migrations;
import dev.countersign.common.sql.SqlCipher;
import dev.countersign.server.config.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** A tenant's open file: one writing connection under a fair lock, a few that read. */
final class TenantFile implements OpenTenant {
  /** Two cores serve a shop; more readers would only keep more pages in memory. */
  private static final int READERS = 4;

  /**
   * Of the log file, 16 MB, and so how much it holds when they are carried into the file itself:
   * every writer waits for that, and what many batches wrote again and again is carried once.
   */
  private static final int PAGES_BETWEEN_CHECKPOINTS = 4_000;

  private final Path file;
  private final Secret key;
  private final Function<Db, TenantScope> scopes;
  private final ReentrantLock writing = new ReentrantLock(true);
  private final Db writer;
  private final Clerk clerk;
  private final Semaphore readersLeft = new Semaphore(READERS, true);
  private final Deque<Db> idleReaders = new ArrayDeque<>();

  private TenantFile(Path file, Secret key, Db writer, Function<Db, TenantScope> scopes) {
    this.file = file;
    this.key = key;
    this.scopes = scopes;
    this.writer = writer;
    this.clerk = Clerk.of(writing, work -> writer.atomically(() -> work.run(writer)), scopes);
  }

  static TenantFile open(
      Path file, Secret key, Migrations migrations, Function<Db, TenantScope> scopes)
      throws IOException, SQLException {
    PrivateFiles.createFile(file);
    Db db = new Db(SqlCipher.openWriter(file, key));
    try {
      db.execute("PRAGMA wal_autocheckpoint = " + PAGES_BETWEEN_CHECKPOINTS);
      migrations.apply(db);
      return new TenantFile(file, key, db, scopes);
    } catch (SQLException | RuntimeException e) {
      db.close();
      throw e;
    }
  }

  @Override
  public <T, E extends Exception> T write(Tenants.Work<T, E> work) throws SQLException, E {
    writing.lock();
    try {
      return writer.transaction(() -> work.run(scopes.apply(writer)));
    } finally {
      writing.unlock();
    }
  }

  @Override
  public <T, E extends Exception> T writeAmong(Tenants.Work<T, E> work) throws SQLException, E {
    return clerk.write(work);
  }

  /** How many stand in line to write among others. */
  int waiting() {
    return clerk.waiting();
  }

  @Override
  public <T, E extends Exception> T read(Tenants.Work<T, E> work) throws SQLException, E {
    readersLeft.acquireUninterruptibly();
    try {
      Db db = takeReader();
      boolean sound = false;
      try {
        db.update("BEGIN");
        try {
          T result = work.run(scopes.apply(db));
          sound = true;
          return result;
        } finally {
          db.update("ROLLBACK");
        }
      } finally {
        // A reader that met an error is not used again: closing it surely ends its transaction.
        if (sound) {
          giveBack(db);
        } else {
          db.close();
        }
      }
    } finally {
      readersLeft.release();
    }
  }

  @Override
  public void close() throws SQLException {
    clerk.close();
    writing.lock();
    try {
      readersLeft.acquireUninterruptibly(READERS);
      synchronized (idleReaders) {
        for (Db reader : idleReaders) {
          reader.close();
        }
        idleReaders.clear();
      }
      writer.close();
    } finally {
      writing.unlock();
    }
  }

  private Db takeReader() throws SQLException {
    synchronized (idleReaders) {
      Db idle = idleReaders.poll();
      if (idle != null) {
        return idle;
      }
    }
    return new Db(SqlCipher.openReader(file, key));
  }

  private void giveBack(Db db) {
    synchronized (idleReaders) {
      idleReaders.push(db);
    }
  }
}
