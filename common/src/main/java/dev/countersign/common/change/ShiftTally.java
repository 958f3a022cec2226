package dev.countersign.common.change;

import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.ShiftFigures.RungUp;
import dev.countersign.common.change.ShiftFigures.Sum;
import dev.countersign.common.change.ShiftFigures.Taxed;
import dev.countersign.common.change.ShiftFigures.Tendered;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Adds up a shift, change by change. The till does it at the count and the server as the changes
 * come, by this one arithmetic, so that their figures are the same when their changes are. For one
 * thread; every sum throws {@link ArithmeticException} instead of overflowing.
 */
public final class ShiftTally {
  /** No shop has as many taxes; figures stay small whatever a foreign program sells. */
  private static final int MOST_TAXES = 256;

  /** More than this was taken off no line. */
  private static final BigDecimal MOST_OFF = BigDecimal.valueOf(1_000_000_000_000L);

  private record TaxKey(UUID rule, String rate) implements Comparable<TaxKey> {
    @Override
    public int compareTo(TaxKey other) {
      int byRule = rule.compareTo(other.rule);
      return byRule != 0 ? byRule : rate.compareTo(other.rate);
    }
  }

  private final Map<Means, Long> tenders = new EnumMap<>(Means.class);
  private final Map<Means, Long> tips = new EnumMap<>(Means.class);
  private final Map<TaxKey, Taxed> taxes = new TreeMap<>();
  private final Map<UUID, RungUp> cashiers = new TreeMap<>();
  private final List<Long> counts = new ArrayList<>();
  private Sum refunds;
  private Sum discounts;
  private Sum repriced;
  private Sum voidedLines;
  private Sum voidedBaskets;
  private Sum paidIn;
  private Sum paidOut;
  private Sum credits;
  private long rounding;
  private long openings;
  private String firstReceipt;
  private String lastReceipt;

  /** Goes on from what a shift had come to. */
  public ShiftTally(ShiftFigures before) {
    before.tenders().forEach(each -> tenders.put(each.means(), each.amount()));
    before.tips().forEach(each -> tips.put(each.means(), each.amount()));
    before.taxes().forEach(each -> taxes.put(new TaxKey(each.rule(), each.rate()), each));
    before.cashiers().forEach(each -> cashiers.put(each.cashier(), each));
    counts.addAll(before.counts());
    refunds = before.refunds();
    discounts = before.discounts();
    repriced = before.repriced();
    voidedLines = before.voidedLines();
    voidedBaskets = before.voidedBaskets();
    paidIn = before.paidIn();
    paidOut = before.paidOut();
    credits = before.credits();
    rounding = before.rounding();
    openings = before.openings();
    firstReceipt = before.firstReceipt();
    lastReceipt = before.lastReceipt();
  }

  /** Begins at nothing. */
  public ShiftTally() {
    this(ShiftFigures.NONE);
  }

  /** What the shift has come to. */
  public ShiftFigures figures() {
    return new ShiftFigures(
        byMeans(tenders),
        byMeans(tips),
        List.copyOf(taxes.values()),
        List.copyOf(cashiers.values()),
        refunds,
        discounts,
        repriced,
        voidedLines,
        voidedBaskets,
        paidIn,
        paidOut,
        credits,
        rounding,
        openings,
        counts,
        firstReceipt,
        lastReceipt);
  }

  private static List<Tendered> byMeans(Map<Means, Long> sums) {
    return sums.entrySet().stream()
        .map(each -> new Tendered(each.getKey(), each.getValue()))
        .toList();
  }

  /**
   * Adds what one change did to its shift; what concerns no shift's figures adds nothing.
   *
   * @param actor who did it
   */
  public void add(UUID actor, ChangeBody body) {
    switch (body) {
      case SaleCompleted sale -> add(actor, sale);
      case CashMoved cash -> {
        if (cash.amount() > 0) {
          paidIn = paidIn.plus(cash.amount());
        } else {
          paidOut = paidOut.plus(cash.amount());
        }
      }
      case BasketVoided basket -> voidedBaskets = voidedBaskets.plus(basket.totalMinor());
      case DrawerOpened _ -> openings++;
      case DrawerCounted count -> counts.add(count.counted());
      case ShiftOpened _,
          ShiftClosed _,
          CreditIssued _,
          ProductChanged _,
          PromotionWritten _,
          PriceListWritten _,
          TaxWritten _,
          CustomerAdded _,
          CustomerChanged _,
          CustomerTermsWritten _,
          StockMoved _,
          StockCounted _,
          VerdictResolved _,
          SuspicionReported _,
          TrainingSwitched _,
          SaleParked _,
          SaleRecalled _,
          PaymentReturned _ -> {
        // No figure of a shift's.
      }
    }
  }

  private void add(UUID actor, SaleCompleted sale) {
    RungUp before = cashiers.getOrDefault(actor, new RungUp(actor, 0, 0));
    cashiers.put(
        actor, new RungUp(actor, before.sales() + 1, Math.addExact(before.total(), sale.total())));
    for (SaleCompleted.Paid paid : sale.tenders()) {
      tenders.merge(paid.means(), paid.amount(), Math::addExact);
    }
    if (sale.change() != 0) {
      tenders.merge(Means.CASH, -sale.change(), Math::addExact);
    }
    sale.tips().forEach((means, tip) -> tips.merge(means, tip, Math::addExact));
    long back = 0;
    boolean refund = false;
    for (Line line : sale.lines()) {
      line.taxes().forEach(this::add);
      if (line.quantity().isNegative()) {
        refund = true;
        back = Math.addExact(back, line.amount());
      }
      for (SaleCompleted.Off off : line.off()) {
        discounts = discounts.plus(off.amount());
      }
      long less = belowList(line);
      if (less != 0) {
        repriced = repriced.plus(less);
      }
    }
    if (refund) {
      refunds = refunds.plus(back);
    }
    for (Line line : sale.voided()) {
      voidedLines = voidedLines.plus(line.amount());
    }
    for (SaleCompleted.Credit credit : sale.credits()) {
      credits = credits.plus(credit.amount());
    }
    rounding = Math.addExact(rounding, sale.rounding());
    firstReceipt = firstReceipt.isEmpty() ? sale.receipt() : firstReceipt;
    lastReceipt = sale.receipt();
  }

  private void add(SaleCompleted.Tax tax) {
    TaxKey key = new TaxKey(tax.rule(), tax.rate());
    Taxed before = taxes.get(key);
    if (before == null && taxes.size() == MOST_TAXES) {
      return;
    }
    long net = before == null ? 0 : before.net();
    long amount = before == null ? 0 : before.tax();
    taxes.put(
        key,
        new Taxed(
            tax.rule(),
            tax.name(),
            tax.rate(),
            Math.addExact(net, tax.base()),
            Math.addExact(amount, tax.amount())));
  }

  /** How much less a line's price was than the catalogue's; 0 where it was the catalogue's. */
  private static long belowList(Line line) {
    Long listed = line.listed();
    Long unit = line.unit();
    if (listed == null || unit == null || line.quantity().isNegative()) {
      return 0;
    }
    BigDecimal off =
        new BigDecimal(line.quantity().toDecimalString())
            .multiply(BigDecimal.valueOf(listed).subtract(BigDecimal.valueOf(unit)))
            .setScale(0, RoundingMode.HALF_UP);
    return off.abs().compareTo(MOST_OFF) > 0 ? 0 : off.longValueExact();
  }
}
