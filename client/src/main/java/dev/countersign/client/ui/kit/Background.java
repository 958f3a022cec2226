package dev.countersign.client.ui.kit;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Runs what may wait for a disk or a network away from the screen, one piece after the other in the
 * order asked for, and hands every result to the screen's thread.
 */
public final class Background {
  private final Executor worker;
  private final Executor screen;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean running;

  /**
   * @param worker starts each run on a thread of its own, such as a virtual one
   * @param screen runs on the screen's thread, such as {@code Platform::runLater}
   */
  public Background(Executor worker, Executor screen) {
    this.worker = worker;
    this.screen = screen;
  }

  /** Another lane: its pieces do not wait for those of this one. */
  public Background beside() {
    return new Background(worker, screen);
  }

  /**
   * Does the work and hands over what it gave.
   *
   * @param failed takes what the work threw, an error as the cause of an {@link
   *     ExecutionException}; never a result that {@code done} threw at
   */
  public <T> void run(Callable<T> work, Consumer<T> done, Consumer<Exception> failed) {
    enqueue(
        () -> {
          try {
            T result = work.call();
            screen.execute(() -> done.accept(result));
          } catch (Exception e) {
            screen.execute(() -> failed.accept(e));
          } catch (Throwable e) {
            // A library that cannot be loaded is no reason to say nothing.
            screen.execute(() -> failed.accept(new ExecutionException(e)));
          }
        });
  }

  private void enqueue(Runnable piece) {
    synchronized (waiting) {
      waiting.add(piece);
      if (running) {
        return;
      }
      running = true;
    }
    worker.execute(this::drain);
  }

  private void drain() {
    while (true) {
      Runnable piece;
      synchronized (waiting) {
        piece = waiting.poll();
        if (piece == null) {
          running = false;
          return;
        }
      }
      try {
        piece.run();
      } catch (Throwable e) {
        // Whatever it is, those behind it have their turn.
        Thread here = Thread.currentThread();
        here.getUncaughtExceptionHandler().uncaughtException(here, e);
      }
    }
  }
}
