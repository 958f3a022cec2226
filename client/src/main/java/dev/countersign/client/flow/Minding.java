package dev.countersign.client.flow;

import dev.countersign.client.flow.ScanOutcome.AskAge;
import dev.countersign.client.flow.ScanOutcome.AskPrice;
import dev.countersign.client.flow.ScanOutcome.Full;
import dev.countersign.client.flow.ScanOutcome.Limited;
import dev.countersign.client.flow.ScanOutcome.NoContainer;
import dev.countersign.client.flow.ScanOutcome.Offered;
import dev.countersign.client.flow.ScanOutcome.OutOfHours;
import dev.countersign.client.flow.ScanOutcome.TooManyEmpties;
import dev.countersign.client.flow.ScanOutcome.Weigh;
import dev.countersign.client.ledger.Catalogue;
import dev.countersign.client.ledger.Ledger;
import dev.countersign.common.catalogue.Deposit;
import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.GoodsSettings;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.LineFacts;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.PricedBasket;
import dev.countersign.common.sale.SaleHours;
import dev.countersign.common.sale.Weighing;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What is to be minded of goods before they stand in a basket, and what goes with them. */
final class Minding {
  private final Ledger ledger;
  private final Catalogue catalogue;
  private final Clock clock;
  private final Function<Basket, PricedBasket> pricing;

  /**
   * @param pricing what a basket comes to as it is sold
   */
  Minding(Ledger ledger, Catalogue catalogue, Clock clock, Function<Basket, PricedBasket> pricing) {
    this.ledger = ledger;
    this.catalogue = catalogue;
    this.clock = clock;
    this.pricing = pricing;
  }

  /** What came of ringing something up. */
  sealed interface Rung {
    /** It stands in the basket, the goods last and what goes with them behind. */
    record Up(Basket after) implements Rung {}

    /** Something is to be asked first, or it cannot be. */
    record NotYet(ScanOutcome asked) implements Rung {}
  }

  /** By the clock on the store's wall, and never before the server's last word. */
  LocalDateTime now() {
    return LocalDateTime.ofInstant(ledger.knownTime(clock.instant()), clock.getZone());
  }

  /** So much of a product is to be sold. */
  Rung sells(Offered offered, Basket basket, Quantity quantity) {
    Handling handling = offered.product().handling();
    // Of most goods nothing is to be minded, and nobody looks at the clock for them.
    if (!handling.equals(Handling.NONE)) {
      LocalDateTime now = now();
      List<SaleHours> hours = ledger.goods().hours();
      if (!isAgreed(basket, PermissionKey.SALE_HOURS)
          && !SaleHours.allow(hours, handling.restricted(), now)) {
        List<SaleHours> theirs =
            hours.stream().filter(each -> each.goods().equals(handling.restricted())).toList();
        return new Rung.NotYet(new OutOfHours(offered, theirs, now));
      }
      int years = handling.leastAge();
      if (!basket.isOldEnough(years)) {
        return new Rung.NotYet(new AskAge(offered, years, now.toLocalDate().minusYears(years)));
      }
      if (handling.asksPrice() && offered.said().price() == null) {
        return new Rung.NotYet(new AskPrice(offered));
      }
      if (handling.weighed() && !offered.said().measured()) {
        return new Rung.NotYet(new Weigh(offered));
      }
    }
    return add(offered, basket, quantity, offered.said().facts());
  }

  /** So many grams of a product, net, are to be sold. */
  Rung weighed(Offered offered, Basket basket, int grams, Weighing how) {
    Quantity kilograms = Quantity.ofExact(BigDecimal.valueOf(grams, 3));
    return add(offered, basket, kilograms, offered.said().facts().with(how));
  }

  private Rung add(Offered offered, Basket basket, Quantity quantity, LineFacts facts) {
    Product product = offered.product();
    if (isFull(basket)) {
      return new Rung.NotYet(new Full());
    }
    return new Rung.Up(
        basket.addOrIncrease(
            item(product, offered.code()),
            quantity,
            price(offered, quantity),
            facts,
            containers(product, quantity)));
  }

  /** As often what its label costs as the label counts; else what one costs. */
  private static LinePrice price(Offered offered, Quantity quantity) {
    return offered
        .whole()
        .<LinePrice>map(
            label ->
                new LinePrice.Total(
                    label.proRata(quantity, offered.hit().pack(), RoundingMode.HALF_UP)))
        .orElseGet(() -> new LinePrice.Each(offered.product().price()));
  }

  /** So many empties come back: of a container itself, of goods what goes with them. */
  Rung comesBack(Offered offered, Basket basket, Quantity quantity) {
    Product product = offered.product();
    List<Basket.Container> back =
        product.handling().container()
            ? List.of(
                new Basket.Container(item(product, product.sku()), product.price(), Quantity.ONE))
            : containers(product, quantity);
    if (back.isEmpty() || !quantity.isWhole()) {
      return new Rung.NotYet(new NoContainer(product.name()));
    }
    if (isFull(basket)) {
      return new Rung.NotYet(new Full());
    }
    Basket after = basket;
    for (Basket.Container container : back) {
      after =
          after.addOrIncrease(
              container.item(),
              quantity.times(container.each()).negate(),
              new LinePrice.Returned(container.unit(), ""),
              LineFacts.EMPTIES,
              List.of());
    }
    if (isAgreed(basket, PermissionKey.SALE_RETURN)) {
      return new Rung.Up(after);
    }
    GoodsSettings goods = ledger.goods();
    long empties = pricing.apply(after).empties().minor();
    if (empties > goods.limit()) {
      return tooMany(offered, Limited.SALE, goods.limit(), basket);
    }
    Long inShift = goods.emptiesInShift();
    return inShift != null && goods.isBeyondShift(ledger.emptiesPaid() + empties)
        ? tooMany(offered, Limited.SHIFT, inShift, basket)
        : new Rung.Up(after);
  }

  private static Rung tooMany(Offered offered, Limited limited, long limit, Basket basket) {
    return new Rung.NotYet(
        new TooManyEmpties(offered, limited, Money.of(limit, basket.currency())));
  }

  private static boolean isAgreed(Basket basket, PermissionKey act) {
    return basket.agreed().stream().anyMatch(word -> word.act() == act);
  }

  /** Whether there is no room for goods with all that can go with them. */
  static boolean isFull(Basket basket) {
    return basket.lines().size() >= Basket.MOST_LINES - Deposit.MOST;
  }

  /** What goes with so much of a product; with a part of one nothing does. */
  private List<Basket.Container> containers(Product product, Quantity quantity) {
    List<Basket.Container> containers = new ArrayList<>();
    for (Deposit deposit :
        quantity.isWhole() ? product.handling().deposits() : List.<Deposit>of()) {
      catalogue
          .byId(deposit.product())
          .ifPresent(
              found ->
                  containers.add(
                      new Basket.Container(
                          item(found, found.sku()).asContainer(), found.price(), deposit.each())));
    }
    return containers;
  }

  private LineItem item(Product product, String code) {
    return new LineItem(
        product.id(),
        code.strip(),
        product.name(),
        product.size(),
        catalogue.taxes(product, LocalDate.now(clock)),
        product.category(),
        product.handling());
  }
}
