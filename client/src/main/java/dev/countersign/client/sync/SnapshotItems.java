package dev.countersign.client.sync;

import dev.countersign.client.ledger.Arrival;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The items of a snapshot, read some runs ahead of whoever takes them on a thread of their own: the
 * store's one writer waits neither for JSON nor, if it can be helped, for the network. Used by one
 * thread.
 */
final class SnapshotItems implements Iterator<Arrival>, AutoCloseable {
  /** Items that are handed over at once. */
  private static final int RUN = 256;

  private static final int RUNS_AHEAD = 16;

  /** So often whoever waits looks what for. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final ByteLines lines;
  private final LongConsumer progress;
  private final BlockingQueue<Run> runs = new ArrayBlockingQueue<>(RUNS_AHEAD);
  private final Thread reader;
  private final boolean mayTire;
  private final BooleanSupplier isNetworkAwaited;
  private long nanosLeft;
  private Iterator<Arrival> run;
  private long taken;
  private boolean over;

  /** Items; with a fault the last. None and no fault is the end. */
  private record Run(List<Arrival> items, @Nullable Throwable fault) {}

  /** They came more slowly than whoever takes them may wait. */
  static final class TooSlowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooSlowException() {
      super("the network is slower than the store may wait");
    }
  }

  /**
   * Begins to read, and returns when the first run of them is there.
   *
   * @param patience how long to wait for the network in all; zero is for ever. What the reading
   *     itself takes on a slow machine is no reason to begin again.
   * @param isNetworkAwaited whether the lines wait for it at this moment
   * @param progress told how many were handed over
   */
  SnapshotItems(
      ByteLines lines, Duration patience, BooleanSupplier isNetworkAwaited, LongConsumer progress) {
    this.lines = lines;
    this.progress = progress;
    this.isNetworkAwaited = isNetworkAwaited;
    this.mayTire = patience.isPositive();
    this.nanosLeft = patience.toNanos();
    this.run = Collections.emptyIterator();
    this.reader = Thread.ofPlatform().daemon().name("snapshot-reader").start(this::readAll);
    try {
      open(runs.take());
    } catch (InterruptedException _) {
      throw interrupted();
    }
  }

  @Override
  public boolean hasNext() {
    while (!run.hasNext() && !over) {
      open(await());
    }
    return run.hasNext();
  }

  @Override
  public Arrival next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return run.next();
  }

  private Run await() {
    try {
      Run ready = runs.poll();
      if (ready != null || !mayTire) {
        return ready == null ? runs.take() : ready;
      }
      while (ready == null && nanosLeft > 0) {
        ready = runs.poll(LOOK_NANOS, TimeUnit.NANOSECONDS);
        if (ready == null && isNetworkAwaited.getAsBoolean()) {
          nanosLeft -= LOOK_NANOS;
        }
      }
      if (ready == null) {
        throw new TooSlowException();
      }
      return ready;
    } catch (InterruptedException _) {
      throw interrupted();
    }
  }

  private void open(Run next) {
    switch (next.fault()) {
      case null -> {}
      case IOException cut -> throw new UncheckedIOException(cut);
      case RuntimeException wrong -> throw wrong;
      case Throwable other -> throw new IllegalStateException(other);
    }
    over = next.items().isEmpty();
    run = next.items().iterator();
    taken += next.items().size();
    progress.accept(taken);
  }

  private static IllegalStateException interrupted() {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while waiting for a snapshot");
  }

  private void readAll() {
    try {
      List<Arrival> items = readRun();
      while (!items.isEmpty()) {
        runs.put(new Run(items, null));
        items = readRun();
      }
      runs.put(new Run(items, null));
    } catch (InterruptedException _) {
      // Nobody takes them any more.
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      fail(e);
    }
  }

  private void fail(Throwable fault) {
    try {
      runs.put(new Run(List.of(), fault));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Arrival> readRun() throws IOException {
    List<Arrival> items = new ArrayList<>(RUN);
    while (items.size() < RUN && lines.next()) {
      items.add(Arrival.read(lines.bytes(), lines.start(), lines.length()));
    }
    return items;
  }

  /** Ends the reading, wherever it is. */
  @Override
  public void close() {
    reader.interrupt();
    boolean interrupted = false;
    while (reader.isAlive()) {
      try {
        reader.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
