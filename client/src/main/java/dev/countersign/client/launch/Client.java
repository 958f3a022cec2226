package dev.countersign.client.launch;

import dev.countersign.client.device.Hardware;
import dev.countersign.client.device.Post;
import dev.countersign.client.device.PrintFonts;
import dev.countersign.client.device.ReceiptPrinter;
import dev.countersign.client.device.SmtpPost;
import dev.countersign.client.flow.Approving;
import dev.countersign.client.flow.Counter;
import dev.countersign.client.flow.KeepingKeys;
import dev.countersign.client.flow.Locking;
import dev.countersign.client.flow.Mailing;
import dev.countersign.client.flow.Printing;
import dev.countersign.client.flow.Refunding;
import dev.countersign.client.flow.SettingUp;
import dev.countersign.client.flow.Unlocking;
import dev.countersign.client.flow.Wiping;
import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.keys.DeviceFolder.Title;
import dev.countersign.client.keys.PinVault;
import dev.countersign.client.keys.Remains;
import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.Enrolled;
import dev.countersign.client.ledger.NotPermittedException;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.sync.Enrolling;
import dev.countersign.client.sync.OfficeLine;
import dev.countersign.client.sync.OlderSales;
import dev.countersign.client.sync.Pause;
import dev.countersign.client.sync.Reserving;
import dev.countersign.client.sync.ServerConnection;
import dev.countersign.client.sync.ServerConnection.Patience;
import dev.countersign.client.sync.ServerShares;
import dev.countersign.client.sync.SyncLoop;
import dev.countersign.client.sync.SyncState;
import dev.countersign.client.terminal.CardTerminal;
import dev.countersign.client.ui.entry.EnrolController;
import dev.countersign.client.ui.entry.LockController;
import dev.countersign.client.ui.entry.ViewSheet;
import dev.countersign.client.ui.kit.Amounts;
import dev.countersign.client.ui.kit.Background;
import dev.countersign.client.ui.kit.Frame;
import dev.countersign.client.ui.kit.SheetLayer;
import dev.countersign.client.ui.kit.Speech;
import dev.countersign.client.ui.kit.StatusSheet;
import dev.countersign.client.ui.kit.Strip;
import dev.countersign.client.ui.kit.StripBar;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.SuspicionSheet;
import dev.countersign.client.ui.kit.SyncWords;
import dev.countersign.client.ui.kit.TopBar;
import dev.countersign.client.ui.kit.View;
import dev.countersign.client.ui.kit.Wardrobe;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.client.ui.office.OfficeController;
import dev.countersign.client.ui.till.CustomerWindow;
import dev.countersign.client.ui.till.PayTools;
import dev.countersign.client.ui.till.Peripherals;
import dev.countersign.client.ui.till.TillController;
import dev.countersign.common.change.SuspicionReported;
import dev.countersign.common.crypto.UuidV7;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.Environment;
import dev.countersign.common.protocol.FeedBody.TillRuleItem;
import dev.countersign.common.protocol.WipeOrder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

// Long because it is the one place where all parts of a window are put together.
/**
 * The whole client on one window. Every part is made here and handed to the ones that need it;
 * whether it is a till or an office is what the server made of this device.
 *
 * <p>Methods belong to the screen's thread unless they say otherwise; {@link #close} may block.
 */
public final class Client implements AutoCloseable {
  private final Machine machine;
  private final Stage stage;
  private final ViewFile viewFile;
  private final Speech speech;
  private final Surface surface;
  private final TopBar bar;
  private final Frame frame;
  private final Scene scene;
  private final @Nullable Environment environment;
  private final DeviceFolder folder;
  private final PinVault vault;
  private final OpenDevice.Surroundings around;
  private final Wiping wiping;
  private final WipeDesk wiped;
  private final Unlocking unlocking;
  private final Locking locking;
  private final KeyDesk keys;
  private final TrainingDesk training;
  private final CustomerWindow display;
  private final Timeline ticking;

  /** From here on the store may be closed under whoever would still read it. */
  private volatile boolean closing;

  private View view;
  private @Nullable EnrolController enrolment;
  private volatile @Nullable OpenDevice device;
  private volatile @Nullable SyncLoop sync;
  private volatile @Nullable OfficeLine line;
  private @Nullable TillController till;
  private @Nullable Counter counter;
  private @Nullable OfficeController office;
  private boolean inside;

  private @Nullable UUID person;
  private boolean reportNext;
  private String environmentWord = "";

