package dev.countersign.common.protocol;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A page of what the other devices of a store sold lately, in the order in which the server took
 * it.
 *
 * @param epoch of the feed; another one than the device's means that the numbers are others
 * @param through the number up to which all was looked at; the next page goes on behind it
 * @param more there is another page right away
 * @param since what the server took before that is in no page, and whoever has it drops it
 */
public record RecentSales(
    UUID epoch, long through, boolean more, Instant since, List<Taken> sales) {
  /**
   * A sale.
   *
   * @param received when the server took it
   */
  public record Taken(Instant received, OlderSale sale) {}

  public RecentSales {
    sales = sales == null ? List.of() : List.copyOf(sales);
  }
}
