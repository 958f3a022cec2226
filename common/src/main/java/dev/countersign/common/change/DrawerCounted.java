package dev.countersign.common.change;

import dev.countersign.common.permission.PermissionKey;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * A drawer was counted blind: by somebody who was told only afterwards what it should hold. It is
 * recorded before they are told, so that a count that was made to fit leaves the first one behind.
 * The change's entity is an id of the count's own. Amounts are minor units of {@code currency}.
 *
 * @param counted what was in the drawer, not negative
 * @param pieces how many of each, adding up to {@code counted}; empty when only the sum was typed
 * @param others what was counted of other tenders
 * @param again true when this shift was counted and told before, which takes a second person
 */
public record DrawerCounted(
    UUID store,
    UUID register,
    UUID shift,
    String currency,
    long counted,
    List<Pieces> pieces,
    List<ShiftFigures.Tendered> others,
    boolean again)
    implements ChangeBody {
  /**
   * Notes or coins of one kind.
   *
   * @param value of one, in minor units, above 0
   * @param count how many, not negative
   */
  public record Pieces(long value, long count) {}

  public DrawerCounted {
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(register, "register");
    Objects.requireNonNull(shift, "shift");
    Objects.requireNonNull(currency, "currency");
    pieces = pieces == null ? List.of() : List.copyOf(pieces);
    others = others == null ? List.of() : List.copyOf(others);
  }

  @Override
  public Set<PermissionKey> requires() {
    return again
        ? Set.of(PermissionKey.SHIFT_CLOSE, PermissionKey.SHIFT_DIFFERENCE)
        : Set.of(PermissionKey.SHIFT_CLOSE);
  }
}
