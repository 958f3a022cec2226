package dev.countersign.client.flow;

import dev.countersign.client.device.PrintOutcome;
import dev.countersign.client.device.Receipt;
import dev.countersign.client.device.ReceiptCheck;
import dev.countersign.client.device.ReceiptPrinter;
import dev.countersign.client.device.ReceiptWords;
import dev.countersign.client.device.Slip;
import dev.countersign.client.device.Trouble;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.Enrolled;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.ReceiptJob;
import dev.countersign.client.ledger.ReceiptJobs;
import dev.countersign.client.ledger.Settings;
import dev.countersign.client.ledger.SlipBook;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.ReceiptLines;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings recorded sales to paper. Whatever the printer does, the sale is safe; a receipt that did
 * not come out stays owed.
 */
public final class Printing {
  private final OpenDevice device;
  private final Enrolled enrolled;
  private final Settings settings;
  private final ReceiptJobs jobs;
  private final SlipBook slips;
  private final Supplier<ReceiptWords> words;
  private final ReceiptPrinter printer;

  /**
   * Prints what is owed on this printer.
   *
   * @param words of all paper, but that of a customer who has a language of their own
   */
  public Printing(OpenDevice device, Supplier<ReceiptWords> words, ReceiptPrinter printer) {
    this.device = device;
    this.enrolled = device.ledger().enrolled();
    this.settings = device.settings();
    this.jobs = device.receiptJobs();
    this.slips = device.slips();
    this.words = words;
    this.printer = printer;
  }

  /** The words of everything that is printed now. */
  public ReceiptWords words() {
    return words.get();
  }

  /** The paper of a sale. */
  public Receipt receipt(CompletedSale sale, boolean copy) {
    var shop = settings.current();
    return new Receipt(
        shop.receiptHeader(),
        enrolled.storeName(),
        enrolled.registerName(),
        sale.cashierName(),
        sale.at(),
        settings.zone(),
        sale.body(),
        shop.receiptFooter(),
        enrolled.environment(),
        check(sale),
        copy,
        device.purse().slips().stream().filter(slip -> sale.id().equals(slip.sale())).toList(),
        copy ? null : debt(sale),
        device.purse().balances().after(sale.id()),
        language(sale),
        false);
  }

  /** Of whoever bought it, as they are known now. */
  private String language(CompletedSale sale) {
    SaleCompleted.BoughtBy customer = sale.body().customer();
    return customer == null
        ? ""
        : device
            .customers()
            .byId(customer.id())
            .map(known -> known.details().language())
            .orElse("");
  }

  /** A copy is printed later, when something else is owed. */
  private Receipt.@Nullable Debt debt(CompletedSale sale) {
    return sale.body().onAccount().keySet().stream()
        .findFirst()
        .map(
            customer ->
                new Receipt.Debt(
                    device
                        .customers()
                        .byId(customer)
                        .map(known -> known.details().name())
                        .orElse(""),
                    device.ledger().owed(customer)))
        .orElse(null);
  }

  /**
   * A receipt that is none, to see what receipts look like.
   *
   * @param item the name of what is on it
   */
  public Receipt sample(String item, Instant at) {
    var shop = settings.current();
    return sample(enrolled, enrolled.storeName(), settings.zone(), shop.receiptLines(), item, at);
  }

  /** The same of a store that says this on its receipts. */
  public static Receipt sample(
      Enrolled enrolled, String store, ZoneId zone, ReceiptLines shop, String item, Instant at) {
    long price = 1234;
    SaleCompleted nothing =
        new SaleCompleted(
            enrolled.store(),
            enrolled.store(),
            enrolled.store(),
            enrolled.series() + "-000000",
            LocalDate.ofInstant(at, zone),
            enrolled.currency().getCurrencyCode(),
            List.of(
                new SaleCompleted.Line(
                    1, null, "", item, Quantity.of(2), price, null, 2 * price, List.of())),
            List.of(new SaleCompleted.Paid(SaleCompleted.Means.CARD, 2 * price, "", "")),
            2 * price,
            0,
            0,
            0,
            List.of(),
            null);
    return new Receipt(
        shop.header(),
        store,
        enrolled.registerName(),
        "…",
        at,
        zone,
        nothing,
        shop.footer(),
        "test",
        enrolled.server(),
        false);
  }