  /** Builds the window on this stage; {@link #start} shows it. */
  public Client(Options options, Machine machine, Stage stage) {
    this.machine = machine;
    this.stage = stage;
    this.environment = options.environment();
    this.folder = new DeviceFolder(options.folder());
    this.viewFile = new ViewFile(options.folder(), machine.locale());
    this.view = viewFile.read().with(options.view());
    Wardrobe.lay(view.look());
    this.speech = new Speech(view.language());
    Words kit = Words.beside(Surface.class, speech);
    Amounts amounts = new Amounts(speech, this::zone);
    Background desk = new Background(machine.worker(), machine.screen());
    StripBar strip = new StripBar(kit);
    SheetLayer sheets = new SheetLayer();
    this.surface = new Surface(kit, kit, amounts, desk, strip, sheets, machine.sounds());
    this.bar = new TopBar(new SyncWords(kit, amounts), this::openStatus);
    this.locking = new Locking(machine.nanos(), this::lockAfter);
    this.frame = new Frame(surface, strip, sheets, bar, machine.nanos(), locking::touch);
    this.scene = Wardrobe.dressed(frame.root(), view, options.width(), options.height());
    frame.touchTyping(view.typing());
    frame.listen(scene);
    scene.addEventFilter(KeyEvent.KEY_PRESSED, this::noticed);
    this.around = new OpenDevice.Surroundings(machine.clock(), machine.nanos(), machine.random());
    this.vault =
        new PinVault(folder, machine.chest(), machine.clock(), machine.random(), machine.cost());
    Remains remains = new Remains(folder);
    this.wiping =
        new Wiping(
            vault,
            remains,
            head -> new ServerConnection(head.server(), head.pin(), Patience.usual()),
            machine.clock(),
            machine.random());
    this.wiped = new WipeDesk(surface, frame, wiping, remains, this::enrol);
    this.unlocking =
        new Unlocking(folder, vault, around, new ServerShares(Patience.usual()), this::opened);
    this.keys = new KeyDesk(surface, vault, unlocking, machine.nanos(), options.newKey());
    this.display =
        new CustomerWindow(surface.speaking(TillController.class).words(), () -> this.view, stage);
    this.training =
        new TrainingDesk(surface, folder, around, new Trainers(), this::mark, this::isHere);
    this.ticking = new Timeline(new KeyFrame(javafx.util.Duration.seconds(1), _ -> tick()));
    ticking.setCycleCount(Animation.INDEFINITE);
  }

  /** Shows the window with its first screen, soon. */
  public void start() {
    stage.setScene(scene);
    stage.setTitle("Countersign");
    training.sweep();
    if (wiped.isWiped()) {
      wiped.show();
    } else if (folder.hasPins()) {
      showTitle();
      askPin();
    } else {
      enrol();
    }
    tick();
    ticking.play();
    // Behind what the screen reads first: so it is dressed, laid out and painted once.
    surface.desk().run(() -> stage, Stage::show, surface::trouble);
  }

  public Scene scene() {
    return scene;
  }

  /** The device, once somebody has unlocked it. */
  public Optional<OpenDevice> device() {
    return Optional.ofNullable(device);
  }

  /** What sends and fetches, once somebody has unlocked. */
  public Optional<SyncLoop> sync() {
    return Optional.ofNullable(sync);
  }

  /** Stops sending, then closes the store. */
  @Override
  public void close() {
    closing = true;
    SyncLoop loop = sync;
    if (loop != null) {
      loop.close();
    }
    OfficeLine toServer = line;
    if (toServer != null) {
      toServer.close();
    }
    training.close();
    unlocking.close();
    machine.screen().execute(ticking::stop);
  }

  private void enrol() {
    Enrolling enrolling =
        new Enrolling(
            ticket -> new ServerConnection(ticket.server(), ticket.pin(), Patience.usual()),
            machine.random(),
            environment);
    EnrolController screen =
        new EnrolController(
            surface.speaking(EnrolController.class),
            new SettingUp(enrolling, folder, vault, around),
            machine.screen(),
            unlocking::adopt,
            this::entered,
            this::changeView);
    enrolment = screen;
    bar.place("Countersign", "");
    frame.show(screen, true);
  }

  /** Any thread: ends sending, carries the order out, and says what became of it. */
  private void wipe(WipeOrder order) {
    machine
        .screen()
        .execute(
            () -> {
              inside = false;
              training.end();
              till = null;
              endOffice();
              wiped.show(() -> carryOut(order));
            });
  }

