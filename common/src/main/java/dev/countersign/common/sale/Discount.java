package dev.countersign.common.sale;

import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** Something off the price, of a line or of the basket, with the reason that the report names. */
public sealed interface Discount {
  /** As many as anybody can explain on one line or basket. */
  int MOST = 9;

  /** Why it was given; may be empty where the tenant asks for none. */
  String reason();

  /**
   * A percentage off.
   *
   * @param percent 0 to 100, at most four decimals
   */
  record PercentOff(BigDecimal percent, String reason) implements Discount {
    public PercentOff {
      if (percent.signum() < 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0) {
        throw new IllegalArgumentException("a percentage from 0 to 100, not " + percent);
      }
      if (percent.stripTrailingZeros().scale() > 4) {
        throw new IllegalArgumentException("a percentage with at most four decimals");
      }
      Notes.require(reason);
    }
  }

  /**
   * An amount off, never more than there is.
   *
   * @param amount zero or more
   */
  record AmountOff(Money amount, String reason) implements Discount {
    public AmountOff {
      if (amount.isNegative()) {
        throw new IllegalArgumentException("a discount is not negative");
      }
      Notes.require(reason);
    }
  }

  /**
   * What a promotion takes off a line; nobody gave it.
   *
   * @param version of the promotion
   * @param amount above zero, never more than there is
   * @param reason the promotion's name
   */
  record Promoted(UUID promotion, int version, Money amount, String reason) implements Discount {}

  /**
   * How much comes off this amount. Never more than the amount itself; for returned goods, whose
   * amount is negative, the result is negative as well, so that a return mirrors its sale.
   */
  default Money of(Money amount) {
    var size = amount.abs();
    var off =
        switch (this) {
          case PercentOff p ->
              size.proRata(Quantity.ofExact(p.percent()), Quantity.of(100), RoundingMode.HALF_UP);
          case AmountOff a -> a.amount().compareTo(size) < 0 ? a.amount() : size;
          case Promoted p -> p.amount().compareTo(size) < 0 ? p.amount() : size;
        };
    return amount.isNegative() ? off.negate() : off;
  }

  /**
   * How much of a discount on the basket falls on each line. Lines of returned goods bear nothing.
   * The parts sum to the discount on all other lines together, and no line falls below zero.
   *
   * @param lineAmounts what each line costs after its own discounts
   */
  default List<Money> over(List<Money> lineAmounts) {
    var weights = lineAmounts.stream().map(a -> Math.max(0, a.minor())).toList();
    if (weights.stream().allMatch(w -> w == 0)) {
      return lineAmounts.stream().map(a -> Money.zero(a.currency())).toList();
    }
    var currency = lineAmounts.getFirst().currency();
    var whole = Money.sum(currency, weights.stream().map(w -> Money.of(w, currency)).toList());
    return of(whole).allocate(weights);
  }

  /**
   * All discounts of a basket over its lines: first each line's own in their order, each on what
   * the one before left; then those on the basket in their order.
   *
   * @param lineAmounts before any discount
   * @param onLines as many lists as lines
   * @return for each line how much each discount takes off it: its own, then those on the basket;
   *     together never more than there is
   */
  static List<List<Money>> stacked(
      List<Money> lineAmounts, List<List<Discount>> onLines, List<Discount> onBasket) {
    if (lineAmounts.size() != onLines.size()) {
      throw new IllegalArgumentException("discounts for another number of lines");
    }
    var left = new ArrayList<Money>();
    var off = new ArrayList<List<Money>>();
    for (int i = 0; i < lineAmounts.size(); i++) {
      var amount = lineAmounts.get(i);
      var own = new ArrayList<Money>();
      for (var discount : onLines.get(i)) {
        own.add(discount.of(amount));
        amount = amount.minus(own.getLast());
      }
      left.add(amount);
      off.add(own);
    }
    for (var discount : onBasket) {
      var parts = discount.over(left);
      for (int i = 0; i < left.size(); i++) {
        left.set(i, left.get(i).minus(parts.get(i)));
        off.get(i).add(parts.get(i));
      }
    }
    return Collections.unmodifiableList(off);
  }

  /**
   * @throws IllegalArgumentException on more than {@link #MOST}
   */
  static void requireFew(List<Discount> discounts) {
    if (discounts.size() > MOST) {
      throw new IllegalArgumentException("at most " + MOST + " discounts");
    }
  }
}
