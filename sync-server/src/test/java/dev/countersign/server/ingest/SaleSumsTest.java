package dev.countersign.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.change.SaleCompleted.Tax;
import dev.countersign.common.money.Quantity;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Figures that a till of ours never makes, and one with a stolen key might. */
class SaleSumsTest {
  private static final String WRONG = "sums-do-not-agree";
  private static final String TOO_LARGE = "amount-out-of-range";
  private static final List<Line> TEN = List.of(line(1000, "1"));

  @Test
  void sumsMustAgree() {
    List<Paid> paid = List.of(cash(2000));
    assertThat(fault(TEN, paid, 1000, 0, 0, 1000)).isEmpty();
    assertThat(fault(TEN, paid, 998, 0, 2, 1000)).isEqualTo(WRONG);
    assertThat(fault(TEN, paid, 1000, 5, 0, 1000)).isEqualTo(WRONG);
    assertThat(fault(TEN, paid, 1000, 0, 0, 999)).isEqualTo(WRONG);
    assertThat(fault(TEN, List.of(card(500)), 1000, 0, 0, -500)).isEqualTo(WRONG);
    SaleCompleted euros = sale("EUR", TEN, paid, 1000, 0, 0, 1000);
    assertThat(SaleSums.check(euros, "USD")).contains(WRONG);
  }

  @Test
  void theTaxIsTheSumOfTheLinesTaxes() {
    Tax tax = new Tax(UUID.randomUUID(), "VAT", "20", 1000, 200);
    Line line =
        new Line(1, UUID.randomUUID(), "", "Gin", Quantity.ONE, 1200L, null, 1200, List.of(tax));
    assertThat(fault(List.of(line), List.of(cash(1200)), 1200, 200, 0, 0)).isEmpty();
    assertThat(fault(List.of(line), List.of(cash(1200)), 1200, 199, 0, 0)).isEqualTo(WRONG);
  }

  @Test
  void moneyGoesOutOnlyForGoodsThatComeBack() {
    List<Paid> out = List.of(cash(-5000));
    assertThat(fault(List.of(line(-5000, "1")), out, -5000, 0, 0, 0)).isEqualTo(WRONG);
    List<Line> hidden = List.of(line(5000, "1"), line(-4000, "1"));
    assertThat(fault(hidden, List.of(cash(1000)), 1000, 0, 0, 0)).isEqualTo(WRONG);
    assertThat(fault(List.of(line(5000, "0")), List.of(cash(5000)), 5000, 0, 0, 0))
        .isEqualTo(WRONG);
    assertThat(fault(List.of(line(-5000, "-1")), out, -5000, 0, 0, 0)).isEmpty();
  }

  @Test
  void aSaleOfNothingIsNone() {
    assertThat(fault(List.of(), List.of(cash(0)), 0, 0, 0, 0)).isEqualTo(WRONG);
  }

  @Test
  void changeComesOutOfCashOnly() {
    assertThat(fault(TEN, List.of(card(10_000)), 1000, 0, 0, 9000)).isEqualTo(WRONG);
    assertThat(fault(TEN, List.of(card(400), cash(2000)), 1000, 0, 0, 1400)).isEmpty();
  }

  @Test
  void tendersGoInOneDirection() {
    assertThat(fault(TEN, List.of(card(10_000), cash(-9000)), 1000, 0, 0, 0)).isEqualTo(WRONG);
    List<Line> back = List.of(line(-1000, "-1"));
    assertThat(fault(back, List.of(card(9000), cash(-10_000)), -1000, 0, 0, 0)).isEqualTo(WRONG);
  }

  @Test
  void sumsThatOverflowAreQuarantinedAndDoNotWrap() {
    List<Line> lines = List.of(line(Long.MAX_VALUE, "1"), line(Long.MAX_VALUE, "1"));
    assertThat(fault(lines, List.of(cash(-2)), -2, 0, 0, 0)).isEqualTo(TOO_LARGE);
  }

  @Test
  void theSmallestLongIsNoSmallAmount() {
    List<Line> lines = List.of(line(Long.MIN_VALUE, "-1"));
    List<Paid> paid = List.of(cash(Long.MIN_VALUE));
    assertThat(fault(lines, paid, Long.MIN_VALUE, 0, 0, 0)).isEqualTo(TOO_LARGE);
  }

  @Test
  void everyFigureIsBounded() {
    long most = Judge.LARGEST_AMOUNT;
    assertThat(fault(List.of(line(most, "1")), List.of(cash(most)), most, 0, 0, 0)).isEmpty();
    List<Line> cancelled = List.of(line(most + 1, "1"), line(-most, "-1"));
    assertThat(fault(cancelled, List.of(cash(1)), 1, 0, 0, 0)).isEqualTo(TOO_LARGE);
    assertThat(fault(TEN, List.of(cash(most + 1)), 1000, 0, 0, most - 999)).isEqualTo(TOO_LARGE);
  }

  private static String fault(
      List<Line> lines, List<Paid> paid, long total, long tax, long rounding, long change) {
    return SaleSums.check(sale("USD", lines, paid, total, tax, rounding, change), "USD").orElse("");
  }

  private static SaleCompleted sale(
      String currency,
      List<Line> lines,
      List<Paid> paid,
      long total,
      long tax,
      long rounding,
      long change) {
    return new SaleCompleted(
        UUID.randomUUID(),
        UUID.randomUUID(),
        UUID.randomUUID(),
        "R1-000005",
        LocalDate.of(2026, 3, 2),
        currency,
        lines,
        paid,
        total,
        tax,
        rounding,
        change,
        List.of(),
        null);
  }

  private static Line line(long amount, String quantity) {
    return new Line(
        1, UUID.randomUUID(), "", "Gin", Quantity.parse(quantity), amount, null, amount, List.of());
  }

  private static Paid cash(long amount) {
    return new Paid(Means.CASH, amount, "", "");
  }

  private static Paid card(long amount) {
    return new Paid(Means.CARD, amount, "", "");
  }
}
