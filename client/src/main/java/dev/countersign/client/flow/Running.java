package dev.countersign.client.flow;

import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.BasketLine;
import dev.countersign.common.sale.Discount;
import dev.countersign.common.sale.LineFacts;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.Offering;
import dev.countersign.common.sale.PricedBasket;
import dev.countersign.common.sale.PricedLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sale as it stands: what a screen shows. Immutable.
 *
 * @param priced the figures of {@code basket}
 * @param touched the line that the last act was about, 0 when there is none
 * @param next how many the next scan sells
 * @param undoable whether there is an act to take back
 * @param empties whether what is scanned next comes back as empties
 * @param offering under which {@code priced} was reckoned
 * @param former what it came to until taxes changed, or what is on offer, where that is another
 *     total; null in every state but the first that is shown anew
 */
public record Running(
    Basket basket,
    PricedBasket priced,
    int touched,
    Quantity next,
    boolean undoable,
    boolean empties,
    Offering offering,
    @Nullable Money former) {
  /** One to which goods are sold where nothing is on offer. */
  public Running(Basket basket, PricedBasket priced, int touched, Quantity next, boolean undoable) {
    this(basket, priced, touched, next, undoable, false, Offering.NONE, null);
  }

  /**
   * One line of the basket.
   *
   * @param each the price of one, or empty when the line was priced as a whole
   * @param listed the catalogue's price of one, where another is charged
   * @param amount what the customer pays for it, without its share of discounts on everything; what
   *     it would have cost when it is voided
   * @param off its own discounts, with what they take off
   * @param note may be empty
   * @param goesWith the number of the goods whose container it is, 0 for what stands for itself
   * @param container true for a container, off which nothing is given
   * @param facts what else is recorded of it
   */
  public record Row(
      int no,
      String name,
      String size,
      Quantity quantity,
      Optional<Money> each,
      Optional<Money> listed,
      Money amount,
      List<PricedLine.Off> off,
      String note,
      boolean voided,
      int goesWith,
      boolean container,
      LineFacts facts) {
    public Row {
      off = List.copyOf(off);
    }
  }

  /**
   * A discount on everything.
   *
   * @param amount what it takes off in all
   */
  public record OffAll(Discount discount, Money amount) {}

  /** All lines in the order they were entered, the voided ones among them. */
  public List<Row> rows() {
    return basket.lines().stream().map(this::row).toList();
  }

  /** Pieces in the basket, without containers; anything weighed or measured counts as one. */
  public long items() {
    return items(basket);
  }

  static long items(Basket basket) {
    return basket.liveLines().stream()
        .filter(line -> line.goesWith() == 0)
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

  /** The discounts on everything, in the order they were given. */
  public List<OffAll> offAll() {
    List<OffAll> all = new ArrayList<>();
    for (int i = 0; i < basket.discounts().size(); i++) {
      Discount discount = basket.discounts().get(i);
      int nth = Collections.frequency(basket.discounts().subList(0, i), discount);
      Money sum = Money.zero(basket.currency());
      for (PricedLine line : priced.lines()) {
        List<PricedLine.Off> same =
            line.off().stream()
                .filter(off -> off.onBasket() && off.discount().equals(discount))
                .toList();
        sum = nth < same.size() ? sum.plus(same.get(nth).amount()) : sum;
      }
      all.add(new OffAll(discount, sum));
    }
    return all;
  }

  private Row row(BasketLine line) {
    List<PricedLine.Off> off = List.of();
    Money amount = line.amount();
    if (!line.voided()) {
      PricedLine mine = priced.line(line.no()).orElseThrow();
      off = mine.off().stream().filter(each -> !each.onBasket()).toList();
      amount = mine.gross();
      for (PricedLine.Off each : mine.off()) {
        amount = each.onBasket() ? amount.plus(each.amount()) : amount;
      }
    }
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
        Optional.ofNullable(line.listed()),
        amount,
        off,
        line.note(),
        line.voided(),
        line.goesWith(),
        line.isContainer(),
        line.facts());
  }
}
