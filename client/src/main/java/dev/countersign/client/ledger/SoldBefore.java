package dev.countersign.client.ledger;

import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.LineFacts;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.RefundableLine;
import dev.countersign.common.sale.Refunds;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
    return bringBack(basket, part, reason, Map.of());
  }

  /** The line of a number. */
  private SaleCompleted.Line line(int no) {
    return sale.body().lines().stream()
        .filter(each -> each.no() == no)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no line " + no));
  }

  /**
   * The containers that went with a line.
   *
   * @return their line → how many go with one of the goods
   */
  public Map<Integer, Quantity> containersOf(int goods) {
    Map<Integer, Quantity> containers = new TreeMap<>();
    for (SaleCompleted.Line each : sale.body().lines()) {
      LineFacts.Of with = each.beside().deposit();
      if (with != null && with.line() == goods) {
        containers.put(each.no(), with.each());
      }
    }
    return containers;
  }

  /**
   * The same, where containers stay with goods that came back before them.
   *
   * @param before the lines of the sale that stand in the basket → where
   */
  public Basket bringBack(
      Basket basket, Refunds.Part part, String reason, Map<Integer, Integer> before) {
    SaleCompleted sold = sale.body();
    SaleCompleted.Line line = line(part.lineNo());
    LineFacts.Of with = line.beside().deposit();
    Integer goods = with == null ? null : before.get(with.line());
    LineFacts facts =
        with == null || goods == null
            ? LineFacts.NONE
            : new LineFacts(new LineFacts.Of(goods, with.each()), false, null, "", null);
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
            reason),
        facts);
  }
}
