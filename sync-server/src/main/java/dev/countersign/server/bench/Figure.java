package dev.countersign.server.bench;

/**
 * What one measurement gave.
 *
 * @param key the benchmark's name
 * @param value how many a second
 * @param unit what is counted, such as {@code sales/s}
 * @param floor the same of the floor, measured in the same run in turns
 * @param p99 of one batch or pass, in microseconds
 * @param bytesEach how large one of what is counted is
 */
public record Figure(
    String key, double value, String unit, double floor, double p99, long bytesEach) {
  /** Value over floor. */
  public double ratio() {
    return value / floor;
  }
}
