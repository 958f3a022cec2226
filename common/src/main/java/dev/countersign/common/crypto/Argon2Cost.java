package dev.countersign.common.crypto;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What one guess costs under Argon2id (RFC 9106). Costs come out of files and messages, so their
 * upper bounds keep a changed file from taking all memory or an hour.
 *
 * @param memoryKiB memory in KiB, 8 per lane to 1 GiB
 * @param passes over that memory, 1 to 20
 * @param lanes computed side by side, 1 to 16
 */
public record Argon2Cost(int memoryKiB, int passes, int lanes) {
  /** The least that may protect a PIN or password: 64 MiB, three passes. */
  public static final Argon2Cost FLOOR = new Argon2Cost(64 * 1024, 3, 1);

  /** Most passes; keeps a slow machine's calibration, and a hostile file, within seconds. */
  public static final int MAX_PASSES = 20;

  private static final int MAX_MEMORY_KIB = 1024 * 1024;
  private static final int MAX_LANES = 16;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if one is broken
   */
  public Argon2Cost {
    if (lanes < 1 || lanes > MAX_LANES) {
      throw new IllegalArgumentException("lanes must be 1 to " + MAX_LANES);
    }
    if (memoryKiB < 8 * lanes || memoryKiB > MAX_MEMORY_KIB) {
      throw new IllegalArgumentException("memory must be 8 KiB per lane to 1 GiB");
    }
    if (passes < 1 || passes > MAX_PASSES) {
      throw new IllegalArgumentException("passes must be 1 to " + MAX_PASSES);
    }
  }

  /** True if no part is below {@link #FLOOR}. */
  public boolean meetsFloor() {
    return memoryKiB >= FLOOR.memoryKiB && passes >= FLOOR.passes;
  }

  /**
   * Finds the passes that take about the target on this machine, by timing one derivation at the
   * floor. Never below the floor, however slow the machine; never over {@link #MAX_PASSES}.
   *
   * @param target for a till about 250 ms
   * @param nanoTime a clock that only runs forward, such as {@code System::nanoTime}
   * @throws IllegalArgumentException if the target is not positive
   */
  public static Argon2Cost calibrate(Duration target, LongSupplier nanoTime) {
    if (!target.isPositive()) {
      throw new IllegalArgumentException("the target must be positive");
    }
    // The first derivation also pays for loading the native code: it is not the one measured.
    derivationAtFloor();
    long start = nanoTime.getAsLong();
    derivationAtFloor();
    long took = Math.max(1, nanoTime.getAsLong() - start);
    double passes = (double) FLOOR.passes * target.toNanos() / took;
    int bounded = (int) Math.clamp(Math.floor(passes), FLOOR.passes, MAX_PASSES);
    return new Argon2Cost(FLOOR.memoryKiB, bounded, FLOOR.lanes);
  }

  private static void derivationAtFloor() {
    Argon2Kdf.derive(new byte[] {1}, new byte[Argon2Kdf.MIN_SALT], FLOOR, 32).close();
  }
}
