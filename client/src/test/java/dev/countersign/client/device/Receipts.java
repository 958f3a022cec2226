package dev.countersign.client.device;

import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.change.SaleCompleted.Tax;
import dev.countersign.common.money.Quantity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Receipts for tests. */
final class Receipts {
  static final UUID VAT = new UUID(1, 1);

  private Receipts() {}

  static Line line(int no, String name, String quantity, @Nullable Long unit, long amount) {
    return new Line(
        no,
        new UUID(2, no),
        "0008" + no,
        name,
        Quantity.parse(quantity),
        unit,
        null,
        amount,
        List.of(new Tax(VAT, "VAT", "20", amount - amount / 6, amount / 6)));
  }

  static SaleCompleted sale(List<Line> lines, List<Paid> tenders, long rounding, long change) {
    long total = lines.stream().mapToLong(Line::amount).sum();
    return new SaleCompleted(
        new UUID(3, 1),
        new UUID(3, 2),
        new UUID(3, 3),
        "A7-000042",
        LocalDate.of(2026, 11, 21),
        "EUR",
        lines,
        tenders,
        total,
        lines.stream().mapToLong(l -> l.amount() / 6).sum(),
        rounding,
        change,
        List.of(line(99, "Struck through", "1", 500L, 500)),
        null);
  }

  static SaleCompleted cashSale() {
    return sale(
        List.of(line(1, "Espresso beans", "1", 1299L, 1299), line(2, "Oat milk", "6", 189L, 1134)),
        List.of(new Paid(Means.CASH, 3000, "", "")),
        2,
        565);
  }

  static SaleCompleted cardSale() {
    return sale(
        List.of(line(1, "Tea", "1", 450L, 450)),
        List.of(new Paid(Means.CARD, 450, "T-1", "4242")),
        0,
        0);
  }

  static Receipt of(SaleCompleted sale) {
    return of(sale, "production", null, false);
  }

  static Receipt of(SaleCompleted sale, String environment, @Nullable String check, boolean copy) {
    return new Receipt(
        List.of("Corner Shop Ltd", "1 Harbour Road"),
        "Harbour",
        "Front",
        "Robin",
        Instant.parse("2026-11-21T23:30:00Z"),
        ZoneId.of("Europe/Berlin"),
        sale,
        List.of("Thank you"),
        environment,
        check,
        copy);
  }
}
