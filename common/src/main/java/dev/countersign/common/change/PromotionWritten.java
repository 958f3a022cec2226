package dev.countersign.common.change;

import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.promotion.Promotion;
import java.util.Objects;
import java.util.Set;

/**
 * A promotion was added, changed or ended. The change's entity is the promotion. It is written as a
 * whole, under the version after the one that it was made from: whoever comes second with the same
 * version is superseded.
 */
public record PromotionWritten(Promotion promotion) implements ChangeBody {
  public PromotionWritten {
    Objects.requireNonNull(promotion, "promotion");
  }

  @Override
  public Set<PermissionKey> requires() {
    return Set.of(PermissionKey.PROMOTION_EDIT);
  }
}
