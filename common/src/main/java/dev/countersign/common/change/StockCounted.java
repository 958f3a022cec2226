package dev.countersign.common.change;

import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.PermissionKey;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Goods were counted: a set-point at the change's time. What moved after it adds up on top of it,
 * what moved before is in it, whenever either arrives. The change's entity is an id of the count's
 * own.
 *
 * @param lines at least one, each product once
 */
public record StockCounted(UUID store, List<Line> lines) implements ChangeBody {
  /**
   * What was there.
   *
   * @param quantity not negative
   */
  public record Line(UUID product, Quantity quantity) {
    public Line {
      Objects.requireNonNull(product, "product");
      Objects.requireNonNull(quantity, "quantity");
    }
  }

  public StockCounted {
    Objects.requireNonNull(store, "store");
    // Nothing is written for what is empty.
    lines = lines == null ? List.of() : List.copyOf(lines);
  }

  /** Whether something was counted, each product once and none below nothing. */
  public boolean fits() {
    Set<UUID> products = new HashSet<>();
    return !lines.isEmpty()
        && lines.stream()
            .allMatch(line -> products.add(line.product()) && !line.quantity().isNegative());
  }

  @Override
  public Set<PermissionKey> requires() {
    return Set.of(PermissionKey.STOCK_EDIT);
  }
}
