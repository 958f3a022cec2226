package dev.countersign.client.flow;

import dev.countersign.client.ledger.CatalogueHit;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How much of a product a weight or a price in a code stands for. */
final class Measuring {
  /** Grams, as scales weigh. */
  private static final int USUAL_DECIMALS = 3;

  private static final int MOST_DECIMALS = 6;

  private Measuring() {}

  /** To the gram, halves up; a scale is no finer. Not below one gram. */
  static Quantity quantity(BigDecimal value) {
    BigDecimal grams = value.setScale(USUAL_DECIMALS, RoundingMode.HALF_UP);
    return Quantity.ofExact(
        grams.signum() > 0 ? grams : BigDecimal.ONE.movePointLeft(USUAL_DECIMALS));
  }

  static List<CatalogueHit> times(List<CatalogueHit> hits, Quantity times) {
    return hits.stream()
        .map(hit -> new CatalogueHit(hit.product(), times.times(hit.pack())))
        .toList();
  }

  /**
   * So much of each as costs this: what its scale has weighed, to the decimals that it takes.
   * Without those of which no amount costs it, as of what is given away; one of what has an open
   * price.
   */
  static List<CatalogueHit> worth(List<CatalogueHit> hits, Money price) {
    return hits.stream()
        .flatMap(
            hit ->
                hit.product().handling().asksPrice() && price.isPositive()
                    ? Stream.of(new CatalogueHit(hit.product().at(price), Quantity.ONE))
                    : worth(hit.product().price(), price).stream()
                        .map(quantity -> new CatalogueHit(hit.product(), quantity)))
        .toList();
  }

  /** As few decimals as give the price exactly. */
  static Optional<Quantity> worth(Money unit, Money price) {
    for (int decimals = USUAL_DECIMALS;
        unit.isPositive() && decimals <= MOST_DECIMALS;
        decimals++) {
      BigDecimal amount =
          price.toBigDecimal().divide(unit.toBigDecimal(), decimals, RoundingMode.HALF_UP);
      Quantity quantity = Quantity.ofExact(amount);
      if (!quantity.isZero() && unit.times(quantity, RoundingMode.HALF_UP).equals(price)) {
        return Optional.of(quantity);
      }
    }
    return Optional.empty();
  }
}
