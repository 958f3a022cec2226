package dev.countersign.client.ui.till;

import dev.countersign.client.device.ReceiptLine;
import dev.countersign.client.flow.Amending;
import dev.countersign.client.flow.Approving;
import dev.countersign.client.flow.OpeningShift;
import dev.countersign.client.flow.Paying;
import dev.countersign.client.flow.Refunding;
import dev.countersign.client.flow.Running;
import dev.countersign.client.flow.Selling;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.KeptSale;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.OpenPayment;
import dev.countersign.client.ledger.ShiftView;
import dev.countersign.client.ui.kit.Always;
import dev.countersign.client.ui.kit.Frame;
import dev.countersign.client.ui.kit.Screen;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.TopBar;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.money.Money;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

// Long because all that follows one screen of the till after another stands in one place.
/** A cashier's time at the till, from the PIN to the lock: which screen follows which. */
public final class TillController {
  private final Surface surface;
  private final Frame frame;
  private final TopBar bar;
  private final OpenDevice device;
  private final Clock clock;
  private final CounterDesk beside;
  private final Approving approving;
  private final PayTools tools;
  private final Doors doors;
  private final Runnable lock;
  private final SellingKit counter;
  private final Selling selling;
  private final OpeningShift opening;
  private final RefundDesk refunds;
  private final ShiftDesk shifts;
  private final Runnable catalogueChanged = this::refreshGoods;
  private @Nullable UUID cashier;
  private @Nullable ShiftView shift;
  private @Nullable SellingController onSale;
  private @Nullable Running kept;

  /** Recorded while the till was being locked: nobody has seen yet what is to be given out. */
  private @Nullable CompletedSale unseen;

  private @Nullable InHand inHand;

  /**
   * @param surface speaking this package's words
   * @param clock in the store's time zone
   * @param elsewhere asks the server for sales that this till does not keep
   */
  public TillController(
      Surface surface,
      Frame frame,
      TopBar bar,
      OpenDevice device,
      Clock clock,
      Peripherals around,
      Approving approving,
      Refunding.Elsewhere elsewhere,
      PayTools tools,
      Doors doors) {
    this.approving = approving;
    this.tools = tools;
    this.surface = surface.attended(() -> cashier != null);
    this.frame = frame;
    this.bar = bar;
    this.device = device;
    this.clock = clock;
    this.beside = new CounterDesk(this.surface, this::show, around, device, clock);
    this.doors = doors;
    this.lock = doors::lock;
    this.counter = SellingKit.of(device, around.counter(), clock);
    this.selling = counter.selling();
    this.opening = new OpeningShift(device.ledger(), clock);
    this.refunds =
        new RefundDesk(
            this.surface,
            this::show,
            device,
            clock,
            elsewhere,
            selling,
            tools,
            beside.papers(),
            new AfterRefund());
    this.shifts =
        new ShiftDesk(
            this.surface,
            this::show,
            device,
            clock,
            beside.papers(),
            this::atTill,
            new AfterShift());
  }

  /** Where a till leads that is not one of its own screens. */
  public interface Doors {
    /** Asks for a PIN. */
    void lock();

    /** To a till to learn on, or back from it. */
    void training(UUID user);
  }

  private record Start(Optional<ShiftView> shift, Running running, OpenPayment paid, String name) {}

  /** Somebody unlocked: on with the sale that was kept, or with the float. */
  public void enter(UUID user) {
    cashier = user;
    beside.enter();
    surface
        .desk()
        .run(
            () -> start(user),
            start -> {
              // Whoever has locked again meanwhile sees the lock.
              if (user.equals(cashier)) {
                bar.person(start.name());
                start.shift().ifPresentOrElse(open -> sell(open, start), this::openShift);
                refunds.showSlips();
              }
            },
            surface::trouble);
  }

  /** Where something was handed over, what the customer was told stands; else it is as of now. */
  private Start start(UUID user) {
    tools.terminal().look();
    OpenPayment paid = device.ledger().kept().map(KeptSale::payment).orElse(nothingPaid());
    LocalDateTime told = paid.since();
    Running running = told == null || paid.isEmpty() ? selling.running() : selling.asTold(told);
    return new Start(opening.current(), running, paid, device.users().nameOf(user));
  }

  /** Somebody locked, or nobody touched the till. */
  public void leave() {
    onSale = null;
    cashier = null;
    beside.showNobody();
    bar.shift("");
    Running running = kept;
    bar.person(
        running == null || running.isEmpty()
            ? surface.words().say("bar.locked")
            : surface.words().say("bar.locked-with-sale", running.items()));
  }

