package dev.countersign.client.ledger;

import dev.countersign.common.money.Money;
import dev.countersign.common.sale.CreditKind;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A card or slip that is to be handed to the customer.
 *
 * @param code opens the account; a secret, for the paper alone
 * @param sale by which it was paid, or null when it was given
 */
public record CreditSlip(
    UUID account, CreditKind kind, String code, Money amount, @Nullable UUID sale) {
  @Override
  public String toString() {
    return "CreditSlip[" + account + ", " + kind + ", ••••, " + amount + "]";
  }
}
