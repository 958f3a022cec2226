package dev.countersign.common.crypto;

import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * Makes UUIDs of version 7 (RFC 9562 section 5.7): 48 bits of milliseconds, a 12-bit counter, 62
 * random bits. Ids of one generator always grow within a millisecond and over small steps back of
 * the clock; after a step back of more than ten seconds the new time is believed, since a corrected
 * clock must not leave a till making ids of next year. Safe for any thread.
 */
public final class UuidV7 {
  private static final long TOLERATED_STEP_BACK_MILLIS = 10_000;
  private static final int COUNTER_LIMIT = 1 << 12;
  private static final long MAX_MILLIS = (1L << 48) - 1;

  private final InstantSource clock;
  private final RandomGenerator random;
  private final ReentrantLock lock = new ReentrantLock();
  private long lastMillis = -1;
  private int counter;

  /** Takes the wall clock and the source of randomness, which should be a secure one. */
  public UuidV7(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** The next id. */
  public UUID next() {
    lock.lock();
    try {
      step(Math.clamp(clock.millis(), 0, MAX_MILLIS));
      long high = lastMillis << 16 | 0x7000 | counter;
      long low = random.nextLong() >>> 2 | 0x8000_0000_0000_0000L;
      return new UUID(high, low);
    } finally {
      lock.unlock();
    }
  }

  private void step(long now) {
    boolean ahead = now > lastMillis || lastMillis - now > TOLERATED_STEP_BACK_MILLIS;
    if (!ahead && ++counter < COUNTER_LIMIT) {
      return;
    }
    // A full counter borrows the next millisecond (RFC 9562 section 6.2). Starting in the lower
    // half leaves room for at least 2048 ids in each.
    lastMillis = ahead ? now : lastMillis + 1;
    counter = random.nextInt(COUNTER_LIMIT / 2);
  }
}