  private List<Always> onEveryScreen() {
    Words words = surface.words();
    return List.of(
        new Always(KeyCode.L, words.say("help.lock"), lock),
        new Always(KeyCode.R, words.say("help.again"), beside.papers()::askWhichAgain));
  }

  /** The products may have changed: what is shown of them is read again. Any thread's listener. */
  public Runnable catalogueChanged() {
    return catalogueChanged;
  }

  private void refreshGoods() {
    SellingController screen = onSale;
    if (screen != null) {
      screen.refreshGoods();
    }
  }

  /** What is ready only once nobody is at the till would lie over the lock. */
  private void show(Screen screen) {
    if (cashier != null) {
      frame.show(screen, onEveryScreen());
    }
  }

  private void openShift() {
    show(
        new OpeningController(
            surface,
            opening,
            atTill(),
            device.ledger().enrolled().currency(),
            opened ->
                surface
                    .desk()
                    .run(
                        selling::running,
                        now -> {
                          onShift(opened);
                          showSale(now);
                        },
                        surface::trouble),
            lock));
  }

  private void onShift(ShiftView open) {
    shift = open;
    bar.shift(
        surface
            .words()
            .say(
                "bar.shift",
                Long.toString(open.number()),
                surface.amounts().time(open.openedAt())));
  }

  private void sell(ShiftView open, Start start) {
    onShift(open);
    InHand before = inHand;
    // What was handed over before the till was locked or stopped has not been given back.
    CompletedSale sale = unseen;
    if (sale != null) {
      showReceipt(sale);
    } else if (before != null && !before.payment().get().isEmpty()) {
      before.screen().accept(atTill());
    } else if (start.paid().isEmpty()) {
      showSale(start.running());
    } else {
      settle(start.running(), start.paid());
    }
  }

  /** Not over the lock: whoever unlocks finds it as it is then. */
  private void showSale(Running running) {
    if (cashier == null) {
      kept = running;
      return;
    }
    SellingController screen = onSale;
    if (screen == null) {
      screen =
          new SellingController(surface, counter, running, atTill(), this::watched, new Exits());
      onSale = screen;
    } else {
      screen.next(running);
    }
    watched(running);
    show(screen);
  }

  private void watched(Running now) {
    kept = now;
    beside.showSale(now);
  }

  private void pay(Running shown) {
    if (Amending.isOpen(shown)) {
      // Before any money is taken: nobody may have the right to it here.
      atTill().run(counter.amending()::answerForAll, this::payFor, surface::trouble);
    } else {
      payFor(shown);
    }
  }

  /** Midnight may have passed since it was shown: nobody is asked for another total unawares. */
  private void payFor(Running shown) {
    if (selling.isAsShown(shown)) {
      settle(shown, nothingPaid());
      return;
    }
    surface
        .desk()
        .run(
            () -> selling.current(shown),
            now -> {
              if (now.total().equals(shown.total())) {
                settle(now, nothingPaid());
              } else {
                showSale(now);
              }
            },
            surface::trouble);
  }

  /**
   * @param paid what was taken, or has gone back, before
   */
  private void settle(Running running, OpenPayment paid) {
    if (running.givesBack()) {
      refunds.giveBack(running, paid);
    } else {
      Paying paying =
          new Paying(
              device.ledger(), clock, Paying.Terms.of(device.settings()), running, paid, selling);
      show(new InHand(paying::payment, atTill -> showPaying(paying, atTill)));
    }
  }

  /** What is ready only once the till is locked stays behind the lock. */
  private void show(InHand settling) {
    inHand = settling;
    if (cashier != null) {
      settling.screen().accept(atTill());
    }
  }

  private OpenPayment nothingPaid() {
    return OpenPayment.none(Money.zero(device.ledger().enrolled().currency()));
  }

  private void showPaying(Paying paying, Approvals atTill) {
    show(
        new PayingController(
            surface,
            paying,
            tools,
            atTill,
            () -> LocalDate.now(clock),
            new PayingController.Exits() {
              @Override
              public void paid(CompletedSale sale) {
                TillController.this.paid(sale);
              }

              @Override
              public void changed() {
                beside.showPaying(paying);
              }

              @Override
              public boolean isOvertaken() {
                return selling.isOvertaken(paying.running());
              }

              @Override
              public void backToSale() {
                inHand = null;
                // As of now: what the customer was told may have been another day's.
                surface.desk().run(selling::running, now -> showSale(now), surface::trouble);
              }
            }));
  }

