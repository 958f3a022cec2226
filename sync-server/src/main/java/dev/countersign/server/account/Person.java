package dev.countersign.server.account;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person who works for a tenant. What they may do stands in their {@link Assignment}s.
 *
 * @param active false once they have left
 * @param pinEpoch how often their PINs were reset
 * @param lastAct when a device last sent something of theirs, to the day; null when none did
 * @param leftAt null while they are here
 */
public record Person(
    UUID id,
    String name,
    boolean active,
    long pinEpoch,
    @Nullable Instant lastAct,
    @Nullable Instant leftAt) {}
