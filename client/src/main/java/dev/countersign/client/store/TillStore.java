package dev.countersign.client.store;

import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.Migrations;
import dev.countersign.common.sql.SqlCipher;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The open store of a device. One connection writes and checkpoints, behind a fair lock; a few only
 * read, each lent to one thread at a time. The process holds the folder as long as this is open.
 *
 * <p>A write is durable when {@link #write} returns. Safe for any thread; blocking, so not for the
 * screen's thread.
 */
public final class TillStore implements AutoCloseable {
  private static final int READERS = 3;

  private final DeviceFolder.Held held;
  private final Db writer;
  private final List<Db> readers;
  private final BlockingQueue<Db> idle;
  private final ReentrantLock writing = new ReentrantLock(true);
  private volatile boolean closed;

  private TillStore(DeviceFolder.Held held, Db writer, List<Db> readers) {
    this.held = held;
    this.writer = writer;
    this.readers = List.copyOf(readers);
    this.idle = new ArrayBlockingQueue<>(READERS, true, readers);
  }

  /** Work on a connection. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    T on(Db db) throws SQLException, E;
  }

  /**
   * Makes the store of a new device.
   *
   * @param schema the migrations, from the first on
   * @throws StoreException also when there is a store already
   */
  public static TillStore create(DeviceFolder folder, Secret key, Migrations schema) {
    if (Files.exists(folder.storeFile())) {
      throw new StoreException(new StoreFault.Other("there is a store in this folder"), null);
    }
    try {
      folder.createStoreFile();
    } catch (IOException e) {
      throw new StoreException(new StoreFault.ReadOnly(), e);
    }
    return openHeld(folder, key, schema);
  }

  /**
   * Opens the store of an enrolled device. The key stays the caller's to close.
   *
   * @throws StoreException with {@link StoreFault.Missing} when there is none: an empty one is
   *     never made in the place of one that was lost
   */
  public static TillStore open(DeviceFolder folder, Secret key, Migrations schema) {
    if (!Files.exists(folder.storeFile())) {
      throw new StoreException(new StoreFault.Missing(), null);
    }
    return openHeld(folder, key, schema);
  }

  private static TillStore openHeld(DeviceFolder folder, Secret key, Migrations schema) {
    DeviceFolder.Held held;
    try {
      held =
          folder
              .tryHold()
              .orElseThrow(() -> new StoreException(new StoreFault.AlreadyOpen(), null));
    } catch (IOException e) {
      throw new StoreException(new StoreFault.ReadOnly(), e);
    }
    List<Db> open = new ArrayList<>();
    try {
      Db writer = new Db(SqlCipher.openWriter(folder.storeFile(), key));
      open.add(writer);
      schema.apply(writer);
      List<Db> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        Db reader = new Db(SqlCipher.openReader(folder.storeFile(), key));
        open.add(reader);
        readers.add(reader);
      }
      return new TillStore(held, writer, readers);
    } catch (SQLException e) {
      StoreException fault = new StoreException(openingFault(folder, key, e), e);
      closeAll(open.reversed(), held, fault);
      throw fault;
    }
  }

  /** A wrong key and a damaged first page look the same to the library; the wraps know better. */
  private static StoreFault openingFault(DeviceFolder folder, Secret key, SQLException e) {
    StoreFault fault = StoreFaults.of(e);
    boolean unreadable = fault instanceof StoreFault.Damaged;
    return unreadable && !folder.isKey(key).orElse(false) ? new StoreFault.WrongKey() : fault;
  }

  /**
   * Runs work in one transaction: all of it is on the disk when this returns, none of it when it
   * throws. Must not be called from within itself.
   *
   * @throws StoreException when the store fails
   */
  public <T, E extends Exception> T write(Work<T, E> work) throws E {
    writing.lock();
    try {
      requireOpen();
      return writer.transaction(() -> work.on(writer));
    } catch (SQLException e) {
      throw new StoreException(StoreFaults.of(e), e);
    } finally {
      writing.unlock();
    }
  }

  /**
   * Runs work on a connection that can only read. What was written before this call is seen.
   *
   * @throws StoreException when the store fails
   */
  public <T, E extends Exception> T read(Work<T, E> work) throws E {
    Db reader = take();
    try {
      requireOpen();
      return work.on(reader);
    } catch (SQLException e) {
      throw new StoreException(StoreFaults.of(e), e);
    } finally {
      idle.add(reader);
    }
  }

  /**
   * Reads every page and looks for damage; may take seconds on a large store, selling goes on
   * meanwhile.
   *
   * @return the damage, or empty when there is none
   */
  public Optional<StoreFault> damage() {
    try {
      String verdict =
          read(db -> db.first("PRAGMA quick_check(1)", row -> row.text(1)).orElse("no answer"));
      return verdict.equals("ok") ? Optional.empty() : Optional.of(new StoreFault.Damaged(verdict));
    } catch (StoreException e) {
      return Optional.of(e.fault());
    }
  }

  /** Waits for whoever is reading or writing, then closes the readers first and the writer last. */
  @Override
  public void close() {
    writing.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      for (int i = 0; i < READERS; i++) {
        take();
      }
      List<Db> order = new ArrayList<>(readers);
      order.add(writer);
      StoreException failed = closeAll(order, held, null);
      idle.addAll(readers);
      if (failed != null) {
        throw failed;
      }
    } finally {
      writing.unlock();
    }
  }

  private Db take() {
    try {
      return idle.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(new StoreFault.Other("interrupted while waiting for a reader"), e);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the store is closed");
    }
  }

  private static @Nullable StoreException closeAll(
      List<Db> order, DeviceFolder.Held held, @Nullable StoreException first) {
    StoreException failed = first;
    for (Db db : order) {
      try {
        db.close();
      } catch (SQLException e) {
        failed = joined(failed, new StoreException(StoreFaults.of(e), e));
      }
    }
    try {
      held.close();
    } catch (IOException e) {
      failed = joined(failed, new StoreException(new StoreFault.Other("the lock file"), e));
    }
    return failed;
  }

  private static StoreException joined(@Nullable StoreException first, StoreException next) {
    if (first == null) {
      return next;
    }
    first.addSuppressed(next);
    return first;
  }
}
