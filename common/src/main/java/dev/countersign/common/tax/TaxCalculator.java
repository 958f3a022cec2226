package dev.countersign.common.tax;

import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.tax.ExactTax.ExactShare;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Charges taxes on lines.
 *
 * <p>Every tax of a line is a linear function of the line's net amount, so the net amount behind a
 * tax-inclusive price is found by solving one equation, however the taxes compound. When rounding
 * per line, each included tax is rounded and the net amount is what is left of the price: the price
 * on the shelf never changes.
 */
public final class TaxCalculator {
  private static final int SCALE = 24;

  private final TaxRounding rounding;

  public TaxCalculator(TaxRounding rounding) {
    this.rounding = rounding;
  }

  /** The taxes of a document of this one line. */
  public TaxedAmount tax(List<TaxRule> rules, Money lineAmount, Quantity quantity) {
    return tax(List.of(new TaxableLine(rules, lineAmount, quantity))).getFirst();
  }

  /**
   * The taxes of all lines of one document, in the order of the lines.
   *
   * @throws IllegalArgumentException if included taxes leave nothing of a price
   * @throws ArithmeticException if an amount does not fit, or the precision is finer than the
   *     currency's minor unit
   */
  public List<TaxedAmount> tax(List<TaxableLine> lines) {
    return switch (rounding) {
      case TaxRounding.PerLine perLine ->
          lines.stream().map(line -> taxOnLine(line, perLine.precision())).toList();
      case TaxRounding.PerDocument _ -> new DocumentTax(lines).perLine();
    };
  }

  /**
   * The taxes of a line before any rounding.
   *
   * @throws IllegalArgumentException if included taxes leave nothing of a price
   */
  public static ExactTax exact(TaxableLine line) {
    var taxes = linear(line.rules(), line.quantity().toBigDecimal());
    var perNet = BigDecimal.ONE;
    var fixed = BigDecimal.ZERO;
    for (int i = 0; i < taxes.size(); i++) {
      if (line.rules().get(i).included()) {
        perNet = perNet.add(taxes.get(i).amount().slope());
        fixed = fixed.add(taxes.get(i).amount().fixed());
      }
    }
    if (perNet.signum() <= 0) {
      throw new IllegalArgumentException("the included taxes leave nothing of the price");
    }
    var net = line.amount().toBigDecimal().subtract(fixed);
    if (perNet.compareTo(BigDecimal.ONE) != 0) {
      net = net.divide(perNet, SCALE, RoundingMode.HALF_UP);
    }
    var total = net;
    var shares = new ArrayList<ExactShare>();
    for (int i = 0; i < taxes.size(); i++) {
      var rule = line.rules().get(i);
      var base = taxes.get(i).base().at(net);
      boolean nothing = !rule.included() && rule.kind() == TaxRule.Kind.PERCENT && !is(base, line);
      var amount = nothing ? BigDecimal.ZERO : taxes.get(i).amount().at(net);
      shares.add(new ExactShare(rule, nothing ? BigDecimal.ZERO : base, amount));
      total = total.add(amount);
    }
    return new ExactTax(net, total, shares);
  }

  /**
   * Whether there is something to charge a tax on top of. Levies for each piece can be more than
   * what discounts have left of a price; the net amount behind it is below zero then, and a
   * percentage of it on top would be paid out.
   */
  private static boolean is(BigDecimal base, TaxableLine line) {
    return base.signum() * (line.quantity().isNegative() ? -1 : 1) >= 0;
  }

  private static TaxedAmount taxOnLine(TaxableLine line, BigDecimal precision) {
    var exact = exact(line);
    var currency = line.amount().currency();
    var net = line.amount();
    for (var share : exact.shares()) {
      if (share.rule().included()) {
        net = net.minus(toPrecision(share.amount(), precision, line.amount()));
      }
    }
    var carried = Money.zero(currency);
    var total = net;
    var shares = new ArrayList<TaxShare>();
    for (var share : exact.shares()) {
      var rule = share.rule();
      var base = rule.baseAffected() ? net.plus(carried) : net;
      if (!rule.included()
          && rule.kind() == TaxRule.Kind.PERCENT
          && !is(base.toBigDecimal(), line)) {
        base = Money.zero(currency);
      }
      var unrounded =
          rule.included()
              ? share.amount()
              : onBase(rule, base.toBigDecimal(), line.quantity().toBigDecimal());
      var amount = toPrecision(unrounded, precision, line.amount());
      shares.add(new TaxShare(rule.id(), rule.name(), rule.rate(), base, amount));
      total = total.plus(amount);
      if (rule.includeInBase()) {
        carried = carried.plus(amount);
      }
    }
    return new TaxedAmount(net, total, shares);
  }

  private static Money toPrecision(BigDecimal amount, BigDecimal precision, Money like) {
    var rounded = amount.divide(precision, 0, RoundingMode.HALF_UP).multiply(precision);
    return Money.round(rounded, like.currency(), RoundingMode.UNNECESSARY);
  }

  private static BigDecimal onBase(TaxRule rule, BigDecimal base, BigDecimal quantity) {
    return switch (rule.kind()) {
      case PERCENT -> base.multiply(rule.rate().movePointLeft(2));
      case PER_UNIT -> rule.rate().multiply(quantity);
    };
  }

  /** slope × net + fixed. */
  private record Linear(BigDecimal slope, BigDecimal fixed) {
    static final Linear NONE = new Linear(BigDecimal.ZERO, BigDecimal.ZERO);
    static final Linear NET = new Linear(BigDecimal.ONE, BigDecimal.ZERO);

    Linear plus(Linear other) {
      return new Linear(slope.add(other.slope), fixed.add(other.fixed));
    }

    Linear times(BigDecimal factor) {
      return new Linear(slope.multiply(factor), fixed.multiply(factor));
    }

    BigDecimal at(BigDecimal net) {
      return slope.multiply(net).add(fixed);
    }
  }

  private record LinearTax(Linear base, Linear amount) {}

  private static List<LinearTax> linear(List<TaxRule> rules, BigDecimal quantity) {
    var carried = Linear.NONE;
    var taxes = new ArrayList<LinearTax>();
    for (var rule : rules) {
      var base = rule.baseAffected() ? Linear.NET.plus(carried) : Linear.NET;
      var amount =
          switch (rule.kind()) {
            case PERCENT -> base.times(rule.rate().movePointLeft(2));
            case PER_UNIT -> new Linear(BigDecimal.ZERO, rule.rate().multiply(quantity));
          };
      taxes.add(new LinearTax(base, amount));
      if (rule.includeInBase()) {
        carried = carried.plus(amount);
      }
    }
    return taxes;
  }
}
