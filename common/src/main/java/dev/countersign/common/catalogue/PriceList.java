package dev.countersign.common.catalogue;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Prices that count for the customers who have this list, as they stood from one edit to the next.
 * What is not on it costs what the catalogue says.
 *
 * @param name 1 to 60 characters
 * @param version how often it was written, from 1
 * @param from the first day on which it counts
 * @param to the last day, or null while nobody has said
 * @param prices at most {@value #MOST}, each product once
 */
public record PriceList(
    String name, int version, LocalDate from, @Nullable LocalDate to, List<ListedPrice> prices) {
  /** As many as one change can carry. */
  public static final int MOST = 5_000;

  private static final int LONGEST_NAME = 60;
  private static final long LARGEST = 1_000_000_000_000L;

  public PriceList {
    // What is empty is not written.
    name = name == null ? "" : name;
    prices = prices == null ? List.of() : List.copyOf(prices);
  }

  /**
   * What one unit of a product costs.
   *
   * @param price minor units, zero or more
   */
  public record ListedPrice(UUID product, long price) {}

  /** What one unit costs, in minor units; empty for what is not on the list. */
  public OptionalLong priceOf(UUID product) {
    return prices.stream()
        .filter(each -> each.product().equals(product))
        .mapToLong(ListedPrice::price)
        .findFirst();
  }

  /** Whether it counts on this day. */
  public boolean on(LocalDate day) {
    return !day.isBefore(from) && (to == null || !day.isAfter(to));
  }

  /** Whether every figure is within its range and the name can be printed. */
  public boolean fits() {
    var seen = new HashSet<UUID>();
    return !name.isBlank()
        && name.length() <= LONGEST_NAME
        && name.equals(name.strip())
        && name.chars().noneMatch(Character::isISOControl)
        && version >= 1
        && isDay(from)
        && (to == null || isDay(to))
        && prices.size() <= MOST
        && prices.stream()
            .allMatch(p -> p.price() >= 0 && p.price() <= LARGEST && seen.add(p.product()));
  }

  private static boolean isDay(LocalDate day) {
    return day.getYear() >= 1900 && day.getYear() <= 9999;
  }
}
