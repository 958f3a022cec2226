package dev.countersign.common.change;

import dev.countersign.common.change.SaleCompleted.Means;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What a shift has come to, from its changes alone: the part of a Z report that its till signs and
 * the server makes anew from what it has. Amounts are minor units of the shift's currency.
 *
 * @param tenders what each means brought in, less change and what went out by it; in their order
 * @param tips how much of that were tips: of the people who serve, and no turnover
 * @param taxes what was sold under each tax, less what came back
 * @param cashiers what each person rang up
 * @param refunds receipts on which goods came back, and the amount of those lines, not positive
 * @param discounts what was given off lines and whole sales
 * @param repriced lines sold at another price than the catalogue's, and how much less it was
 * @param voidedLines lines struck through before payment
 * @param voidedBaskets baskets thrown away before payment
 * @param paidIn cash put into the drawer without a sale
 * @param paidOut cash taken out of it without a sale, not positive
 * @param credits gift cards that were sold: a debt, in no cashier's total
 * @param rounding what cash rounding added, or took off when negative
 * @param openings how often the drawer was opened without a sale
 * @param counts what was counted blind, in the order of telling
 * @param firstReceipt empty when there was none
 * @param lastReceipt as {@code firstReceipt}
 */
public record ShiftFigures(
    List<Tendered> tenders,
    List<Tendered> tips,
    List<Taxed> taxes,
    List<RungUp> cashiers,
    Sum refunds,
    Sum discounts,
    Sum repriced,
    Sum voidedLines,
    Sum voidedBaskets,
    Sum paidIn,
    Sum paidOut,
    Sum credits,
    long rounding,
    long openings,
    List<Long> counts,
    String firstReceipt,
    String lastReceipt) {
  /** Of a shift on which nothing has happened. */
  public static final ShiftFigures NONE =
      new ShiftFigures(
          List.of(), List.of(), List.of(), List.of(), Sum.NONE, Sum.NONE, Sum.NONE, Sum.NONE,
          Sum.NONE, Sum.NONE, Sum.NONE, Sum.NONE, 0, 0, List.of(), "", "");

  /** How often, and how much in all. */
  public record Sum(long count, long amount) {
    public static final Sum NONE = new Sum(0, 0);

    Sum plus(long more) {
      return new Sum(count + 1, Math.addExact(amount, more));
    }
  }

  /** What one means of payment brought in. */
  public record Tendered(Means means, long amount) {
    public Tendered {
      Objects.requireNonNull(means, "means");
    }
  }

  /**
   * What was sold under a tax.
   *
   * @param name as the last sale had it
   * @param rate percent as a decimal string for a percentage, amount per unit otherwise
   * @param net what the tax was taken from
   * @param tax how much it came to
   */
  public record Taxed(UUID rule, String name, String rate, long net, long tax) {
    public Taxed {
      Objects.requireNonNull(rule, "rule");
      name = name == null ? "" : name;
      rate = rate == null ? "" : rate;
    }
  }

  /**
   * What a person rang up.
   *
   * @param sales how many receipts, refunds among them
   * @param total what they came to, before cash rounding
   */
  public record RungUp(UUID cashier, long sales, long total) {
    public RungUp {
      Objects.requireNonNull(cashier, "cashier");
    }
  }

  public ShiftFigures {
    tenders = tenders == null ? List.of() : List.copyOf(tenders);
    tips = tips == null ? List.of() : List.copyOf(tips);
    taxes = taxes == null ? List.of() : List.copyOf(taxes);
    cashiers = cashiers == null ? List.of() : List.copyOf(cashiers);
    counts = counts == null ? List.of() : List.copyOf(counts);
    Objects.requireNonNull(refunds, "refunds");
    Objects.requireNonNull(discounts, "discounts");
    Objects.requireNonNull(repriced, "repriced");
    Objects.requireNonNull(voidedLines, "voidedLines");
    Objects.requireNonNull(voidedBaskets, "voidedBaskets");
    Objects.requireNonNull(paidIn, "paidIn");
    Objects.requireNonNull(paidOut, "paidOut");
    Objects.requireNonNull(credits, "credits");
    firstReceipt = firstReceipt == null ? "" : firstReceipt;
    lastReceipt = lastReceipt == null ? "" : lastReceipt;
  }

  /** How many receipts there were. */
  public long sales() {
    return cashiers.stream().mapToLong(RungUp::sales).sum();
  }

  /** What they came to, before cash rounding. */
  public long total() {
    return cashiers.stream().mapToLong(RungUp::total).reduce(0, Math::addExact);
  }

  /** The tips among what a means brought in. */
  public long tipsBy(Means means) {
    return tips.stream()
        .filter(each -> each.means() == means)
        .mapToLong(Tendered::amount)
        .reduce(0, Math::addExact);
  }

  /** What a means brought in. */
  public long by(Means means) {
    return tenders.stream()
        .filter(each -> each.means() == means)
        .mapToLong(Tendered::amount)
        .reduce(0, Math::addExact);
  }

  /** What the drawer gained since its float: cash tenders less change, and what was moved. */
  public long cash() {
    return Math.addExact(by(Means.CASH), Math.addExact(paidIn.amount(), paidOut.amount()));
  }
}
