package dev.countersign.common.sale;

import dev.countersign.common.money.Money;
import dev.countersign.common.tax.TaxCalculator;
import dev.countersign.common.tax.TaxRounding;
import dev.countersign.common.tax.TaxShare;
import dev.countersign.common.tax.TaxableLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Prices a basket: discounts first, then the taxes on what is left. */
public final class Pricing {
  private Pricing() {}

  /**
   * Prices a basket.
   *
   * @throws IllegalArgumentException if included taxes leave nothing of a price
   */
  public static PricedBasket price(Basket basket, TaxRounding rounding) {
    // What comes back of a receipt has its price and taxes: no discount and no rounding touches it.
    var live = basket.liveLines().stream().filter(l -> refunded(l).isEmpty()).toList();
    var amounts = live.stream().map(BasketLine::amount).toList();
    var stacked =
        Discount.stacked(
            amounts, live.stream().map(BasketLine::discounts).toList(), basket.discounts());
    var off = new ArrayList<List<PricedLine.Off>>();
    var taxable = new ArrayList<TaxableLine>();
    for (int i = 0; i < live.size(); i++) {
      var line = live.get(i);
      off.add(off(line, basket, stacked.get(i)));
      var taken = Money.sum(basket.currency(), stacked.get(i));
      taxable.add(
          new TaxableLine(line.item().taxes(), amounts.get(i).minus(taken), line.quantity()));
    }
    var taxed = new TaxCalculator(rounding).tax(taxable);
    var lines = new ArrayList<PricedLine>();
    for (int i = 0; i < live.size(); i++) {
      lines.add(new PricedLine(live.get(i), amounts.get(i), off.get(i), taxed.get(i)));
    }
    for (var line : basket.liveLines()) {
      refunded(line).ifPresent(lines::add);
    }
    lines.sort(Comparator.comparingInt(priced -> priced.line().no()));
    return new PricedBasket(
        lines,
        Money.sum(basket.currency(), lines.stream().map(PricedLine::discount).toList()),
        Money.sum(basket.currency(), lines.stream().map(PricedLine::net).toList()),
        byRule(lines),
        Money.sum(basket.currency(), lines.stream().map(PricedLine::gross).toList()));
  }

  /** Names what was taken off a line; what takes nothing off it is left out. */
  private static List<PricedLine.Off> off(BasketLine line, Basket basket, List<Money> taken) {
    var off = new ArrayList<PricedLine.Off>();
    int own = line.discounts().size();
    for (int i = 0; i < taken.size(); i++) {
      if (!taken.get(i).isZero()) {
        var discount = i < own ? line.discounts().get(i) : basket.discounts().get(i - own);
        off.add(new PricedLine.Off(discount, taken.get(i), i >= own));
      }
    }
    return off;
  }

  private static Optional<PricedLine> refunded(BasketLine line) {
    return line.price() instanceof LinePrice.Refunded back
        ? Optional.of(new PricedLine(line, line.amount(), List.of(), back.part().amount().negate()))
        : Optional.empty();
  }

  private static List<TaxShare> byRule(List<PricedLine> lines) {
    var sums = new LinkedHashMap<UUID, TaxShare>();
    for (var line : lines) {
      for (var share : line.taxes()) {
        sums.merge(share.ruleId(), share, TaxShare::plus);
      }
    }
    return List.copyOf(sums.values());
  }
}
