package dev.countersign.common.sale;

import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a basket.
 *
 * @param no counts from 1 in the order of scanning and is never given twice
 * @param quantity not zero; negative for goods that come back
 * @param voided struck through: it stays visible and counts for nothing
 * @param listed what one costs by the catalogue, when a person has put another price in its place;
 *     else null
 * @param discounts on this line alone, in the order they were given
 * @param note for the receipt; may be empty
 * @param facts what else is recorded of it
 */
public record BasketLine(
    int no,
    LineItem item,
    Quantity quantity,
    LinePrice price,
    boolean voided,
    @Nullable Money listed,
    List<Discount> discounts,
    String note,
    LineFacts facts) {
  public BasketLine {
    if (no < 1) {
      throw new IllegalArgumentException("lines count from 1");
    }
    if (quantity.isZero()) {
      throw new IllegalArgumentException("a line of nothing; void it instead");
    }
    var amount = price.amount(quantity);
    if (!amount.isZero() && amount.isNegative() != quantity.isNegative()) {
      throw new IllegalArgumentException("the amount and the quantity have different signs");
    }
    discounts = List.copyOf(discounts);
    Discount.requireFew(discounts);
    Notes.require(note);
    boolean back =
        switch (price) {
          case LinePrice.Refunded refunded ->
              refunded.part().quantity().equals(quantity.negate()) && discounts.isEmpty();
          case LinePrice.Returned _ -> quantity.isNegative();
          case LinePrice.Each _, LinePrice.Total _ -> true;
        };
    if (!back) {
      throw new IllegalArgumentException("not what comes back");
    }
  }

  /** A line at its own price, without discount or note. */
  public BasketLine(int no, LineItem item, Quantity quantity, LinePrice price, boolean voided) {
    this(no, item, quantity, price, voided, null, List.of(), "", LineFacts.NONE);
  }

  /** What the line costs before discounts; negative for returned goods. */
  public Money amount() {
    return price.amount(quantity);
  }

  /**
   * What one costs at the line's own price; its share of an amount for the whole line, halves away
   * from zero, and something where that is something. Null for goods that come back.
   */
  public @Nullable Money one() {
    return switch (price) {
      case LinePrice.Each each -> each.unit();
      case LinePrice.Total(Money total) -> {
        var share = total.proRata(Quantity.ONE, quantity, RoundingMode.HALF_UP);
        yield share.isZero() ? total.proRata(Quantity.ONE, quantity, RoundingMode.UP) : share;
      }
      case LinePrice.Refunded _, LinePrice.Returned _ -> null;
    };
  }

  /**
   * Whether it costs other than the catalogue says, because a person has put another price in its
   * place. What no catalogue knows has no price but the one that was typed last.
   */
  boolean isRepriced() {
    return listed != null && item.productId() != null;
  }

  /** True when one more of the same, rung up as usual, is the same line counted on. */
  boolean isPlain() {
    return !voided && listed == null && discounts.isEmpty() && note.isEmpty();
  }

  /** The number of the goods whose container it is; 0 for what stands for itself. */
  public int goesWith() {
    var goods = facts.deposit();
    return goods == null ? 0 : goods.line();
  }

  /** True for a container, which is never part of a discount. */
  public boolean isContainer() {
    return item.handling().container();
  }

  BasketLine of(LineFacts other) {
    return new BasketLine(no, item, quantity, price, voided, listed, discounts, note, other);
  }

  BasketLine selling(LineItem other) {
    return new BasketLine(no, other, quantity, price, voided, listed, discounts, note, facts);
  }

  BasketLine numbered(int other) {
    return new BasketLine(other, item, quantity, price, voided, listed, discounts, note, facts);
  }

  BasketLine struck() {
    return new BasketLine(no, item, quantity, price, true, listed, discounts, note, facts);
  }

  BasketLine times(Quantity other, LinePrice atPrice) {
    return new BasketLine(no, item, other, atPrice, voided, listed, discounts, note, facts);
  }

  BasketLine at(LinePrice other, @Nullable Money insteadOf) {
    return new BasketLine(no, item, quantity, other, voided, insteadOf, discounts, note, facts);
  }

  BasketLine less(Discount discount) {
    var more = new ArrayList<>(discounts);
    more.add(discount);
    return new BasketLine(no, item, quantity, price, voided, listed, more, note, facts);
  }

  BasketLine undiscounted() {
    return new BasketLine(no, item, quantity, price, voided, listed, List.of(), note, facts);
  }

  BasketLine noted(String text) {
    return new BasketLine(no, item, quantity, price, voided, listed, discounts, text, facts);
  }
}
