package dev.countersign.common.sale;

import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import java.math.RoundingMode;

/** How a line is priced. */
public sealed interface LinePrice {
  /**
   * A price per unit.
   *
   * @param unit zero or more; returned goods have a negative quantity, not a negative price
   */
  record Each(Money unit) implements LinePrice {
    public Each {
      if (unit.isNegative()) {
        throw new IllegalArgumentException("a unit price is not negative");
      }
    }
  }

  /**
   * An amount for the whole line, which need not divide by the quantity: an open price, or a price
   * out of a barcode.
   *
   * @param lineTotal negative on a line of negative quantity, and only there
   */
  record Total(Money lineTotal) implements LinePrice {}

  /** The amount of a line of this quantity before discounts; halves round away from zero. */
  default Money amount(Quantity quantity) {
    return switch (this) {
      case Each each -> each.unit().times(quantity, RoundingMode.HALF_UP);
      case Total total -> total.lineTotal();
    };
  }
}
