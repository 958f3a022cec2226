package dev.countersign.common.change;

import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.permission.PermissionKey;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * A payment was taken for a sale and went back before that sale was completed, so that it stands in
 * none. The change's entity is an id of its own. It moves no money: what came in went out again.
 *
 * @param amount minor units of {@code currency}, above 0
 * @param reference as it would have stood in the sale; may be empty
 * @param how on whose word it is gone
 */
public record PaymentReturned(
    UUID store,
    UUID register,
    UUID shift,
    String currency,
    Means means,
    long amount,
    String reference,
    How how)
    implements ChangeBody {
  /** How it went back. */
  public enum How {
    /** Notes, coins or paper over the counter. */
    HANDED_BACK,
    /** The terminal that had charged the card said that it took it back. */
    REVERSED,
    /** What a gift card or credit was to pay is not taken of it. */
    RELEASED,
    /** Outside the till, as on a terminal that stands alone: the cashier says so. */
    SENT_BACK,
    /** The terminal could not be asked, and the cashier says that it had taken nothing. */
    NOT_CHARGED,
    /**
     * The terminal could not be asked, and the cashier says that a refund did not go to the card.
     * The reference is that of the payment which was to get it.
     */
    NOT_REFUNDED
  }

  public PaymentReturned {
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(register, "register");
    Objects.requireNonNull(shift, "shift");
    Objects.requireNonNull(currency, "currency");
    Objects.requireNonNull(means, "means");
    Objects.requireNonNull(how, "how");
    reference = reference == null ? "" : reference;
  }

  @Override
  public Set<PermissionKey> requires() {
    return Set.of(PermissionKey.SALE_RING);
  }
}
