package dev.countersign.server.signin;

import dev.countersign.common.crypto.Argon2Cost;
import dev.countersign.common.crypto.Argon2Kdf;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.protocol.FeedBody.Joining;
import dev.countersign.common.protocol.JoiningCode;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Argon2id over passwords and set-up codes. Each run takes 64 MiB, so only a few go at a time and
 * the others wait in order: a crowd at the door takes time, not all memory. Safe for any thread.
 */
public final class Passwords {
  private static final int SALT = 16;
  private static final int RUNS_AT_A_TIME = 4;

  /** Derives a secret from a password; {@code Argon2Kdf::derive} but for a test that counts. */
  @FunctionalInterface
  public interface Derivation {
    Secret derive(char[] password, byte[] salt, Argon2Cost cost, int length);
  }

  /** A password as stored: never the password, and the cost at which it was derived. */
  record Stored(byte[] salt, byte[] hash, Argon2Cost cost) {
    @Override
    public String toString() {
      return "Stored[••••]";
    }
  }

  private final SecureRandom random;
  private final Derivation derivation;
  private final Semaphore room = new Semaphore(RUNS_AT_A_TIME, true);
  private final Stored nobodys;

  public Passwords(SecureRandom random) {
    this(random, Argon2Kdf::derive);
  }

  Passwords(SecureRandom random, Derivation derivation) {
    this.random = random;
    this.derivation = derivation;
    this.nobodys = new Stored(random(SALT), random(Hash.LENGTH), Argon2Cost.FLOOR);
  }

  /** Matches no password and costs what any costs: for names that nobody has. */
  Stored nobodys() {
    return nobodys;
  }

  Stored store(String password) {
    byte[] salt = random(SALT);
    try (Secret derived = derive(password, salt, Argon2Cost.FLOOR)) {
      return new Stored(salt, derived.bytes().clone(), Argon2Cost.FLOOR);
    }
  }

  boolean matches(String password, Stored stored) {
    try (Secret derived = derive(password, stored.salt(), stored.cost());
        Secret expected = Secret.of(stored.hash().clone())) {
      return derived.equals(expected);
    }
  }

  JoiningCode.Made code(Instant expires) {
    return gated(() -> JoiningCode.make(expires, random));
  }

  boolean matchesCode(String typed, Joining code, Instant now) {
    return gated(() -> JoiningCode.matches(typed, code, now));
  }

  /** The same password typed on another keyboard has the same bytes. */
  private Secret derive(String password, byte[] salt, Argon2Cost cost) {
    char[] characters = Normalizer.normalize(password, Normalizer.Form.NFC).toCharArray();
    return gated(() -> derivation.derive(characters, salt, cost, Hash.LENGTH));
  }

  private <T> T gated(Supplier<T> run) {
    room.acquireUninterruptibly();
    try {
      return run.get();
    } finally {
      room.release();
    }
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
