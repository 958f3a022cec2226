package dev.countersign.common.sale;

import dev.countersign.common.money.CurrencyMismatchException;
import dev.countersign.common.money.Quantity;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a customer is about to buy. Immutable: every operation gives a new basket, so that the one
 * before can be shown again.
 *
 * @param lines numbered 1, 2, 3 … without gaps; voided lines stay
 */
public record Basket(Currency currency, List<BasketLine> lines) {
  /** More lines than any receipt; a stuck scanner key ends here and not in memory. */
  public static final int MOST_LINES = 5_000;

  public Basket {
    lines = List.copyOf(lines);
    if (lines.size() > MOST_LINES) {
      throw new IllegalArgumentException("a basket holds at most " + MOST_LINES + " lines");
    }
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).no() != i + 1) {
        throw new IllegalArgumentException("line " + lines.get(i).no() + " out of order");
      }
      var lineCurrency = lines.get(i).amount().currency();
      if (!lineCurrency.equals(currency)) {
        throw new CurrencyMismatchException(currency, lineCurrency);
      }
    }
  }

  public static Basket empty(Currency currency) {
    return new Basket(currency, List.of());
  }

  /**
   * Adds a line of its own at the end.
   *
   * @throws IllegalArgumentException on a quantity of zero, a price of the other sign or another
   *     currency, or when the basket is full
   */
  public Basket add(LineItem item, Quantity quantity, LinePrice price) {
    var extended = new ArrayList<>(lines);
    extended.add(new BasketLine(lines.size() + 1, item, quantity, price, false));
    return new Basket(currency, extended);
  }

  /**
   * Adds to the last line if it sells the same item at the same unit price in the same direction,
   * otherwise as {@link #add}.
   */
  public Basket addOrIncrease(LineItem item, Quantity quantity, LinePrice price) {
    if (!lines.isEmpty() && price instanceof LinePrice.Each) {
      var last = lines.getLast();
      boolean same =
          !last.voided()
              && last.item().equals(item)
              && last.price().equals(price)
              && last.quantity().isNegative() == quantity.isNegative();
      if (same) {
        return setQuantity(last.no(), last.quantity().plus(quantity));
      }
    }
    return add(item, quantity, price);
  }

  /**
   * Changes how many. An amount for the whole line changes in proportion, halves away from zero.
   *
   * @throws IllegalArgumentException if there is no such line, it is voided, or the quantity is
   *     zero
   */
  public Basket setQuantity(int lineNo, Quantity quantity) {
    return replace(
        lineNo,
        line -> {
          var price =
              switch (line.price()) {
                case LinePrice.Each each -> each;
                case LinePrice.Total total ->
                    new LinePrice.Total(
                        total.lineTotal().proRata(quantity, line.quantity(), RoundingMode.HALF_UP));
              };
          return new BasketLine(line.no(), line.item(), quantity, price, false);
        });
  }

  /**
   * Changes the price of a line.
   *
   * @throws IllegalArgumentException if there is no such line or it is voided
   */
  public Basket setPrice(int lineNo, LinePrice price) {
    return replace(
        lineNo, line -> new BasketLine(line.no(), line.item(), line.quantity(), price, false));
  }

  /**
   * Strikes a line through.
   *
   * @throws IllegalArgumentException if there is no such line or it is already voided
   */
  public Basket voidLine(int lineNo) {
    return replace(
        lineNo,
        line -> new BasketLine(line.no(), line.item(), line.quantity(), line.price(), true));
  }

  /** The lines that are not voided. */
  public List<BasketLine> liveLines() {
    return lines.stream().filter(line -> !line.voided()).toList();
  }

  private Basket replace(int lineNo, UnaryOperator<BasketLine> change) {
    if (lineNo < 1 || lineNo > lines.size()) {
      throw new IllegalArgumentException("there is no line " + lineNo);
    }
    var line = lines.get(lineNo - 1);
    if (line.voided()) {
      throw new IllegalArgumentException("line " + lineNo + " is voided");
    }
    var changed = new ArrayList<>(lines);
    changed.set(lineNo - 1, change.apply(line));
    return new Basket(currency, changed);
  }
}
