package dev.countersign.client.ui.till;

import dev.countersign.client.device.PrintOutcome;
import dev.countersign.client.device.Slip;
import dev.countersign.client.device.Trouble;
import dev.countersign.client.flow.Printing;
import dev.countersign.client.ledger.Books;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.SlipBook.Owed;
import dev.countersign.client.ui.kit.Background;
import dev.countersign.client.ui.kit.Language;
import dev.countersign.client.ui.kit.Strip;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What goes to the printer: receipts, and the papers beside them. A receipt that did not come out
 * is tried again by itself, but for one that stops half-way again and again, which waits for the
 * next sale or person; any other paper is offered, and printed when somebody asks.
 */
final class PaperDesk {
  private static final long PRINT_AGAIN = Duration.ofSeconds(10).toNanos();

  /** So many halves of a receipt in a row, and the roll is not emptied while nobody looks. */
  private static final int MOST_HALVES = 3;

  private final Surface surface;
  private final Words words;
  private final Printing print;
  private final Books books;
  private final Consumer<CompletedSale> mail;
  private final Background paper;
  private @Nullable Trouble said;
  private boolean offered;
  private boolean printing;
  private int halves;
  private long printAt;

  /**
   * @param mail asks where a receipt is sent to by e-mail
   */
  PaperDesk(Surface surface, Printing print, Books books, Consumer<CompletedSale> mail) {
    this.mail = mail;
    this.surface = surface;
    this.words = surface.words();
    this.print = print;
    this.books = books;
    // One lane: a printer that is slow is not asked twice for the same receipt.
    this.paper = surface.desk().beside();
  }

  /** Of the printer. */
  Background lane() {
    return paper;
  }

  /** Of everything that is printed now. */
  Language language() {
    return Language.of(print.words().locale());
  }

  /** Somebody came to the till. */
  void enter() {
    offered = false;
    halves = 0;
    printOwed();
  }

  /** Once a second. */
  void attend(long nanos) {
    if (said != null && !printing && halves < MOST_HALVES && nanos - printAt >= 0) {
      printAt = nanos + PRINT_AGAIN;
      printOwed();
    }
  }

  /** Behind what is being printed. */
  void end(Runnable last) {
    paper.run(
        () -> {
          last.run();
          return true;
        },
        _ -> {},
        surface::trouble);
  }

  /** Prints what is owed; says what is wrong, once. No drawer is opened. */
  private void printOwed() {
    printOwed(null);
  }

  /**
   * The same at the end of a sale.
   *
   * @param paid the sale, which may open the drawer
   */
  void printOwed(@Nullable UUID paid) {
    printing = true;
    paper.run(
        () -> print.printOwedReceipts(paid),
        standing -> {
          printing = false;
          stands(standing);
        },
        failure -> {
          printing = false;
          surface.trouble(failure);
        });
  }

  private void stands(Printing.Standing standing) {
    if (standing.trouble().isEmpty()) {
      halves = 0;
    } else if (standing.begun()) {
      // One that is away in between may be starting again.
      halves++;
    }
    if (standing.trouble().isPresent()) {
      Trouble trouble = standing.trouble().get();
      if (said != trouble) {
        surface.strip().warnBehind(PrinterWords.owed(words, trouble), PrinterWords.code(trouble));
      }
      said = trouble;
      return;
    }
    boolean back = said != null;
    said = null;
    if (standing.slips() > 0 && (back || !offered)) {
      offered = true;
      surface.strip().warnBehind(words.say("owed.offered", standing.slips()), "");
    } else if (back) {
      surface.strip().say(Strip.Tone.GOOD, words.say("printer.back"), "");
    }
  }

  /** A paper that is owed, and is to be printed now. */
  record Owing(UUID id, Slip slip) {}

  /** Owes a paper that somebody counts on; writes to the store, durable when it returns. */
  Owing owe(Slip slip) {
    return new Owing(print.owe(slip), slip);
  }

  /** Prints it; what does not come out is offered later. */
  void print(Owing owing) {
    paper.run(() -> print.printOwing(owing.id(), owing.slip()), this::kept, surface::trouble);
  }

  /** Prints a paper of which nobody counts on the first one. */
  void printOnce(Slip slip) {
    paper.run(
        () -> print.print(slip),
        outcome -> refusedFor(outcome).ifPresent(this::notPrinted),
        surface::trouble);
  }

