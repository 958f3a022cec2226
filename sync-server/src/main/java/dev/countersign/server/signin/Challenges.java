package dev.countersign.server.signin;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.Secret;
import dev.countersign.server.tenant.ControlFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What an authenticator signs: made by a server that has the master key, for one purpose, good once
 * and for a few minutes. A challenge carries its own end and a tag, so that asking for many takes
 * no room; one that was used is kept beside the tenants' data until it would have ended, so that it
 * is used up for every server on that data.
 */
final class Challenges {
  /** How long a person has for the finger on the reader. */
  static final Duration LIFE = Duration.ofMinutes(3);

  private static final int NONCE = 16;
  private static final int BODY = Long.BYTES + NONCE;
  private static final int TAG = 32;

  private final ControlFile control;
  private final InstantSource clock;
  private final SecureRandom random;
  private final SecretKeySpec key;

  Challenges(ControlFile control, InstantSource clock, SecureRandom random) {
    this.control = control;
    this.clock = clock;
    this.random = random;
    try (Secret secret = control.secretFor("passkey challenges")) {
      this.key = new SecretKeySpec(secret.bytes(), "HmacSHA256");
    }
  }

  /**
   * Makes one.
   *
   * @param purpose what it is good for; another purpose does not take it
   */
  byte[] make(String purpose) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    byte[] body =
        ByteBuffer.allocate(BODY)
            .putLong(clock.instant().plus(LIFE).toEpochMilli())
            .put(nonce)
            .array();
    return ByteBuffer.allocate(BODY + TAG).put(body).put(tag(purpose, body)).array();
  }

  /** True for a challenge of ours for this purpose that has not ended; it may have been used. */
  boolean isOurs(String purpose, byte[] challenge) {
    if (challenge.length != BODY + TAG) {
      return false;
    }
    byte[] body = Arrays.copyOf(challenge, BODY);
    byte[] tag = Arrays.copyOfRange(challenge, BODY, challenge.length);
    return MessageDigest.isEqual(tag(purpose, body), tag) && clock.instant().isBefore(end(body));
  }

  /** Uses up a challenge that is ours; false when it was used before. */
  boolean use(byte[] challenge) throws SQLException {
    Hash hash = Hash.of(challenge);
    return control.run(
        db -> {
          db.update("DELETE FROM used_challenge WHERE expires <= ?", clock.instant());
          boolean used =
              db.first(
                      "SELECT 1 FROM used_challenge WHERE challenge = ?",
                      row -> row.integer(1),
                      hash)
                  .isPresent();
          return !used
              && db.update(
                      "INSERT INTO used_challenge (challenge, expires) VALUES (?, ?)",
                      hash,
                      end(challenge))
                  == 1;
        });
  }

  private static Instant end(byte[] challenge) {
    return Instant.ofEpochMilli(ByteBuffer.wrap(challenge).getLong());
  }

  private byte[] tag(String purpose, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(body);
      return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is part of every JDK", e);
    }
  }
}
