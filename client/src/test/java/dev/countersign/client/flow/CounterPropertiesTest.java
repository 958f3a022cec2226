package dev.countersign.client.flow;

import static dev.countersign.client.ledger.TillFixture.USD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ledger.TillFixture;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.BasketLine;
import dev.countersign.common.sale.Discount;
import dev.countersign.common.sale.PricedLine;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.tax.TaxRounding;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** A customer who cannot decide, on a real encrypted store. */
class CounterPropertiesTest {
  private static final TaxRounding PER_LINE = TaxRounding.perLine(USD);
  private static final UUID PERSON = TillFixture.SUPERVISOR;

  private Path temp;
  private TillFixture till;
  private Selling selling;
  private Amending amending;
  private Parking parking;

  private enum Kind {
    RUM,
    GIN,
    OPEN,
    PERCENT,
    AMOUNT,
    ALL,
    NONE_ON_ALL,
    PRICE,
    COUNT,
    NOTE,
    STRIKE,
    UNDO,
    PARK
  }

  private record Step(Kind kind, int at, int figure) {}

  @BeforeProperty
  void aTill() throws Exception {
    temp = Files.createTempDirectory("counter-properties");
    till = TillFixture.in(temp);
    till.openShift();
    Clock clock = Clock.fixed(TillFixture.NOON, ZoneOffset.UTC);
    selling = till.selling();
    amending = new Amending(selling, till.device().users(), clock);
    parking = new Parking(selling, till.device().parked(), till.device().users());
  }

  @AfterProperty
  void close() throws Exception {
    till.close();
    try (Stream<Path> files = Files.walk(temp)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property(tries = 60)
  void noCentIsLostWhateverIsChangedTakenBackOrPutAside(@ForAll("steps") List<Step> steps) {
    for (Step step : steps) {
      Basket before = selling.running().basket();
      long rungUp = before.lines().size();
      take(step);
      Running now = selling.running();
      adds(now);
      assertThat((long) now.basket().lines().size())
          .as("nothing vanishes")
          .isGreaterThanOrEqualTo(step.kind() == Kind.PARK ? 0 : rungUp);
      if (!now.rows().isEmpty()) {
        assertThat(till.ledger().draft()).contains(now.basket());
      }
    }
    selling.discard(PERSON, null);
  }

  private static void adds(Running now) {
    Money sum = Money.zero(USD);
    for (PricedLine line : now.priced().lines()) {
      assertThat(line.gross().isNegative()).isFalse();
      assertThat(line.discount().compareTo(line.amount())).isNotPositive();
      sum = sum.plus(line.gross());
    }
    assertThat(now.total()).isEqualTo(sum);
    Money shown =
        Money.sum(
            USD,
            now.rows().stream().filter(row -> !row.voided()).map(Running.Row::amount).toList());
    Money off = Money.sum(USD, now.offAll().stream().map(Running.OffAll::amount).toList());
    assertThat(shown.minus(off)).as("what stands on the screen").isEqualTo(now.total());
  }

  private void take(Step step) {
    Running running = selling.running();
    int line = running.rows().isEmpty() ? 0 : step.at() % running.rows().size() + 1;
    Discount tenth = new Discount.PercentOff(new BigDecimal("7.5"), "Regular customer");
    Discount coins = new Discount.AmountOff(Money.of(step.figure(), USD), "Damaged");
    boolean more = line > 0 && running.basket().line(line).discounts().size() < Discount.MOST;
    switch (step.kind()) {
      case RUM -> selling.scan("080480280024");
      case GIN -> selling.scan("088004017309");
      case OPEN ->
          amending.openItem(
              PERSON, null, "Bag", Money.of(step.figure(), USD), List.of(TillFixture.VAT));
      case PERCENT -> {
        if (more) {
          amending.discount(PERSON, null, line, tenth);
        }
      }
      case AMOUNT -> {
        if (more) {
          amending.discount(PERSON, null, line, coins);
        }
      }
      case ALL -> {
        if (running.basket().discounts().size() < Discount.MOST - 1) {
          amending.discountAll(PERSON, null, step.figure() % 2 == 0 ? tenth : coins);
        }
      }
      case NONE_ON_ALL -> amending.withoutDiscountsOnAll();
      case PRICE -> amending.price(PERSON, null, line, Money.of(step.figure(), USD));
      case COUNT -> amending.count(PERSON, null, line, new Quantity(1 + step.figure() * 1_000L));
      case NOTE -> amending.note(line, "note " + step.figure());
      case STRIKE -> selling.voidLine(line);
      case UNDO -> undone(running);
      case PARK -> {
        if (!running.rows().isEmpty()) {
          Basket kept = running.basket();
          parking.park(PERSON, null, "Ann");
          assertThat(till.ledger().draft()).isEmpty();
          assertThat(parking.recall(PERSON, null, parking.waiting().getFirst().id()))
              .hasValueSatisfying(back -> assertThat(back.basket()).isEqualTo(kept));
          assertThat(parking.count()).isZero();
        }
      }
    }
  }

  /** One act more, taken back, leaves everything that counts as it was. */
  private void undone(Running before) {
    selling.scan("080480280024");
    amending.discountAll(PERSON, null, new Discount.PercentOff(BigDecimal.ONE, "x"));
    selling.undo();
    Basket back = selling.undo().basket();
    int lines = before.basket().lines().size();
    assertThat(back.with(back.lines().subList(0, lines))).isEqualTo(before.basket());
    assertThat(back.lines().subList(lines, back.lines().size())).allMatch(BasketLine::voided);
    assertThat(Pricing.price(back, PER_LINE)).isEqualTo(before.priced());
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.of(Kind.values()),
            Arbitraries.integers().between(0, 30),
            Arbitraries.integers().between(1, 5_000))
        .as(Step::new)
        .list()
        .ofMinSize(5)
        .ofMaxSize(20);
  }
}
