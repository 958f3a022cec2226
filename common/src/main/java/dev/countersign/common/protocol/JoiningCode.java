package dev.countersign.common.protocol;

import dev.countersign.common.crypto.Argon2Cost;
import dev.countersign.common.crypto.Argon2Kdf;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.StrictBase64;
import dev.countersign.common.protocol.FeedBody.Joining;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;

/**
 * The code by which a further person chooses a PIN on a device that knows them from the feed. It
 * has 50 bits and stands in the feed only as Argon2id at {@link Argon2Cost#FLOOR}, so that a device
 * can check it offline and nobody can search it in the time it lives.
 */
public final class JoiningCode {
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LETTERS = 10;
  private static final int SALT = 16;

  private JoiningCode() {}

  /**
   * A code and what the feed says of it.
   *
   * @param code ten letters and digits, a dash in the middle
   */
  public record Made(String code, Joining joining) {
    @Override
    public String toString() {
      return "Made[••••]";
    }
  }

  /** Makes a code that nobody has had. */
  public static Made make(Instant expires, SecureRandom random) {
    StringBuilder letters = new StringBuilder(LETTERS);
    for (int i = 0; i < LETTERS; i++) {
      letters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    byte[] salt = new byte[SALT];
    random.nextBytes(salt);
    try (Secret hash = hash(letters.toString(), salt)) {
      Joining joining =
          new Joining(StrictBase64.encode(salt), StrictBase64.encode(hash.bytes()), expires);
      return new Made(letters.insert(LETTERS / 2, '-').toString(), joining);
    }
  }

  /**
   * True when the typed text is the code and it has not ended. Case, dashes and spaces do not
   * matter.
   */
  public static boolean matches(String typed, Joining joining, Instant now) {
    String letters = typed.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
    if (letters.length() != LETTERS || !now.isBefore(joining.expires())) {
      return false;
    }
    try (Secret hash = hash(letters, StrictBase64.decode(joining.salt()));
        Secret expected = Secret.of(StrictBase64.decode(joining.hash()))) {
      return hash.equals(expected);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static Secret hash(String letters, byte[] salt) {
    return Argon2Kdf.derive(letters.toCharArray(), salt, Argon2Cost.FLOOR, Hash.LENGTH);
  }
}
