package dev.countersign.server.ingest;

import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Means;
import java.util.Optional;

/**
 * Whether a sale's figures agree with each other, and whether money went only the ways that a till
 * lets it go: in for goods, out for goods that came back, and change out of cash alone.
 */
final class SaleSums {
  private SaleSums() {}

  /** The reason why they do not, or nothing. */
  static Optional<String> check(SaleCompleted sale, String currency) {
    // Every figure is small before anything is added, so that no sum can overflow.
    if (!believable(sale)) {
      return Optional.of(Judge.OUT_OF_RANGE);
    }
    long amounts = 0;
    long taxes = 0;
    for (SaleCompleted.Line line : sale.lines()) {
      amounts += line.amount();
      for (SaleCompleted.Tax tax : line.taxes()) {
        taxes += tax.amount();
      }
    }
    long tendered = 0;
    for (SaleCompleted.Paid paid : sale.tenders()) {
      tendered += paid.amount();
    }
    if (Math.abs(tendered) > Judge.LARGEST_AMOUNT) {
      return Optional.of(Judge.OUT_OF_RANGE);
    }
    boolean agree =
        sale.currency().equals(currency)
            && amounts == sale.total()
            && taxes == sale.tax()
            && tendered - sale.change() == sale.due() + sale.tip() + sale.rounding()
            && tipAgrees(sale)
            && accountsAgree(sale)
            && worthAgrees(sale)
            && goodsAgree(sale)
            && exemptionAgrees(sale)
            && sale.lines().stream().allMatch(LineSums::agree)
            && moneyGoesOneWay(sale);
    return agree ? Optional.empty() : Optional.of(Judge.SUMS);
  }

  /** What the sale put into the drawer, in minor units; negative when it took out. */
  static long cash(SaleCompleted sale) {
    long cash = -sale.change();
    for (SaleCompleted.Paid paid : sale.tenders()) {
      cash += paid.means() == Means.CASH ? paid.amount() : 0;
    }
    return cash;
  }

  private static boolean believable(SaleCompleted sale) {
    boolean small =
        believable(sale.total())
            && believable(sale.tax())
            && believable(sale.rounding())
            && believable(sale.change())
            && believable(sale.tip());
    for (SaleCompleted.Line line : sale.lines()) {
      small &= believable(line.amount());
      for (SaleCompleted.Off off : line.off()) {
        small &= believable(off.amount());
      }
      for (SaleCompleted.Tax tax : line.taxes()) {
        small &= believable(tax.amount()) && believable(tax.base());
      }
      for (SaleCompleted.Tax tax : line.exempted()) {
        small &= believable(tax.amount()) && believable(tax.base());
      }
    }
    for (SaleCompleted.Line line : sale.voided()) {
      small &= believable(line.amount());
    }
    for (SaleCompleted.Paid paid : sale.tenders()) {
      small &= believable(paid.amount()) && (paid.worth() == null || believable(paid.worth()));
    }
    for (SaleCompleted.Credit credit : sale.credits()) {
      small &= believable(credit.amount());
    }
    return small;
  }

  /** Not by {@code Math.abs}, under which the smallest long is smaller than everything. */
  static boolean believable(long amount) {
    return amount >= -Judge.LARGEST_AMOUNT && amount <= Judge.LARGEST_AMOUNT;
  }

  /** Something was sold, and money goes out only for goods that come back, which needs a right. */
  private static boolean goodsAgree(SaleCompleted sale) {
    for (SaleCompleted.Line line : sale.lines()) {
      boolean mirrored = line.quantity().isNegative() ? line.amount() > 0 : line.amount() < 0;
      if (line.quantity().isZero() || mirrored) {
        return false;
      }
    }
    return !sale.lines().isEmpty() || !sale.credits().isEmpty() || sale.paysOff();
  }

  /**
   * Credit names its account, what is owed its customer, and nothing else does; what is sold of it
   * is more than nothing.
   */
  private static boolean accountsAgree(SaleCompleted sale) {
    return sale.tenders().stream()
            .allMatch(
                paid ->
                    (paid.means().isCredit() || paid.means() == Means.ON_ACCOUNT)
                        == (paid.account() != null))
        && sale.credits().stream().allMatch(credit -> credit.amount() > 0);
  }

  /** A tip comes on top of something that is paid, and never goes out. */
  private static boolean tipAgrees(SaleCompleted sale) {
    return sale.tip() == 0 || (sale.tip() > 0 && sale.due() > 0);
  }

  /** No line leaves a tax out unless the sale says why. */
  private static boolean exemptionAgrees(SaleCompleted sale) {
    boolean exempt = sale.customer() != null && !sale.customer().exemption().isEmpty();
    return exempt || sale.lines().stream().allMatch(line -> line.exempted().isEmpty());
  }

  /** Only a voucher is worth more than it paid, and only when it paid something. */
  private static boolean worthAgrees(SaleCompleted sale) {
    for (SaleCompleted.Paid paid : sale.tenders()) {
      Long worth = paid.worth();
      boolean agrees =
          worth == null
              || (paid.means() == Means.VOUCHER && paid.amount() >= 0 && worth > paid.amount());
      if (!agrees) {
        return false;
      }
    }
    return true;
  }

  /**
   * Tenders go in one direction; change is at most what came in by means that can give any: a card
   * gives none.
   */
  private static boolean moneyGoesOneWay(SaleCompleted sale) {
    long giving = 0;
    for (SaleCompleted.Paid paid : sale.tenders()) {
      boolean paysOff = paid.means() == Means.ON_ACCOUNT && sale.paysOff();
      if (!paysOff && (sale.due() < 0 ? paid.amount() > 0 : paid.amount() < 0)) {
        return false;
      }
      giving += paid.means().canGiveChange() ? Math.max(0, paid.amount()) : 0;
    }
    return sale.change() >= 0 && sale.change() <= giving;
  }
}