  /** One more paper of this, or the first when that is still owed. */
  void printAgain(Slip copy) {
    paper.run(
        () -> print.printAgain(copy),
        outcome -> refusedFor(outcome).ifPresent(this::notPrinted),
        surface::trouble);
  }

  private void kept(PrintOutcome outcome) {
    Optional<Trouble> trouble = refusedFor(outcome);
    if (trouble.isPresent()) {
      // From here on it is looked whether the printer is back.
      said = trouble.get();
      surface
          .strip()
          .warnBehind(
              words.say("owed.kept", PrinterWords.trouble(words, trouble.get())),
              PrinterWords.code(trouble.get()));
    }
  }

  private void notPrinted(Trouble trouble) {
    surface
        .strip()
        .warnBehind(
            words.say("slip.not-printed", PrinterWords.trouble(words, trouble)),
            PrinterWords.code(trouble));
  }

  private static Optional<Trouble> refusedFor(PrintOutcome outcome) {
    return outcome instanceof PrintOutcome.Failed failed
        ? Optional.of(failed.trouble())
        : Optional.empty();
  }

  /** One more paper of this sale, marked as a copy. */
  private void printCopy(CompletedSale sale) {
    paper.run(
        () -> print.printCopy(sale),
        outcome -> {
          switch (outcome) {
            case PrintOutcome.Printed _ ->
                surface
                    .strip()
                    .say(Strip.Tone.GOOD, words.say("again.done", sale.body().receipt()), "");
            case PrintOutcome.Failed(Trouble trouble, _, _) ->
                surface.refuse(PrinterWords.trouble(words, trouble), PrinterWords.code(trouble));
          }
        },
        surface::trouble);
  }

  /** What did not come out first; else which receipt is printed again. */
  void askWhichAgain() {
    ask(this::askWhichReceipt);
  }

  /** What did not come out first; else one more paper of this sale. */
  void again(CompletedSale sale) {
    ask(() -> printCopy(sale));
  }

  private void ask(Runnable receipt) {
    surface
        .desk()
        .run(
            print::owed,
            owed -> {
              if (owed.isEmpty()) {
                receipt.run();
              } else {
                OwedSheet.open(surface, owed, new OwedActs(receipt));
              }
            },
            surface::trouble);
  }

  private final class OwedActs implements OwedSheet.Acts {
    private final Runnable receipt;

    OwedActs(Runnable receipt) {
      this.receipt = receipt;
    }

    @Override
    public void print(List<Owed> papers) {
      paper.run(() -> printed(papers), PaperDesk.this::came, surface::trouble);
    }

    @Override
    public void drop(List<Owed> papers) {
      surface
          .desk()
          .run(
              () -> {
                papers.forEach(print::drop);
                return papers.size();
              },
              many -> surface.strip().say(Strip.Tone.GOOD, words.say("owed.dropped", many), ""),
              surface::trouble);
    }

    @Override
    public void receipt() {
      surface.sheets().close();
      receipt.run();
    }
  }

  private record Came(int papers, Optional<Trouble> trouble) {}

  /** One after the other, until one does not come out. */
  private Came printed(List<Owed> papers) {
    int out = 0;
    for (Owed owed : papers) {
      Optional<Trouble> trouble = refusedFor(print.printOwed(owed));
      if (trouble.isPresent()) {
        return new Came(out, trouble);
      }
      out++;
    }
    return new Came(out, Optional.empty());
  }

  private void came(Came came) {
    if (came.trouble().isPresent()) {
      kept(new PrintOutcome.Failed(came.trouble().get(), false, ""));
    } else {
      surface.strip().say(Strip.Tone.GOOD, words.say("owed.printed", came.papers()), "");
    }
  }

  /** The last one is named. */
  private void askWhichReceipt() {
    surface
        .desk()
        .run(
            () -> books.lastSale(),
            last ->
                PrintAgainSheet.open(
                    surface,
                    last.map(sale -> sale.body().receipt()).orElse(""),
                    number -> found(number, this::printCopy),
                    number -> found(number, mail)),
            surface::trouble);
  }

  private void found(String number, Consumer<CompletedSale> act) {
    surface
        .desk()
        .run(
            () -> books.saleByReceipt(number),
            found ->
                found.ifPresentOrElse(
                    act,
                    () -> surface.refuse(words.say("again.unknown", number), "RECEIPT-UNKNOWN")),
            surface::trouble);
  }
}
