package dev.countersign.common.change;

import dev.countersign.common.permission.PermissionKey;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * A basket that was put aside was taken up, at this till or another one, to be sold or thrown away.
 * The change's entity is that of the {@link SaleParked}.
 */
public record SaleRecalled(UUID store, UUID register) implements ChangeBody {
  public SaleRecalled {
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(register, "register");
  }

  @Override
  public Set<PermissionKey> requires() {
    return Set.of(PermissionKey.SALE_RING);
  }
}
