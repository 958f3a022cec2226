package dev.countersign.server.tenant;

import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.Migrations;
import dev.countersign.common.sql.SqlCipher;
import dev.countersign.server.config.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/** A tenant's open file: one writing connection under a fair lock, a few that read. */
final class OpenTenant implements AutoCloseable {
  /** Two cores serve a shop; more readers would only keep more pages in memory. */
  private static final int READERS = 4;

  private final Tenant tenant;
  private final Path file;
  private final ControlFile.TenantKeys keys;
  private final SigningKey serverKey;
  private final InstantSource clock;
  private final ReentrantLock writing = new ReentrantLock(true);
  private final TenantScope writer;
  private final Semaphore readersLeft = new Semaphore(READERS, true);
  private final Deque<Db> idleReaders = new ArrayDeque<>();

  private OpenTenant(
      Tenant tenant,
      Path file,
      ControlFile.TenantKeys keys,
      Db writer,
      SigningKey serverKey,
      InstantSource clock) {
    this.tenant = tenant;
    this.file = file;
    this.keys = keys;
    this.serverKey = serverKey;
    this.clock = clock;
    this.writer = scope(writer);
  }

  static OpenTenant open(
      Tenant tenant,
      Path file,
      ControlFile.TenantKeys keys,
      Migrations migrations,
      SigningKey serverKey,
      InstantSource clock)
      throws IOException, SQLException {
    PrivateFiles.createFile(file);
    Db db = new Db(SqlCipher.openWriter(file, keys.fileKey()));
    try {
      migrations.apply(db);
      return new OpenTenant(tenant, file, keys, db, serverKey, clock);
    } catch (SQLException | RuntimeException e) {
      db.close();
      throw e;
    }
  }

  <T, E extends Exception> T write(Tenants.Work<T, E> work) throws SQLException, E {
    writing.lock();
    try {
      return writer.db().transaction(() -> work.run(writer));
    } finally {
      writing.unlock();
    }
  }

  <T, E extends Exception> T read(Tenants.Work<T, E> work) throws SQLException, E {
    readersLeft.acquireUninterruptibly();
    try {
      Db db = takeReader();
      boolean sound = false;
      try {
        db.update("BEGIN");
        try {
          T result = work.run(scope(db));
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
    writing.lock();
    try {
      readersLeft.acquireUninterruptibly(READERS);
      synchronized (idleReaders) {
        for (Db reader : idleReaders) {
          reader.close();
        }
        idleReaders.clear();
      }
      writer.db().close();
      keys.fileKey().close();
      keys.logKey().close();
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
    return new Db(SqlCipher.openReader(file, keys.fileKey()));
  }

  private void giveBack(Db db) {
    synchronized (idleReaders) {
      idleReaders.push(db);
    }
  }

  private TenantScope scope(Db db) {
    return new TenantScope(
        tenant.id(), tenant.currency(), db, keys.logKey(), tenant.logOrigin(), serverKey, clock);
  }
}
