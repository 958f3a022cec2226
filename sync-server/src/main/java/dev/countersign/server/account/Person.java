package dev.countersign.server.account;

import java.util.UUID;

/**
 * A person who works for a tenant. What they may do stands in their {@link Assignment}s.
 *
 * @param active false once they have left
 * @param pinEpoch how often their PINs were reset
 */
public record Person(UUID id, String name, boolean active, long pinEpoch) {}
