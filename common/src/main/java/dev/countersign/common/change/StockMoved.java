package dev.countersign.common.change;

import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.PermissionKey;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Goods came into a store or left it other than by a sale. Movements add up, in whatever order they
 * arrive. The change's entity is an id of the movement's own.
 *
 * @param lines at least one; a product may stand on several
 * @param note in the words of whoever did it; may be empty
 */
public record StockMoved(UUID store, Reason reason, List<Line> lines, String note)
    implements ChangeBody {
  /** Why goods move, which says which way. */
  public enum Reason {
    RECEIVED(true),
    RETURNED_TO_SUPPLIER(false),
    WASTED(false),
    USED(false),
    FOUND(true),
    LOST(false);

    private final boolean inwards;

    Reason(boolean inwards) {
      this.inwards = inwards;
    }

    /** Whether goods come in for this reason; they leave for the others. */
    public boolean isInwards() {
      return inwards;
    }
  }

  /**
   * What moved.
   *
   * @param quantity positive when it came in, negative when it left, never 0
   */
  public record Line(UUID product, Quantity quantity) {
    public Line {
      Objects.requireNonNull(product, "product");
      Objects.requireNonNull(quantity, "quantity");
    }
  }

  public StockMoved {
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(reason, "reason");
    // Nothing is written for what is empty.
    lines = lines == null ? List.of() : List.copyOf(lines);
    note = note == null ? "" : note;
  }

  /** Whether something moved, all of it the way that the reason says. */
  public boolean fits() {
    return !lines.isEmpty()
        && lines.stream()
            .map(Line::quantity)
            .allMatch(reason.isInwards() ? Quantity::isPositive : Quantity::isNegative);
  }

  @Override
  public Set<PermissionKey> requires() {
    return Set.of(PermissionKey.STOCK_EDIT);
  }
}
