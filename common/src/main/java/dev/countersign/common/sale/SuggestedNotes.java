package dev.countersign.common.sale;

import dev.countersign.common.money.Money;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** The amounts of cash that a customer is likely to hand over. */
public final class SuggestedNotes {
  private static final int MOST = 4;

  /** A step this many times smaller than the amount is nothing anyone would count out. */
  private static final long FINEST = 250;

  /** Notes, and the coins next to them, in whole units. */
  private static final Map<String, List<Long>> IN_USE =
      Map.ofEntries(
          Map.entry("USD", List.of(1L, 5L, 10L, 20L, 50L, 100L)),
          Map.entry("CAD", List.of(1L, 5L, 10L, 20L, 50L, 100L)),
          Map.entry("EUR", List.of(1L, 2L, 5L, 10L, 20L, 50L, 100L, 200L)),
          Map.entry("GBP", List.of(1L, 2L, 5L, 10L, 20L, 50L)),
          Map.entry("CHF", List.of(1L, 2L, 5L, 10L, 20L, 50L, 100L, 200L)),
          Map.entry("JPY", List.of(100L, 500L, 1_000L, 5_000L, 10_000L)));

  private SuggestedNotes() {}

  /**
   * Up to four distinct amounts above what is due, in ascending order: what is due rounded up to
   * each note in use. Currencies without a table go by steps of 1, 2 and 5 that fit the amount.
   *
   * @return empty when nothing is due
   */
  public static List<Money> forAmount(Money due) {
    if (!due.isPositive()) {
      return List.of();
    }
    long unit = unit(due.currency());
    var suggestions = new TreeSet<Money>();
    for (long note : notes(due.currency(), due.minor() / unit)) {
      long step = Math.multiplyExact(note, unit);
      if (due.minor() / step <= FINEST) {
        long steps = Math.ceilDiv(due.minor(), step);
        suggestions.add(Money.of(Math.multiplyExact(steps, step), due.currency()));
      }
    }
    suggestions.remove(due);
    return suggestions.stream().limit(MOST).toList();
  }

  private static List<Long> notes(Currency currency, long wholeUnits) {
    var known = IN_USE.get(currency.getCurrencyCode());
    if (known != null) {
      return known;
    }
    long magnitude = 1;
    while (magnitude * 100 <= wholeUnits) {
      magnitude *= 10;
    }
    long least = magnitude;
    return LongStream.of(1, 2, 5, 10, 20, 50, 100).map(n -> n * least).boxed().toList();
  }

  private static long unit(Currency currency) {
    long unit = 1;
    for (int i = 0; i < currency.getDefaultFractionDigits(); i++) {
      unit *= 10;
    }
    return unit;
  }
}
