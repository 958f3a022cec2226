package dev.countersign.common.change;

import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.change.SaleCompleted.Sold;
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
   *     stays in the shop; neither does what is given for goods without a receipt
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
    Map<UUID, Map<Means, Long>> bySale = new LinkedHashMap<>();
    Map<Means, Long> rest = goesOut(refund);
    goods.replaceAll(
        (sale, value) -> {
          long open = value;
          for (Map.Entry<Means, Long> each : left.apply(sale).entrySet()) {
            long part =
                Math.min(open, Math.min(each.getValue(), rest.getOrDefault(each.getKey(), 0L)));
            if (part > 0) {
              give(bySale, sale, each.getKey(), part);
              rest.merge(each.getKey(), -part, Math::addExact);
              open -= part;
            }
          }
          return open;
        });
    long over = 0;
    for (Map.Entry<Means, Long> each : rest.entrySet()) {
      long amount = each.getValue();
      over += each.getKey() == Means.STORE_CREDIT ? 0 : amount;
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
    List<Paid> tenders = sale.tenders();
    if (!tenders.isEmpty()) {
      // Where no cash is rounded, the only means that there is was.
      Means rounded = sums.containsKey(Means.CASH) ? Means.CASH : tenders.getFirst().means();
      sums.merge(rounded, -sale.rounding() - sale.change(), Math::addExact);
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
