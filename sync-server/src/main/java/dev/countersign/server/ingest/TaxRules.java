package dev.countersign.server.ingest;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.tax.Tax;
import dev.countersign.common.tax.TaxRule;
import dev.countersign.common.tax.TaxRule.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether a sale is taxed by the rates of its business day, and how taxes may be rewritten. A sale
 * that is taxed otherwise has happened all the same: it is flagged, never refused. Pure.
 */
final class TaxRules {
  /** A tax that is not there, or at another rate than that of the sale's day. */
  static final String OTHER_RATE = "tax-rate";

  /** A tax that does not come to what its rate makes of the line. */
  static final String OTHER_AMOUNT = "tax-amount";

  /** A product names a tax that there is not. */
  static final String UNKNOWN = "unknown-tax";

  /** A rate that had begun before, or how a tax is charged, would change. */
  static final String BEGUN = "tax-begun";

  /** A rate had begun before the server heard of it: others may have sold without it. */
  static final String HEARD_LATE = "tax-late";

  /** Bounded before it is read: an exponent would make a number of any size. */
  private static final Pattern RATE = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,6})?");

  private static final double MILLIONTHS = Quantity.ONE.millionths();

  private TaxRules() {}

  static Judgement written(
      Change change, Tax tax, Ground ground, Instant received, List<String> flags) {
    Judgement judgement = Judge.written(change, change.body(), ground, received, flags);
    Optional<Tax> before = ground.tax(change.entity());
    boolean next = before.isPresent() && tax.version() == before.get().version() + 1;
    boolean stands =
        judgement.verdict() == Verdict.ACCEPTED || judgement.verdict() == Verdict.FLAGGED;
    if (!next || !stands) {
      return judgement;
    }
    if (!tax.mayFollow(before.get(), LocalDate.ofInstant(change.at(), ground.zone()))) {
      return Judgement.quarantined(BEGUN);
    }
    if (tax.mayFollow(before.get(), LocalDate.ofInstant(received, ground.zone()))) {
      return judgement;
    }
    String codes = judgement.code();
    return new Judgement(Verdict.FLAGGED, codes.isEmpty() ? HEARD_LATE : HEARD_LATE + "," + codes);
  }

  /** What comes back of a receipt gives back what was paid, at whatever rate that was. */
  static void check(SaleCompleted sale, Ground ground, List<String> flags) {
    boolean rates = true;
    boolean amounts = true;
    for (Line line : sale.lines()) {
      if (line.refunds() == null) {
        rates &= areOfTheDay(line.taxes(), sale.businessDate(), ground);
        amounts &= !rates || addUp(line, sale, ground);
      }
    }
    if (!rates) {
      flags.add(OTHER_RATE);
    }
    if (!amounts) {
      flags.add(OTHER_AMOUNT);
    }
  }

  private static boolean areOfTheDay(List<SaleCompleted.Tax> taxes, LocalDate day, Ground ground) {
    for (SaleCompleted.Tax each : taxes) {
      Optional<Tax> known = ground.tax(each.rule());
      boolean same =
          known.isPresent()
              && RATE.matcher(each.rate()).matches()
              && new BigDecimal(each.rate()).compareTo(known.get().on(day)) == 0;
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reckons what each tax makes of its base. A till rounds on each line or over the whole receipt,
   * and what is in a price before what is left of it: so much may each be off.
   */
  private static boolean addUp(Line line, SaleCompleted sale, Ground ground) {
    long net = line.amount();
    for (SaleCompleted.Tax tax : line.taxes()) {
      net -= tax.amount();
    }
    long carried = 0;
    for (SaleCompleted.Tax each : line.taxes()) {
      TaxRule rule = ground.tax(each.rule()).orElseThrow().rule(each.rule(), sale.businessDate());
      long base = rule.baseAffected() ? net + carried : net;
      boolean below = line.quantity().isNegative() ? base > 0 : base < 0;
      if (below && rule.kind() == Kind.PERCENT && !rule.included()) {
        // Levies in the price are more than it: on top of nothing comes nothing.
        base = 0;
      }
      double rate = rule.rate().doubleValue();
      double due =
          rule.kind() == Kind.PERCENT
              ? each.base() * rate / 100
              : inMinorUnits(rate, sale) * line.quantity().millionths() / MILLIONTHS;
      int others = line.taxes().size();
      double slack = rule.kind() == Kind.PERCENT ? 1 + Math.abs(rate) / 100 * others : 1;
      if (Math.abs(each.base() - base) > others || Math.abs(each.amount() - due) > slack) {
        return false;
      }
      carried += rule.includeInBase() ? each.amount() : 0;
    }
    return true;
  }

  private static double inMinorUnits(double amount, SaleCompleted sale) {
    return amount * Math.pow(10, Currency.getInstance(sale.currency()).getDefaultFractionDigits());
  }
}
