package dev.countersign.common.tax;

import dev.countersign.common.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Rounds each tax once per document, then hands the rounded tax out to the lines: every line gets
 * its exact tax rounded down, and the minor units left over go one each to the lines that lost
 * most. So the lines sum to the document, and a refund of all lines gives back the whole tax.
 */
final class DocumentTax {
  /** The share number {@code share} of line number {@code line}. */
  private record Place(int line, int share) {}

  private final List<TaxableLine> lines;
  private final List<ExactTax> exact;

  DocumentTax(List<TaxableLine> lines) {
    this.lines = lines;
    this.exact = lines.stream().map(TaxCalculator::exact).toList();
  }

  List<TaxedAmount> perLine() {
    var byRule = new LinkedHashMap<UUID, List<Place>>();
    for (int line = 0; line < lines.size(); line++) {
      var shares = exact.get(line).shares();
      for (int share = 0; share < shares.size(); share++) {
        byRule
            .computeIfAbsent(shares.get(share).rule().id(), _ -> new ArrayList<>())
            .add(new Place(line, share));
      }
    }
    var amounts = new LinkedHashMap<Place, Money>();
    byRule.values().forEach(places -> handOut(places, amounts));
    var result = new ArrayList<TaxedAmount>();
    for (int line = 0; line < lines.size(); line++) {
      result.add(line(line, amounts));
    }
    return result;
  }

  private void handOut(List<Place> places, Map<Place, Money> amounts) {
    var currency = lines.get(places.getFirst().line()).amount().currency();
    var cent = Money.of(1, currency);
    var sum = places.stream().map(this::exactAmount).reduce(BigDecimal.ZERO, BigDecimal::add);
    var left = Money.round(withoutNoise(sum), currency, RoundingMode.HALF_UP);
    for (var place : places) {
      var floor = Money.round(exactAmount(place), currency, RoundingMode.FLOOR);
      amounts.put(place, floor);
      left = left.minus(floor);
    }
    var byLoss =
        places.stream()
            .sorted(
                Comparator.comparing(
                    (Place p) -> exactAmount(p).subtract(requireAmount(amounts, p).toBigDecimal()),
                    Comparator.reverseOrder()))
            .toList();
    for (int i = 0; i < left.minor(); i++) {
      amounts.merge(byLoss.get(i), cent, Money::plus);
    }
  }

  private TaxedAmount line(int number, Map<Place, Money> amounts) {
    var net = lines.get(number).amount();
    var shares = new ArrayList<TaxShare>();
    var exactShares = exact.get(number).shares();
    for (int i = 0; i < exactShares.size(); i++) {
      var rule = exactShares.get(i).rule();
      var amount = requireAmount(amounts, new Place(number, i));
      var base =
          Money.round(
              withoutNoise(exactShares.get(i).base()), net.currency(), RoundingMode.HALF_UP);
      shares.add(new TaxShare(rule.id(), rule.name(), rule.rate(), base, amount));
      if (rule.included()) {
        net = net.minus(amount);
      }
    }
    var total = net;
    for (var share : shares) {
      total = total.plus(share.amount());
    }
    return new TaxedAmount(net, total, shares);
  }

  private BigDecimal exactAmount(Place place) {
    return withoutNoise(exact.get(place.line()).shares().get(place.share()).amount());
  }

  private static Money requireAmount(Map<Place, Money> amounts, Place place) {
    var amount = amounts.get(place);
    if (amount == null) {
      throw new IllegalStateException("no tax was handed out to line " + place.line());
    }
    return amount;
  }

  /** Drops the last digits of a division, so that 0.00999… counts as the cent that it is. */
  private static BigDecimal withoutNoise(BigDecimal exact) {
    return exact.setScale(12, RoundingMode.HALF_UP);
  }
}
