package dev.countersign.server.ingest;

import dev.countersign.common.catalogue.PriceList;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.change.SaleCompleted.Off;
import dev.countersign.common.change.SaleCompleted.Tax;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.promotion.Circumstances;
import dev.countersign.common.promotion.Dated;
import dev.countersign.common.promotion.Promotion;
import dev.countersign.common.promotion.PromotionOff;
import dev.countersign.common.promotion.Promotions;
import dev.countersign.common.promotion.SaleRow;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.sale.CustomerTerms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Reckons again what promotions and price lists took off a sale: each in the version that the till
 * names, by the sale's own lines. What a till could not know, such as a promotion that was ended
 * while it was away, is nothing against it; what does not come out the same is flagged, because the
 * customer has gone with the goods. Pure.
 */
final class PromotionRules {
  /** No such version of a promotion was ever written. */
  static final String UNKNOWN = "promotion-unknown";

  /** It did not count in this store at that time, or for nobody without its coupon. */
  static final String NOT_VALID = "promotion-not-valid";

  /** Reckoned again it gives other amounts. */
  static final String DIFFERS = "promotion-differs";

  /** From the goods to the payment: a basket is priced before it is paid. */
  private static final Duration AT_THE_COUNTER = Duration.ofMinutes(30);

  private static final BigDecimal PER_UNIT = BigDecimal.valueOf(Quantity.ONE.millionths());

  private PromotionRules() {}

  /**
   * What a sale names, as it was written.
   *
   * @param lists the price lists among it
   */
  private record Named(List<Dated> promotions, Map<UUID, PriceList> lists) {}

  static void check(SaleCompleted sale, Instant at, Ground ground, List<String> flags) {
    Map<UUID, Integer> versions = named(sale);
    if (versions.isEmpty()) {
      return;
    }
    Named named = new Named(new ArrayList<>(), new HashMap<>());
    for (Map.Entry<UUID, Integer> each : versions.entrySet()) {
      Optional<Promotion> promotion = ground.promotion(each.getKey(), each.getValue());
      Optional<PriceList> list = ground.priceList(each.getKey(), each.getValue());
      if (promotion.isEmpty() && list.isEmpty()) {
        flags.add(UNKNOWN);
        return;
      }
      promotion.ifPresent(found -> named.promotions().add(new Dated(each.getKey(), found)));
      list.ifPresent(found -> named.lists().put(each.getKey(), found));
    }
    Optional<LocalDateTime> when = when(sale, at, ground, named);
    if (when.isEmpty()) {
      flags.add(NOT_VALID);
      return;
    }
    Circumstances now = new Circumstances(when.get(), sale.store(), sale.coupons());
    boolean same =
        sale.lines().stream().allMatch(line -> isByList(line, named.lists()))
            && Stream.<Predicate<Tax>>of(tax -> isOnTop(tax, sale, ground), _ -> false, _ -> true)
                .anyMatch(onTop -> isReckoned(sale, rows(sale, ground, named, onTop), named, now));
    if (!same) {
      flags.add(DIFFERS);
    }
  }

  /**
   * Every promotion and price list that the sale names; one in two versions is none that anybody
   * wrote.
   */
  private static Map<UUID, Integer> named(SaleCompleted sale) {
    Map<UUID, Integer> named = new LinkedHashMap<>();
    for (Line line : sale.lines()) {
      for (Off off : line.off()) {
        SaleCompleted.Promised promised = off.promotion();
        if (promised != null) {
          named.merge(
              promised.id(), promised.version(), (one, other) -> one.equals(other) ? one : -1);
        }
      }
    }
    return named;
  }

  /** The time, when it was paid or shortly before, at which all of them counted. */
  private static Optional<LocalDateTime> when(
      SaleCompleted sale, Instant at, Ground ground, Named named) {
    for (long before = 0; before <= AT_THE_COUNTER.toMinutes(); before++) {
      LocalDateTime moment =
          LocalDateTime.ofInstant(at.minus(Duration.ofMinutes(before)), ground.zone());
      boolean all =
          named.promotions().stream()
              .map(Dated::promotion)
              .allMatch(
                  p ->
                      p.validity().in(sale.store())
                          && p.validity().at(moment)
                          && (p.coupon() == null || sale.coupons().contains(p.coupon().code())));
      boolean lists =
          named.lists().isEmpty()
              || (named.lists().keySet().equals(listOf(sale, ground))
                  && named.lists().values().stream().allMatch(l -> l.on(moment.toLocalDate())));
      if (all && lists) {
        return Optional.of(moment);
      }
    }
    return Optional.empty();
  }

