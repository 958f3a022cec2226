package dev.countersign.server.account;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person who works for a tenant.
 *
 * @param role the name of a {@code common.permission.Role}
 * @param store the store they work in, or null for all
 * @param active false once they have left
 */
public record Person(UUID id, String name, String role, @Nullable UUID store, boolean active) {
  public boolean worksIn(UUID other) {
    return store == null || store.equals(other);
  }
}
