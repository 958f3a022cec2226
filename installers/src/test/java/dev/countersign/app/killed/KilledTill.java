package dev.countersign.app.killed;

import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.ReceiptJob;
import dev.countersign.client.ledger.RefundDraft;
import dev.countersign.client.ledger.SaleDraft;
import dev.countersign.client.sync.EnrolOutcome;
import dev.countersign.client.sync.Enrolling;
import dev.countersign.client.sync.EnrolmentResult;
import dev.countersign.client.sync.Pause;
import dev.countersign.client.sync.ServerConnection;
import dev.countersign.client.sync.SyncLoop;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.EnrolmentTicket;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.PricedBasket;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.sale.RefundableLine;
import dev.countersign.common.sale.Refunds;
import dev.countersign.common.sale.Settlement;
import dev.countersign.common.tax.TaxRounding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * A real device in a folder, open in whichever process has it: its store, its loop, and a printer
 * whose paper is kept apart from all of it. The key lies beside the folder, as no till's would.
 */
public final class KilledTill implements AutoCloseable {
  public static final Currency USD = Currency.getInstance("USD");
  public static final LocalDate DAY = LocalDate.of(2026, 3, 4);
  private static final Money FLOAT = Money.of(10_000, USD);

  /** A shop's loop waits seconds. */
  private static final Pause SHORT =
      (bell, atMost) -> Pause.real().await(bell, atMost.dividedBy(50));

  private static final ServerConnection.Patience PATIENCE =
      new ServerConnection.Patience(
          Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10));

  public final OpenDevice device;
  public final SyncLoop loop;
  private final Secret key;
  private final UUID user;
  private final Path paper;

  private KilledTill(OpenDevice device, Secret key, UUID user, Path paper) {
    this.device = device;
    this.key = key;
    this.user = user;
    this.paper = paper;
    var enrolled = device.ledger().enrolled();
    this.loop =
        new SyncLoop(
            device,
            ServerConnection.believing(enrolled.server(), device.keys().pins(), PATIENCE),
            new SyncLoop.Surroundings(
                Instant::now, System::nanoTime, new Random(), SHORT, _ -> {}));
  }

  /** Redeems a code and leaves a device in the folder, closed. */
  public static void enrol(Path place, String name, EnrolmentTicket ticket) throws IOException {
    SecureRandom random = new SecureRandom();
    var enrolling =
        new Enrolling(
            code -> new ServerConnection(code.server(), code.pin(), PATIENCE), random, null);
    if (!(enrolling.enrol(ticket.text(), name)
        instanceof EnrolOutcome.Enrolled(EnrolmentResult result))) {
      throw new IOException("not enrolled");
    }
    DeviceFolder folder = new DeviceFolder(place.resolve(name));
    folder.create();
    try (Secret key = Secret.random(32, random);
        var own = result.key()) {
      OpenDevice.enrol(
              folder,
              key,
              result.enrolled(),
              own,
              result.epoch(),
              result.firstUser(),
              OpenDevice.Surroundings.ofThisMachine())
          .close();
      Files.writeString(
          place.resolve(name + ".key"),
          HexFormat.of().formatHex(key.bytes()) + "\n" + result.firstUser().id() + "\n");
    }
  }

  public static KilledTill open(Path place, String name) throws IOException {
    List<String> kept = Files.readAllLines(place.resolve(name + ".key"));
    Secret key = Secret.of(HexFormat.of().parseHex(kept.getFirst()));
    OpenDevice device =
        OpenDevice.open(
            new DeviceFolder(place.resolve(name)), key, OpenDevice.Surroundings.ofThisMachine());
    return new KilledTill(device, key, UUID.fromString(kept.get(1)), paper(place, name));
  }

  public static Path paper(Path place, String name) {
    return place.resolve(name + ".paper");
  }

  private Actor actor() {
    return new Actor(user, null, Instant.now());
  }

  /** Whatever comes next at a counter: a sale mostly, now and then a refund or a new shift. */
  public void act(Random random) throws IOException {
    CompletedSale sale = sell(random);
    print();
    int next = random.nextInt(20);
    if (next < 3) {
      refund(sale);
      print();
    } else if (next == 3) {
      device.ledger().moveCash(actor(), Money.of(-50, USD), "stamps");
    } else if (next == 4) {
      device.ledger().closeShift(actor(), FLOAT);
    }
  }

  /** Records a sale and hands nothing out yet. */
  public CompletedSale sell(Random random) {
    if (device.ledger().currentShift().isEmpty()) {
      device.ledger().openShift(actor(), DAY, FLOAT);
    }
    Basket basket = Basket.empty(USD);
    for (int line = 0; line <= random.nextInt(3); line++) {
      basket =
          basket.add(
              new LineItem(null, "", "Something", "", List.of()),
              Quantity.of(1 + random.nextInt(4)),
              new LinePrice.Each(Money.of(100 + random.nextInt(900), USD)));
      device.ledger().saveDraft(basket);
    }
    PricedBasket priced = Pricing.price(basket, TaxRounding.perLine(USD));
    return device
        .ledger()
        .complete(actor(), new SaleDraft(basket, priced, exactly(priced.total()), DAY, null));
  }

  private static Settlement.Settled exactly(Money due) {
    return (Settlement.Settled) Settlement.of(due, List.of(new CashTender(due)), null);
  }

  private void refund(CompletedSale sale) {
    RefundableLine line = device.ledger().refundable(sale.id()).getFirst();
    Refunds.Part part = (Refunds.Part) Refunds.refund(line, Quantity.ONE);
    Money due = part.amount().totalIncluded().negate();
    device.ledger().refund(actor(), new RefundDraft(sale.id(), List.of(part), exactly(due), DAY));
  }

  /** Hands every receipt out that is still owed. Paper does not come back. */
  public void print() throws IOException {
    for (ReceiptJob job : device.receiptJobs().pending()) {
      CompletedSale sale = job.sale();
      device.receiptJobs().printing(sale.id());
      String line =
          String.join(
              " ",
              sale.id().toString(),
              sale.body().receipt(),
              Long.toString(sale.body().total()),
              job.copy() ? "COPY\n" : "\n");
      try (FileChannel out =
          FileChannel.open(paper, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        out.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
        out.force(true);
      }
      device.receiptJobs().printed(sale.id());
    }
  }

  @Override
  public void close() {
    loop.close();
    device.close();
    key.close();
  }
}
