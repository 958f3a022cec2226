package dev.countersign.client.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.flow.HandingBack.Given;
import dev.countersign.client.ledger.OpenPayment;
import dev.countersign.client.ledger.TillFixture;
import dev.countersign.client.terminal.SimulatedTerminal;
import dev.countersign.client.terminal.SimulatedTerminal.Manner;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.money.CashRounding;
import dev.countersign.common.money.Money;
import dev.countersign.common.sale.TenderKind;
import dev.countersign.common.sale.TenderRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Whatever a customer hands over in whatever order, on a real store and with a real terminal. */
class PaymentPropertiesTest {
  private Path temp;
  private TillFixture till;
  private SimulatedTerminal terminal;
  private Charging charging;

  private enum Kind {
    CASH,
    CARD_BY_HAND,
    CARD,
    CARD_LOST,
    CARD_DECLINED,
    MOBILE,
    VOUCHER,
    TIP,
    GIFT_CARD,
    LAST_BACK
  }

  private record Act(Kind kind, long amount) {}

  @BeforeProperty
  void aTillWithATerminal() throws Exception {
    temp = Files.createTempDirectory("payment-properties");
    till = TillFixture.in(temp);
    till.openShift();
    terminal = SimulatedTerminal.start(_ -> Manner.APPROVE);
    charging = ChargingHarness.charging(terminal.address());
  }

  @AfterProperty
  void close() throws Exception {
    terminal.close();
    till.close();
    try (Stream<Path> files = Files.walk(temp)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property(tries = 120)
  void whatIsPaidIsWhatIsOwedAndWhatIsCancelledIsGone(
      @ForAll @LongRange(min = 1, max = 20_000) long price,
      @ForAll("acts") List<Act> acts,
      @ForAll CashRounding.Mode mode,
      @ForAll boolean givesChange,
      @ForAll boolean finishes)
      throws Exception {
    CashRounding rounding = new CashRounding(usd(5), mode, CashRounding.Scope.CASH);
    TenderRules rules =
        new TenderRules(
            TenderRules.USUAL.taken(), givesChange ? Set.of(TenderKind.VOUCHER) : Set.of());
    Paying paying =
        new Paying(
            till.ledger(),
            Clock.systemUTC(),
            new Paying.Terms(rounding, rules, List.of(10)),
            PayingTest.running(price),
            OpenPayment.none(usd(0)));
    long chargedBefore = charged();
    int returnedBefore = till.returned().size();
    int back = 0;
    for (Act act : acts) {
      back += act(paying, act);
      assertThat(paying.left().isNegative()).as("never below zero").isFalse();
    }
    HandingBack handingBack =
        new HandingBack(charging, new Redeeming(till.device().purse(), Optional::empty));
    if (finishes) {
      paying.cash(paying.leftInCash());
      assertBalanced(
          paying.finish(TillFixture.CASHIER, TillFixture.SUPERVISOR, TillFixture.DAY).body(),
          price,
          charged() - chargedBefore);
    } else {
      back += (int) paying.tenders().stream().filter(t -> !t.amount().isZero()).count();
      assertThat(handingBack.all(paying, TillFixture.CASHIER, null)).isEqualTo(new Given.Back());
      assertThat(paying.payment().isEmpty()).isTrue();
      assertThat(till.ledger().kept().map(kept -> kept.payment().isEmpty()).orElse(true)).isTrue();
      assertThat(charged()).as("nothing stays charged").isEqualTo(chargedBefore);
    }
    assertThat(till.returned()).hasSize(returnedBefore + back);
  }

  /** Gives how many payments went back. */
  private int act(Paying paying, Act act) {
    Money amount = usd(act.amount());
    boolean open = paying.left().isPositive();
    switch (act.kind()) {
      case CASH -> paying.cash(amount);
      case CARD_BY_HAND -> paying.card(amount, "88 213", "");
      case MOBILE -> paying.mobile(amount, "MP-1");
      case VOUCHER -> paying.voucher(amount, "V-1");
      case TIP -> paying.tip(amount);
      case GIFT_CARD -> paying.sellGiftCard(amount);
      case CARD -> charge(paying, amount, Manner.APPROVE, open);
      case CARD_LOST -> charge(paying, amount, Manner.LOSE_ANSWER, open);
      case CARD_DECLINED -> charge(paying, amount, Manner.DECLINE, open);
      case LAST_BACK -> {
        boolean something =
            !paying.tenders().isEmpty() && !paying.tenders().getLast().amount().isZero();
        new HandingBack(charging, new Redeeming(till.device().purse(), Optional::empty))
            .last(paying, TillFixture.CASHIER, null);
        return something ? 1 : 0;
      }
    }
    return 0;
  }

  private void charge(Paying paying, Money amount, Manner manner, boolean open) {
    if (open) {
      terminal.behave(_ -> manner);
      Money left = paying.left();
      charging.charge(paying, amount.compareTo(left) < 0 ? amount : left);
    }
  }

  private static void assertBalanced(SaleCompleted sale, long price, long charged) {
    long paid = sale.tenders().stream().mapToLong(Paid::amount).sum();
    assertThat(paid - sale.change() - sale.rounding() - sale.tip()).isEqualTo(sale.due());
    assertThat(sale.total()).isEqualTo(price);
    assertThat(sale.change()).isNotNegative();
    assertThat(sale.tips().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(sale.tip());
    long byTerminal =
        sale.tenders().stream()
            .filter(each -> each.means() == Means.CARD && each.reference().startsWith("SIM-"))
            .mapToLong(Paid::amount)
            .sum();
    assertThat(byTerminal).as("what the terminal charged is in the sale").isEqualTo(charged);
  }

  private long charged() {
    return terminal.charged().values().stream().mapToLong(Long::longValue).sum();
  }

  @Provide
  Arbitrary<List<Act>> acts() {
    return Combinators.combine(Arbitraries.of(Kind.class), Arbitraries.longs().between(1, 12_000))
        .as(Act::new)
        .list()
        .ofMaxSize(8);
  }

  private static Money usd(long minor) {
    return Money.of(minor, TillFixture.USD);
  }
}
