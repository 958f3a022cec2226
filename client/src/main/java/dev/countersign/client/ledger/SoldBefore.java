package dev.countersign.client.ledger;

import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.money.Money;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.RefundableLine;
import dev.countersign.common.sale.Refunds;
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

  /**
   * The basket with goods of this sale that come back behind what it holds.
   *
   * @param part of one of {@link #lines}, as {@link Refunds#refund} gives it
   * @param reason why they come back; may be empty
   * @throws IllegalArgumentException when the sale has no such line
   */
  public Basket bringBack(Basket basket, Refunds.Part part, String reason) {
    SaleCompleted sold = sale.body();
    SaleCompleted.Line line =
        sold.lines().stream()
            .filter(each -> each.no() == part.lineNo())
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no line " + part.lineNo()));
    String name = line.name().isBlank() ? line.code() : line.name();
    Long unit = line.unit();
    return basket.add(
        new LineItem(line.product(), line.code(), name.isBlank() ? "-" : name, "", List.of()),
        part.quantity().negate(),
        new LinePrice.Refunded(
            sale.id(),
            sold.receipt(),
            unit == null ? null : Money.of(unit, basket.currency()),
            part,
            reason));
  }
}
