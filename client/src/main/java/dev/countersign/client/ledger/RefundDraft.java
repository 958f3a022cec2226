package dev.countersign.client.ledger;

import dev.countersign.common.sale.Refunds;
import dev.countersign.common.sale.Settlement;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A refund that is settled and not yet recorded.
 *
 * @param sale the sale whose goods come back
 * @param parts of its lines, each line once, as {@link Refunds#refund} gives them
 * @param settlement what goes out for them
 * @param reason why they come back; may be empty
 * @param original where it came from when nobody stood at the counter, such as a credit note
 */
public record RefundDraft(
    UUID sale,
    List<Refunds.Part> parts,
    Settlement.Settled settlement,
    LocalDate businessDate,
    String reason,
    @Nullable String original) {
  public RefundDraft {
    parts = List.copyOf(parts);
  }

  /** A refund of which nobody said why. */
  public RefundDraft(
      UUID sale, List<Refunds.Part> parts, Settlement.Settled settlement, LocalDate businessDate) {
    this(sale, parts, settlement, businessDate, "", null);
  }
}
