package dev.countersign.client.flow;

import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.BasketLine;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.PricedBasket;
import java.util.List;
import java.util.Optional;

/**
 * The sale as it stands: what a screen shows. Immutable.
 *
 * @param priced the figures of {@code basket}
 * @param touched the line that the last act was about, 0 when there is none
 * @param next how many the next scan sells
 * @param undoable whether there is an act to take back
 */
public record Running(
    Basket basket, PricedBasket priced, int touched, Quantity next, boolean undoable) {

  /**
   * One line of the basket.
   *
   * @param each the price of one, or empty when the line was priced as a whole
   * @param amount what the customer pays for it; what it would have cost when it is voided
   */
  public record Row(
      int no,
      String name,
      String size,
      Quantity quantity,
      Optional<Money> each,
      Money amount,
      boolean voided) {}

  /** All lines in the order they were entered, the voided ones among them. */
  public List<Row> rows() {
    return basket.lines().stream().map(this::row).toList();
  }

  /** Pieces in the basket; anything weighed or measured counts as one. */
  public long items() {
    return basket.liveLines().stream()
        .map(BasketLine::quantity)
        .mapToLong(q -> q.isWhole() ? Math.abs(q.millionths() / Quantity.ONE.millionths()) : 1)
        .sum();
  }

  public boolean isEmpty() {
    return basket.liveLines().isEmpty();
  }

  public Money total() {
    return priced.total();
  }

  /** Whether goods come back and the customer pays nothing: money goes out, or none at all. */
  public boolean givesBack() {
    boolean back = basket.liveLines().stream().anyMatch(line -> line.quantity().isNegative());
    return back && !total().isPositive();
  }

  private Row row(BasketLine line) {
    Money amount = line.voided() ? line.amount() : priced.line(line.no()).orElseThrow().gross();
    Optional<Money> each =
        switch (line.price()) {
          case LinePrice.Each(Money unit) -> Optional.of(unit);
          case LinePrice.Total _ -> Optional.empty();
          case LinePrice.Refunded refunded -> Optional.ofNullable(refunded.unit());
          case LinePrice.Returned(Money unit, String _) -> Optional.of(unit);
        };
    return new Row(
        line.no(),
        line.item().name(),
        line.item().size(),
        line.quantity(),
        each,
        amount,
        line.voided());
  }
}
