package dev.countersign.server.signin;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import dev.countersign.common.crypto.Secret;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;

/**
 * Codes of an authenticator app (RFC 6238): six digits, 30 seconds, HMAC-SHA-1, which is what every
 * app does. A clock may be one step off; a step that was used, or one before it, is not taken.
 */
final class OneTimeCodes {
  /** Bytes of a secret: RFC 4226 recommends the length of the hash. */
  static final int SECRET = 20;

  private static final int STEP_SECONDS = 30;
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final TimeBasedOneTimePasswordGenerator generator =
      new TimeBasedOneTimePasswordGenerator();

  /**
   * The step that a code belongs to.
   *
   * @param lastStep the newest step that was used
   */
  OptionalLong step(Secret secret, String code, Instant now, long lastStep) {
    long current = Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
    OptionalLong found = OptionalLong.empty();
    for (long step = current - 1; step <= current + 1; step++) {
      if (isCode(secret, code, step) && step > lastStep) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }

  private boolean isCode(Secret secret, String code, long step) {
    var key = new SecretKeySpec(secret.bytes(), "HmacSHA1");
    try {
      String expected =
          generator.generateOneTimePasswordString(
              key, Instant.ofEpochSecond(step * STEP_SECONDS), Locale.ROOT);
      return MessageDigest.isEqual(
          expected.getBytes(StandardCharsets.US_ASCII), code.getBytes(StandardCharsets.UTF_8));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("HMAC takes any key", e);
    }
  }

  /** The secret as people type it: Base32 (RFC 4648) of 20 bytes, 32 letters. */
  static String base32(Secret secret) {
    BigInteger rest = new BigInteger(1, secret.bytes());
    StringBuilder text = new StringBuilder();
    for (int bits = secret.length() * 8; bits > 0; bits -= 5) {
      text.append(LETTERS.charAt(rest.intValue() & 31));
      rest = rest.shiftRight(5);
    }
    return text.reverse().toString();
  }

  /** What the app scans. */
  static String uri(String tenant, String person, Secret secret) {
    String issuer = "Countersign " + tenant;
    return "otpauth://totp/"
        + escaped(issuer + ":" + person)
        + "?secret="
        + base32(secret)
        + "&issuer="
        + escaped(issuer)
        + "&algorithm=SHA1&digits=6&period="
        + STEP_SECONDS;
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
