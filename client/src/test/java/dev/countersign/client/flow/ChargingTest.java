package dev.countersign.client.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.flow.Charging.Charged;
import dev.countersign.client.flow.HandingBack.Given;
import dev.countersign.client.ledger.OpenPayment;
import dev.countersign.client.ledger.TillFixture;
import dev.countersign.client.terminal.CardTerminal.Outcome;
import dev.countersign.client.terminal.SimulatedTerminal;
import dev.countersign.client.terminal.SimulatedTerminal.Manner;
import dev.countersign.client.terminal.TcpTerminal;
import dev.countersign.common.change.PaymentReturned.How;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.money.Money;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.TenderRules;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A till and a terminal over a real connection that breaks where it hurts. */
class ChargingTest {
  private static final UUID CASHIER = TillFixture.CASHIER;

  @TempDir Path directory;
  private TillFixture till;
  private SimulatedTerminal terminal;
  private Charging charging;
  private Paying paying;

  @BeforeEach
  void open() throws Exception {
    till = TillFixture.in(directory);
    till.openShift();
    terminal = SimulatedTerminal.start(_ -> Manner.APPROVE);
    charging = charging(terminal.address());
    paying = paying(OpenPayment.none(usd(0)));
  }

  @AfterEach
  void close() throws Exception {
    terminal.close();
    till.close();
  }

  @Test
  void aChargedCardStandsOnTheDiskBeforeAnybodyHearsOfIt() {
    assertThat(charging.charge(paying, usd(1_999))).isInstanceOf(Charged.Paid.class);
    till.reopen();
    OpenPayment kept = till.ledger().kept().orElseThrow().payment();
    assertThat(kept.asked()).isNull();
    assertThat(kept.tenders())
        .singleElement()
        .satisfies(
            tender -> {
              CardTender card = (CardTender) tender;
              assertThat(card.amount()).isEqualTo(usd(1_999));
              assertThat(card.lastFour()).isEqualTo("4242");
              assertThat(terminal.charged()).containsOnlyKeys(card.asked());
            });
  }

  @Test
  void whatTheTerminalRefusesTakesNothing() throws Exception {
    terminal.behave(_ -> Manner.DECLINE);
    assertThat(charging.charge(paying, usd(500))).isEqualTo(new Charged.Declined("simulated"));
    terminal.behave(_ -> Manner.TIME_OUT);
    assertThat(charging.charge(paying, usd(500))).isEqualTo(new Charged.TimedOut());
    terminal.close();
    assertThat(charging.charge(paying, usd(500))).isEqualTo(new Charged.NotReached());
    assertThat(paying.payment().isEmpty()).isTrue();
    assertThat(till.ledger().kept().orElseThrow().payment().isEmpty()).isTrue();
  }

  @Test
  void anAnswerThatIsLostIsAskedForAndTheCardIsChargedOnce() {
    terminal.behave(_ -> Manner.LOSE_ANSWER);
    assertThat(charging.charge(paying, usd(1_999))).isInstanceOf(Charged.Paid.class);
    assertThat(terminal.charged()).hasSize(1);
  }

  @Test
  void aQuestionThatNeverCameChargesNothingAlsoWhenItComesLate() {
    terminal.behave(_ -> Manner.LOSE_QUESTION);
    assertThat(charging.charge(paying, usd(1_999))).isInstanceOf(Charged.Declined.class);
    terminal.behave(_ -> Manner.APPROVE);
    UUID late = UUID.randomUUID();
    TcpTerminal line = line(terminal.address());
    line.query(late);
    line.authorise(late, usd(700));
    assertThat(terminal.charged()).as("a closed key").isEmpty();
  }

  @Test
  void whenNobodyKnowsTheSaleWaitsAndNothingElseIsAsked() {
    unplugAfterCharging();
    assertThat(charging.charge(paying, usd(1_999))).isInstanceOf(Charged.Unsure.class);
    assertThatThrownBy(() -> charging.charge(paying, usd(1_999)))
        .isInstanceOf(IllegalStateException.class);
    till.reopen();
    terminal.plugIn();
    Paying after = paying(till.ledger().kept().orElseThrow().payment());
    assertThat(charging.resolve(after, CASHIER, null)).isInstanceOf(Charged.Paid.class);
    assertThat(terminal.charged()).hasSize(1);
    after.finish(CASHIER, null, TillFixture.DAY);
    assertThat(till.device().books().totals(TillFixture.DAY).card()).isEqualTo(usd(1_999));
  }

