package dev.countersign.client.ui.till;

import dev.countersign.client.device.CustomerDisplay.Row;
import dev.countersign.client.device.CustomerDisplay.Shown;
import dev.countersign.client.device.Hardware;
import dev.countersign.client.device.LineDisplay;
import dev.countersign.client.device.ReceiptLine;
import dev.countersign.client.device.ReceiptText;
import dev.countersign.client.flow.AtDrawer;
import dev.countersign.client.flow.Mailing;
import dev.countersign.client.flow.Paying;
import dev.countersign.client.flow.Running;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ui.kit.Background;
import dev.countersign.client.ui.kit.Screen;
import dev.countersign.client.ui.kit.Strip;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.money.Money;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What goes on beside selling: paper, receipts into the post, the customer's display, the hardware
 * page. Nothing here holds the till up, and what did not come out is tried again by itself.
 */
final class CounterDesk {
  private static final long POST_AGAIN = Duration.ofSeconds(20).toNanos();

  private final Surface surface;
  private final Words words;
  private final Consumer<Screen> screens;
  private final Peripherals around;
  private final OpenDevice device;
  private final Clock clock;
  private final PaperDesk papers;
  private final Background post;
  private final Background lines;
  private Shown shown = new Shown.Idle("");
  private boolean showing;
  private boolean linesFailed;
  private boolean posting;
  private long postAt;

  CounterDesk(
      Surface surface,
      Consumer<Screen> screens,
      Peripherals around,
      OpenDevice device,
      Clock clock) {
    this.surface = surface;
    this.words = surface.words();
    this.screens = screens;
    this.around = around;
    this.device = device;
    this.clock = clock;
    this.papers = new PaperDesk(surface, around.printing(), device.books(), this::askForAddress);
    this.post = surface.desk().beside();
    this.lines = surface.desk().beside();
  }

  /** Somebody came to the till: what is set up is read, and the display opens. */
  void enter() {
    readSetup();
    papers.enter();
  }

  private void readSetup() {
    papers
        .lane()
        .run(
            () -> around.counter().setup(),
            setup -> {
              around.display().set(setup.display());
              around.display().show(shown);
              showOnLines();
            },
            surface::trouble);
  }

  /** What goes to the printer. */
  PaperDesk papers() {
    return papers;
  }

  /** Once a second, also while the till is locked. */
  void attend(long nanos) {
    papers.attend(nanos);
    if (!posting && nanos - postAt >= 0) {
      postAt = nanos + POST_AGAIN;
      posting = true;
      post.run(
          () -> around.mailing().sendDue(),
          round -> {
            posting = false;
            posted(round);
          },
          failure -> {
            posting = false;
            surface.trouble(failure);
          });
    }
  }

  /** Also over the lock: it names no address. */
  private void posted(Mailing.Round round) {
    if (!round.unsent().isEmpty()) {
      Mailing.Unsent first = round.unsent().getFirst();
      String why = first.late() ? "mail.late" : "mail.refused";
      surface.strip().say(Strip.Tone.WARN, words.say(why, first.receipt()), "MAIL-REFUSED");
    }
  }

  /** A receipt as it is printed; reads the store. */
  List<ReceiptLine> paper(CompletedSale sale) {
    return ReceiptText.forScreen(
            ReceiptText.WIDE, around.counter().words(), around.counter().template())
        .lay(around.printing().receipt(sale, false));
  }

  /**
   * The screen after a sale.
   *
   * @param paper the receipt as it is printed
   * @param next begins a new sale with this scan, or with none when it is empty
   */
  ReceiptController receipt(CompletedSale sale, List<ReceiptLine> paper, Consumer<String> next) {
    return new ReceiptController(
        surface,
        sale,
        paper,
        new ReceiptController.Exits() {
          @Override
          public void next(String scan) {
            next.accept(scan);
          }

          @Override
          public void again() {
            papers.again(sale);
          }

          @Override
          public void mail() {
            askForAddress(sale);
          }

          @Override
          public void pdf() {
            askForPlace(sale);
          }
        });
  }

  /** Asks for the address that this receipt goes to. */
  void askForAddress(CompletedSale sale) {
    if (!around.mailing().isSet()) {
      surface.refuse(words.say("mail.not-set-up"), "MAIL-NONE");
      return;
    }
    UUID buyer = sale.body().customer() == null ? null : sale.body().customer().id();
    surface
        .desk()
        .run(
            () -> buyer == null ? "" : addressOf(buyer),
            known -> MailSheet.open(surface, known, address -> promise(sale, address)),
            surface::trouble);
  }

  /** Asks where this receipt is saved as a file. */
  private void askForPlace(CompletedSale sale) {
    PdfSheet.open(surface, sale.body().receipt(), file -> save(sale, file));
  }

