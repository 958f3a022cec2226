package dev.countersign.client.ledger;

import dev.countersign.common.sale.Refunds;
import dev.countersign.common.sale.Settlement;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * A refund that is settled and not yet recorded.
 *
 * @param sale the sale whose goods come back
 * @param parts of its lines, each line once, as {@link Refunds#refund} gives them
 * @param settlement what goes out for them
 */
public record RefundDraft(
    UUID sale, List<Refunds.Part> parts, Settlement.Settled settlement, LocalDate businessDate) {
  public RefundDraft {
    parts = List.copyOf(parts);
  }
}
