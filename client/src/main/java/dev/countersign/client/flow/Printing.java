package dev.countersign.client.flow;

import dev.countersign.client.device.PrintOutcome;
import dev.countersign.client.device.Receipt;
import dev.countersign.client.device.ReceiptCheck;
import dev.countersign.client.device.ReceiptPrinter;
import dev.countersign.client.device.Slip;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.Enrolled;
import dev.countersign.client.ledger.Purse;
import dev.countersign.client.ledger.ReceiptJob;
import dev.countersign.client.ledger.ReceiptJobs;
import dev.countersign.client.ledger.Settings;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.money.Quantity;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings recorded sales to paper. Whatever the printer does, the sale is safe; a receipt that did
 * not come out stays owed.
 */
public final class Printing {
  private final Enrolled enrolled;
  private final Settings settings;
  private final ReceiptJobs jobs;
  private final Purse purse;
  private final ReceiptPrinter printer;

  /** Prints what is owed on this printer. */
  public Printing(
      Enrolled enrolled, Settings settings, ReceiptJobs jobs, Purse purse, ReceiptPrinter printer) {
    this.enrolled = enrolled;
    this.settings = settings;
    this.jobs = jobs;
    this.purse = purse;
    this.printer = printer;
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
        purse.slips().stream().filter(slip -> sale.id().equals(slip.sale())).toList());
  }

  /**
   * A receipt that is none, to see what receipts look like.
   *
   * @param item the name of what is on it
   */
  public Receipt sample(String item, Instant at) {
    var shop = settings.current();
    long price = 1234;
    SaleCompleted nothing =
        new SaleCompleted(
            enrolled.store(),
            enrolled.store(),
            enrolled.store(),
            enrolled.series() + "-000000",
            LocalDate.ofInstant(at, settings.zone()),
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
        shop.receiptHeader(),
        enrolled.storeName(),
        enrolled.registerName(),
        "…",
        at,
        settings.zone(),
        nothing,
        shop.receiptFooter(),
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
   * Prints everything that is owed, the oldest first, until one fails.
   *
   * @return why the printer took no more, or empty when nothing is owed now
   */
  public Optional<PrintOutcome.Failed> printOwed() {
    for (ReceiptJob job : jobs.pending()) {
      jobs.printing(job.sale().id());
      if (printer.print(receipt(job.sale(), job.copy())) instanceof PrintOutcome.Failed failed) {
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
}
