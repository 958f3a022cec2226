package dev.countersign.client.flow;

import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.keys.Pin;
import dev.countersign.client.keys.PinVault;
import dev.countersign.client.keys.StoreKeys.Opening;
import dev.countersign.client.keys.UnlockOutcome;
import dev.countersign.client.ledger.KeptSale;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.OpenDevice.Surroundings;
import dev.countersign.client.ledger.OpenPayment;
import dev.countersign.client.ledger.SoldBefore;
import dev.countersign.client.ledger.TillFixture;
import dev.countersign.client.terminal.TcpTerminal;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.sale.Refunds;
import dev.countersign.common.sale.TenderRules;
import dev.countersign.common.tax.TaxRounding;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A till of its own process that charges cards and gives back to them until it is killed, and when
 * it is started again first finds out what came of what it had asked. Arguments: the directory and
 * the terminal.
 */
final class ChargingHarness {
  /** Said after each card that was charged, or got its money back. */
  static final String CHARGED = "charged";

  private ChargingHarness() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    DeviceFolder folder = new DeviceFolder(directory.resolve("device"));
    try (Pin pin = Pin.typed("2580".toCharArray())) {
      PinVault vault = TillFixture.vault(directory, folder);
      UnlockOutcome outcome = vault.unlock(TillFixture.CASHIER, pin);
      if (!(outcome instanceof UnlockOutcome.Unlocked unlocked)
          || !(vault.storeKeys().open(unlocked.inner(), null) instanceof Opening.Open keys)) {
        throw new IllegalStateException("not unlocked: " + outcome);
      }
      OpenDevice device = OpenDevice.open(folder, keys.current(), Surroundings.ofThisMachine());
      System.out.println("open");
      sell(device, charging(args[1]), sendingBack(args[1]));
    }
  }

  static Charging charging(String terminal) {
    return new Charging(line(terminal), UUID::randomUUID);
  }

  static SendingBack sendingBack(String terminal) {
    return new SendingBack(line(terminal), UUID::randomUUID);
  }

  private static TcpTerminal line(String terminal) {
    return TcpTerminal.at(
        terminal, new TcpTerminal.Patience(Duration.ofSeconds(5), Duration.ofSeconds(20)));
  }

  private static void sell(OpenDevice device, Charging charging, SendingBack sending) {
    giveBackWhatIsOpen(device, sending);
    HandingBack handingBack =
        new HandingBack(charging, new Redeeming(device.purse(), Optional::empty));
    for (int i = 1; ; i++) {
      Paying paying = goOn(device, charging, 1_000 + i % 7);
      if (i % 3 == 0 && !paying.tenders().isEmpty()) {
        handingBack.all(paying, TillFixture.CASHIER, null);
      }
      while (!(paying.standing() instanceof Paying.Taken.Settled)) {
        Money left = paying.left();
        Money part = i % 2 == 0 ? Money.of((left.minor() + 1) / 2, TillFixture.USD) : left;
        if (charging.charge(paying, part) instanceof Charging.Charged.Paid) {
          System.out.println(CHARGED);
        }
      }
      if (i % 4 == 0) {
        handingBack.last(paying, TillFixture.CASHIER, null);
        paying.cash(paying.left());
      }
      var sale = paying.finish(TillFixture.CASHIER, TillFixture.SUPERVISOR, TillFixture.DAY);
      if (i % 2 == 1) {
        SoldBefore sold = device.ledger().soldBefore(sale.id()).orElseThrow();
        var all = Refunds.refund(sold.lines().getFirst(), Quantity.ONE);
        Basket back = sold.bringBack(Basket.empty(TillFixture.USD), (Refunds.Part) all, "unwanted");
        giveBack(device, back, OpenPayment.none(Money.zero(TillFixture.USD)), sending);
      }
    }
  }

  /** On with a refund in the middle of which the till was stopped. */
  static void giveBackWhatIsOpen(OpenDevice device, SendingBack sending) {
    device
        .ledger()
        .kept()
        .filter(kept -> running(kept.basket()).givesBack())
        .ifPresent(kept -> giveBack(device, kept.basket(), kept.payment(), sending));
  }

  private static void giveBack(
      OpenDevice device, Basket back, OpenPayment payment, SendingBack sending) {
    GivingBack giving =
        new GivingBack(
            device.ledger(),
            Clock.systemUTC(),
            new Paying.Terms(null, TenderRules.USUAL, List.of()),
            running(back),
            payment,
            UUID::randomUUID,
            Retaxing.NONE);
    giving.propose();
    if (payment.asked() != null) {
      sending.resolve(giving);
    }
    while (giving.toSend().isPresent()) {
      if (sending.send(giving, giving.toSend().get()) instanceof SendingBack.Sent.Gone) {
        System.out.println(CHARGED);
      }
    }
    giving.finish(TillFixture.CASHIER, TillFixture.SUPERVISOR, TillFixture.DAY);
  }

  private static Running running(Basket basket) {
    return new Running(
        basket,
        Pricing.price(basket, TaxRounding.perLine(TillFixture.USD)),
        1,
        Quantity.ONE,
        false);
  }

  /** The payment that was open when the till was stopped, or a new one. */
  static Paying goOn(OpenDevice device, Charging charging, long price) {
    KeptSale kept = device.ledger().kept().orElse(null);
    Running running = kept == null ? PayingTest.running(price) : running(kept.basket());
    OpenPayment payment =
        kept == null ? OpenPayment.none(Money.zero(TillFixture.USD)) : kept.payment();
    Paying paying =
        new Paying(
            device.ledger(),
            Clock.systemUTC(),
            new Paying.Terms(null, TenderRules.USUAL, List.of()),
            running,
            payment);
    if (payment.asked() != null) {
      charging.resolve(paying, TillFixture.CASHIER, null);
    }
    return paying;
  }

  /** What of the tenders the terminal was asked for. */
  static List<CardTender> cards(OpenPayment payment) {
    return payment.tenders().stream()
        .filter(CardTender.class::isInstance)
        .map(CardTender.class::cast)
        .toList();
  }

  static List<String> command(Path directory, String terminal) {
    return List.of(
        ProcessHandle.current().info().command().orElseThrow(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        ChargingHarness.class.getName(),
        directory.toString(),
        terminal);
  }
}