  private void save(CompletedSale sale, String file) {
    surface
        .desk()
        .run(
            () -> write(around.mailing().pdf(sale), Path.of(file).toAbsolutePath()),
            saved -> surface.strip().say(Strip.Tone.GOOD, words.say("pdf.saved", saved), ""),
            failure -> {
              if (failure instanceof FileAlreadyExistsException) {
                surface.refuse(words.say("pdf.there-already", file), "PDF-THERE");
              } else if (failure instanceof IOException
                  || failure instanceof InvalidPathException) {
                surface.refuse(words.say("pdf.not-written", file), "PDF-NOT-WRITTEN");
              } else {
                surface.trouble(failure);
              }
            });
  }

  /** Whole or not at all, and never in the place of another file. */
  private static Path write(byte[] pdf, Path file) throws IOException {
    Path folder = file.getParent();
    if (folder == null) {
      throw new NoSuchFileException(file.toString());
    }
    Path part = Files.createTempFile(folder, "receipt", ".part");
    try {
      Files.write(part, pdf);
      return Files.move(part, file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Where a customer who is known gets mail; empty where nobody said it. */
  private String addressOf(UUID buyer) {
    return device.customers().byId(buyer).map(known -> known.details().email()).orElse("");
  }

  private void promise(CompletedSale sale, String address) {
    surface
        .desk()
        .run(
            () -> {
              around.mailing().promise(sale, address);
              return address;
            },
            promised -> {
              postAt = 0;
              surface.strip().say(Strip.Tone.GOOD, words.say("mail.promised", promised), "");
            },
            failure -> {
              if (failure instanceof IllegalArgumentException) {
                surface.refuse(words.say("mail.no-address"), "MAIL-ADDRESS");
              } else {
                surface.trouble(failure);
              }
            });
  }

  /** Opens the hardware page. */
  void hardware(Approvals atTill, Runnable back) {
    surface
        .desk()
        .run(
            () -> new Saved(around.counter().setup(), around.counter().logo()),
            saved ->
                screens.accept(
                    new HardwareController(
                        surface,
                        new HardwareController.Tools(
                            around.counter(),
                            around.printing(),
                            around.mailing(),
                            device.catalogue(),
                            new AtDrawer(device.ledger(), clock),
                            around.display(),
                            around.display()::set,
                            clock),
                        atTill,
                        saved.setup(),
                        saved.logo(),
                        () -> {
                          // What was only tried there is not shown any longer.
                          readSetup();
                          back.run();
                        })),
            surface::trouble);
  }

  private record Saved(Hardware setup, byte[] logo) {}

  /** The customer sees what is rung up. */
  void showSale(Running running) {
    show(
        running.isEmpty()
            ? new Shown.Idle("")
            : new Shown.Basket(
                running.rows().stream()
                    .filter(row -> !row.voided())
                    .map(
                        row ->
                            new Row(
                                surface.amounts().text(row.quantity()),
                                row.name(),
                                surface.amounts().text(row.amount())))
                    .toList(),
                surface
                    .amounts()
                    .text(
                        running.total().isNegative() ? running.total().negate() : running.total()),
                running.total().isNegative()));
  }

  /** What is owed, what was taken of it, and what is left. */
  void showPaying(Paying paying) {
    Money due = paying.due();
    Money left = paying.left();
    show(
        new Shown.Paying(
            surface.amounts().text(due),
            paying.tenders().isEmpty() ? "" : surface.amounts().text(due.minus(left)),
            surface.amounts().text(left)));
  }

  void showPaid(CompletedSale sale) {
    Currency currency = Currency.getInstance(sale.body().currency());
    long change = sale.body().change();
    long paid = sale.body().tenders().stream().mapToLong(SaleCompleted.Paid::amount).sum();
    show(
        new Shown.Paid(
            surface.amounts().text(Money.of(paid, currency)),
            change == 0 ? "" : surface.amounts().text(Money.of(change, currency))));
  }

  void showNobody() {
    show(new Shown.Idle(""));
  }

  /** On the window at once, on the display of two lines as soon as it takes it. */
  private void show(Shown now) {
    if (!now.equals(shown)) {
      shown = now;
      around.display().show(now);
      showOnLines();
    }
  }

  /**
   * The newest alone: what was in between nobody has to read. It has no room to say that somebody
   * only learns, and shows nothing of it.
   */
  private void showOnLines() {
    if (showing || device.ledger().enrolled().isTraining()) {
      return;
    }
    showing = true;
    Shown now = shown;
    lines.run(
        () -> {
          Hardware setup = around.counter().setup();
          Optional<LineDisplay> display = around.counter().linesOf(setup);
          if (display.isPresent()) {
            LineWords said = LineWords.of(words, now, setup.display().idle());
            display.get().show(said.upper(), said.lower());
          }
          return now;
        },
        done -> {
          linesFailed = false;
          shownOnLines(done);
        },
        failure -> {
          if (!linesFailed) {
            linesFailed = true;
            surface.strip().warnBehind(words.say("display.lines.away"), "DISPLAY-AWAY");
          }
          shownOnLines(now);
        });
  }

  private void shownOnLines(Shown done) {
    showing = false;
    if (!done.equals(shown)) {
      showOnLines();
    }
  }
}
