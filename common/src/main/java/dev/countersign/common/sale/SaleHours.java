package dev.countersign.common.sale;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.List;

/**
 * When restricted goods may be sold, by the clock on the store's wall.
 *
 * @param goods their kind, as {@code common.catalogue.Handling} names it
 * @param days empty for every day
 * @param fromMinute of the day, 0 to 1439
 * @param toMinute of the day, 1 to 1440; the minute itself is outside. At or before {@code
 *     fromMinute} it is one of the next day, and {@code days} are those on which it begins
 */
public record SaleHours(String goods, List<DayOfWeek> days, int fromMinute, int toMinute) {
  private static final int DAY = 1_440;

  public SaleHours {
    goods = goods == null ? "" : goods;
    days = days == null ? List.of() : List.copyOf(days);
    boolean fits = fromMinute >= 0 && fromMinute < DAY && toMinute >= 1 && toMinute <= DAY;
    if (!fits) {
      throw new IllegalArgumentException("minutes of a day");
    }
  }

  /** Whether it is within them. */
  public boolean at(LocalDateTime moment) {
    int minute = moment.getHour() * 60 + moment.getMinute();
    var day = moment.getDayOfWeek();
    if (fromMinute < toMinute) {
      return minute >= fromMinute && minute < toMinute && on(day);
    }
    return minute >= fromMinute ? on(day) : minute < toMinute && on(day.minus(1));
  }

  /** Whether they begin on such a day. */
  public boolean on(DayOfWeek day) {
    return days.isEmpty() || days.contains(day);
  }

  /**
   * Whether goods of this kind may be sold at a moment: any hours of it say so, or none are set.
   */
  public static boolean allow(List<SaleHours> all, String goods, LocalDateTime moment) {
    var mine = all.stream().filter(hours -> hours.goods().equals(goods)).toList();
    return goods.isEmpty() || mine.isEmpty() || mine.stream().anyMatch(hours -> hours.at(moment));
  }
}
