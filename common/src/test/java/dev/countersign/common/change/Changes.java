package dev.countersign.common.change;

import dev.countersign.common.money.Quantity;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** Sample changes for the tests of this module. */
public final class Changes {
  public static final UUID STORE = UUID.fromString("0199b5c0-0000-7000-8000-000000000001");
  public static final UUID REGISTER = UUID.fromString("0199b5c0-0000-7000-8000-000000000002");
  public static final UUID SHIFT = UUID.fromString("0199b5c0-0000-7000-8000-000000000003");
  public static final UUID ACTOR = UUID.fromString("0199b5c0-0000-7000-8000-000000000004");
  public static final UUID PRODUCT = UUID.fromString("0199b5c0-0000-7000-8000-000000000005");

  private Changes() {}

  public static Change sale(long number, List<SaleCompleted.Line> lines) {
    long total = lines.stream().mapToLong(SaleCompleted.Line::amount).sum();
    return change(
        number,
        new SaleCompleted(
            STORE,
            REGISTER,
            SHIFT,
            "2190-1-%06d".formatted(number),
            LocalDate.of(2021, 10, 1),
            "USD",
            lines,
            List.of(new SaleCompleted.Paid(SaleCompleted.Means.CASH, total, "", "")),
            total,
            0,
            0,
            0,
            List.of(),
            null));
  }

  public static SaleCompleted.Line line(int no, String quantity, long amount) {
    return new SaleCompleted.Line(
        no, PRODUCT, "4866", "Vodka", Quantity.parse(quantity), null, null, amount, List.of());
  }

  /** Of a shift with a taxed sale, a refund, and a movement of cash. */
  public static ShiftFigures figures() {
    ShiftTally tally = new ShiftTally();
    SaleCompleted.Tax tax = new SaleCompleted.Tax(PRODUCT, "VAT", "20", 1000, 200);
    SaleCompleted.Line taxed =
        new SaleCompleted.Line(
            1, PRODUCT, "", "Gin", Quantity.ONE, 1200L, 1300L, 1200, List.of(tax));
    tally.add(ACTOR, sale(1, List.of(taxed)).body());
    tally.add(STORE, sale(2, List.of(line(1, "-1", -300))).body());
    tally.add(ACTOR, new CashMoved(STORE, REGISTER, SHIFT, "USD", -250, "milk"));
    tally.add(ACTOR, new DrawerOpened(STORE, REGISTER, SHIFT, "looked"));
    return tally.figures();
  }

  public static Change change(long number, ChangeBody body) {
    return new Change(
        new UUID(0x0199b5c000007000L, 0x8000000000000000L | number),
        number,
        SHIFT,
        ACTOR,
        null,
        Instant.parse("2021-10-01T17:00:00Z"),
        body);
  }
}
