package dev.countersign.common.promotion;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * When and where a promotion counts, by the clock on the store's wall.
 *
 * @param from the first day
 * @param to the last day, or null while nobody has said
 * @param days empty for every day
 * @param fromMinute of the day, 0 to 1439
 * @param toMinute of the day, 1 to 1440; the minute itself is outside. At or before {@code
 *     fromMinute} it is one of the next day, and {@code days} are those on which it begins
 * @param stores empty for all
 */
public record Validity(
    LocalDate from,
    @Nullable LocalDate to,
    List<DayOfWeek> days,
    int fromMinute,
    int toMinute,
    List<UUID> stores) {
  private static final int DAY = 1_440;

  public Validity {
    days = days == null ? List.of() : List.copyOf(days);
    stores = stores == null ? List.of() : List.copyOf(stores);
  }

  /** All day, every day, in all stores. */
  public static Validity from(LocalDate from, @Nullable LocalDate to) {
    return new Validity(from, to, List.of(), 0, DAY, List.of());
  }

  /** The same until that day. */
  public Validity until(LocalDate last) {
    return new Validity(from, last, days, fromMinute, toMinute, stores);
  }

  public boolean in(UUID store) {
    return stores.isEmpty() || stores.contains(store);
  }

  public boolean at(LocalDateTime moment) {
    int minute = moment.getHour() * 60 + moment.getMinute();
    var day = moment.toLocalDate();
    if (fromMinute < toMinute) {
      return minute >= fromMinute && minute < toMinute && on(day);
    }
    return minute >= fromMinute ? on(day) : minute < toMinute && on(day.minusDays(1));
  }

  private boolean on(LocalDate day) {
    return !day.isBefore(from)
        && (to == null || !day.isAfter(to))
        && (days.isEmpty() || days.contains(day.getDayOfWeek()));
  }

  /**
   * Whether days, times and stores are within their ranges. One that ends before it begins counts
   * never; so does one that was called off before its first day.
   */
  public boolean fits() {
    return from.getYear() >= 1900
        && from.getYear() <= 9999
        && (to == null || (to.getYear() >= 1900 && to.getYear() <= 9999))
        && days.size() <= 7
        && fromMinute >= 0
        && fromMinute < DAY
        && toMinute >= 1
        && toMinute <= DAY
        && stores.size() <= Selection.MOST;
  }
}
