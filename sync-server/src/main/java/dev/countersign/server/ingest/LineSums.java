package dev.countersign.server.ingest;

import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.change.SaleCompleted.Off;
import dev.countersign.common.change.SaleCompleted.Tax;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.Discount;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether a line costs what its price, its quantity and its discounts make. What comes back on a
 * receipt has been priced by the original sale and is left to {@link RefundRules}.
 */
final class LineSums {
  /** Bounded before it is read: an exponent would make a number of any size. */
  private static final Pattern PERCENT = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,4})?");

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final BigDecimal PER_UNIT = BigDecimal.valueOf(Quantity.ONE.millionths());

  /** More taxes than any line bears; beyond them no combination is tried. */
  private static final int MOST_TAXES = 12;

  /** With promotions; more than any line was ever in. */
  private static final int MOST_OFF = 200;

  private LineSums() {}

  static boolean agree(Line line) {
    if (line.refunds() != null) {
      return line.off().isEmpty() && line.exempted().isEmpty();
    }
    Long unit = line.unit();
    long given = line.off().stream().filter(off -> off.promotion() == null).count();
    if (given > 2 * Discount.MOST || line.off().size() > MOST_OFF) {
      return false;
    }
    if (unit != null && (unit < 0 || !SaleSums.believable(unit))) {
      return false;
    }
    if (unit == null) {
      return line.off().stream().allMatch(off -> fits(off, line));
    }
    BigDecimal left =
        BigDecimal.valueOf(unit)
            .multiply(BigDecimal.valueOf(line.quantity().millionths()))
            .divide(PER_UNIT, 0, RoundingMode.HALF_UP);
    for (Off off : line.off()) {
      if (!fits(off, line) || !isOf(off, left)) {
        return false;
      }
      left = left.subtract(BigDecimal.valueOf(off.amount()));
    }
    BigDecimal above = BigDecimal.valueOf(line.amount()).subtract(left);
    if (line.exempted().isEmpty()) {
      return isSomeOf(line.taxes(), above);
    }
    // Those in the price came off it, those on top were not added; beside them there are none.
    return line.taxes().isEmpty() && isSomeOf(line.exempted(), above.negate());
  }

  /** A discount goes the way of its line, and what comes back bears none of those on all. */
  private static boolean fits(Off off, Line line) {
    boolean mirrored = line.quantity().isNegative() ? off.amount() > 0 : off.amount() < 0;
    boolean onReturn = off.onAll() && line.quantity().isNegative();
    String percent = off.percent();
    return !mirrored && !onReturn && (percent == null || PERCENT.matcher(percent).matches());
  }

  /** At most what there is; and a percentage of a line is that percentage. */
  private static boolean isOf(Off off, BigDecimal left) {
    BigDecimal amount = BigDecimal.valueOf(off.amount());
    if (amount.abs().compareTo(left.abs()) > 0) {
      return false;
    }
    String percent = off.percent();
    if (percent == null || off.onAll()) {
      return true;
    }
    BigDecimal exact =
        left.multiply(new BigDecimal(percent)).divide(HUNDRED, 0, RoundingMode.HALF_UP);
    return exact.compareTo(amount) == 0;
  }

  /**
   * Whether what was paid beyond the price is some of the line's taxes: those that are not in the
   * price come on top, and the change does not say which.
   */
  private static boolean isSomeOf(List<Tax> all, BigDecimal above) {
    if (above.signum() == 0) {
      return true;
    }
    int taxes = all.size();
    if (taxes > MOST_TAXES) {
      return false;
    }
    for (int some = 1; some < 1 << taxes; some++) {
      BigDecimal sum = BigDecimal.ZERO;
      for (int i = 0; i < taxes; i++) {
        if ((some & 1 << i) != 0) {
          sum = sum.add(BigDecimal.valueOf(all.get(i).amount()));
        }
      }
      if (sum.compareTo(above) == 0) {
        return true;
      }
    }
    return false;
  }
}
