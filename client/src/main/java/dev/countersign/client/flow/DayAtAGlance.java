package dev.countersign.client.flow;

import dev.countersign.client.ledger.Books;
import dev.countersign.client.ledger.DayTotals;
import dev.countersign.client.ledger.SaleView;
import dev.countersign.client.ledger.SaleView.Standing;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * A business day for somebody at a desk.
 *
 * @param average of a receipt, halves away from zero; zero without sales
 * @param byHour what each hour took, 24 amounts; quarantined sales do not count
 * @param needPerson the sales that were not plainly accepted
 */
public record DayAtAGlance(
    LocalDate day,
    DayTotals totals,
    Money average,
    List<Money> byHour,
    List<SaleView> sales,
    List<SaleView> needPerson) {
  private static final int HOURS = 24;

  public DayAtAGlance {
    byHour = List.copyOf(byHour);
    sales = List.copyOf(sales);
    needPerson = List.copyOf(needPerson);
  }

  /**
   * Reads a day; blocking.
   *
   * @param zone the store's, which says what an hour is
   */
  public static DayAtAGlance read(Books books, LocalDate day, ZoneId zone) {
    DayTotals totals = books.totals(day);
    List<SaleView> sales = books.salesOn(day);
    Money none = Money.zero(totals.total().currency());
    Money average =
        totals.sales() == 0
            ? none
            : totals
                .total()
                .proRata(Quantity.ONE, Quantity.of(totals.sales()), RoundingMode.HALF_UP);
    List<Money> byHour = new ArrayList<>();
    for (int hour = 0; hour < HOURS; hour++) {
      byHour.add(none);
    }
    for (SaleView sale : sales) {
      if (sale.standing() != Standing.QUARANTINED) {
        int hour = sale.at().atZone(zone).getHour();
        byHour.set(hour, byHour.get(hour).plus(sale.total()));
      }
    }
    List<SaleView> needPerson =
        sales.stream()
            .filter(s -> s.standing() != Standing.ACCEPTED && s.standing() != Standing.WAITING)
            .toList();
    return new DayAtAGlance(day, totals, average, byHour, sales, needPerson);
  }
}
