package dev.countersign.server.signin;

import dev.countersign.common.permission.Decision;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Role;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request, looked up anew for each.
 *
 * @param id of the person or the key
 * @param store the one store that a person works in, or null for all
 * @param session the session of a person, or null for a key
 * @param strong true for a key, and for a person who has shown a second factor
 */
public record Caller(
    UUID tenant,
    UUID id,
    Role role,
    @Nullable UUID store,
    @Nullable UUID session,
    boolean strong,
    Origin origin) {
  /** True while the only thing to do is to set up a second factor. */
  public boolean lacksFactor() {
    return !strong && role.isPrivileged();
  }

  /** What the one decision function says; here nobody is by to approve. */
  public boolean may(PermissionKey key) {
    return !lacksFactor() && role.decide(key, null) == Decision.ALLOWED;
  }

  /** True for whoever is not confined to one store. */
  public boolean isEverywhere() {
    return store == null;
  }

  /** True when what belongs to a store, or to all for null, is theirs to see. */
  public boolean sees(@Nullable UUID other) {
    return store == null || store.equals(other);
  }
}
