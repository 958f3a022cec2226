package dev.countersign.client.ledger;

import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.sale.RefundableLine;
import java.util.List;
import java.util.Map;

/**
 * A sale that goods may come back of.
 *
 * @param lines of goods that were sold, with what came back of them as far as it is known here;
 *     lines of goods that came back with it are not among them
 * @param left what may still go back by each means, in minor units, above 0
 */
public record SoldBefore(CompletedSale sale, List<RefundableLine> lines, Map<Means, Long> left) {
  public SoldBefore {
    lines = List.copyOf(lines);
    left = Map.copyOf(left);
  }
}
