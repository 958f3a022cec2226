package dev.countersign.server.audit;

import dev.countersign.common.crypto.Hash;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;

/**
 * What a commitment in an entry stands for: the network address that a person came from. The entry
 * holds {@link #commitment()} alone, so that the address can be erased and every proof stays; who
 * has salt and address can show that they are the entry's.
 *
 * @param entry the entry's index
 * @param who whose address it is
 * @param salt 16 random bytes: there are few addresses, and without it all could be tried
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Opening(long entry, String who, byte[] salt, String address) {
  private static final int SALT_LENGTH = 16;
  private static final String PREFIX = "sha256:";

  /** Who is no person: their addresses are the business's own. */
  private static final Set<String> NOBODY =
      Set.of(AuditEntry.SYSTEM, AuditEntry.DEVICE, "operator");

  /** The opening of an entry that would say where a person is. */
  static Optional<Opening> of(long index, AuditEntry entry, SecureRandom random) {
    if (entry.address().isEmpty() || NOBODY.contains(entry.who())) {
      return Optional.empty();
    }
    byte[] salt = new byte[SALT_LENGTH];
    random.nextBytes(salt);
    return Optional.of(new Opening(index, entry.who(), salt, entry.address()));
  }

  /** What stands in the entry: {@code sha256:} and SHA-256(salt ‖ address), hexadecimal. */
  public String commitment() {
    return PREFIX + Hash.of(salt, address.getBytes(StandardCharsets.UTF_8)).toHex();
  }

  /** Never the address. */
  @Override
  public String toString() {
    return "Opening[" + entry + "]";
  }
}
