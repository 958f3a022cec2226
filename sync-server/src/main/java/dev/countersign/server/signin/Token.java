package dev.countersign.server.signin;

import dev.countersign.common.crypto.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * What a bearer shows: a prefix that says what it is (and that scanners for lost secrets find), and
 * behind it the tenant's id with 32 random bytes. Only the hash of the whole is ever stored, so
 * that a token whose tenant was exchanged is nobody's.
 *
 * @param tenant where to look; whatever it says, the hash decides
 * @param hash of the whole text
 */
record Token(Kind kind, UUID tenant, Hash hash) {
  private static final int SECRET = 32;
  private static final int LENGTH = 2 * Long.BYTES + SECRET;

  /** What a token stands for. */
  enum Kind {
    SESSION("css_"),
    KEY("csk_");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  /** Makes the text of a token that nobody has had. */
  static String mint(Kind kind, UUID tenant, SecureRandom random) {
    byte[] secret = new byte[SECRET];
    random.nextBytes(secret);
    byte[] whole =
        ByteBuffer.allocate(LENGTH)
            .putLong(tenant.getMostSignificantBits())
            .putLong(tenant.getLeastSignificantBits())
            .put(secret)
            .array();
    return kind.prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
  }

  /** Empty when the text is no token. */
  static Optional<Token> parse(String text) {
    for (Kind kind : Kind.values()) {
      if (text.startsWith(kind.prefix)) {
        return tenant(text.substring(kind.prefix.length()))
            .map(tenant -> new Token(kind, tenant, hash(text)));
      }
    }
    return Optional.empty();
  }

  static Hash hash(String text) {
    return Hash.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<UUID> tenant(String encoded) {
    try {
      byte[] whole = Base64.getUrlDecoder().decode(encoded);
      if (whole.length != LENGTH) {
        return Optional.empty();
      }
      ByteBuffer buffer = ByteBuffer.wrap(whole);
      return Optional.of(new UUID(buffer.getLong(), buffer.getLong()));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