  private Remains.Wiped carryOut(WipeOrder order) throws IOException {
    OpenDevice open = device;
    SyncLoop loop = sync;
    if (open == null || loop == null) {
      throw new IOException("the device is closed");
    }
    loop.close();
    sync = null;
    try {
      return wiping.wipe(open, order);
    } finally {
      device = null;
      unlocking.close();
    }
  }

  /** On any screen behind the lock, as long as nothing else is asked on it. */
  private void noticed(KeyEvent key) {
    UUID here = person;
    boolean free = inside && !surface.sheets().isOpen();
    if (key.getCode() == KeyCode.F11 && !key.isConsumed() && free && here != null) {
      key.consume();
      report(here);
    }
  }

  /** What somebody noticed is real also where they learn: it goes into the real ledger. */
  private void report(UUID user) {
    reportNext = false;
    OpenDevice real = device;
    if (real != null) {
      SuspicionSheet.open(surface, (kind, note) -> report(real, user, kind, note));
    }
  }

  private void report(OpenDevice real, UUID user, SuspicionReported.Kind kind, String note) {
    surface
        .desk()
        .run(
            () -> {
              Actor actor = new Actor(user, null, machine.clock().instant());
              real.ledger().reportSuspicion(actor, kind, note);
              return kind;
            },
            reported -> SuspicionSheet.next(surface, reported),
            surface::trouble);
  }

  private void askPin() {
    inside = false;
    reportNext = false;
    keys.locked();
    frame.show(
        new LockController(
            surface.speaking(LockController.class),
            unlocking,
            this::entered,
            this::changeView,
            training::toggle,
            () -> reportNext = true),
        true);
  }

  private void changeView() {
    ViewSheet.open(surface.speaking(ViewSheet.class), view, this::wear);
  }

  /** Nobody is inside while this is chosen: what they see next is made in the new language. */
  private void wear(View chosen) {
    view = chosen;
    viewFile.remember(chosen);
    speech.change(chosen.language());
    Wardrobe.dress(scene, chosen);
    frame.touchTyping(chosen.typing());
    endOffice();
    if (enrolment != null) {
      enrol();
    } else {
      OpenDevice open = device;
      SyncLoop loop = sync;
      if (open == null || loop == null) {
        showTitle();
      } else {
        Enrolled enrolled = open.ledger().enrolled();
        place(enrolled.storeName(), enrolled.registerName(), enrolled.environment());
        shown(loop.state());
        atTill(open).leave();
      }
      askPin();
    }
    changeView();
  }

  private void showTitle() {
    surface
        .desk()
        .run(
            folder::title,
            (Title title) -> place(title.store(), title.register(), title.environment()),
            surface::trouble);
  }

  /** The store has been opened, on whatever thread: sending begins and goes on while locked. */
  private void opened(OpenDevice open) {
    // Before the device is seen: the keys of a long pause are not put away again at once.
    keys.opened();
    device = open;
    Enrolled enrolled = open.ledger().enrolled();
    SyncLoop loop =
        new SyncLoop(
            open,
            ServerConnection.believing(enrolled.server(), open.keys().pins(), Patience.usual()),
            new SyncLoop.Surroundings(
                machine.clock(),
                machine.nanos(),
                machine.random(),
                Pause.real(),
                items -> machine.screen().execute(() -> progress(items)),
                SyncLoop.Rhythm.usual()));
    sync = loop;
    loop.addContact(new KeepingKeys(open, vault, unlocking, this::lock));
    loop.onWipe(this::wipe);
    loop.addListener(state -> machine.screen().execute(() -> shown(state)));
    machine
        .screen()
        .execute(
            () -> {
              place(enrolled.storeName(), enrolled.registerName(), enrolled.environment());
              shown(loop.state());
            });
    loop.start();
  }

  private void place(String store, String register, String environmentWord) {
    this.environmentWord = environmentWord;
    mark();
    bar.place(store, register.isEmpty() ? "" : surface.kit().say("bar.register", register));
  }

  /** What is not for real business says so, whatever is shown. */
  private void mark() {
    boolean learning = training.isOn();
    String words = surface.environmentUnlessReal(learning ? Enrolled.TRAINING : environmentWord);
    bar.environment(words);
    frame.training(learning);
    display.mark(learning ? words : "");
  }

  private void progress(long items) {
    EnrolController screen = enrolment;
    if (screen != null) {
      screen.progress(items);
    }
  }

  private void shown(SyncState state) {
    bar.sync(state);
    OfficeController desk = office;
    if (desk != null) {
      desk.sync(state);
    }
  }

