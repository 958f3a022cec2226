package dev.countersign.common.tax;

import java.time.LocalDate;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The taxes of a product by the day they come into force. Rates change by law on a date; the till
 * must change at midnight of the store, also when it is offline.
 */
public final class TaxSchedule {
  /**
   * The rules in force from a day on.
   *
   * @param from the first day, in the store's time zone
   * @param rules empty where no tax is charged any more
   */
  public record Period(LocalDate from, List<TaxRule> rules) {
    public Period {
      rules = List.copyOf(rules);
    }
  }

  private final NavigableMap<LocalDate, List<TaxRule>> byStart = new TreeMap<>();

  /**
   * @throws IllegalArgumentException when two periods begin on one day
   */
  public TaxSchedule(List<Period> periods) {
    for (var period : periods) {
      if (byStart.put(period.from(), period.rules()) != null) {
        throw new IllegalArgumentException("two periods begin on " + period.from());
      }
    }
  }

  /** The rules in force on a day; none before the first period. */
  public List<TaxRule> rulesOn(LocalDate day) {
    var entry = byStart.floorEntry(day);
    return entry == null ? List.of() : entry.getValue();
  }
}
