package dev.countersign.client.ledger;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who does something, who approved it in place, and when.
 *
 * @param user whose PIN is in force
 * @param approver the second person, or null when nobody was asked
 * @param at the wall clock
 */
public record Actor(UUID user, @Nullable UUID approver, Instant at) {}
