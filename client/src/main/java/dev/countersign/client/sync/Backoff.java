package dev.countersign.client.sync;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after failures in a row: 1 s, doubling to 60 s, each shortened by up to half at
 * random, so that the tills of a shop do not all come back in the same moment. Used by one thread.
 */
final class Backoff {
  private static final long FIRST_MILLIS = 1_000;
  private static final long LONGEST_MILLIS = 60_000;

  private final RandomGenerator random;
  private long next = FIRST_MILLIS;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** The wait after one more failure; at least what the server asked for. */
  Duration afterFailure(Duration asked) {
    long wait = next / 2 + random.nextLong(next / 2 + 1);
    next = Math.min(LONGEST_MILLIS, next * 2);
    return Duration.ofMillis(Math.max(wait, asked.toMillis()));
  }

  void succeeded() {
    next = FIRST_MILLIS;
  }
}
