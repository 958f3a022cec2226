package dev.countersign.app.bench;

import java.util.Arrays;

/**
 * What a measurement over the network gave; times in microseconds.
 *
 * @param value of the measured path, in that unit
 * @param floor the same of the floor, from the same run
 */
public record Measured(double value, String unit, double floor, double p99) {
  /** The value below which that many of a hundred lie. */
  static double percentile(long[] nanos, int percent) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1000.0;
  }
}
