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
import dev.countersign.client.ledger.TillFixture;
import dev.countersign.client.terminal.TcpTerminal;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.sale.TenderRules;
import dev.countersign.common.tax.TaxRounding;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A till of its own process that charges cards until it is killed, and when it is started again
 * first finds out what came of what it had asked. Arguments: the directory and the terminal.
 */
final class ChargingHarness {
  /** Said after each card. */
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
      sell(device, charging(args[1]));
    }
  }

  static Charging charging(String terminal) {
    return new Charging(
        TcpTerminal.at(
            terminal, new TcpTerminal.Patience(Duration.ofSeconds(5), Duration.ofSeconds(20))),
        UUID::randomUUID);
  }

  private static void sell(OpenDevice device, Charging charging) {
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
      paying.finish(TillFixture.CASHIER, TillFixture.SUPERVISOR, TillFixture.DAY);
    }
  }

  /** The payment that was open when the till was stopped, or a new one. */
  static Paying goOn(OpenDevice device, Charging charging, long price) {
    KeptSale kept = device.ledger().kept().orElse(null);
    Running running =
        kept == null
            ? PayingTest.running(price)
            : new Running(
                kept.basket(),
                Pricing.price(kept.basket(), TaxRounding.perLine(TillFixture.USD)),
                1,
                Quantity.ONE,
                false);
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
