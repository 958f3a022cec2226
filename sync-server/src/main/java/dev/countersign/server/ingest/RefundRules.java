package dev.countersign.server.ingest;

import dev.countersign.common.change.SaleCompleted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * No sold line comes back more often than it was sold, on whatever tills: the cap is cumulative, at
 * the server. Pure.
 */
final class RefundRules {
  /** No sale that counts has this line. */
  static final String ORIGINAL_UNKNOWN = "original-unknown";

  /** Other goods come back than were sold on that line. */
  static final String OTHER_GOODS = "refund-of-other-goods";

  /** More comes back than is left of the line. */
  static final String EXCEEDS = "refund-exceeds";

  /** Two tills that did not know of each other gave back a cent more together than was paid. */
  static final String ROUNDING = "refund-rounding";

  private RefundRules() {}

  /** The reason why refunds of this sale do not count, or nothing; adds what to look at. */
  static Optional<String> check(SaleCompleted sale, Ground ground, List<String> flags) {
    Map<SaleCompleted.Sold, Ground.SoldLine> after = new HashMap<>();
    for (SaleCompleted.Line line : sale.lines()) {
      SaleCompleted.Sold sold = line.refunds();
      if (sold == null) {
        continue;
      }
      if (!line.quantity().isNegative()) {
        return Optional.of(Judge.SUMS);
      }
      Ground.SoldLine original = after.get(sold);
      if (original == null) {
        original = ground.soldLine(sold).orElse(null);
      }
      if (original == null) {
        return Optional.of(ORIGINAL_UNKNOWN);
      }
      if (!Objects.equals(original.product(), line.product())) {
        return Optional.of(OTHER_GOODS);
      }
      Ground.SoldLine now = original.after(line.quantity().negate(), -line.amount());
      if (now.refunded().compareTo(now.sold()) > 0) {
        return Optional.of(EXCEEDS);
      }
      long over = now.given() - now.paid();
      if (over > now.refunds()) {
        return Optional.of(EXCEEDS);
      }
      if (over > 0 && !flags.contains(ROUNDING)) {
        flags.add(ROUNDING);
      }
      after.put(sold, now);
    }
    return Optional.empty();
  }
}
