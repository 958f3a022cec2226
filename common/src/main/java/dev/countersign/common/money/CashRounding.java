package dev.countersign.common.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Rounds what is paid where the smallest coins are gone. The goods and their taxes are never
 * rounded; the difference is a row of its own, so that the books balance.
 *
 * @param increment the smallest amount that can be paid, such as 0.05; positive
 * @param mode which way; by the size of the amount, so that a refund mirrors the sale
 * @param scope whether amounts paid without coins are rounded too
 */
public record CashRounding(Money increment, Mode mode, Scope scope) {
  /** The direction, on the amount without its sign. */
  public enum Mode {
    HALF_UP(RoundingMode.HALF_UP),
    UP(RoundingMode.UP),
    DOWN(RoundingMode.DOWN);

    private final RoundingMode arithmetic;

    Mode(RoundingMode arithmetic) {
      this.arithmetic = arithmetic;
    }
  }

  /** Which tenders are rounded. */
  public enum Scope {
    CASH,
    ALL
  }

  /**
   * What is to be paid in place of what remained.
   *
   * @param toPay a multiple of the increment
   * @param difference toPay minus what remained; positive when the shop gains
   */
  public record Rounded(Money toPay, Money difference) {}

  public CashRounding {
    if (!increment.isPositive()) {
      throw new IllegalArgumentException("the increment must be positive");
    }
  }

  /**
   * Rounds what remains to be paid after the other tenders; negative amounts go out and round as
   * their mirror image.
   *
   * @throws CurrencyMismatchException if it is not in the increment's currency
   */
  public Rounded round(Money remaining) {
    if (!remaining.currency().equals(increment.currency())) {
      throw new CurrencyMismatchException(remaining.currency(), increment.currency());
    }
    var steps =
        BigDecimal.valueOf(remaining.minor())
            .divide(BigDecimal.valueOf(increment.minor()), 0, mode.arithmetic);
    var toPay =
        Money.of(
            steps.multiply(BigDecimal.valueOf(increment.minor())).longValueExact(),
            remaining.currency());
    return new Rounded(toPay, toPay.minus(remaining));
  }
}