  private void entered(OpenDevice open, UUID user) {
    if (!open.equals(device)) {
      // The keys were put away while this PIN was being looked at.
      askPin();
      return;
    }
    enrolment = null;
    person = user;
    locking.touch();
    keys.entered();
    if (open.ledger().enrolled().kind() == DeviceKind.OFFICE) {
      enterOffice(open, user);
    } else {
      inside = true;
      if (training.isOn()) {
        learn(open, user);
      } else {
        tillOf(open).enter(user);
      }
      if (reportNext) {
        // Behind what brings the till's screen, which closes every sheet.
        surface.desk().run(() -> user, this::report, surface::trouble);
      }
      if (open.grants().isOver(PermissionKey.SALE_RETURN, machine.clock().instant())) {
        surface.strip().say(Strip.Tone.WARN, surface.kit().say("lease.over"), "");
      }
    }
  }

  private void learn(OpenDevice open, UUID user) {
    TillController real = tillOf(open);
    real.leave();
    training.enter(
        open,
        user,
        () -> {
          if (isHere(user)) {
            real.enter(user);
          }
        });
  }

  /** Whether this person is at the till, and has not locked since. */
  private boolean isHere(UUID user) {
    return inside && user.equals(person);
  }

  /** The till that is worked at now: the real one, or the one that somebody learns on. */
  private TillController atTill(OpenDevice open) {
    return training.till().orElseGet(() -> tillOf(open));
  }

  private TillController tillOf(OpenDevice open) {
    TillController made = till;
    if (made == null) {
      made =
          tillOver(
              open,
              counterOf(open),
              setup -> new SmtpPost(setup, machine.clock()),
              question -> ask(open, question),
              () -> terminalOf(open),
              () -> Optional.ofNullable(sync).map(SyncLoop::reserving),
              user -> learn(open, user));
      Runnable changed = made.catalogueChanged();
      open.replica().addListener(() -> machine.screen().execute(changed));
      till = made;
    }
    return made;
  }

  /** What stands on this counter, for every till that is worked at it. */
  private Counter counterOf(OpenDevice real) {
    Counter made = counter;
    if (made == null) {
      made =
          new Counter(
              real.hardware(),
              real.settings()::receiptLogo,
              speech::locale,
              PrintFonts::bundled,
              machine.nanos());
      counter = made;
    }
    return made;
  }

  /** The one that the command line names goes before the one that is set up. */
  private Optional<CardTerminal> terminalOf(OpenDevice real) {
    CardTerminal named = machine.terminal();
    return named == null ? counterOf(real).terminal() : Optional.of(named);
  }

  /**
   * The screens of a till over this device.
   *
   * @param turn to a till to learn on, or back from it
   */
  private TillController tillOver(
      OpenDevice on,
      Counter here,
      Function<Hardware.Mail, Post> posts,
      Refunding.Elsewhere elsewhere,
      Supplier<Optional<CardTerminal>> terminal,
      Supplier<Optional<Reserving>> reserving,
      Consumer<UUID> turn) {
    ReceiptPrinter printer = machine.printer();
    Printing printing = new Printing(on, here::words, printer == null ? here : printer);
    return new TillController(
        surface.speaking(TillController.class),
        frame,
        bar,
        on,
        storeClock(on),
        new Peripherals(
            printing, here, new Mailing(on.mail(), here, printing::receipt, posts), display),
        new Approving(unlocking, on),
        elsewhere,
        new PayTools(
            on.purse(),
            terminal,
            new UuidV7(machine.clock(), machine.random())::next,
            reserving,
            surface.desk()),
        new TillController.Doors() {
          @Override
          public void lock() {
            Client.this.lock();
          }

          @Override
          public void training(UUID user) {
            turn.accept(user);
          }
        });
  }

  /** A till to learn on reaches nobody: no server, no mail, no card. */
  private final class Trainers implements TrainingDesk.Maker {
    @Override
    public TillController till(OpenDevice learning, @Nullable CardTerminal terminal) {
      return tillOver(
          learning,
          counterOf(device().orElseThrow()),
          _ -> _ -> new Post.Outcome.Sent(),
          _ -> new OlderSales.Outcome.NotThere(),
          () -> Optional.ofNullable(terminal),
          Optional::empty,
          user -> {
            training.end();
            device().ifPresent(real -> tillOf(real).enter(user));
          });
    }

    @Override
    public void note(OpenDevice real, UUID user, UUID training, boolean begun) {
      Actor actor = new Actor(user, null, machine.clock().instant());
      real.ledger().noteTraining(actor, training, begun);
    }

