package dev.countersign.server.tenant;

import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes for all that stand in line, as many of them at once as there may be, in the order they
 * came. Each is woken by itself when its work is over: were they to pass the writer on from one to
 * the next, it would rest while each of them waits for its time on a core, behind very many
 * requests. For the same reason it is a thread of the system; there is one while somebody comes.
 */
public final class Clerk implements AutoCloseable {
  /** How much is undone when it cannot be made durable, and how long one may wait for others. */
  private static final int AT_ONCE = 64;

  /** Long enough that a shop that sells keeps the thread that writes. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Lock writing;
  private final Consumer<List<Turn<?, ?>>> writer;
  private final Duration patience;
  private final Queue<Turn<?, ?>> waiting = new ConcurrentLinkedQueue<>();
  private final Semaphore bell = new Semaphore(0);
  private @Nullable Thread thread;
  private boolean closed;

  /** A tenant's writing transaction. */
  @FunctionalInterface
  public interface Transaction {
    /** Runs work in it: all of it is durable when this returns, none of it when it throws. */
    void run(Work work) throws SQLException;

    /** Work in the transaction. */
    @FunctionalInterface
    interface Work {
      void run(Db db) throws SQLException;
    }
  }

  /**
   * For a tenant.
   *
   * @param writing held while the writer is at work
   */
  public static Clerk of(Lock writing, Transaction transaction, Function<Db, TenantScope> scopes) {
    return new Clerk(writing, group -> write(group, transaction, scopes), PATIENCE);
  }

  /**
   * Takes its collaborators.
   *
   * @param writing held while the writer is at work
   * @param writer makes a group durable and lets each know what it came to; throws nothing
   * @param patience for how long the thread waits for somebody to come
   */
  Clerk(Lock writing, Consumer<List<Turn<?, ?>>> writer, Duration patience) {
    this.writing = writing;
    this.writer = writer;
    this.patience = patience;
  }

  /** One of a group has failed, and with it the transaction. */
  private static final class Undone extends SQLException {
    private static final long serialVersionUID = 1L;

    private final Exception reason;

    private Undone(Exception reason) {
      super("one of a group has failed", reason);
      this.reason = reason;
    }
  }

  /** Without anything by which one of them could be undone by itself: most never need it. */
  private static void attempt(List<Turn<?, ?>> group, Db db, Function<Db, TenantScope> scopes)
      throws Undone {
    try {
      for (Turn<?, ?> turn : group) {
        turn.attempt(scopes.apply(db));
      }
      db.settle();
    } catch (Exception e) {
      throw new Undone(e);
    }
  }

  private static void write(
      List<Turn<?, ?>> group, Transaction transaction, Function<Db, TenantScope> scopes) {
    try {
      try {
        transaction.run(db -> attempt(group, db, scopes));
      } catch (Undone e) {
        if (group.size() == 1) {
          group.getFirst().fails(e.reason);
          return;
        }
        transaction.run(
            db -> {
              for (Turn<?, ?> turn : group) {
                turn.take(db, scopes.apply(db));
              }
            });
      }
      group.forEach(Turn::stands);
    } catch (Db.LostTransactionException e) {
      SQLException reason = e.getCause() instanceof SQLException fault ? fault : e;
      group.forEach(turn -> turn.fails(reason));
    } catch (SQLException | RuntimeException | Error e) {
      // None of them is durable, whatever each came to.
      group.forEach(turn -> turn.fails(e));
    }
  }

  /**
   * Does work in its turn, perhaps in one transaction with others' that stood in line.
   *
   * @return what it came to, which is durable
   */
  public <T, E extends Exception> T write(Tenants.Work<T, E> work) throws SQLException, E {
    Turn<T, E> turn = new Turn<>(work);
    take(turn);
    return turn.result();
  }

  /** Puts work in line. */
  void take(Turn<?, ?> turn) {
    waiting.add(turn);
    synchronized (this) {
      if (thread == null) {
        try {
          thread = Thread.ofPlatform().daemon().name("clerk").start(this::work);
        } catch (OutOfMemoryError e) {
          // No thread is to be had: what nobody will do must not stay in line.
          waiting.remove(turn);
          throw e;
        }
      }
    }
    bell.release();
  }

  /** How many stand in line. */
  int waiting() {
    return waiting.size();
  }

  private void work() {
    do {
      bell.drainPermits();
      while (!waiting.isEmpty()) {
        writing.lock();
        try {
          writer.accept(group());
        } finally {
          writing.unlock();
        }
      }
    } while (isRungFor());
  }

  /** Waits for somebody to come; false when this thread is to end. */
  private boolean isRungFor() {
    boolean rung = false;
    try {
      rung = bell.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      // Nobody has a reason to; whoever is in line is looked after below.
    }
    synchronized (this) {
      if ((rung && !closed) || !waiting.isEmpty()) {
        return true;
      }
      thread = null;
      return false;
    }
  }

  private List<Turn<?, ?>> group() {
    List<Turn<?, ?>> group = new ArrayList<>();
    while (group.size() < AT_ONCE) {
      Turn<?, ?> next = waiting.poll();
      if (next == null) {
        break;
      }
      group.add(next);
    }
    return group;
  }

  /** Whoever stands in line is still looked after. */
  @Override
  public synchronized void close() {
    closed = true;
    bell.release();
  }
}
