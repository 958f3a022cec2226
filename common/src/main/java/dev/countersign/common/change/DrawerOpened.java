package dev.countersign.common.change;

import dev.countersign.common.permission.PermissionKey;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * A drawer was opened without a sale and without moving cash. The change's entity is an id of the
 * opening's own.
 *
 * @param reason why, in the words of whoever did it; not empty
 */
public record DrawerOpened(UUID store, UUID register, UUID shift, String reason)
    implements ChangeBody {
  public DrawerOpened {
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(register, "register");
    Objects.requireNonNull(shift, "shift");
    Objects.requireNonNull(reason, "reason");
  }

  @Override
  public Set<PermissionKey> requires() {
    return Set.of(PermissionKey.DRAWER_OPEN);
  }
}
