package dev.countersign.common.sale;

import dev.countersign.common.money.Money;
import dev.countersign.common.tax.TaxShare;
import java.util.List;
import java.util.Optional;

/**
 * A basket with every figure that the screen and the receipt show.
 *
 * @param lines those that are not voided
 * @param discount all discounts together
 * @param subtotal all lines without taxes
 * @param taxes one per tax rule and rate, in the order they first appear
 * @param total what is to be paid: subtotal plus taxes; negative when money goes out
 */
public record PricedBasket(
    List<PricedLine> lines, Money discount, Money subtotal, List<TaxShare> taxes, Money total) {
  public PricedBasket {
    lines = List.copyOf(lines);
    taxes = List.copyOf(taxes);
  }

  /** The line with this number; empty when it is voided or does not exist. */
  public Optional<PricedLine> line(int no) {
    return lines.stream().filter(l -> l.line().no() == no).findFirst();
  }

  /**
   * What is paid out for all empties in it, with the taxes that are in what a container costs or
   * come on top of it; zero or more. By this figure till and server ask for approval.
   */
  public Money empties() {
    return Money.sum(
        total.currency(),
        lines.stream()
            .filter(line -> line.line().facts().empties())
            .map(line -> line.gross().negate())
            .toList());
  }

  /** All taxes together. */
  public Money tax() {
    return total.minus(subtotal);
  }
}
