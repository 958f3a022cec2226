package dev.countersign.common.sale;

import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import java.math.RoundingMode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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

  /**
   * Goods of a receipt that come back, for what was paid for so much of that line: the stored
   * result, never priced or taxed again.
   *
   * @param sale under which they were sold
   * @param receipt its number
   * @param unit what one cost, or null when the line was priced as a whole
   * @param part as {@link Refunds#refund} gives it; the line's quantity is its quantity, negative
   * @param reason why they come back; may be empty
   */
  record Refunded(UUID sale, String receipt, @Nullable Money unit, Refunds.Part part, String reason)
      implements LinePrice {}

  /**
   * Goods that come back without their receipt; the line's quantity is negative.
   *
   * @param unit what is given back for one, zero or more
   * @param reason why they come back; may be empty
   */
  record Returned(Money unit, String reason) implements LinePrice {
    public Returned {
      if (unit.isNegative()) {
        throw new IllegalArgumentException("a unit price is not negative");
      }
    }
  }

  /** The amount of a line of this quantity before discounts; halves round away from zero. */
  default Money amount(Quantity quantity) {
    return switch (this) {
      case Each each -> each.unit().times(quantity, RoundingMode.HALF_UP);
      case Total total -> total.lineTotal();
      case Refunded refunded -> refunded.part().amount().totalIncluded().negate();
      case Returned returned -> returned.unit().times(quantity, RoundingMode.HALF_UP);
    };
  }
}
