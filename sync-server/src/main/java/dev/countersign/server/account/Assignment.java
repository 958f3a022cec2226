package dev.countersign.server.account;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A role that a person has in a place.
 *
 * @param store the one store, or null for all
 * @param role its name
 */
public record Assignment(UUID id, UUID person, @Nullable UUID store, String role) {}
