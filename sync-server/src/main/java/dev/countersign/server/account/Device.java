package dev.countersign.server.account;

import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.Environment;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An enrolled installation.
 *
 * @param register null for an office
 * @param publicKey the one in use; older ones are history
 * @param keySince since when
 * @param environment stands in its certificate; work for another is refused
 * @param series the prefix of its receipt numbers, never given to another till; an office rings
 *     nothing up and bears a name that is no till's
 */
public record Device(
    UUID id,
    DeviceKind kind,
    UUID store,
    @Nullable UUID register,
    String series,
    String name,
    VerifyKey publicKey,
    Environment environment,
    State state,
    Instant enrolledAt,
    Instant lastSeen,
    Instant keySince) {
  /** Where a device stands. */
  public enum State {
    ACTIVE,
    /** It sent two different batches under one number; a person has to look. */
    FROZEN,
    /** It is to hand over what it has and to forget its keys as soon as it is heard of. */
    WIPING,
    /** It has handed over what it had and forgotten its keys. */
    WIPED,
    /** Taken out of use for good. */
    REVOKED;

    /** True when nothing that it sends counts any more. */
    public boolean isCutOff() {
      return this == WIPING || this == WIPED || this == REVOKED;
    }

    /** As it is stored and shown. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
