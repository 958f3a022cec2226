package dev.countersign.client.sync;

import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition instead of for a time. */
final class Eventually {
  private static final long LIMIT_NANOS = 30_000_000_000L;
  private static final long STEP_NANOS = 10_000_000L;

  private Eventually() {}

  static void holds(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!condition.call()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("never held: " + what);
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }
}
