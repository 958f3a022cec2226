package dev.countersign.client.sync;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How the loop waits; a test passes one that does not. */
@FunctionalInterface
public interface Pause {
  /** Returns when the time is over or somebody rang, whichever is first. */
  void await(Semaphore bell, Duration atMost) throws InterruptedException;

  /** Really waits. */
  static Pause real() {
    return (bell, atMost) -> {
      if (bell.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
        bell.drainPermits();
      }
    };
  }
}
