package dev.countersign.common.sale;

import dev.countersign.common.money.CurrencyMismatchException;
import dev.countersign.common.money.Quantity;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a customer is about to buy. Immutable: every operation gives a new basket, so that the one
 * before can be shown again.
 *
 * @param lines numbered 1, 2, 3 … without gaps; voided lines stay
 * @param discounts on all of it, in the order they were given, behind those of the lines
 * @param note for the receipt; may be empty
 * @param agreed who answers for what not everybody may do, each act and person once
 * @param buyer whose basket it is, or null for anybody's
 * @param coupons the codes that were shown, in their normal form, each as often as it was
 */
public record Basket(
    Currency currency,
    List<BasketLine> lines,
    List<Discount> discounts,
    String note,
    List<Agreed> agreed,
    List<String> coupons,
    @Nullable Buyer buyer) {
  /** More lines than any receipt; a stuck scanner key ends here and not in memory. */
  public static final int MOST_LINES = 5_000;

  /** More coupons than anybody has shown at once. */
  public static final int MOST_COUPONS = 99;

  public Basket {
    lines = List.copyOf(lines);
    discounts = List.copyOf(discounts);
    agreed = List.copyOf(agreed);
    coupons = List.copyOf(coupons);
    if (coupons.size() > MOST_COUPONS) {
      throw new IllegalArgumentException("at most " + MOST_COUPONS + " coupons");
    }
    Discount.requireFew(discounts);
    Notes.require(note);
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

  /** Lines at their own prices, and nothing else. */
  public Basket(Currency currency, List<BasketLine> lines) {
    this(currency, lines, List.of(), "", List.of(), List.of(), null);
  }

  public static Basket empty(Currency currency) {
    return new Basket(currency, List.of());
  }

  /** The same with other lines. */
  public Basket with(List<BasketLine> others) {
    return new Basket(currency, others, discounts, note, agreed, coupons, buyer);
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
    return with(extended);
  }

  /**
   * Adds to the last line if it sells the same item at the same unit price in the same direction
   * and nothing was given off it or written beside it, otherwise as {@link #add}.
   */
  public Basket addOrIncrease(LineItem item, Quantity quantity, LinePrice price) {
    if (!lines.isEmpty() && price instanceof LinePrice.Each) {
      var last = lines.getLast();
      boolean same =
          last.isPlain()
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
   * @throws IllegalArgumentException if there is no such line, it is voided, the quantity is zero,
   *     or its goods come back of a receipt, where how many was chosen there
   */
  public Basket setQuantity(int lineNo, Quantity quantity) {
    return replace(
        lineNo,
        line -> {
          var price =
              switch (line.price()) {
                case LinePrice.Each each -> each;
                case LinePrice.Refunded refunded -> refunded;
                case LinePrice.Returned returned -> returned;
                case LinePrice.Total total ->
                    new LinePrice.Total(
                        total.lineTotal().proRata(quantity, line.quantity(), RoundingMode.HALF_UP));
              };
          return line.times(quantity, price);
        });
  }

  /**
   * The line with this number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public BasketLine line(int lineNo) {
    if (lineNo < 1 || lineNo > lines.size()) {
      throw new IllegalArgumentException("there is no line " + lineNo);
    }
    return lines.get(lineNo - 1);
  }

  /**
   * Changes how many were rung up: more as {@link #setQuantity}; with fewer the line is struck
   * through, and what is left of it comes as a line of its own at the end.
   *
   * @throws IllegalArgumentException as {@link #setQuantity}, or when the basket is full
   */
  public Basket recount(int lineNo, Quantity quantity) {
    var line = line(lineNo);
    var counted = setQuantity(lineNo, quantity).line(lineNo);
    boolean more =
        quantity.isNegative() == line.quantity().isNegative()
            && Math.abs(quantity.millionths()) >= Math.abs(line.quantity().millionths());
    if (more) {
      return setQuantity(lineNo, quantity);
    }
    var behind = new ArrayList<>(voidLine(lineNo).lines());
    behind.add(counted.numbered(lines.size() + 1));
    return with(behind);
  }

  /**
   * Puts another price in the place of the catalogue's, which the line goes on to name.
   *
   * @throws IllegalArgumentException if there is no such line, it is voided, or its goods come back
   *     of a receipt: what was paid is not chosen again
   */
  public Basket setPrice(int lineNo, LinePrice price) {
    return replace(
        lineNo,
        line -> {
          if (line.price() instanceof LinePrice.Refunded) {
            throw new IllegalArgumentException("line " + lineNo + " comes back of a receipt");
          }
          var listed = line.listed();
          if (listed == null && line.price() instanceof LinePrice.Each each) {
            listed = each.unit();
          }
          boolean back = price instanceof LinePrice.Each each && each.unit().equals(listed);
          return line.at(price, back ? null : listed);
        });
  }

  /**
   * Gives something off a line, on top of what was given already.
   *
   * @throws IllegalArgumentException if there is no such line, it is voided, it has as many
   *     discounts as a line can have, or its goods come back of a receipt
   */
  public Basket discount(int lineNo, Discount discount) {
    return replace(lineNo, line -> line.less(discount));
  }

  /**
   * Takes all discounts of a line away.
   *
   * @throws IllegalArgumentException if there is no such line or it is voided
   */
  public Basket withoutDiscounts(int lineNo) {
    return replace(lineNo, BasketLine::undiscounted);
  }

  /** Gives something off everything, on top of what was given already. */
  public Basket discount(Discount discount) {
    var more = new ArrayList<>(discounts);
    more.add(discount);
    return new Basket(currency, lines, more, note, agreed, coupons, buyer);
  }

  /** Takes all discounts on everything away; those of the lines stay. */
  public Basket withoutDiscounts() {
    return new Basket(currency, lines, List.of(), note, agreed, coupons, buyer);
  }

  /**
   * Writes beside a line.
   *
   * @param text one line, {@link Notes#LONGEST} at most; empty takes the note away
   */
  public Basket note(int lineNo, String text) {
    return replace(lineNo, line -> line.noted(text));
  }

  /**
   * Writes beside the whole sale.
   *
   * @param text one line, {@link Notes#LONGEST} at most; empty takes the note away
   */
  public Basket note(String text) {
    return new Basket(currency, lines, discounts, text, agreed, coupons, buyer);
  }

  /** A coupon was shown. */
  public Basket coupon(String code) {
    var more = new ArrayList<>(coupons);
    more.add(code);
    return new Basket(currency, lines, discounts, note, agreed, more, buyer);
  }

  /**
   * Somebody buys it.
   *
   * @param somebody null for nobody who is known
   */
  public Basket boughtBy(@Nullable Buyer somebody) {
    return new Basket(currency, lines, discounts, note, agreed, coupons, somebody);
  }

  /** Somebody answers for an act in this basket. */
  public Basket agreed(Agreed word) {
    if (agreed.contains(word)) {
      return this;
    }
    var more = new ArrayList<>(agreed);
    more.add(word);
    return new Basket(currency, lines, discounts, note, more, coupons, buyer);
  }

  /**
   * Strikes a line through.
   *
   * @throws IllegalArgumentException if there is no such line or it is already voided
   */
  public Basket voidLine(int lineNo) {
    return replace(lineNo, BasketLine::struck);
  }

  /**
   * An earlier state of this basket, with the lines that came since struck through behind it: what
   * was rung up stays to be seen.
   */
  public Basket backTo(Basket earlier) {
    var struck = new ArrayList<>(earlier.lines());
    for (var line : lines.subList(struck.size(), lines.size())) {
      struck.add(line.voided() ? line : line.struck());
    }
    return earlier.with(struck);
  }

  /** The lines that are not voided. */
  public List<BasketLine> liveLines() {
    return lines.stream().filter(line -> !line.voided()).toList();
  }

  private Basket replace(int lineNo, UnaryOperator<BasketLine> change) {
    var line = line(lineNo);
    if (line.voided()) {
      throw new IllegalArgumentException("line " + lineNo + " is voided");
    }
    var changed = new ArrayList<>(lines);
    changed.set(lineNo - 1, change.apply(line));
    return with(changed);
  }
}
