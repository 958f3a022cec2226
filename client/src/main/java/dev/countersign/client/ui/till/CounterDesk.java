package dev.countersign.client.ui.till;

import dev.countersign.client.device.CustomerDisplay.Row;
import dev.countersign.client.device.CustomerDisplay.Shown;
import dev.countersign.client.device.Hardware;
import dev.countersign.client.device.ReceiptLine;
import dev.countersign.client.device.ReceiptText;
import dev.countersign.client.flow.AtDrawer;
import dev.countersign.client.flow.Mailing;
import dev.countersign.client.flow.Running;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ui.kit.Background;
import dev.countersign.client.ui.kit.Frame;
import dev.countersign.client.ui.kit.Strip;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.money.Money;
import java.time.Clock;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.function.Consumer;

/**
 * What goes on beside selling: paper, receipts into the post, the customer's display, the hardware
 * page. Nothing here holds the till up, and what did not come out is tried again by itself.
 */
final class CounterDesk {
  private static final long POST_AGAIN = Duration.ofSeconds(20).toNanos();

  private final Surface surface;
  private final Words words;
  private final Frame frame;
  private final Peripherals around;
  private final OpenDevice device;
  private final Clock clock;
  private final PaperDesk papers;
  private final Background post;
  private boolean posting;
  private long postAt;

  CounterDesk(Surface surface, Frame frame, Peripherals around, OpenDevice device, Clock clock) {
    this.surface = surface;
    this.words = surface.words();
    this.frame = frame;
    this.around = around;
    this.device = device;
    this.clock = clock;
    this.papers = new PaperDesk(surface, around.printing(), device.books());
    this.post = surface.desk().beside();
  }

  /** Somebody came to the till: what is set up is read, and the display opens. */
  void enter() {
    papers
        .lane()
        .run(
            () -> around.counter().setup(),
            setup -> around.display().set(setup.display()),
            surface::trouble);
    papers.enter();
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

  private void posted(Mailing.Round round) {
    if (!round.refused().isEmpty()) {
      surface
          .strip()
          .say(
              Strip.Tone.WARN,
              words.say("mail.refused", round.refused().getFirst()),
              "MAIL-REFUSED");
    }
  }

  /**
   * The screen after a sale, with the receipt as it is printed.
   *
   * @param next begins a new sale with this scan, or with none when it is empty
   */
  ReceiptController receipt(CompletedSale sale, Consumer<String> next, Runnable lock) {
    List<ReceiptLine> lines =
        ReceiptText.forScreen(
                ReceiptText.WIDE, around.counter().words(), around.counter().template())
            .lay(around.printing().receipt(sale, false));
    return new ReceiptController(
        surface,
        sale,
        lines,
        new ReceiptController.Exits() {
          @Override
          public void next(String scan) {
            next.accept(scan);
          }

          @Override
          public void again() {
            papers.printCopy(sale);
          }

          @Override
          public void mail() {
            askForAddress(sale);
          }

          @Override
          public void lock() {
            lock.run();
          }
        });
  }

  /** Asks for the address that this receipt goes to. */
  void askForAddress(CompletedSale sale) {
    if (!around.mailing().isSet()) {
      surface.refuse(words.say("mail.not-set-up"), "MAIL-NONE");
      return;
    }
    MailSheet.open(
        surface,
        address ->
            surface
                .desk()
                .run(
                    () -> {
                      around.mailing().promise(sale, address);
                      return address;
                    },
                    promised -> {
                      postAt = 0;
                      surface
                          .strip()
                          .say(Strip.Tone.GOOD, words.say("mail.promised", promised), "");
                    },
                    failure -> {
                      if (failure instanceof IllegalArgumentException) {
                        surface.refuse(words.say("mail.no-address"), "MAIL-ADDRESS");
                      } else {
                        surface.trouble(failure);
                      }
                    }));
  }

  /** Opens the hardware page. */
  void hardware(Approvals atTill, Runnable back) {
    surface
        .desk()
        .run(
            () -> new Saved(around.counter().setup(), around.counter().logo()),
            saved ->
                frame.show(
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
                        back),
                    true),
            surface::trouble);
  }

  private record Saved(Hardware setup, byte[] logo) {}

  /** The customer sees what is rung up. */
  void showSale(Running running) {
    around
        .display()
        .show(
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
                    surface.amounts().text(running.total())));
  }

  void showPaying(Running running) {
    around.display().show(new Shown.Paying(surface.amounts().text(running.total()), ""));
  }

  void showPaid(CompletedSale sale) {
    Currency currency = Currency.getInstance(sale.body().currency());
    long change = sale.body().change();
    around
        .display()
        .show(
            new Shown.Paid(
                surface.amounts().text(Money.of(sale.body().total(), currency)),
                change == 0 ? "" : surface.amounts().text(Money.of(change, currency))));
  }

  void showNobody() {
    around.display().show(new Shown.Idle(""));
  }
}
