package dev.countersign.common.change;

import dev.countersign.common.catalogue.PriceList;
import dev.countersign.common.permission.PermissionKey;
import java.util.Objects;
import java.util.Set;

/**
 * A price list was added, changed or ended. The change's entity is the list; it is written as a
 * whole, like {@link PromotionWritten}.
 */
public record PriceListWritten(PriceList list) implements ChangeBody {
  public PriceListWritten {
    Objects.requireNonNull(list, "list");
  }

  @Override
  public Set<PermissionKey> requires() {
    return Set.of(PermissionKey.PRODUCT_EDIT);
  }
}
