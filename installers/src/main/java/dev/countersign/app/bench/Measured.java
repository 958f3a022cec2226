package dev.countersign.app.bench;

import java.util.Arrays;

/**
 * What a measurement of a whole program, or over the network, gave.
 *
 * @param value of the measured path, in that unit
 * @param floor the same of the floor, from the same run
 * @param p99 microseconds; 0 for what is no time
 */
public record Measured(double value, String unit, double floor, double p99) {
  /** Times of a path and of its floor; the medians count. */
  static Measured of(long[] path, long[] floor) {
    return new Measured(percentile(path, 50), "µs", percentile(floor, 50), percentile(path, 99));
  }

  /** The value below which that many of a hundred lie, microseconds. */
  static double percentile(long[] nanos, int percent) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1000.0;
  }
}
