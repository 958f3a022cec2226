package dev.countersign.client.ui.till;

import dev.countersign.client.device.Slip;
import dev.countersign.client.flow.AtDrawer;
import dev.countersign.client.flow.ClosingShift;
import dev.countersign.client.flow.ClosingShift.Counted;
import dev.countersign.client.ledger.ActRefusedException;
import dev.countersign.client.ledger.ActRefusedException.Reason;
import dev.countersign.client.ledger.ClosedShift;
import dev.countersign.client.ledger.DrawerCount;
import dev.countersign.client.ledger.DrawerSlip;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.ShiftReport;
import dev.countersign.client.ledger.ShiftView;
import dev.countersign.client.ui.kit.Screen;
import dev.countersign.client.ui.kit.Strip;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.client.ui.till.ReportController.Said;
import dev.countersign.common.money.Money;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is done with the shift and its drawer: which sheet and which screen follows which. */
final class ShiftDesk {
  private final Surface surface;
  private final Words words;
  private final Consumer<Screen> screens;
  private final OpenDevice device;
  private final PaperDesk paper;
  private final Supplier<Approvals> atTill;
  private final Exits exits;
  private final AtDrawer drawer;
  private final ClosingShift closing;

  /** A count that is not on record yet: whoever was locked out meanwhile goes on with it. */
  private @Nullable CountEntry counting;

  private boolean closes;

  /** Where this leads. */
  interface Exits {
    void backToSale();

    /** The shift is closed: on with the float of the next one. */
    void closed();

    void hardware();

    /** One more paper of a receipt. */
    void printAgain();

    void lock();
  }

  /**
   * @param clock in the store's time zone
   * @param paper prints
   * @param atTill who is at the till now
   */
  ShiftDesk(
      Surface surface,
      Consumer<Screen> screens,
      OpenDevice device,
      Clock clock,
      PaperDesk paper,
      Supplier<Approvals> atTill,
      Exits exits) {
    this.surface = surface;
    this.words = surface.words();
    this.screens = screens;
    this.device = device;
    this.paper = paper;
    this.atTill = atTill;
    this.exits = exits;
    this.drawer = new AtDrawer(device.ledger(), clock);
    this.closing = new ClosingShift(device, clock);
  }

  /** In the language of paper, which may have changed since. */
  private ShiftPapers papers() {
    return new ShiftPapers(surface.in(paper.language()), device.ledger().enrolled());
  }

  /** Cash in, cash out, or only open. */
  void drawer() {
    surface.strip().clear();
    DrawerSheet.open(
        surface,
        device.settings().shifts(),
        device.ledger().enrolled().currency(),
        new DrawerSheet.Acts() {
          @Override
          public void move(Money amount, String reason) {
            String moving =
                amount.isNegative()
                    ? words.say("drawer.do.out", surface.amounts().text(amount.negate()))
                    : words.say("drawer.do.in", surface.amounts().text(amount));
            atTill
                .get()
                .about(words.say("approval.about", moving, reason))
                .run(
                    (cashier, approver) -> owed(drawer.move(cashier, approver, amount, reason)),
                    owed ->
                        moved(
                            owed,
                            amount.isNegative()
                                ? words.say(
                                    "drawer.done.out", surface.amounts().text(amount.negate()))
                                : words.say("drawer.done.in", surface.amounts().text(amount))),
                    surface::trouble);
          }

          @Override
          public void open(String reason) {
            atTill
                .get()
                .about(words.say("approval.about", words.say("drawer.do.open"), reason))
                .run(
                    (cashier, approver) -> owed(drawer.open(cashier, approver, reason)),
                    owed -> moved(owed, words.say("drawer.done.open")),
                    surface::trouble);
          }
        });
  }

  /** Its paper is owed as soon as it is on record: a power cut does not take it away. */
  private PaperDesk.Owing owed(DrawerSlip slip) {
    return paper.owe(papers().drawer(slip));
  }

  private void moved(PaperDesk.Owing owed, String done) {
    surface.strip().say(Strip.Tone.GOOD, done, "");
    paper.print(owed);
  }

  private record Open(String openedBy, boolean anyClosed) {}

  /** The sheet of the shift. */
  void shift(ShiftView shift) {
    surface
        .desk()
        .run(
            () ->
                new Open(device.users().nameOf(shift.openedBy()), closing.lastReport().isPresent()),
            open -> ShiftSheet.open(surface, shift, open.openedBy(), open.anyClosed(), new Acts()),
            surface::trouble);
  }

  private final class Acts implements ShiftSheet.Acts {
    @Override
    public void report() {
      atTill
          .get()
          .run(closing::report, found -> found.ifPresent(ShiftDesk.this::showX), surface::trouble);
    }

    @Override
    public void close() {
      beginCount();
    }

    @Override
    public void hardware() {
      exits.hardware();
    }

    @Override
    public void printAgain() {
      exits.printAgain();
    }

    @Override
    public void lastReport() {
      surface
          .desk()
          .run(
              closing::lastReport,
              found -> found.ifPresent(report -> showZ(report, exits::backToSale)),
              surface::trouble);
    }
  }

