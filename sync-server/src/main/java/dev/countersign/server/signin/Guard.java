package dev.countersign.server.signin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes guessing slow: wrong tries cost a growing delay and in the end a lockout, per account and
 * per network. An account that does not exist is counted like any other, so that a lockout tells
 * nothing. A try counts as wrong from the moment it is let in until it proves right; many at once
 * therefore gain nothing. Safe for any thread.
 */
final class Guard {
  /** How long a locked account or network waits. */
  static final Duration LOCKOUT = Duration.ofMinutes(15);

  /** Counts are forgotten after a day without a try. */
  private static final Duration MEMORY = Duration.ofDays(1);

  private static final int REMEMBERED = 50_000;
  private static final Rule ACCOUNT = new Rule(3, 10);

  /** A shop's people share one address. */
  private static final Rule NETWORK = new Rule(10, 40);

  private final InstantSource clock;
  private final Map<String, Count> counts = new HashMap<>();

  /** Delays begin after {@code free} wrong tries and double; from {@code lockAt} on it locks. */
  private record Rule(int free, int lockAt) {
    Duration delay(int failures) {
      if (failures >= lockAt) {
        return LOCKOUT;
      }
      long seconds = failures <= free ? 0 : 1L << Math.min(failures - free, 9);
      return Duration.ofSeconds(Math.min(seconds, LOCKOUT.toSeconds()));
    }
  }

  private record Count(int failures, Instant last, Instant notBefore) {}

  /**
   * What the guard says to a try.
   *
   * @param waitSeconds 0 when it may be made, else in how many seconds to come again
   * @param lockedIfWrong true when this is the try that locks the account
   */
  record Turn(int waitSeconds, boolean lockedIfWrong) {}

  Guard(InstantSource clock) {
    this.clock = clock;
  }

  synchronized Turn take(String account, Origin origin) {
    Instant now = clock.instant();
    Instant notBefore = later(notBefore("a " + account), notBefore("n " + origin.network()));
    if (now.isBefore(notBefore)) {
      long seconds = Duration.between(now, notBefore).plusMillis(999).toSeconds();
      return new Turn((int) Math.max(1, seconds), false);
    }
    if (counts.size() >= REMEMBERED) {
      forget(now);
    }
    count("n " + origin.network(), NETWORK, now);
    int failures = count("a " + account, ACCOUNT, now);
    return new Turn(0, failures >= ACCOUNT.lockAt());
  }

  /** The try was right: the account starts anew, the network has one try back. */
  synchronized void right(String account, Origin origin) {
    counts.remove("a " + account);
    counts.computeIfPresent(
        "n " + origin.network(),
        (_, count) ->
            count.failures() <= 1
                ? null
                : new Count(count.failures() - 1, count.last(), Instant.MIN));
  }

  private int count(String key, Rule rule, Instant now) {
    Count old = counts.get(key);
    int before = old == null || old.last().plus(MEMORY).isBefore(now) ? 0 : old.failures();
    int failures = before + 1;
    counts.put(key, new Count(failures, now, now.plus(rule.delay(failures))));
    return failures;
  }

  private Instant notBefore(String key) {
    Count count = counts.get(key);
    return count == null ? Instant.MIN : count.notBefore();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** What has ended goes first, then those with the fewest tries: memory stays bounded. */
  private void forget(Instant now) {
    counts.values().removeIf(count -> count.last().plus(MEMORY).isBefore(now));
    for (int failures = 1; counts.size() >= REMEMBERED; failures++) {
      int limit = failures;
      counts.values().removeIf(count -> count.failures() <= limit);
    }
  }
}
