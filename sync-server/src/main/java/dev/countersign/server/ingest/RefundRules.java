package dev.countersign.server.ingest;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.MoneyBack;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.PermissionKey;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * No sold line comes back more often than it was sold, on whatever tills: the cap is cumulative, at
 * the server. No more money goes back by a means than came from it, unless somebody may. Pure.
 */
final class RefundRules {
  /** No sale that counts has this line. */
  static final String ORIGINAL_UNKNOWN = "original-unknown";

  /** Other goods come back than were sold on that line. */
  static final String OTHER_GOODS = "refund-of-other-goods";

  /** More comes back than is left of the line. */
  static final String EXCEEDS = "refund-exceeds";

  /** Two tills that did not know of each other gave back a cent more together than was paid. */
  static final String ROUNDING = "refund-rounding";

  /** Two tills that did not know of each other gave back more by a means than came from it. */
  static final String OTHER_MEANS = "refund-other-means";

  /** More was given back for goods without a receipt than they cost now, and nothing says so. */
  static final String RETURN_PRICE = "return-price";

  private RefundRules() {}

  /** The reason why refunds of this sale do not count, or nothing; adds what to look at. */
  static Optional<String> check(
      Change change, SaleCompleted sale, Ground ground, List<String> flags) {
    Optional<String> wrong = goods(sale, ground, flags);
    if (sale.lines().stream().anyMatch(line -> isAboveToday(line, ground))) {
      add(flags, List.of(RETURN_PRICE));
    }
    return wrong.isPresent() ? wrong : money(change, sale, ground, flags);
  }

  /** The price may have changed since: looked at, not refused. */
  private static boolean isAboveToday(SaleCompleted.Line line, Ground ground) {
    if (line.refunds() != null
        || line.product() == null
        || line.listed() != null
        || !line.quantity().isNegative()) {
      return false;
    }
    Long unit = line.unit();
    return ground
        .product(line.product())
        .filter(
            today ->
                unit != null
                    ? unit > today.price()
                    : BigInteger.valueOf(line.amount())
                            .multiply(BigInteger.valueOf(Quantity.ONE.millionths()))
                            .compareTo(
                                BigInteger.valueOf(today.price())
                                    .multiply(BigInteger.valueOf(line.quantity().millionths())))
                        < 0)
        .isPresent();
  }

  /** What may still go back of a sale by each means. */
  static Map<Means, Long> left(Optional<Ground.Original> original) {
    return original.map(known -> MoneyBack.less(known.cameIn(), known.given())).orElse(Map.of());
  }

  /**
   * Whoever may, may. Who may not is refused where the sale alone shows it; where only what other
   * tills gave back makes it too much, no till could know, and the money is gone.
   */
  private static Optional<String> money(
      Change change, SaleCompleted sale, Ground ground, List<String> flags) {
    if (sale.lines().stream().allMatch(line -> line.refunds() == null)
        || MoneyBack.split(sale, id -> left(ground.original(id))).over() == 0) {
      return Optional.empty();
    }
    switch (Warrant.of(change, Set.of(PermissionKey.SALE_REFUND_MEANS), ground)) {
      case Warrant.Given(List<String> found) -> add(flags, found);
      case Warrant.Missing(String code) -> {
        long alone =
            MoneyBack.split(
                    sale, id -> ground.original(id).map(Ground.Original::cameIn).orElse(Map.of()))
                .over();
        if (alone > 0) {
          return Optional.of(code);
        }
        add(flags, List.of(OTHER_MEANS));
      }
    }
    return Optional.empty();
  }

  private static void add(List<String> flags, List<String> found) {
    found.stream().filter(flag -> !flags.contains(flag)).forEach(flags::add);
  }

  private static Optional<String> goods(SaleCompleted sale, Ground ground, List<String> flags) {
    Map<SaleCompleted.Sold, Ground.SoldLine> after = new HashMap<>();
    for (SaleCompleted.Line line : sale.lines()) {
      SaleCompleted.Sold sold = line.refunds();
      SaleCompleted.Returned said = line.returned();
      String receipt = said == null ? "" : said.receipt();
      boolean back = line.quantity().isNegative();
      if ((said != null && !back) || (sold == null && !receipt.isEmpty())) {
        return Optional.of(Judge.SUMS);
      }
      if (sold == null) {
        continue;
      }
      if (!back) {
        return Optional.of(Judge.SUMS);
      }
      Ground.SoldLine original = after.get(sold);
      if (original == null) {
        original = ground.soldLine(sold).orElse(null);
      }
      boolean named =
          receipt.isEmpty()
              || ground.original(sold.sale()).filter(o -> o.receipt().equals(receipt)).isPresent();
      if (original == null || !named) {
        return Optional.of(ORIGINAL_UNKNOWN);
      }
      if (!Objects.equals(original.product(), line.product())) {
        return Optional.of(OTHER_GOODS);
      }
      Ground.SoldLine now = original.after(line.quantity().negate(), -line.amount());
      if (now.refunded().compareTo(now.sold()) > 0) {
        return Optional.of(EXCEEDS);
      }
      long over = now.given() - now.paid();
      if (over > now.refunds()) {
        return Optional.of(EXCEEDS);
      }
      if (over > 0 && !flags.contains(ROUNDING)) {
        flags.add(ROUNDING);
      }
      after.put(sold, now);
    }
    return Optional.empty();
  }
}