  private void showX(ShiftReport report) {
    Slip slip = papers().report(report, false);
    Said said =
        new Said(
            words.say("report.so-far", Long.toString(report.number())),
            surface.amounts().text(report.money(report.figures().total())),
            "good",
            words.say("report.so-far.text", report.figures().sales()),
            words.say("report.back"));
    show(said, slip, () -> paper.printOnce(slip), exits::backToSale);
  }

  /** One that was closed before: only a copy of it can be printed. */
  private void showZ(ShiftReport report, Runnable next) {
    Slip copy = papers().report(report, true);
    show(closedWords(report, words.say("report.back")), copy, () -> paper.printAgain(copy), next);
  }

  private void show(Said said, Slip slip, Runnable print, Runnable next) {
    screens.accept(
        new ReportController(
            surface,
            said,
            slip,
            new ReportController.Exits() {
              @Override
              public void next() {
                next.run();
              }

              @Override
              public void print() {
                print.run();
              }

              @Override
              public void lock() {
                exits.lock();
              }
            }));
  }

  private Said closedWords(ShiftReport report, String next) {
    long counted = report.count() == null ? 0 : report.count().total();
    Money difference = report.money(counted - report.expected());
    return new Said(
        words.say("report.is-closed", Long.toString(report.number())),
        DifferenceWords.figure(surface.amounts(), difference),
        DifferenceWords.tone(difference),
        DifferenceWords.sentence(words, difference)
            + " "
            + words.say("report.is-closed.text", surface.amounts().text(report.money(counted))),
        next);
  }

  /** Nothing may be half done: what is on the counter is paid, parked or voided first. */
  private void beginCount() {
    atTill
        .get()
        .run(
            (cashier, _) ->
                device.ledger().kept().isPresent()
                    ? Optional.<ClosingShift.Sheet>empty()
                    : closing.begin(cashier),
            begun ->
                begun.ifPresentOrElse(
                    sheet -> sheet.told().ifPresentOrElse(this::told, () -> count(sheet)),
                    () -> surface.refuse(words.say("count.basket-open"))),
            surface::trouble);
  }

  private void count(ClosingShift.Sheet sheet) {
    surface.strip().clear();
    CountEntry before = counting;
    CountEntry entry =
        before != null && before.isOf(sheet.denominations(), sheet.others())
            ? before
            : new CountEntry(
                sheet.shift().openingFloat().currency(), sheet.denominations(), sheet.others());
    counting = entry;
    AtomicReference<CountingController> screen = new AtomicReference<>();
    screen.set(
        new CountingController(
            surface,
            sheet,
            entry,
            counted -> tell(sheet.shift(), counted, () -> screen.get().failed()),
            exits::backToSale));
    screens.accept(screen.get());
  }

  private void tell(ShiftView shift, DrawerCount counted, Runnable notRecorded) {
    atTill
        .get()
        .run(
            (cashier, approver) -> closing.count(cashier, approver, shift, counted),
            this::told,
            failure -> {
              notRecorded.run();
              failed().accept(failure);
            });
  }

  private void told(Counted counted) {
    counting = null;
    surface.strip().clear();
    screens.accept(
        new CountedController(
            surface,
            counted,
            new CountedController.Exits() {
              @Override
              public void close() {
                ShiftDesk.this.close(counted);
              }

              @Override
              public void again() {
                countAgain();
              }

              @Override
              public void back() {
                exits.backToSale();
              }
            }));
  }

  private void countAgain() {
    atTill
        .get()
        .run(
            (cashier, _) -> closing.begin(cashier),
            begun -> begun.ifPresent(this::count),
            surface::trouble);
  }

  private void close(Counted counted) {
    if (closes) {
      return;
    }
    closes = true;
    Money off = counted.difference();
    atTill
        .get()
        .about(
            words.say(
                "approval.about",
                words.say("count.difference"),
                DifferenceWords.figure(surface.amounts(), off)))
        .run(
            (cashier, approver) ->
                owed(closing.close(cashier, approver, counted.shift().id(), counted.count())),
            this::closed,
            failure -> {
              closes = false;
              failed().accept(failure);
            });
  }

  /** A closed shift, and its paper. */
  private record Closed(ShiftReport report, PaperDesk.Owing paper) {}

  private Closed owed(ClosedShift closed) {
    return new Closed(closed.report(), paper.owe(papers().report(closed.report(), false)));
  }

  private void closed(Closed closed) {
    closes = false;
    surface.strip().clear();
    ShiftReport report = closed.report();
    Slip slip = closed.paper().slip();
    paper.print(closed.paper());
    Slip copy = papers().report(report, true);
    show(
        closedWords(report, words.say("report.next")),
        slip,
        () -> paper.printAgain(copy),
        exits::closed);
  }

  /** What stands in the way of a count or a closing, in words. */
  private Consumer<Exception> failed() {
    return failure -> {
      if (failure instanceof ActRefusedException refused) {
        String why = why(refused.reason());
        if (!why.isEmpty()) {
          surface.refuse(why, refused.reason().name());
          return;
        }
      }
      surface.trouble(failure);
    };
  }

  private String why(Reason reason) {
    return switch (reason) {
      case BASKET_OPEN -> words.say("count.basket-open");
      case COUNT_EACH -> words.say("count.each");
      case COUNT_FIRST -> words.say("count.first");
      default -> "";
    };
  }
}
