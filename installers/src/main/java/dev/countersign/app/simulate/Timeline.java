package dev.countersign.app.simulate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The time of a world and what is to happen in it. Time stands still while something happens and
 * then jumps to the next thing, so that a month without a network takes no time. Two things of the
 * same moment happen in the order in which they were planned. Used by one thread.
 */
final class Timeline implements InstantSource {
  /** Something that happens. */
  @FunctionalInterface
  interface Happening {
    void happen() throws Exception;
  }

  private record Planned(Instant at, long order, Happening what) {}

  /** Any day will do; this one is no holiday and far from a change of the clocks. */
  static final Instant BEGIN = Instant.parse("2026-03-02T06:00:00Z");

  private final PriorityQueue<Planned> plans =
      new PriorityQueue<>(Comparator.comparing(Planned::at).thenComparingLong(Planned::order));
  private Instant now = BEGIN;
  private long order;

  @Override
  public Instant instant() {
    return now;
  }

  /** Nanoseconds since the world began. */
  long nanos() {
    return Duration.between(BEGIN, now).toNanos();
  }

  void at(Instant when, Happening what) {
    plans.add(new Planned(when.isBefore(now) ? now : when, order++, what));
  }

  void in(Duration wait, Happening what) {
    at(now.plus(wait), what);
  }

  /** Lets everything happen that is planned up to then. */
  void runUntil(Instant end) throws Exception {
    for (Planned next = plans.peek();
        next != null && !next.at().isAfter(end);
        next = plans.peek()) {
      plans.remove();
      now = next.at();
      next.what().happen();
    }
    now = end;
  }
}