  private void paid(CompletedSale sale) {
    kept = null;
    inHand = null;
    surface.sounds().added();
    // At once: whoever unlocks after this receipt must not find the goods that are paid.
    surface.desk().run(selling::next, _ -> {}, surface::trouble);
    beside.showPaid(sale);
    // First of all: the drawer opens with it, for the change.
    beside.papers().printOwed(sale.id());
    showReceipt(sale);
  }

  /** The change is still in somebody's hand: locked meanwhile, it is said to whoever unlocks. */
  private void showReceipt(CompletedSale sale) {
    unseen = sale;
    surface
        .desk()
        .run(
            () -> beside.paper(sale),
            paper -> showReceipt(sale, paper),
            failure -> {
              // What is to be given back is said whatever became of the paper.
              showReceipt(sale, List.of());
              surface.trouble(failure);
            });
  }

  private void showReceipt(CompletedSale sale, List<ReceiptLine> paper) {
    if (unseen != sale) {
      return;
    }
    if (cashier == null) {
      bar.person(surface.words().say("bar.locked"));
      return;
    }
    unseen = null;
    show(beside.receipt(sale, paper, this::nextCustomer));
    if (!sale.body().credits().isEmpty()) {
      refunds.showSlips();
    }
  }

  /** Runs this when nothing is being printed, off the screen's thread: the till has ended. */
  public void end(Runnable last) {
    leave();
    beside.papers().end(last);
  }

  /** Once a second: what did not come out is tried again. */
  public void attend(long nanos) {
    beside.attend(nanos);
  }

  /**
   * @param scan the first scan of the next sale, or empty
   */
  private void nextCustomer(String scan) {
    surface
        .desk()
        .run(
            selling::next,
            now -> {
              showSale(now);
              SellingController screen = onSale;
              if (screen != null && !scan.isEmpty()) {
                screen.scanned(scan);
              }
            },
            surface::trouble);
  }

  private Approvals atTill() {
    UUID user = cashier;
    if (user == null) {
      throw new IllegalStateException("nobody is at the till");
    }
    // Nobody agrees to what somebody asked for who has left since.
    return new Approvals(surface.attended(() -> user.equals(cashier)), approving, user);
  }

  private final class AfterRefund implements RefundDesk.Ways {
    @Override
    public void show(InHand giving) {
      TillController.this.show(giving);
    }

    @Override
    public void toSale(Running running) {
      showSale(running);
    }

    @Override
    public void settle(Running running) {
      kept = running;
      TillController.this.pay(running);
    }

    @Override
    public void done(CompletedSale sale) {
      TillController.this.paid(sale);
    }
  }

  private final class Exits implements SellingController.Exits {
    @Override
    public void refund(Running running) {
      refunds.open(running);
    }

    @Override
    public boolean other(KeyEvent key) {
      boolean hardware = key.isShortcutDown() && key.getCode() == KeyCode.H;
      boolean training = key.isShortcutDown() && key.getCode() == KeyCode.T;
      if (hardware) {
        TillController.this.hardware();
      } else if (training) {
        doors.training(atTill().cashier());
      }
      return hardware || training;
    }

    @Override
    public void pay(Running running) {
      TillController.this.pay(running);
    }

    @Override
    public void lock() {
      lock.run();
    }

    @Override
    public void drawer() {
      shifts.drawer();
    }

    @Override
    public void shift() {
      ShiftView open = shift;
      if (open != null) {
        shifts.shift(open);
      }
    }
  }

  /** What stands on the counter is real: nobody learns on it. */
  private void hardware() {
    if (device.ledger().enrolled().isTraining()) {
      surface.refuse(surface.words().say("training.hardware"));
      return;
    }
    beside.hardware(
        atTill(),
        () ->
            surface
                .desk()
                .run(
                    () -> {
                      tools.terminal().look();
                      return selling.running();
                    },
                    now -> showSale(now),
                    surface::trouble));
  }

  private final class AfterShift implements ShiftDesk.Exits {
    @Override
    public void hardware() {
      TillController.this.hardware();
    }

    @Override
    public void printAgain() {
      beside.papers().askWhichAgain();
    }

    @Override
    public void backToSale() {
      surface.desk().run(selling::running, now -> showSale(now), surface::trouble);
    }

    @Override
    public void closed() {
      shift = null;
      kept = null;
      bar.shift("");
      openShift();
    }

    @Override
    public void lock() {
      lock.run();
    }
  }
}
