package dev.countersign.server.account;

import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.protocol.DeviceKind;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An enrolled installation.
 *
 * @param register null for an office
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
    State state,
    Instant enrolledAt,
    Instant lastSeen) {
  /** Where a device stands. */
  public enum State {
    ACTIVE,
    /** It sent two different batches under one number; a person has to look. */
    FROZEN,
    /** Taken out of use for good. */
    REVOKED
  }
}
