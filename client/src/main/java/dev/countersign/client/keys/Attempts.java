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
 */
record Attempts(int failed, @Nullable Instant notBefore, byte @Nullable [] secret) {
  /** Wrong tries that are answered at once. */
  static final int FREE = 5;

  /** Wrong tries that destroy the wrap. */
  static final int MOST = 10;

  private static final Duration FIRST_DELAY = Duration.ofSeconds(30);
  private static final int SECRET_LENGTH = 32;

  static Attempts fresh(SecureRandom random) {
    try (Secret secret = Secret.random(SECRET_LENGTH, random)) {
      return new Attempts(0, null, secret.bytes().clone());
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
    int next = failed + 1;
    return new Attempts(next, next < FREE ? null : now.plus(delay(next)), secret);
  }

  Attempts forgiven() {
    return new Attempts(0, null, secret);
  }

  Attempts destroyed() {
    return new Attempts(MOST, null, null);
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
