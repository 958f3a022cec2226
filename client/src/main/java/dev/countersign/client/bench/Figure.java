package dev.countersign.client.bench;

import java.util.Arrays;

/**
 * What one measurement gave; times in microseconds.
 *
 * @param key the benchmark's name
 * @param median of the measured path
 * @param p99 of the measured path
 * @param floor median of the floor, measured in the same run in turns with the path
 * @param floorP99 of the floor
 */
public record Figure(String key, double median, double p99, double floor, double floorP99) {
  /** How many times the floor the path takes, by the medians. */
  public double ratio() {
    return median / floor;
  }

  static Figure of(String key, long[] nanos, long[] floorNanos) {
    return new Figure(
        key,
        percentile(nanos, 50),
        percentile(nanos, 99),
        percentile(floorNanos, 50),
        percentile(floorNanos, 99));
  }

  private static double percentile(long[] nanos, int percent) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    int index = Math.min(sorted.length - 1, sorted.length * percent / 100);
    return sorted[index] / 1000.0;
  }
}
