package dev.countersign.client.ledger;

import static dev.countersign.client.ledger.TillFixture.DAY;
import static dev.countersign.client.ledger.TillFixture.NOON;
import static dev.countersign.client.ledger.TillFixture.USD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.ShiftClosed;
import dev.countersign.common.change.ShiftFigures;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.RefundableLine;
import dev.countersign.common.sale.Refunds;
import dev.countersign.common.sale.Settlement;
import dev.countersign.common.sale.Tender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

/** Days of two cashiers at one till, on a real store. */
class ShiftPropertiesTest {
  private static final long FLOAT = 10_000;

  private Path temp;
  private TillFixture till;

  @BeforeProperty
  void aTill() throws Exception {
    temp = Files.createTempDirectory("shift-properties");
    till = TillFixture.in(temp);
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

  /** What somebody does, with the figures that it is done with. */
  private record Act(int kind, boolean supervisor, long pieces, long amount) {}

  /** What a till should come to, added up beside it. */
  private static final class Sums {
    private long cash = FLOAT;
    private long card;
    private long total;
    private long sales;
    private final Map<UUID, Long> byCashier = new HashMap<>();

    private void sold(UUID cashier, long amount) {
      total += amount;
      sales++;
      byCashier.merge(cashier, amount, Long::sum);
    }
  }

  @Property(tries = 60)
  void aShiftComesToWhatWasDoneOnIt(@ForAll("acts") List<Act> acts) throws Exception {
    long first = last() + 1;
    ShiftView shift =
        till.ledger()
            .openShift(new Actor(TillFixture.CASHIER, null, NOON), DAY, Money.of(FLOAT, USD));
    Sums sums = new Sums();
    List<CompletedSale> sold = new ArrayList<>();
    acts.forEach(act -> done(act, sums, sold));
    ShiftReport x = till.ledger().shiftReport(TillFixture.CASHIER).orElseThrow();
    assertThat(x.expected()).isEqualTo(sums.cash);
    assertThat(x.figures().by(Means.CARD)).isEqualTo(sums.card);
    assertThat(x.figures().total()).isEqualTo(sums.total);
    assertThat(x.figures().sales()).isEqualTo(sums.sales);
    for (ShiftFigures.RungUp one : x.figures().cashiers()) {
      assertThat(one.total()).isEqualTo(sums.byCashier.get(one.cashier()));
    }
    assertThat(x.people().stream().mapToLong(ShiftReport.Person::total).sum())
        .isEqualTo(sums.total);
    assertThat(x.categories().stream().mapToLong(ShiftReport.Category::amount).sum())
        .isEqualTo(sums.total);
    ClosedShift z =
        till.ledger()
            .closeShift(
                new Actor(TillFixture.SUPERVISOR, null, NOON),
                shift.id(),
                DrawerCount.ofSum(Money.of(Math.max(0, sums.cash), USD)));
    assertThat(z.report().figures()).isEqualTo(x.figures());
    assertThat(z.expected()).isEqualTo(Money.of(sums.cash, USD));
    assertOverChanges(first, z);
  }

  /** What stands on the signed report is what its changes come to, one by one. */
  private void assertOverChanges(long first, ClosedShift z) throws Exception {
    long total = 0;
    long tax = 0;
    ShiftClosed signed = null;
    List<byte[]> bodies =
        till.device()
            .store()
            .read(
                db ->
                    db.list(
                        "SELECT body FROM change WHERE number >= ? ORDER BY number",
                        row -> row.bytes(1),
                        first));
    for (byte[] bytes : bodies) {
      Change change = ChangeCodec.decode(bytes, 0, bytes.length);
      if (change.body() instanceof SaleCompleted sale) {
        total += sale.total();
        tax += sale.tax();
      } else if (change.body() instanceof ShiftClosed closed) {
        signed = closed;
      }
    }
    assertThat(signed).isNotNull();
    assertThat(signed.total()).isEqualTo(total).isEqualTo(z.total().minor());
    assertThat(signed.figures().taxes().stream().mapToLong(ShiftFigures.Taxed::tax).sum())
        .isEqualTo(tax);
    assertThat(signed.figures()).isEqualTo(z.report().figures());
  }

  private long last() {
    return till.device()
        .store()
        .read(db -> db.first("SELECT coalesce(max(number), 0) FROM change", row -> row.integer(1)))
        .orElse(0L);
  }

  private void done(Act act, Sums sums, List<CompletedSale> sold) {
    UUID who = act.supervisor() ? TillFixture.SUPERVISOR : TillFixture.CASHIER;
    Actor actor = new Actor(who, act.supervisor() ? null : TillFixture.SUPERVISOR, NOON);
    switch (act.kind()) {
      case 0, 1, 2 -> sold.add(sell(act, actor, sums));
      case 3 -> refund(actor, sums, sold);
      case 4 -> {
        long amount = act.amount() % 2 == 0 ? act.amount() + 1 : -act.amount();
        till.ledger().moveCash(actor, Money.of(amount, USD), "moved");
        sums.cash += amount;
      }
      case 5 -> till.ledger().openDrawer(actor, "looked");
      default -> till.ledger().voidBasket(actor, TillFixture.basket());
    }
  }

  private CompletedSale sell(Act act, Actor actor, Sums sums) {
    Basket basket =
        Basket.empty(USD)
            .add(TillFixture.rum(), Quantity.of(act.pieces()), TillFixture.each(1999))
            .add(TillFixture.gin(), Quantity.ONE, TillFixture.each(1550));
    long due = act.pieces() * 1999 + 1550;
    long card = act.kind() == 0 ? 0 : Math.min(act.amount(), due - 1);
    long cash = due - card + (act.kind() == 2 ? act.amount() % 500 : 0);
    List<Tender> tenders = new ArrayList<>();
    if (card > 0) {
      tenders.add(new CardTender(Money.of(card, USD), "", ""));
    }
    tenders.add(new CashTender(Money.of(cash, USD)));
    sums.card += card;
    sums.cash += due - card;
    sums.sold(actor.user(), due);
    return till.ledger().complete(actor, TillFixture.draft(basket, tenders, null));
  }

  private void refund(Actor actor, Sums sums, List<CompletedSale> sold) {
    for (CompletedSale sale : sold.reversed()) {
      for (RefundableLine line : till.ledger().refundable(sale.id())) {
        if (line.remaining().isPositive()) {
          Refunds.Part part = (Refunds.Part) Refunds.refund(line, Quantity.ONE);
          Money due = part.amount().totalIncluded().negate();
          Settlement.Settled settled =
              (Settlement.Settled) Settlement.of(due, List.of(new CashTender(due)), null);
          till.ledger().refund(actor, new RefundDraft(sale.id(), List.of(part), settled, DAY));
          sums.cash += due.minor();
          sums.sold(actor.user(), due.minor());
          return;
        }
      }
    }
  }

  @Provide
  Arbitrary<List<Act>> acts() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 6),
            Arbitraries.of(true, false),
            Arbitraries.longs().between(1, 4),
            Arbitraries.longs().between(1, 4_000))
        .as(Act::new)
        .list()
        .ofMaxSize(14);
  }
}
