package dev.countersign.client.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.OpenPayment;
import dev.countersign.client.ledger.SaleView;
import dev.countersign.client.ledger.TillFixture;
import dev.countersign.client.terminal.SimulatedTerminal;
import dev.countersign.client.terminal.SimulatedTerminal.Manner;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.money.Money;
import dev.countersign.common.sale.CardTender;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real till process charges cards on a terminal that loses answers, and gives back to them, and
 * is killed without warning. Whatever the moment: what cards are charged with, and what goes back
 * to them, is what stands in sales and in what the till knows to be open, and nothing else.
 */
class KilledChargingTest {
  /** {@code -Dcountersign.kills=1000} for a long night. */
  private static final int KILLS = Integer.getInteger("countersign.kills", 15);

  private static final long SEED = Long.getLong("countersign.seed", 20261121L);

  /** A slow machine charges as many cards as a fast one before it is killed. */
  private static final int MOST_CARDS = 4;

  private static final int LONGEST = 60;

  @TempDir Path temp;

  /** Killed by the terminal as soon as it is asked: no answer comes back to it. */
  private volatile @Nullable Process doomed;

  @Test
  void whatIsChargedIsSoldOrOpen() throws Exception {
    TillFixture till = TillFixture.in(temp);
    till.openShift();
    till.device().close();
    Random random = new Random(SEED);
    try (SimulatedTerminal terminal = SimulatedTerminal.start(_ -> answer(random))) {
      for (int kill = 0; kill < KILLS; kill++) {
        int cards = random.nextInt(MOST_CARDS);
        // By the clock alone it would hardly ever die between a question and its answer.
        OptionalInt millis =
            kill % 2 == 0 ? OptionalInt.empty() : OptionalInt.of(random.nextInt(LONGEST));
        killAfter(cards, millis, terminal.address());
        till.reopen();
        assertAgree(till, terminal, "kill " + kill + ", seed " + SEED);
        till.device().close();
      }
      assertThat(terminal.charged()).as("it charged cards").hasSizeGreaterThan(KILLS / 2);
      assertThat(terminal.refunded()).as("it gave back to cards").hasSizeGreaterThan(KILLS / 6);
      till.reopen();
      ChargingHarness.giveBackWhatIsOpen(
          till.device(), ChargingHarness.sendingBack(terminal.address()));
      Charging charging = ChargingHarness.charging(terminal.address());
      Paying open = ChargingHarness.goOn(till.device(), charging, 1_000);
      assertThat(open.payment().asked()).as("the terminal has answered").isNull();
      assertThat(
              new HandingBack(charging, new Redeeming(till.device().purse(), Optional::empty))
                  .all(open, cashier(), null))
          .isEqualTo(new HandingBack.Given.Back());
      assertAgree(till, terminal, "at the end");
      assertThat(sum(terminal.charged().values()) - sum(terminal.refunded().values()))
          .isEqualTo(till.device().books().totals(TillFixture.DAY).card().minor());
      assertThat(till.device().damage()).isEmpty();
      till.close();
    }
  }

  private static UUID cashier() {
    return TillFixture.CASHIER;
  }

  private Manner answer(Random random) {
    Process asking = doomed;
    if (asking != null) {
      doomed = null;
      asking.destroyForcibly().onExit().join();
      return Manner.APPROVE;
    }
    return manner(random);
  }

  private static synchronized Manner manner(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> Manner.LOSE_ANSWER;
      case 1 -> Manner.LOSE_QUESTION;
      case 2 -> Manner.DECLINE;
      default -> Manner.APPROVE;
    };
  }

  /** To the cent, and by name: every charge has its place, and every place its charge. */
  private static void assertAgree(TillFixture till, SimulatedTerminal terminal, String when) {
    OpenPayment open =
        till.ledger()
            .kept()
            .map(kept -> kept.payment())
            .orElse(OpenPayment.none(Money.zero(TillFixture.USD)));
    List<Paid> sold = new ArrayList<>();
    for (SaleView view : till.device().books().salesOn(TillFixture.DAY)) {
      CompletedSale sale = till.device().books().sale(view.id()).orElseThrow();
      sale.body().tenders().stream().filter(p -> p.means() == Means.CARD).forEach(sold::add);
    }
    assertThat(sold).extracting(Paid::reference).as(when).doesNotHaveDuplicates();
    Set<UUID> keys = new HashSet<>();
    for (CardTender card : ChargingHarness.cards(open)) {
      keys.add(card.asked());
    }
    OpenPayment.Asked asked = open.asked();
    if (asked != null) {
      keys.add(asked.key());
    }
    assertKnown(terminal.charged(), sold.stream().map(Paid::amount), keys, when);
    assertKnown(terminal.refunded(), sold.stream().map(paid -> -paid.amount()), keys, when);
  }

  /**
   * @param recorded amounts above 0 count
   * @param keys what the till knows to be open
   */
  private static void assertKnown(
      Map<UUID, Long> done, Stream<Long> recorded, Set<UUID> keys, String when) {
    long known = sum(recorded.filter(amount -> amount > 0).toList());
    for (UUID key : keys) {
      known += done.getOrDefault(key, 0L);
    }
    assertThat(sum(done.values())).as(when).isEqualTo(known);
  }

  private static long sum(Iterable<Long> amounts) {
    long sum = 0;
    for (long amount : amounts) {
      sum += amount;
    }
    return sum;
  }

  /**
   * @param cards that are charged before
   * @param millis after which it is killed; empty for the moment in which it asks the terminal
   */
  private void killAfter(int cards, OptionalInt millis, String terminal) throws Exception {
    Process till =
        new ProcessBuilder(ChargingHarness.command(temp, terminal))
            .redirectError(temp.resolve("errors").toFile())
            .start();
    try (BufferedReader lines = till.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("open");
      for (int i = 0; i < cards; i++) {
        assertThat(lines.readLine()).isEqualTo(ChargingHarness.CHARGED);
      }
      if (millis.isPresent()) {
        boolean ended = till.waitFor(millis.getAsInt(), TimeUnit.MILLISECONDS);
        assertThat(ended).as("it sells").isFalse();
      } else {
        doomed = till;
        assertThat(till.waitFor(1, TimeUnit.MINUTES)).as("it asks").isTrue();
      }
    } finally {
      till.destroyForcibly().waitFor();
    }
  }
}