  @Test
  void theCashierSaysWhatNobodyElseCan() {
    unplugAfterCharging();
    charging.charge(paying, usd(1_999));
    assertThat(charging.resolve(paying, CASHIER, null)).isInstanceOf(Charged.Unsure.class);
    assertThat(charging.sayCharged(paying, "4111 1111 1111 1111", "")).isFalse();
    assertThat(paying.payment().asked()).isNotNull();
    assertThat(charging.sayCharged(paying, "88 213", "4711")).isTrue();
    var sale = paying.finish(CASHIER, null, TillFixture.DAY).body();
    assertThat(sale.tenders().getFirst().reference()).isEqualTo("88 213");
  }

  @Test
  void thatNothingWasTakenByTheCashiersWordIsRecorded() throws Exception {
    unplugAfterCharging();
    charging.charge(paying, usd(1_999));
    charging.sayNotCharged(paying, CASHIER, null);
    assertThat(paying.payment().isEmpty()).isTrue();
    assertThat(till.returned())
        .singleElement()
        .satisfies(
            gone -> {
              assertThat(gone.means()).isEqualTo(Means.CARD);
              assertThat(gone.amount()).isEqualTo(1_999);
              assertThat(gone.how()).isEqualTo(How.NOT_CHARGED);
            });
  }

  @Test
  void aPaymentIsTakenBackByTheTerminalThatMadeIt() throws Exception {
    charging.charge(paying, usd(1_000));
    HandingBack handingBack =
        new HandingBack(charging, new Redeeming(till.device().purse(), Optional::empty));
    assertThat(handingBack.all(paying, CASHIER, null)).isEqualTo(new Given.Back());
    assertThat(terminal.charged()).isEmpty();
    assertThat(till.returned()).singleElement().matches(gone -> gone.how() == How.REVERSED);
  }

  @Test
  void aReversalWhoseAnswerIsLostIsAskedAgainAfterARestart() throws Exception {
    charging.charge(paying, usd(1_000));
    terminal.unplug();
    HandingBack handingBack =
        new HandingBack(charging, new Redeeming(till.device().purse(), Optional::empty));
    assertThat(handingBack.last(paying, CASHIER, null)).isInstanceOf(Given.Held.class);
    assertThat(paying.tenders()).as("it stands until the terminal says that it is gone").hasSize(1);
    till.reopen();
    terminal.plugIn();
    Paying after = paying(till.ledger().kept().orElseThrow().payment());
    assertThat(charging.resolve(after, CASHIER, null)).isEqualTo(new Charged.TakenBack());
    assertThat(after.payment().isEmpty()).isTrue();
    assertThat(terminal.charged()).isEmpty();
    assertThat(till.returned()).hasSize(1);
  }

  @Test
  void aPaymentThatIsCalledOffTakesNothing() throws Exception {
    terminal.behave(_ -> Manner.WAIT);
    CompletableFuture<Charged> answer =
        CompletableFuture.supplyAsync(() -> charging.charge(paying, usd(1_000)));
    while (!terminal.isWaiting()) {
      Thread.onSpinWait();
    }
    charging.callOff(paying);
    assertThat(answer.get(20, TimeUnit.SECONDS)).isInstanceOf(Charged.Declined.class);
    assertThat(terminal.charged()).isEmpty();
  }