  /** The one list by which the sale's customer buys; empty for the usual prices. */
  private static Set<UUID> listOf(SaleCompleted sale, Ground ground) {
    SaleCompleted.BoughtBy customer = sale.customer();
    return customer == null
        ? Set.of()
        : ground
            .terms(customer.id(), customer.terms())
            .map(CustomerTerms::priceList)
            .map(Set::of)
            .orElse(Set.of());
  }

  private static boolean isOnTop(Tax tax, SaleCompleted sale, Ground ground) {
    return ground
        .tax(tax.rule())
        .map(known -> !known.rule(tax.rule(), sale.businessDate()).included())
        .orElse(false);
  }

  private static boolean isReckoned(
      SaleCompleted sale, List<SaleRow> rows, Named named, Circumstances now) {
    List<List<PromotionOff>> reckoned = Promotions.of(named.promotions()).apply(rows, now).rows();
    for (int i = 0; i < reckoned.size(); i++) {
      Map<UUID, Long> claimed = new HashMap<>();
      for (Off off : sale.lines().get(i).off()) {
        if (off.promotion() != null && !named.lists().containsKey(off.promotion().id())) {
          claimed.merge(off.promotion().id(), off.amount(), Long::sum);
        }
      }
      Map<UUID, Long> due = new HashMap<>();
      reckoned.get(i).forEach(off -> due.put(off.promotion(), off.amount()));
      if (!claimed.equals(due)) {
        return false;
      }
    }
    return true;
  }

  /** A price list takes off a line what makes its unit cost what the list says. */
  private static boolean isByList(Line line, Map<UUID, PriceList> lists) {
    for (Off off : line.off()) {
      PriceList list = off.promotion() == null ? null : lists.get(off.promotion().id());
      if (list != null) {
        Long unit = line.unit();
        UUID product = line.product();
        OptionalLong price = product == null ? OptionalLong.empty() : list.priceOf(product);
        if (unit == null
            || price.isEmpty()
            // It makes nothing dearer; and what is less than what was checked cannot overflow.
            || price.getAsLong() >= unit
            || off.amount() != times(unit, line) - times(price.getAsLong(), line)) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * The lines as the till's promotions saw them. Of a line that was priced as a whole the change
   * does not say which taxes came on top: the rules of the day say so, and where the till did not
   * know them yet, either all of them or none.
   */
  private static List<SaleRow> rows(
      SaleCompleted sale, Ground ground, Named named, Predicate<Tax> onTop) {
    List<SaleRow> rows = new ArrayList<>();
    for (Line line : sale.lines()) {
      UUID product = line.product();
      String category =
          product == null ? "" : ground.sold(product).map(ProductItem::category).orElse("");
      long own = 0;
      for (Off off : line.off()) {
        boolean ofLine =
            off.promotion() == null
                ? !off.onAll()
                : named.lists().containsKey(off.promotion().id());
        own += ofLine ? off.amount() : 0;
      }
      // What comes back was priced by its own sale, and a container is no goods.
      boolean goods =
          line.refunds() == null && (product == null || !ground.handling(product).container());
      long amount = goods ? price(line, onTop) - own : 0;
      boolean reduced = own > 0 || line.listed() != null;
      rows.add(new SaleRow(product, category, line.quantity(), amount, reduced));
    }
    return rows;
  }

  private static long price(Line line, Predicate<Tax> onTop) {
    Long unit = line.unit();
    if (unit != null) {
      return times(unit, line);
    }
    long price = line.amount();
    for (Off off : line.off()) {
      price += off.amount();
    }
    for (Tax tax : line.taxes()) {
      price -= onTop.test(tax) ? tax.amount() : 0;
    }
    for (Tax tax : line.exempted()) {
      price += onTop.test(tax) ? 0 : tax.amount();
    }
    return price;
  }

  private static long times(long unit, Line line) {
    return BigDecimal.valueOf(unit)
        .multiply(BigDecimal.valueOf(line.quantity().millionths()))
        .divide(PER_UNIT, 0, RoundingMode.HALF_UP)
        .longValueExact();
  }
}