  /** What somebody learned on is in no log, and nobody is sent to look for it there. */
  private @Nullable String check(CompletedSale sale) {
    if (enrolled.isTraining()) {
      return null;
    }
    return jobs.recorded(sale.change())
        .map(
            hash ->
                ReceiptCheck.of(enrolled.tenant(), enrolled.device(), sale.id(), sale.body(), hash)
                    .link(enrolled.server()))
        .orElse(null);
  }

  /**
   * Prints everything that is owed, the oldest first, until one fails. Only that of the sale that
   * was paid just now opens the drawer, whether its paper comes out or not; what waited for the
   * printer comes when nobody may stand at it.
   *
   * @param paid the sale, or null when nobody waits for change
   * @return why the printer took no more, or empty when nothing is owed now
   */
  public Optional<PrintOutcome.Failed> printReceipts(@Nullable UUID paid) {
    for (ReceiptJob job : jobs.pending()) {
      jobs.printing(job.sale().id());
      Receipt paper = receipt(job.sale(), job.copy());
      boolean waitedFor = job.sale().id().equals(paid);
      if (printer.print(waitedFor ? paper : paper.afterwards())
          instanceof PrintOutcome.Failed failed) {
        if (!failed.begun() && !job.copy()) {
          // No paper of it exists: the one that comes is the first.
          jobs.notBegun(job.sale().id());
        }
        return Optional.of(failed);
      }
      jobs.printed(job.sale().id());
    }
    return Optional.empty();
  }

  /** Prints a recorded sale once more, marked as a copy; the drawer stays shut. */
  public PrintOutcome printCopy(CompletedSale sale) {
    return printer.print(receipt(sale, true));
  }

  /** Prints a paper of a shift or a drawer, once: nothing of it is owed. */
  public PrintOutcome print(Slip slip) {
    return printer.print(slip);
  }

  /** Owes a paper that somebody counts on; durable when it returns. */
  public UUID owe(Slip slip) {
    return slips.owe(slip.name(), slip.encode());
  }

  /** Prints one that was owed just now, with its drawer; what does not come out stays owed. */
  public PrintOutcome printOwing(UUID id, Slip slip) {
    slips.printing(id);
    return settled(id, false, printer.print(slip));
  }

  /**
   * Prints one that is owed. It opens no drawer, whatever it did at its time, and it is a copy when
   * printing had begun before.
   */
  public PrintOutcome printOwed(SlipBook.Owed owed) {
    slips.printing(owed.id());
    Slip slip = Slip.decode(owed.body());
    PrintOutcome outcome =
        printer.print(owed.mayBeOut() ? slip.asCopy("*** " + words.get().copy() + " ***") : slip);
    return settled(owed.id(), owed.mayBeOut(), outcome);
  }

  /** One more paper of this, or the first when that is still owed. */
  public PrintOutcome printAgain(Slip copy) {
    Optional<SlipBook.Owed> first =
        slips.owed().stream().filter(owed -> owed.name().equals(copy.name())).findFirst();
    return first.isPresent() ? printOwed(first.get()) : print(copy);
  }

  private PrintOutcome settled(UUID id, boolean begunBefore, PrintOutcome outcome) {
    switch (outcome) {
      case PrintOutcome.Printed _ -> slips.settled(id);
      case PrintOutcome.Failed failed when !failed.begun() && !begunBefore -> slips.notBegun(id);
      case PrintOutcome.Failed _ -> {
        // It may be on paper, wholly or in part: the next one is a copy.
      }
    }
    return outcome;
  }

  /** The papers beside receipts that are owed, the oldest first. */
  public List<SlipBook.Owed> owed() {
    return slips.owed();
  }

  /** Nobody wants this paper any more. */
  public void drop(SlipBook.Owed owed) {
    slips.settled(owed.id());
  }

  /**
   * How it stands with everything that is owed.
   *
   * @param trouble why the printer takes nothing; empty when it would
   * @param begun whether a receipt stopped on its way: a part of it is on paper
   * @param slips papers beside receipts that wait for somebody to ask for them
   */
  public record Standing(Optional<Trouble> trouble, boolean begun, int slips) {}

  /**
   * Prints the receipts that are owed, as {@link #printReceipts}, and looks whether the rest could
   * be.
   */
  public Standing printOwedReceipts(@Nullable UUID paid) {
    Optional<PrintOutcome.Failed> failed = printReceipts(paid);
    Optional<Trouble> trouble = failed.map(PrintOutcome.Failed::trouble);
    int waiting = slips.owed().size();
    return new Standing(
        trouble.isEmpty() && waiting > 0 ? printer.trouble() : trouble,
        failed.map(PrintOutcome.Failed::begun).orElse(false),
        waiting);
  }
}
