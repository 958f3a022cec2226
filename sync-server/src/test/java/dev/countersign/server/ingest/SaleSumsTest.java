package dev.countersign.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Off;
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
  void changeMayComeOutOfAVoucherAndOfMobileMoneyButNeverOutOfCredit() {
    assertThat(fault(TEN, List.of(paid(Means.VOUCHER, 1500)), 1000, 0, 0, 500)).isEmpty();
    assertThat(fault(TEN, List.of(paid(Means.MOBILE_MONEY, 1500)), 1000, 0, 0, 500)).isEmpty();
    Paid card = new Paid(Means.GIFT_CARD, 1500, "", "", UUID.randomUUID());
    assertThat(fault(TEN, List.of(card), 1000, 0, 0, 500)).isEqualTo(WRONG);
  }

  @Test
  void aTipIsPaidOnTopAndNeverGoesOut() {
    assertThat(tipped(1000, 1200, 200)).isEmpty();
    assertThat(tipped(1000, 1000, 200)).isEqualTo(WRONG);
    assertThat(tipped(1000, 800, -200)).isEqualTo(WRONG);
    assertThat(tipped(1000, Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(TOO_LARGE);
    assertThat(tipped(-1000, -900, 100)).isEqualTo(WRONG);
  }

  private static String tipped(long total, long paid, long tip) {
    SaleCompleted sale =
        sale(
            "USD",
            List.of(line(total, total < 0 ? "-1" : "1")),
            List.of(card(paid)),
            total,
            0,
            0,
            0);
    SaleCompleted with =
        new SaleCompleted(
            sale.store(),
            sale.register(),
            sale.shift(),
            sale.receipt(),
            sale.businessDate(),
            "USD",
            sale.lines(),
            sale.tenders(),
            total,
            0,
            0,
            0,
            List.of(),
            null,
            List.of(),
            "",
            List.of(),
            tip);
    return SaleSums.check(with, "USD").orElse("");
  }

  @Test
  void onlyAVoucherIsWorthMoreThanItPaid() {
    assertThat(fault(TEN, List.of(worth(Means.VOUCHER, 1000, 1500L)), 1000, 0, 0, 0)).isEmpty();
    assertThat(fault(TEN, List.of(worth(Means.VOUCHER, 1000, 900L)), 1000, 0, 0, 0))
        .isEqualTo(WRONG);
    assertThat(fault(TEN, List.of(worth(Means.CARD, 1000, 1500L)), 1000, 0, 0, 0)).isEqualTo(WRONG);
    assertThat(fault(TEN, List.of(worth(Means.VOUCHER, 1000, Long.MAX_VALUE)), 1000, 0, 0, 0))
        .isEqualTo(TOO_LARGE);
  }

  private static Paid worth(Means means, long amount, long worth) {
    return new Paid(means, amount, "V-1", "", null, worth);
  }

  private static Paid paid(Means means, long amount) {
    return new Paid(means, amount, "V-1", "");
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

  @Test
  void aLineCostsItsPriceTimesItsQuantityLessItsDiscounts() {
    Off tenth = new Off("Happy hour", "10", 100, false);
    Off coupon = new Off("Coupon", null, 50, true);
    assertThat(costs(1000, "1", 850, tenth, coupon)).isTrue();
    assertThat(costs(1000, "1", 1000)).isTrue();
    assertThat(costs(1000, "1", 850)).as("cheaper without a word").isFalse();
    assertThat(costs(1000, "1", 851, tenth, coupon)).isFalse();
    assertThat(costs(1000, "0.345", 345)).isTrue();
    assertThat(costs(333, "0.5", 167)).as("halves away from zero").isTrue();
    assertThat(costs(1000, "-1", -900, new Off("", "10", -100, false))).isTrue();
  }

  @Test
  void noDiscountIsOtherThanItSaysOrMoreThanThereIs() {
    assertThat(costs(1000, "1", 800, new Off("", "10", 200, false))).isFalse();
    assertThat(costs(1000, "1", 0, new Off("", null, 1000, false))).isTrue();
    assertThat(costs(1000, "1", -1, new Off("", null, 1001, false))).isFalse();
    assertThat(costs(1000, "1", 1100, new Off("", null, -100, false))).isFalse();
    assertThat(costs(1000, "-1", -900, new Off("", null, -100, true))).isFalse();
    assertThat(costs(1000, "1", 900, new Off("", "1e3", 100, false))).isFalse();
    assertThat(costs(1000, "1", 900, new Off("", "", 100, false))).isFalse();
    Off twice = new Off("", null, 600, false);
    assertThat(costs(1000, "1", -200, twice, twice)).isFalse();
  }

  @Test
  void aTaxComesOnTopOfThePriceOrIsInIt() {
    Tax some = new Tax(UUID.randomUUID(), "VAT", "20", 1000, 200);
    Tax other = new Tax(UUID.randomUUID(), "City", "1", 1000, 10);
    for (long amount : List.of(1000L, 1200L, 1010L, 1210L)) {
      assertThat(LineSums.agree(priced(1000L, "1", amount, List.of(some, other)))).isTrue();
    }
    assertThat(LineSums.agree(priced(1000L, "1", 1190, List.of(some, other)))).isFalse();
  }

  private static boolean costs(long unit, String quantity, long amount, Off... off) {
    return LineSums.agree(priced(unit, quantity, amount, List.of(), off));
  }

  private static Line priced(Long unit, String quantity, long amount, List<Tax> taxes, Off... off) {
    return new Line(
        1,
        UUID.randomUUID(),
        "",
        "Gin",
        Quantity.parse(quantity),
        unit,
        null,
        amount,
        taxes,
        null,
        List.of(off),
        "");
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
        1,
        UUID.randomUUID(),
        "",
        "Gin",
        Quantity.parse(quantity),
        Math.abs(amount),
        null,
        amount,
        List.of());
  }

  private static Paid cash(long amount) {
    return new Paid(Means.CASH, amount, "", "");
  }

  private static Paid card(long amount) {
    return new Paid(Means.CARD, amount, "", "");
  }
}
