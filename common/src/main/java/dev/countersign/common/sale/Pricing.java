package dev.countersign.common.sale;

import dev.countersign.common.money.Money;
import dev.countersign.common.tax.TaxCalculator;
import dev.countersign.common.tax.TaxRounding;
import dev.countersign.common.tax.TaxShare;
import dev.countersign.common.tax.TaxableLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;

/** Prices a basket: discounts first, then the taxes on what is left. */
public final class Pricing {
  private Pricing() {}

  /** Prices a basket without discounts. */
  public static PricedBasket price(Basket basket, TaxRounding rounding) {
    return price(basket, rounding, BasketDiscounts.NONE);
  }

  /**
   * Prices a basket.
   *
   * @throws IllegalArgumentException if included taxes leave nothing of a price
   */
  public static PricedBasket price(Basket basket, TaxRounding rounding, BasketDiscounts discounts) {
    var live = basket.liveLines();
    var amounts = live.stream().map(BasketLine::amount).toList();
    var onLines =
        live.stream().map(l -> discounts.onLines().getOrDefault(l.no(), List.of())).toList();
    var off = Discount.stacked(amounts, onLines, discounts.onBasket());
    var taxable = new ArrayList<TaxableLine>();
    for (int i = 0; i < live.size(); i++) {
      var line = live.get(i);
      taxable.add(
          new TaxableLine(line.item().taxes(), amounts.get(i).minus(off.get(i)), line.quantity()));
    }
    var taxed = new TaxCalculator(rounding).tax(taxable);
    var lines = new ArrayList<PricedLine>();
    for (int i = 0; i < live.size(); i++) {
      lines.add(new PricedLine(live.get(i), amounts.get(i), off.get(i), taxed.get(i)));
    }
    return new PricedBasket(
        lines,
        Money.sum(basket.currency(), off),
        Money.sum(basket.currency(), lines.stream().map(PricedLine::net).toList()),
        byRule(lines),
        Money.sum(basket.currency(), lines.stream().map(PricedLine::gross).toList()));
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
