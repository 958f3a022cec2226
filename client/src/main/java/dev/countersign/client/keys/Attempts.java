package dev.countersign.client.keys;

import dev.countersign.common.crypto.Secret;
import dev.countersign.common.json.Json;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One person's wrong tries and the secret that the person's wrap needs beside PIN and device
 * secret. Kept in the chest: copying the folder back does not bring tries back, and destroying the
 * entry destroys every copy of the wrap.
 *
 * @param failed wrong tries in a row, counting one that is being looked at
 * @param notBefore when the next try is heard, or null when at once
 * @param secret null once the wrap is destroyed
 * @param next the secret of a new wrap that is taking the old one's place, or null: after a power
 *     cut the wrap that lies in the folder needs one or the other
 */
record Attempts(
    int failed, @Nullable Instant notBefore, byte @Nullable [] secret, byte @Nullable [] next) {
  /** Wrong tries that are answered at once. */
  static final int FREE = 5;

  /** Wrong tries that destroy the wrap. */
  static final int MOST = 10;

  private static final Duration FIRST_DELAY = Duration.ofSeconds(30);
  private static final int SECRET_LENGTH = 32;

  static Attempts fresh(SecureRandom random) {
    try (Secret secret = Secret.random(SECRET_LENGTH, random)) {
      return new Attempts(0, null, secret.bytes().clone(), null);
    }
  }

  static Attempts decode(byte[] bytes) {
    return Json.decode(bytes, Attempts.class);
  }

  byte[] encode() {
    return Json.encode(this);
  }

  boolean isDestroyed() {
    return failed >= MOST || secret == null;
  }

  /** The person's secret; only of a wrap that is not destroyed. */
  byte[] own() {
    if (secret == null) {
      throw new IllegalStateException("a destroyed wrap is not tried");
    }
    return secret;
  }

  int left() {
    return MOST - failed;
  }

  /** The delay is bounded from now on, so that a clock set back does not lock for a year. */
  @Nullable Instant waitingAt(Instant now) {
    if (notBefore == null || !notBefore.isAfter(now)) {
      return null;
    }
    Instant longest = now.plus(delay(failed));
    return notBefore.isBefore(longest) ? notBefore : longest;
  }

  /** This try counted as wrong, which it is until it is seen to be right. */
  Attempts counted(Instant now) {
    int more = failed + 1;
    return new Attempts(more, more < FREE ? null : now.plus(delay(more)), secret, next);
  }

  /** The right PIN, of the wrap that needs this secret. */
  Attempts forgiven(byte[] proven) {
    return new Attempts(0, null, proven, null);
  }

  Attempts destroyed() {
    return new Attempts(MOST, null, null, null);
  }

  /** While a new wrap takes the old one's place; what was counted stays counted. */
  Attempts replacedBy(Attempts fresh) {
    return new Attempts(failed, notBefore, secret, fresh.own());
  }

  /** 30 seconds after the fifth, doubling. */
  private static Duration delay(int failed) {
    return failed < FREE ? Duration.ZERO : FIRST_DELAY.multipliedBy(1L << (failed - FREE));
  }

  @Override
  public String toString() {
    return "Attempts[" + failed + " failed, ••••]";
  }
}
