package dev.countersign.common.change;

import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.sale.ParkedBasket;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * A basket was put aside, for whichever till of the store takes it up. The change's entity is an id
 * of the parked basket's own. What somebody called it does not stand here: it is often a person's
 * name, and what is signed stays.
 */
public record SaleParked(UUID store, UUID register, ParkedBasket basket) implements ChangeBody {
  public SaleParked {
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(register, "register");
    Objects.requireNonNull(basket, "basket");
  }

  @Override
  public Set<PermissionKey> requires() {
    return basket.requires();
  }

  @Override
  public Set<UUID> answering(PermissionKey act) {
    return basket.answering(act);
  }
}
