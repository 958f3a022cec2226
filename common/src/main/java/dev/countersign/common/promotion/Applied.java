package dev.countersign.common.promotion;

import java.util.List;

/**
 * What promotions take off a sale.
 *
 * @param rows for each line, in the order of the lines, what comes off it; in the order in which
 *     the promotions took it
 */
public record Applied(List<List<PromotionOff>> rows) {
  public Applied {
    rows = List.copyOf(rows);
  }

  /** All of it, in minor units. */
  public long total() {
    return rows.stream().flatMap(List::stream).mapToLong(PromotionOff::amount).sum();
  }
}
