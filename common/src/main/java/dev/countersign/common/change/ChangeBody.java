package dev.countersign.common.change;

import dev.countersign.common.permission.PermissionKey;
import java.util.Set;
import java.util.UUID;

/**
 * What a change says. The set is sealed: a new kind of fact is a new permit here, and the compiler
 * shows every place that has to take a position on it.
 */
public sealed interface ChangeBody
    permits ShiftOpened,
        ShiftClosed,
        CashMoved,
        DrawerOpened,
        DrawerCounted,
        SaleCompleted,
        BasketVoided,
        PaymentReturned,
        ProductChanged,
        PromotionWritten,
        PriceListWritten,
        TaxWritten,
        CustomerAdded,
        CustomerChanged,
        CustomerTermsWritten,
        StockMoved,
        StockCounted,
        VerdictResolved,
        CreditIssued,
        SuspicionReported,
        TrainingSwitched,
        SaleParked,
        SaleRecalled {

  /** The permission keys that the actor (or actor and approver together) must hold for this. */
  Set<PermissionKey> requires();

  /**
   * The people who answered for this act on the spot, beside the approver whom the change names:
   * several may have approved parts of one sale.
   */
  default Set<UUID> answering(PermissionKey act) {
    return Set.of();
  }
}
