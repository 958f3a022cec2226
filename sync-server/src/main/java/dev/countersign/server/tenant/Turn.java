package dev.countersign.server.tenant;

import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Work that waits to be done together with that of others, by another thread. */
final class Turn<T, E extends Exception> {
  private final Tenants.Work<T, E> work;
  private @Nullable T result;
  private @Nullable Throwable failure;
  private final CountDownLatch over = new CountDownLatch(1);

  Turn(Tenants.Work<T, E> work) {
    this.work = work;
  }

  /** Does the work in a transaction that is lost with it when it throws. */
  void attempt(TenantScope scope) throws Exception {
    result = work.run(scope);
  }

  /**
   * Does the work as a step of the transaction that is open.
   *
   * @throws SQLException when the transaction is lost
   */
  void take(Db db, TenantScope scope) throws SQLException {
    try {
      result = db.step(() -> work.run(scope));
    } catch (Db.LostTransactionException e) {
      failure = e.getCause();
      throw e;
    } catch (Exception e) {
      failure = e;
    }
  }

  /** What it came to is durable. */
  void stands() {
    over.countDown();
  }

  /** The transaction is lost. */
  void fails(Throwable reason) {
    if (failure == null) {
      failure = reason;
    }
    over.countDown();
  }

  /** Waits until it is over: what it came to, thrown if it came to that. */
  @SuppressWarnings({"unchecked", "NullAway"}) // Null is a result where T may be null.
  T result() throws SQLException, E {
    await();
    switch (failure) {
      case null -> {
        return result;
      }
      case SQLException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw (E) failure;
    }
  }

  /** Who is interrupted must know all the same whether it stands. */
  private void await() {
    boolean interrupted = false;
    while (true) {
      try {
        over.await();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
