package dev.countersign.server.signin;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.sql.Db;
import dev.countersign.server.signin.GuessTable.Count;
import dev.countersign.server.tenant.ControlFile;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes guessing slow: wrong tries cost a growing delay and in the end a lockout, per account,
 * network, device and key. An account that does not exist is counted like any other, so that a
 * lockout tells nothing. A try counts as wrong from the moment it is let in until it proves right;
 * many at once therefore gain nothing. Counts are kept beside the tenants' data: servers on one
 * database count together, and a restart forgets none. What is counted is kept as a keyed hash,
 * which names nobody. Safe for any thread.
 */
final class Guard {
  /** Counts are forgotten after a day without a try. */
  private static final Duration MEMORY = Duration.ofDays(1);

  private static final long REMEMBERED = 200_000;
  private static final long TIDIED_EVERY = 256;

  private final ControlFile control;
  private final InstantSource clock;
  private final SecretKeySpec key;
  private final GuessTable table = new GuessTable();
  private final AtomicLong turns = new AtomicLong();

  /**
   * What the guard says to a try.
   *
   * @param waitSeconds 0 when it may be made, else in how many seconds to come again
   * @param lockedIfWrong true when this is the try that locks the account
   */
  record Turn(int waitSeconds, boolean lockedIfWrong) {}

  Guard(ControlFile control, InstantSource clock) {
    this.control = control;
    this.clock = clock;
    try (Secret secret = control.secretFor("guess counts")) {
      this.key = new SecretKeySpec(secret.bytes(), "HmacSHA256");
    }
  }

  /** Lets a try in, counted as a wrong one, or says how long to wait. */
  Turn take(List<Subject> subjects) throws SQLException {
    return control.run(db -> take(db, subjects, clock.instant()));
  }

  private Turn take(Db db, List<Subject> subjects, Instant now) throws SQLException {
    if (turns.incrementAndGet() % TIDIED_EVERY == 0) {
      table.forgetBefore(db, now.minus(MEMORY), REMEMBERED);
    }
    Instant notBefore = Instant.EPOCH;
    for (Subject subject : subjects) {
      Instant own = table.find(db, hash(subject)).map(Count::notBefore).orElse(Instant.EPOCH);
      notBefore = own.isAfter(notBefore) ? own : notBefore;
    }
    if (now.isBefore(notBefore)) {
      long seconds = Duration.between(now, notBefore).plusMillis(999).toSeconds();
      return new Turn((int) Math.max(1, seconds), false);
    }
    boolean locks = false;
    for (Subject subject : subjects) {
      int failures = count(db, subject, now);
      locks |= subject.kind() == Subject.Kind.ACCOUNT && subject.kind().locksAt(failures);
    }
    return new Turn(0, locks);
  }

  /** The try was right: the account starts anew, what many share has one try back. */
  void right(List<Subject> subjects) throws SQLException {
    control.run(
        db -> {
          for (Subject subject : subjects) {
            right(db, subject);
          }
          return true;
        });
  }

  private void right(Db db, Subject subject) throws SQLException {
    Hash hash = hash(subject);
    Optional<Count> count = table.find(db, hash);
    if (count.isEmpty()) {
      return;
    }
    int left = subject.kind().afterRight(count.get().failures());
    if (left <= 0) {
      table.forget(db, hash);
    } else {
      table.put(db, hash, new Count(left, count.get().last(), Instant.EPOCH));
    }
  }

  private int count(Db db, Subject subject, Instant now) throws SQLException {
    Hash hash = hash(subject);
    int before =
        table
            .find(db, hash)
            .filter(old -> !old.last().plus(MEMORY).isBefore(now))
            .map(Count::failures)
            .orElse(0);
    int failures = before + 1;
    table.put(db, hash, new Count(failures, now, now.plus(subject.kind().delay(failures))));
    return failures;
  }

  private Hash hash(Subject subject) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      String text = subject.kind().name() + "\n" + subject.text();
      return Hash.fromBytes(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is part of every JDK", e);
    }
  }
}
