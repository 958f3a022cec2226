package dev.countersign.common.change;

import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.change.SaleCompleted.Sold;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Which way money goes back: no more to a means than came from it, unless somebody may. Till and
 * server judge a refund by this same arithmetic. Amounts are minor units, cash rounding taken off:
 * what the coins made of an amount is nobody's payment. Pure.
 */
public final class MoneyBack {
  private MoneyBack() {}

  /**
   * How a refund's money falls on the sales that its goods come from.
   *
   * @param bySale what each sale gave back, by means
   * @param over what went another way than it was paid. Store credit never does, because the money
   *     stays in the shop; neither does what is given for goods without a receipt. What a voucher
   *     paid goes back as store credit and counts as given back of the voucher
   */
  public record Split(Map<UUID, Map<Means, Long>> bySale, long over) {
    public Split {
      bySale = Map.copyOf(bySale);
    }
  }

  /** What came in for a sale by each means, change taken off. */
  public static Map<Means, Long> cameIn(SaleCompleted sale) {
    return positive(byMeans(sale), 1);
  }

  /**
   * What may still go back of each payment of a sale, in the order in which they were made: those
   * that came first get back first, so that none gets back more than it paid.
   *
   * @param left of the sale by each means
   */
  public static List<Long> byPayment(SaleCompleted sale, Map<Means, Long> left) {
    Map<Means, Long> given = less(cameIn(sale), left);
    Map<Means, Long> open = new EnumMap<>(Means.class);
    open.putAll(left);
    List<Long> parts = new ArrayList<>();
    for (Paid paid : sale.tenders()) {
      long before = Math.min(Math.max(0, paid.amount()), given.getOrDefault(paid.means(), 0L));
      long part = Math.min(paid.amount() - before, open.getOrDefault(paid.means(), 0L));
      given.merge(paid.means(), -before, Math::addExact);
      open.merge(paid.means(), -Math.max(0, part), Math::addExact);
      parts.add(Math.max(0, part));
    }
    return parts;
  }

  /** What goes out for a refund by each means; empty when the customer pays. */
  public static Map<Means, Long> goesOut(SaleCompleted refund) {
    return positive(byMeans(refund), -1);
  }

  /**
   * Divides what a refund pays out.
   *
   * @param left what may still go back of a sale by each means
   */
  public static Split split(SaleCompleted refund, Function<UUID, Map<Means, Long>> left) {
    Map<UUID, Long> goods = new LinkedHashMap<>();
    long withoutReceipt = 0;
    for (Line line : refund.lines()) {
      Sold sold = line.refunds();
      if (sold != null) {
        goods.merge(sold.sale(), -line.amount(), Math::addExact);
      } else if (line.quantity().isNegative()) {
        withoutReceipt = Math.addExact(withoutReceipt, -line.amount());
      }
    }
    Map<Means, Long> rest = goesOut(refund);
    Map<UUID, Map<Means, Long>> open = new LinkedHashMap<>();
    goods.keySet().forEach(sale -> open.put(sale, new EnumMap<>(Means.class)));
    open.forEach((sale, means) -> means.putAll(left.apply(sale)));
    Map<UUID, Map<Means, Long>> bySale = new LinkedHashMap<>();
    for (Means means : Means.values()) {
      fall(means, means, goods, open, rest, bySale);
    }
    // A voucher stays with the shop that redeemed it: what it paid goes back as store credit.
    fall(Means.STORE_CREDIT, Means.VOUCHER, goods, open, rest, bySale);
    long over = 0;
    for (Map.Entry<Means, Long> each : rest.entrySet()) {
      long amount = each.getValue();
      // What rounding made nothing of did not go out.
      over +=
          each.getKey() == Means.STORE_CREDIT ? 0 : Math.min(amount, out(refund, each.getKey()));
      for (Map.Entry<UUID, Long> sale : goods.entrySet()) {
        long part = Math.min(amount, sale.getValue());
        if (part > 0) {
          give(bySale, sale.getKey(), each.getKey(), part);
          sale.setValue(sale.getValue() - part);
          amount -= part;
        }
      }
    }
    return new Split(bySale, Math.max(0, over - withoutReceipt));
  }

  /** What was handed out by a means, rounded as it was. */
  private static long out(SaleCompleted refund, Means means) {
    return refund.tenders().stream()
        .filter(paid -> paid.means() == means)
        .mapToLong(paid -> Math.max(0, -paid.amount()))
        .sum();
  }

  /**
   * What goes out one way falls on what came in, at most as much as its goods cost and as is open.
   *
   * @param goods what is left to give back of each sale; made less, as are {@code open} and {@code
   *     rest}
   */
  private static void fall(
      Means out,
      Means in,
      Map<UUID, Long> goods,
      Map<UUID, Map<Means, Long>> open,
      Map<Means, Long> rest,
      Map<UUID, Map<Means, Long>> bySale) {
    for (Map.Entry<UUID, Map<Means, Long>> sale : open.entrySet()) {
      long most = Math.min(sale.getValue().getOrDefault(in, 0L), rest.getOrDefault(out, 0L));
      long part = Math.min(most, goods.getOrDefault(sale.getKey(), 0L));
      if (part > 0) {
        give(bySale, sale.getKey(), in, part);
        goods.merge(sale.getKey(), -part, Math::addExact);
        sale.getValue().merge(in, -part, Math::addExact);
        rest.merge(out, -part, Math::addExact);
      }
    }
  }

  /** What is left by each means after so much was given back. */
  public static Map<Means, Long> less(Map<Means, Long> cameIn, Map<Means, Long> given) {
    Map<Means, Long> left = new EnumMap<>(Means.class);
    cameIn.forEach(
        (means, amount) -> {
          long open = amount - given.getOrDefault(means, 0L);
          if (open > 0) {
            left.put(means, open);
          }
        });
    return left;
  }

  private static void give(
      Map<UUID, Map<Means, Long>> bySale, UUID sale, Means means, long amount) {
    bySale
        .computeIfAbsent(sale, _ -> new EnumMap<>(Means.class))
        .merge(means, amount, Math::addExact);
  }

  private static Map<Means, Long> byMeans(SaleCompleted sale) {
    Map<Means, Long> sums = new EnumMap<>(Means.class);
    for (Paid paid : sale.tenders()) {
      sums.merge(paid.means(), paid.amount(), Math::addExact);
    }
    // What was handed over last gives the change first, of what gives any.
    long change = sale.change();
    Means changed = null;
    for (Paid paid : sale.tenders().reversed()) {
      long part = Math.min(change, paid.means().canGiveChange() ? paid.amount() : 0);
      if (part > 0) {
        sums.merge(paid.means(), -part, Math::addExact);
        change -= part;
        changed = paid.means();
      }
    }
    if (!sale.tenders().isEmpty()) {
      Means first = changed == null ? sale.tenders().getFirst().means() : changed;
      // Where no cash is rounded, what gave the change was, or the only means that there is.
      Means rounded = sums.containsKey(Means.CASH) ? Means.CASH : first;
      sums.merge(rounded, -sale.rounding() - change, Math::addExact);
    }
    return sums;
  }

  private static Map<Means, Long> positive(Map<Means, Long> sums, int sign) {
    Map<Means, Long> positive = new EnumMap<>(Means.class);
    sums.forEach(
        (means, amount) -> {
          if (amount * sign > 0) {
            positive.put(means, amount * sign);
          }
        });
    return positive;
  }
}
