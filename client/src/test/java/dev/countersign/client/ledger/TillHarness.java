package dev.countersign.client.ledger;

import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.keys.Pin;
import dev.countersign.client.keys.PinVault;
import dev.countersign.client.keys.StoreKeys.Opening;
import dev.countersign.client.keys.UnlockOutcome;
import dev.countersign.client.ledger.OpenDevice.Surroundings;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.Acknowledgement;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.Refunds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A till of its own process that sells until it is killed. Arguments: the directory, and the step
 * (with how often it is passed first) at which it stops and waits for the kill; none stops nowhere.
 */
final class TillHarness {
  /** Between all of these it can be told to stop. */
  enum Step {
    UNLOCKED,
    DRAFT_SAVED,
    COMPLETED,
    REFUND_SAVED,
    REFUNDED,
    MARKED,
    ON_PAPER,
    PRINTED,
    SEALED,
    ACKNOWLEDGED
  }

  private final Path directory;
  private final OpenDevice device;
  private final String stopAt;
  private int passes;

  private TillHarness(Path directory, OpenDevice device, String stopAt, int passes) {
    this.directory = directory;
    this.device = device;
    this.stopAt = stopAt;
    this.passes = passes;
  }

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    DeviceFolder folder = new DeviceFolder(directory.resolve("device"));
    try (Pin pin = Pin.typed("2580".toCharArray())) {
      PinVault vault = TillFixture.vault(directory, folder);
      UnlockOutcome outcome = vault.unlock(TillFixture.CASHIER, pin);
      if (!(outcome instanceof UnlockOutcome.Unlocked unlocked)) {
        throw new IllegalStateException("not unlocked: " + outcome);
      }
      if (!(vault.storeKeys().open(unlocked.inner(), null) instanceof Opening.Open keys)) {
        throw new IllegalStateException("no key of the store");
      }
      OpenDevice device = OpenDevice.open(folder, keys.current(), Surroundings.ofThisMachine());
      System.out.println("open");
      new TillHarness(directory, device, args[1], Integer.parseInt(args[2])).sell();
    }
  }

  private void sell() throws Exception {
    at(Step.UNLOCKED);
    print();
    if (device.ledger().currentShift().isEmpty()) {
      device
          .ledger()
          .openShift(
              TillFixture.cashier(),
              TillFixture.DAY,
              dev.countersign.common.money.Money.of(10_000, TillFixture.USD));
    }
    for (int i = 1; ; i++) {
      Basket basket =
          TillFixture.basket()
              .add(TillFixture.rum(), Quantity.of(i % 5 + 1), TillFixture.each(1999));
      device.ledger().saveDraft(basket);
      at(Step.DRAFT_SAVED);
      CompletedSale sale =
          device.ledger().complete(TillFixture.cashier(), TillFixture.draft(basket));
      at(Step.COMPLETED);
      print();
      if (i % 2 == 0) {
        refund(sale);
        print();
      }
      if (i % 5 == 0) {
        send();
      }
    }
  }

  /** One of the first line comes back, for cash. */
  private void refund(CompletedSale sale) {
    SoldBefore sold = device.ledger().soldBefore(sale.id()).orElseThrow();
    Refunds.Part part = (Refunds.Part) Refunds.refund(sold.lines().getFirst(), Quantity.ONE);
    Basket back = sold.bringBack(Basket.empty(TillFixture.USD), part, "unwanted");
    device.ledger().saveDraft(back);
    at(Step.REFUND_SAVED);
    device.ledger().complete(TillFixture.approved(), TillFixture.draft(back));
    at(Step.REFUNDED);
  }

  private void send() throws Exception {
    SealedBatch batch = device.outbox().nextToSend().orElseThrow();
    at(Step.SEALED);
    Acknowledgement ack =
        new Acknowledgement(
            device.ledger().enrolled().tenant(),
            batch.device(),
            batch.number(),
            batch.hash().toHex(),
            TillFixture.NOON,
            OutboxTest.accepted(batch),
            "checkpoint");
    device.outbox().acknowledged(batch.number(), new byte[] {1}, ack);
    at(Step.ACKNOWLEDGED);
  }

  private void print() throws IOException {
    for (ReceiptJob job : device.receiptJobs().pending()) {
      device.receiptJobs().printing(job.sale().id());
      at(Step.MARKED);
      printOn(directory.resolve("paper"), job);
      at(Step.ON_PAPER);
      device.receiptJobs().printed(job.sale().id());
      at(Step.PRINTED);
    }
  }

  /** The printer: paper does not come back when the plug is pulled. */
  static void printOn(Path paper, ReceiptJob job) throws IOException {
    String line = job.sale().body().receipt() + (job.copy() ? " COPY" : "") + "\n";
    try (FileChannel out =
        FileChannel.open(paper, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      out.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
      out.force(true);
    }
  }

  private void at(Step step) {
    if (step.name().equals(stopAt) && passes-- == 0) {
      System.out.println("stopped");
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** How one run ends: at a step, or after the moment that its number gives. */
  static List<String> command(Path directory, String stopAt, int passes) {
    return List.of(
        ProcessHandle.current().info().command().orElseThrow(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        TillHarness.class.getName(),
        directory.toString(),
        stopAt,
        Integer.toString(passes));
  }
}
