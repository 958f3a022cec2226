package dev.countersign.common.sale;

import dev.countersign.common.money.Money;
import dev.countersign.common.promotion.SaleRow;
import dev.countersign.common.tax.Exemption;
import dev.countersign.common.tax.TaxCalculator;
import dev.countersign.common.tax.TaxRounding;
import dev.countersign.common.tax.TaxShare;
import dev.countersign.common.tax.TaxableLine;
import dev.countersign.common.tax.TaxedAmount;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Prices a basket: discounts first, then the taxes on what is left. */
public final class Pricing {
  /** Lines of which it is tried one by one whether the list or a promotion is better. */
  private static final int MOST_TRIED = 50;

  private Pricing() {}

  /** Prices a basket where nothing is on offer. */
  public static PricedBasket price(Basket basket, TaxRounding rounding) {
    return price(basket, rounding, Offering.NONE);
  }

  /**
   * Prices a basket: the discounts of each line, then what is on offer, then the discounts on all,
   * then the taxes. Somebody who is exempt pays what the goods cost without them.
   *
   * @throws IllegalArgumentException if included taxes leave nothing of a price
   */
  public static PricedBasket price(Basket basket, TaxRounding rounding, Offering offering) {
    // What comes back of a receipt has its price and taxes: no discount and no rounding touches it.
    var live = basket.liveLines().stream().filter(l -> refunded(l).isEmpty()).toList();
    var amounts = live.stream().map(BasketLine::amount).toList();
    var onLines = discounts(live, basket, offering);
    var stacked = stacked(live, onLines, basket);
    var off = new ArrayList<List<PricedLine.Off>>();
    var taxable = new ArrayList<TaxableLine>();
    for (int i = 0; i < live.size(); i++) {
      var line = live.get(i);
      off.add(off(onLines.get(i), basket.discounts(), stacked.get(i)));
      var taken = Money.sum(basket.currency(), stacked.get(i));
      taxable.add(
          new TaxableLine(line.item().taxes(), amounts.get(i).minus(taken), line.quantity()));
    }
    var taxed = new TaxCalculator(rounding).tax(taxable);
    var buyer = basket.buyer();
    boolean exempt = buyer != null && !buyer.exemption().isEmpty();
    var lines = new ArrayList<PricedLine>();
    for (int i = 0; i < live.size(); i++) {
      var line = live.get(i);
      var due = taxed.get(i);
      if (exempt) {
        var of = taxable.get(i);
        var exemption = Exemption.of(of.rules(), of.amount(), of.quantity(), due);
        var untaxed = TaxedAmount.untaxed(exemption.due());
        lines.add(new PricedLine(line, amounts.get(i), off.get(i), untaxed, exemption.left()));
      } else {
        lines.add(new PricedLine(line, amounts.get(i), off.get(i), due, List.of()));
      }
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

  /** The discounts of every line; a container bears none, and no promotion counts it. */
  private static List<List<Discount>> discounts(
      List<BasketLine> live, Basket basket, Offering offering) {
    var goods = live.stream().filter(line -> !line.isContainer()).toList();
    var amounts = goods.stream().map(BasketLine::amount).toList();
    return spread(live, withPromotions(goods, amounts, basket, offering));
  }

  /** What they take off every line, one after the other; nothing off a container. */
  private static List<List<Money>> stacked(
      List<BasketLine> live, List<List<Discount>> onLines, Basket basket) {
    var amounts = new ArrayList<Money>();
    var own = new ArrayList<List<Discount>>();
    for (int i = 0; i < live.size(); i++) {
      if (!live.get(i).isContainer()) {
        amounts.add(live.get(i).amount());
        own.add(onLines.get(i));
      }
    }
    return spread(live, Discount.stacked(amounts, own, basket.discounts()));
  }

  private static <T> List<List<T>> spread(List<BasketLine> live, List<List<T>> ofGoods) {
    var next = ofGoods.iterator();
    return live.stream()
        .<List<T>>map(line -> line.isContainer() ? List.of() : next.next())
        .toList();
  }

  /**
   * The discounts of a line, before them what the buyer's price list takes off it. A list makes
   * nothing dearer, and does not touch a price that a person has set or was asked for.
   */
  private static List<Discount> withListPrice(BasketLine line, Basket basket, Offering offering) {
    var buyer = basket.buyer();
    var product = line.item().productId();
    var list = offering.listOf(buyer);
    var listId = buyer == null ? null : buyer.priceList();
    if (listId == null
        || product == null
        || list.isEmpty()
        || line.listed() != null
        || line.item().handling().asksPrice()
        || line.quantity().isNegative()
        || !(line.price() instanceof LinePrice.Each each)) {
      return line.discounts();
    }
    var price = list.get().priceOf(product);
    if (price.isEmpty() || price.getAsLong() >= each.unit().minor()) {
      return line.discounts();
    }
    var listed = new LinePrice.Each(Money.of(price.getAsLong(), basket.currency()));
    var off = line.amount().minus(listed.amount(line.quantity()));
    var all = new ArrayList<Discount>();
    all.add(new Discount.Promoted(listId, list.get().version(), off, list.get().name()));
    all.addAll(line.discounts());
    return all;
  }

  /**
   * The discounts of every line, behind them what promotions take off what those left. Promotions
   * may spare what is reduced already, so a price list is left alone where that is better for its
   * buyer: nobody pays more for being on one.
   */
  private static List<List<Discount>> withPromotions(
      List<BasketLine> live, List<Money> amounts, Basket basket, Offering offering) {
    var listed = live.stream().map(line -> withListPrice(line, basket, offering)).toList();
    if (offering.promotions().isEmpty()) {
      return listed;
    }
    var onList = new BitSet();
    for (int i = 0; i < live.size(); i++) {
      onList.set(i, listed.get(i).size() > live.get(i).discounts().size());
    }
    var trial = new Trial(live, amounts, listed, basket, offering);
    var best = trial.on(onList);
    if (onList.isEmpty() || !offering.promotions().spareReduced()) {
      return best.discounts();
    }
    var plain = trial.on(new BitSet());
    var promoted = new BitSet();
    for (int i = 0; i < live.size(); i++) {
      boolean more = plain.discounts().get(i).size() > live.get(i).discounts().size();
      promoted.set(i, onList.get(i) && more);
    }
    var others = (BitSet) onList.clone();
    others.andNot(promoted);
    best = best.orBetter(plain).orBetter(trial.on(others));
    int tried = 0;
    for (int i = promoted.nextSetBit(0);
        i >= 0 && tried < MOST_TRIED;
        i = promoted.nextSetBit(i + 1)) {
      var other = (BitSet) best.onList().clone();
      other.flip(i);
      best = best.orBetter(trial.on(other));
      tried++;
    }
    return best.discounts();
  }

  /**
   * The discounts of every line, and what is left to pay for all of them.
   *
   * @param onList the lines that cost what the buyer's list says
   */
  private record Reckoned(BitSet onList, List<List<Discount>> discounts, Money left) {
    Reckoned orBetter(Reckoned other) {
      return other.left.compareTo(left) < 0 ? other : this;
    }
  }

  /** What comes of it when some lines cost what the buyer's list says. */
  private record Trial(
      List<BasketLine> live,
      List<Money> amounts,
      List<List<Discount>> listed,
      Basket basket,
      Offering offering) {
    Reckoned on(BitSet onList) {
      var own = new ArrayList<List<Discount>>();
      for (int i = 0; i < live.size(); i++) {
        own.add(onList.get(i) ? listed.get(i) : live.get(i).discounts());
      }
      var taken = Discount.stacked(amounts, own, List.of());
      var rows = new ArrayList<SaleRow>();
      var left = Money.zero(basket.currency());
      for (int i = 0; i < live.size(); i++) {
        var line = live.get(i);
        var off = Money.sum(basket.currency(), taken.get(i));
        left = left.plus(amounts.get(i).minus(off));
        rows.add(
            new SaleRow(
                line.item().productId(),
                line.item().category(),
                line.quantity(),
                amounts.get(i).minus(off).minor(),
                line.isRepriced() || off.isPositive()));
      }
      var applied = offering.promotions().apply(rows, offering.with(basket.coupons()));
      for (int i = 0; i < live.size(); i++) {
        var ofLine = new ArrayList<Discount>(own.get(i));
        for (var off : applied.rows().get(i)) {
          var amount = Money.of(off.amount(), basket.currency());
          left = left.minus(amount);
          ofLine.add(new Discount.Promoted(off.promotion(), off.version(), amount, off.name()));
        }
        own.set(i, ofLine);
      }
      return new Reckoned(onList, own, left);
    }
  }

  /** Names what was taken off a line; what takes nothing off it is left out. */
  private static List<PricedLine.Off> off(
      List<Discount> onLine, List<Discount> onBasket, List<Money> taken) {
    var off = new ArrayList<PricedLine.Off>();
    int own = onLine.size();
    for (int i = 0; i < taken.size(); i++) {
      if (!taken.get(i).isZero()) {
        var discount = i < own ? onLine.get(i) : onBasket.get(i - own);
        off.add(new PricedLine.Off(discount, taken.get(i), i >= own));
      }
    }
    return off;
  }

  private static Optional<PricedLine> refunded(BasketLine line) {
    return line.price() instanceof LinePrice.Refunded back
        ? Optional.of(
            new PricedLine(
                line, line.amount(), List.of(), back.part().amount().negate(), List.of()))
        : Optional.empty();
  }

  /**
   * One share for each tax and rate: what comes back may have been sold at another rate than what
   * is sold beside it.
   */
  private static List<TaxShare> byRule(List<PricedLine> lines) {
    record Rated(UUID rule, BigDecimal rate) {}
    var sums = new LinkedHashMap<Rated, TaxShare>();
    for (var line : lines) {
      for (var share : line.taxes()) {
        var rated = new Rated(share.ruleId(), share.rate().stripTrailingZeros());
        sums.merge(rated, share, TaxShare::plus);
      }
    }
    return List.copyOf(sums.values());
  }
}