  @Test
  void calledOffInTheMomentOfTheChargeTillAndTerminalSayTheSame() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < 60; i++) {
      Paying each = paying(OpenPayment.none(usd(0)));
      int spins = random.nextInt(200_000);
      CompletableFuture<Charged> answer =
          CompletableFuture.supplyAsync(() -> charging.charge(each, usd(1_000)));
      for (int spin = 0; spin < spins; spin++) {
        Thread.onSpinWait();
      }
      charging.callOff(each);
      boolean paid = answer.get(20, TimeUnit.SECONDS) instanceof Charged.Paid;
      assertThat(terminal.charged()).as("round %s", i).hasSize(paid ? 1 : 0);
      if (paid) {
        charging.takeBack(each, (CardTender) each.tenders().getFirst(), CASHIER, null);
      }
    }
  }

  @Test
  void aSlipWithACardNumberIsChargedAndItsNumberIsNotKept() throws Exception {
    try (OtherTerminal other =
        new OtherTerminal(
            "{\"key\":\"%s\",\"result\":\"APPROVED\",\"reference\":\"4111111111111111\","
                + "\"lastFour\":\"41111\"}\n")) {
      Charged charged = charging(other.address()).charge(paying, usd(1_000));
      assertThat(charged)
          .isInstanceOfSatisfying(
              Charged.Paid.class,
              paid -> {
                assertThat(paid.tender().reference()).isEmpty();
                assertThat(paid.tender().lastFour()).isEmpty();
              });
    }
  }

  @Test
  void whatIsNoAnswerOfATerminalIsNeitherYesNorNo() throws Exception {
    for (String said :
        List.of(
            "HTTP/1.1 200 OK\n",
            "{}\n",
            "{\"key\":\"%s\",\"result\":\"APPROVED\"",
            "{\"key\":\"" + UUID.randomUUID() + "\",\"result\":\"APPROVED\"}\n",
            "{\"key\":\"%s\",\"result\":\"MAYBE\"}\n",
            "x".repeat(5000) + "\n")) {
      Paying each = paying(OpenPayment.none(usd(0)));
      try (OtherTerminal other = new OtherTerminal(said)) {
        assertThat(charging(other.address()).charge(each, usd(1_000)))
            .as(said.substring(0, Math.min(40, said.length())))
            .isInstanceOf(Charged.Unsure.class);
      }
    }
  }

  @Test
  void moneyGoesBackToACardOnceUnderAKeyWhateverTheLineDoes() throws Exception {
    TcpTerminal line = line(terminal.address());
    UUID key = UUID.randomUUID();
    assertThat(line.refund(key, "SIM-9", usd(700))).isInstanceOf(Outcome.Approved.class);
    assertThat(line.refund(key, "SIM-9", usd(700))).isInstanceOf(Outcome.Approved.class);
    terminal.behave(_ -> Manner.LOSE_ANSWER);
    UUID lost = UUID.randomUUID();
    assertThat(line.refund(lost, "SIM-9", usd(300))).isEqualTo(new Outcome.Unknown());
    assertThat(line.query(lost)).isInstanceOf(Outcome.Approved.class);
    assertThat(terminal.refunded()).isEqualTo(Map.of(key, 700L, lost, 300L));
    terminal.behave(_ -> Manner.DECLINE);
    assertThat(line.refund(UUID.randomUUID(), "SIM-9", usd(1)))
        .isEqualTo(new Outcome.Declined("simulated"));
    terminal.behave(_ -> Manner.TIME_OUT);
    assertThat(line.refund(UUID.randomUUID(), "SIM-9", usd(1))).isEqualTo(new Outcome.TimedOut());
    terminal.behave(_ -> Manner.LOSE_QUESTION);
    UUID never = UUID.randomUUID();
    assertThat(line.refund(never, "SIM-9", usd(1))).isEqualTo(new Outcome.Unknown());
    assertThat(line.query(never)).isInstanceOf(Outcome.Declined.class);
    terminal.close();
    assertThat(line.refund(UUID.randomUUID(), "SIM-9", usd(1))).isEqualTo(new Outcome.NotAsked());
    assertThat(terminal.refunded()).hasSize(2);
    assertThat(terminal.charged()).isEmpty();
  }

  private void unplugAfterCharging() {
    terminal.behave(
        _ -> {
          terminal.unplug();
          return Manner.LOSE_ANSWER;
        });
  }

  static TcpTerminal line(String address) {
    return TcpTerminal.at(
        address, new TcpTerminal.Patience(Duration.ofSeconds(5), Duration.ofSeconds(20)));
  }

  private static Charging charging(String address) {
    return new Charging(line(address), UUID::randomUUID);
  }

  private Paying paying(OpenPayment payment) {
    return new Paying(
        till.ledger(),
        Clock.systemUTC(),
        new Paying.Terms(null, TenderRules.USUAL, List.of()),
        PayingTest.running(1_999),
        payment);
  }

  private static Money usd(long minor) {
    return Money.of(minor, TillFixture.USD);
  }
}
