package dev.countersign.app.demo;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The machine's monotonic clock, which can be held still while a code is sent: a scanner sends it
 * at once, and a busy machine must not make a slow typist of it.
 */
public final class HeldTime implements LongSupplier {
  private volatile @Nullable Long held;

  @Override
  public long getAsLong() {
    Long still = held;
    return still == null ? System.nanoTime() : still;
  }

  public void hold() {
    held = System.nanoTime();
  }

  public void goOn() {
    held = null;
  }
}
