package dev.countersign.common.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.change.SaleCompleted.Tax;
import dev.countersign.common.change.ShiftFigures.Sum;
import dev.countersign.common.money.Quantity;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ShiftTallyTest {
  private static final List<UUID> PEOPLE = List.of(Changes.ACTOR, Changes.STORE, Changes.SHIFT);

  private record Act(int person, ChangeBody body) {}

  /** Wherever a shift is cut into batches, the sum is the same. */
  @Property(tries = 300)
  void addingUpGoesOnFromWhereItStood(@ForAll("acts") List<Act> acts, @ForAll int at) {
    ShiftTally whole = new ShiftTally();
    acts.forEach(act -> whole.add(PEOPLE.get(act.person()), act.body()));
    int cut = Math.floorMod(at, acts.size() + 1);
    ShiftTally first = new ShiftTally();
    acts.subList(0, cut).forEach(act -> first.add(PEOPLE.get(act.person()), act.body()));
    ShiftTally rest = new ShiftTally(first.figures());
    acts.subList(cut, acts.size()).forEach(act -> rest.add(PEOPLE.get(act.person()), act.body()));
    assertThat(rest.figures()).isEqualTo(whole.figures());
  }

  /** Float + cash tenders − change − cash refunds ± movements; the tenders pay what is due. */
  @Property(tries = 300)
  void theDrawerHoldsWhatWentInLessWhatWentOut(@ForAll("acts") List<Act> acts) {
    ShiftTally tally = new ShiftTally();
    long cash = 0;
    long total = 0;
    long paid = 0;
    int sales = 0;
    for (Act act : acts) {
      tally.add(PEOPLE.get(act.person()), act.body());
      if (act.body() instanceof CashMoved moved) {
        cash += moved.amount();
      } else if (act.body() instanceof SaleCompleted sale) {
        cash -= sale.change();
        for (Paid each : sale.tenders()) {
          cash += each.means() == Means.CASH ? each.amount() : 0;
          paid += each.amount();
        }
        paid -= sale.change();
        total += sale.total();
        sales++;
      }
    }
    ShiftFigures figures = tally.figures();
    assertThat(figures.cash()).isEqualTo(cash);
    assertThat(figures.sales()).isEqualTo(sales);
    assertThat(figures.total()).isEqualTo(total);
    assertThat(figures.tenders().stream().mapToLong(ShiftFigures.Tendered::amount).sum())
        .isEqualTo(paid)
        .isEqualTo(total + figures.rounding() + figures.credits().amount());
  }

  @Test
  void aRefundIsApartAndTakesItsTaxBack() {
    Tax tax = new Tax(Changes.PRODUCT, "VAT", "20", 1000, 200);
    Tax back = new Tax(Changes.PRODUCT, "VAT", "20", -500, -100);
    ShiftTally tally = new ShiftTally();
    tally.add(Changes.ACTOR, sale(List.of(line("2", 1200, tax)), 1200, 0));
    tally.add(Changes.ACTOR, sale(List.of(line("-1", -600, back)), -600, 0));
    assertThat(tally.figures().refunds()).isEqualTo(new Sum(1, -600));
    assertThat(tally.figures().taxes())
        .containsExactly(new ShiftFigures.Taxed(Changes.PRODUCT, "VAT", "20", 500, 100));
    assertThat(tally.figures().by(Means.CASH)).isEqualTo(600);
  }

  @Test
  void aDiscountAndAnotherPriceAreTwoThings() {
    SaleCompleted.Off off = new SaleCompleted.Off("dented", "10", 225, false);
    Line line =
        new Line(
            1,
            Changes.PRODUCT,
            "",
            "Gin",
            Quantity.parse("2.5"),
            900L,
            1001L,
            2025,
            List.of(),
            null,
            List.of(off),
            "");
    ShiftTally tally = new ShiftTally();
    tally.add(Changes.ACTOR, sale(List.of(line), 2025, 0));
    assertThat(tally.figures().discounts()).isEqualTo(new Sum(1, 225));
    assertThat(tally.figures().repriced()).isEqualTo(new Sum(1, 253));
  }

  /** A foreign program's figures stay small, and nothing is thrown at them. */
  @Test
  void absurdLinesAndEndlessTaxesDoNoHarm() {
    ShiftTally tally = new ShiftTally();
    List<Tax> taxes = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      taxes.add(new Tax(new UUID(1, i), "T", "1", 1, 1));
    }
    Line absurd =
        new Line(
            1,
            Changes.PRODUCT,
            "",
            "Gin",
            new Quantity(Long.MAX_VALUE),
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            100,
            taxes);
    tally.add(Changes.ACTOR, sale(List.of(absurd), 100, 0));
    assertThat(tally.figures().taxes()).hasSize(256);
    assertThat(tally.figures().repriced()).isEqualTo(Sum.NONE);
  }

  private static Line line(String quantity, long amount, Tax... taxes) {
    return new Line(
        1,
        Changes.PRODUCT,
        "",
        "Gin",
        Quantity.parse(quantity),
        null,
        null,
        amount,
        List.of(taxes));
  }

  /** Paid in cash, with this much too much. */
  private static SaleCompleted sale(List<Line> lines, long total, long change) {
    return new SaleCompleted(
        Changes.STORE,
        Changes.REGISTER,
        Changes.SHIFT,
        "R1-1",
        LocalDate.of(2026, 3, 1),
        "USD",
        lines,
        List.of(new Paid(Means.CASH, total + change, "", "")),
        total,
        0,
        0,
        change,
        List.of(),
        null);
  }

  @Provide
  Arbitrary<List<Act>> acts() {
    Arbitrary<ChangeBody> sales =
        Combinators.combine(
                Arbitraries.longs().between(-50_000, 90_000),
                Arbitraries.longs().between(0, 5_000),
                Arbitraries.of(Means.CASH, Means.CARD, Means.GIFT_CARD),
                Arbitraries.longs().between(-2, 2))
            .as(ShiftTallyTest::mixed);
    Arbitrary<ChangeBody> moves =
        Arbitraries.longs()
            .between(-9_000, 9_000)
            .filter(amount -> amount != 0)
            .map(
                amount ->
                    new CashMoved(
                        Changes.STORE, Changes.REGISTER, Changes.SHIFT, "USD", amount, "why"));
    Arbitrary<ChangeBody> others =
        Arbitraries.of(
            new DrawerOpened(Changes.STORE, Changes.REGISTER, Changes.SHIFT, "why"),
            new BasketVoided(Changes.STORE, Changes.REGISTER, Changes.SHIFT, "USD", 2, 700),
            new DrawerCounted(
                Changes.STORE,
                Changes.REGISTER,
                Changes.SHIFT,
                "USD",
                700,
                List.of(),
                List.of(),
                false));
    return Combinators.combine(
            Arbitraries.integers().between(0, PEOPLE.size() - 1),
            Arbitraries.oneOf(sales, moves, others))
        .as(Act::new)
        .list()
        .ofMaxSize(40);
  }

  /** Part by another means, the rest in cash, with change where money came in. */
  private static ChangeBody mixed(long total, long change, Means means, long rounding) {
    long back = total < 0 ? 0 : change;
    long part = total / 3;
    Line line =
        new Line(
            1,
            Changes.PRODUCT,
            "",
            "Gin",
            total < 0 ? Quantity.parse("-1") : Quantity.ONE,
            null,
            null,
            total,
            List.of(new Tax(new UUID(1, Math.abs(total % 3)), "VAT", "20", total - 1, 1)));
    return new SaleCompleted(
        Changes.STORE,
        Changes.REGISTER,
        Changes.SHIFT,
        "R1-" + Math.abs(total),
        LocalDate.of(2026, 3, 1),
        "USD",
        List.of(line),
        List.of(
            new Paid(means, part, "", ""),
            new Paid(Means.CASH, total - part + back + rounding, "", "")),
        total,
        1,
        rounding,
        back,
        List.of(),
        null);
  }
}
