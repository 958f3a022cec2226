package dev.countersign.client.flow;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Locks a till that nobody touches. A clock that is set forward or back does not matter to it. */
public final class Locking {
  private final LongSupplier nanos;
  private final Supplier<Duration> after;
  private long touched;

  /**
   * @param nanos only runs forward
   * @param after how long a till may lie untouched; zero never locks
   */
  public Locking(LongSupplier nanos, Supplier<Duration> after) {
    this.nanos = nanos;
    this.after = after;
    this.touched = nanos.getAsLong();
  }

  /** Somebody pressed a key, touched the screen or scanned. */
  public void touch() {
    touched = nanos.getAsLong();
  }

  /** Whether it has lain untouched long enough. */
  public boolean isDue() {
    long limit = after.get().toNanos();
    return limit > 0 && nanos.getAsLong() - touched >= limit;
  }
}
