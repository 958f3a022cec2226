package dev.countersign.common.change;

import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.sale.CreditKind;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account of a gift card or of store credit was opened. The change's entity is the account. What
 * is put on it with a sale stands in that sale; without one the amount was given.
 *
 * @param opens SHA-256 of the code that opens it, in hexadecimal; the code itself never leaves the
 *     till but on paper
 * @param currency the tenant's
 * @param amount minor units of {@code currency}, above 0
 * @param sale the sale or refund by which it was paid, or null when it was given
 */
public record CreditIssued(
    UUID store,
    UUID register,
    UUID shift,
    CreditKind kind,
    String opens,
    String currency,
    long amount,
    @Nullable UUID sale)
    implements ChangeBody {
  public CreditIssued {
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(register, "register");
    Objects.requireNonNull(shift, "shift");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(opens, "opens");
    Objects.requireNonNull(currency, "currency");
  }

  @Override
  public Set<PermissionKey> requires() {
    return Set.of(PermissionKey.CREDIT_ISSUE);
  }
}
