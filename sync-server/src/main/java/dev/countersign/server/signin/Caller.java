package dev.countersign.server.signin;

import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Rights;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request, looked up anew for each. What they may do is the one decision function's
 * answer for a place; here nobody is by to approve.
 *
 * @param id of the person or the key
 * @param rights place by place; a key's are for all stores
 * @param session the session of a person, or null for a key
 * @param strong true for a key, and for a person who has shown a second factor
 */
public record Caller(
    UUID tenant, UUID id, Rights rights, @Nullable UUID session, boolean strong, Origin origin) {
  /** True while the only thing to do is to set up a second factor. */
  public boolean lacksFactor() {
    return !strong && rights.isPrivileged();
  }

  /** True when it is allowed in some store. */
  public boolean may(PermissionKey key) {
    return !lacksFactor() && rights.may(key);
  }

  /** True when it is allowed in this store. */
  public boolean mayIn(PermissionKey key, UUID store) {
    return sees(key, store);
  }

  /** True when it is allowed for what belongs to a store, or for null to all of them. */
  public boolean sees(PermissionKey key, @Nullable UUID store) {
    return !lacksFactor() && rights.mayIn(key, store);
  }

  /** True when it is allowed for all stores and in none denied: for what cannot be divided. */
  public boolean mayEverywhere(PermissionKey key) {
    return !lacksFactor() && rights.mayEverywhere(key);
  }
}
