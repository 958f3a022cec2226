package dev.countersign.common.change;

import dev.countersign.common.permission.PermissionKey;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Cash was put into a drawer or taken out of it without a sale. The change's entity is an id of the
 * movement's own.
 *
 * @param amount minor units of {@code currency}; negative when taken out, never 0
 * @param reason why, in the words of whoever did it; not empty
 */
public record CashMoved(
    UUID store, UUID register, UUID shift, String currency, long amount, String reason)
    implements ChangeBody {
  public CashMoved {
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(register, "register");
    Objects.requireNonNull(shift, "shift");
    Objects.requireNonNull(currency, "currency");
    Objects.requireNonNull(reason, "reason");
  }

  @Override
  public Set<PermissionKey> requires() {
    return Set.of(PermissionKey.CASH_MOVE);
  }
}