    @Override
    public boolean asksTerminal() {
      return terminalOf(device().orElseThrow()).isPresent();
    }
  }

  /** On a connection of its own: it is asked for seldom, and at most once at a time. */
  private static OlderSales.Outcome ask(
      OpenDevice open, Function<OlderSales, OlderSales.Outcome> question) {
    Enrolled enrolled = open.ledger().enrolled();
    try (ServerConnection connection =
        ServerConnection.believing(enrolled.server(), open.keys().pins(), Patience.usual())) {
      return question.apply(new OlderSales(connection, open.ledger(), open.outbox()::sign));
    }
  }

  private void enterOffice(OpenDevice open, UUID user) {
    Clock clock = storeClock(open);
    surface
        .desk()
        .run(
            () -> {
              OfficeController.require(open, user, clock);
              return user;
            },
            _ -> {
              inside = true;
              showOffice(open, user, clock);
            },
            failure -> {
              if (failure instanceof NotPermittedException) {
                askPin();
              }
              surface.trouble(failure);
            });
  }

  private void showOffice(OpenDevice open, UUID user, Clock clock) {
    OfficeController made = office;
    if (made == null) {
      Enrolled enrolled = open.ledger().enrolled();
      made =
          new OfficeController(
              surface.speaking(OfficeController.class).attended(() -> inside),
              open,
              lineOf(open, enrolled),
              clock,
              this::lock,
              this::openStatus);
      OfficeController shown = made;
      open.replica().addListener(() -> machine.screen().execute(shown::refresh));
      // A sheet of rights comes after the feed that named the change.
      open.users().addListener(() -> machine.screen().execute(shown::refresh));
      office = made;
    }
    SyncLoop loop = sync;
    if (loop != null) {
      made.sync(loop.state());
    }
    made.entered(user);
    frame.show(made, false);
  }

  private OfficeLine lineOf(OpenDevice open, Enrolled enrolled) {
    OfficeLine made =
        new OfficeLine(
            ServerConnection.believing(enrolled.server(), open.keys().pins(), Patience.usual()),
            enrolled,
            open.outbox()::sign);
    line = made;
    return made;
  }

  /** Nobody is at the office any more, and it talks to the server with no key. */
  private void endOffice() {
    OfficeController desk = office;
    office = null;
    if (desk != null) {
      desk.leave();
    }
    OfficeLine toServer = line;
    line = null;
    if (toServer != null) {
      toServer.close();
    }
  }

  /** Asks for a PIN again; the sale in hand is kept. Any thread. */
  public void lock() {
    machine.screen().execute(this::lockNow);
  }

  private void lockNow() {
    OfficeController desk = office;
    if (desk != null) {
      desk.leave();
    }
    TillController here = training.till().orElse(till);
    if (here != null) {
      here.leave();
    }
    surface.strip().clear();
    askPin();
  }

  private void openStatus() {
    OpenDevice open = device;
    SyncLoop loop = sync;
    if (open != null && loop != null) {
      surface
          .desk()
          .run(
              () -> open.books().needsManager(),
              verdicts ->
                  StatusSheet.open(
                      surface, loop.state(), verdicts, keys.sentence(), loop::retryNow),
              surface::trouble);
    }
  }

  private void tick() {
    if (closing) {
      return;
    }
    bar.clock(surface.amounts().time(machine.clock().instant()));
    if (inside && locking.isDue()) {
      lockNow();
    }
    TillController here = training.till().orElse(till);
    if (here != null) {
      here.attend(machine.nanos().getAsLong());
    }
    OpenDevice open = device;
    SyncLoop loop = sync;
    if (open != null && loop != null && !inside) {
      forgetWhenDue(open.settings().tillRule(), loop);
    }
  }

  private void forgetWhenDue(TillRuleItem rule, SyncLoop loop) {
    if (!keys.isDue(rule, loop.state())) {
      return;
    }
    training.end();
    device = null;
    sync = null;
    till = null;
    counter = null;
    endOffice();
    keys.forget(rule, loop::close);
  }

  private Duration lockAfter() {
    OpenDevice open = device;
    return open == null
        ? Duration.ZERO
        : Duration.ofSeconds(open.settings().current().lockAfterSeconds());
  }

  private ZoneId zone() {
    OpenDevice open = device;
    return open == null ? machine.clock().getZone() : open.settings().zone();
  }

  private Clock storeClock(OpenDevice open) {
    return machine.clock().withZone(open.settings().zone());
  }
}
