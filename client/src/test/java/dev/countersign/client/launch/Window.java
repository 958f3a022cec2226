package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.chest.KeyStores;
import dev.countersign.client.device.NoPrinter;
import dev.countersign.client.device.PrintOutcome;
import dev.countersign.client.device.Receipt;
import dev.countersign.client.device.ReceiptPrinter;
import dev.countersign.client.device.Slip;
import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.keys.DeviceFolder.Title;
import dev.countersign.client.keys.FileKeyChest;
import dev.countersign.client.keys.Pin;
import dev.countersign.client.keys.PinVault;
import dev.countersign.client.ledger.Enrolled;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.terminal.CardTerminal;
import dev.countersign.client.terminal.SimulatedTerminal;
import dev.countersign.client.terminal.TcpTerminal;
import dev.countersign.client.terminal.TcpTerminal.Patience;
import dev.countersign.client.ui.kit.Language;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.client.ui.kit.Sounds;
import dev.countersign.client.ui.kit.TextSize;
import dev.countersign.client.ui.kit.TouchTyping;
import dev.countersign.client.ui.kit.View;
import dev.countersign.common.crypto.Argon2Cost;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.Enrolment.FirstUser;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.event.EventType;
import javafx.geometry.Dimension2D;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination.Modifier;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

// Long because it is the whole of what a person can do at the window, in one place.
/** The whole client on a headless window, worked as a person and a scanner work it. */
public final class Window implements AutoCloseable {
  public static final String PIN = "2580";
  public static final Instant MORNING = Instant.parse("2026-11-21T08:02:00Z");

  private static final UUID EPOCH = Shelf.id("epoch");

  public final TestClock clock = new TestClock(MORNING);
  private final Path directory;
  private Client client;
  private ReceiptPrinter printer = new NoPrinter();
  private @Nullable Language language = Language.ENGLISH;
  private @Nullable TextSize text = TextSize.USUAL;
  private @Nullable TouchTyping typing;
  private @Nullable CardTerminal terminal;
  private Currency currency = Currency.getInstance("USD");

  /** What a test has let pass, on the clock that only runs forward. */
  private volatile long passed;

  /** What is asked for in the background waits for this. */
  private volatile CountDownLatch gate = new CountDownLatch(0);

  private final AtomicInteger working = new AtomicInteger();

  /** What has come of it waits for this. */
  private volatile @Nullable List<Runnable> heldAnswers;

  /** While a code is sent: a busy machine must not make a slow typist of the scanner. */
  private volatile long held;

  public Window(Path directory) {
    this.directory = directory;
  }

  /** With a card terminal beside it. */
  public Window charging(SimulatedTerminal other) {
    Patience patience = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(30));
    terminal = TcpTerminal.at(other.address(), patience);
    return this;
  }

  public Window printingOn(ReceiptPrinter other) {
    printer = other;
    return this;
  }

  /** With letters on its screen. */
  public Window typing(TouchTyping other) {
    typing = other;
    return this;
  }

  /** On a printer that prints receipts alone; they lie here. */
  public Window printingInto(List<Receipt> receipts) {
    return printingOn(
        receipt -> {
          receipts.add(receipt);
          return new PrintOutcome.Printed(true);
        });
  }

  /** On a printer whose papers lie here. */
  public Window printingInto(List<Receipt> receipts, List<Slip> slips) {
    return printingOn(
        new ReceiptPrinter() {
          @Override
          public PrintOutcome print(Receipt receipt) {
            receipts.add(receipt);
            return new PrintOutcome.Printed(true);
          }

          @Override
          public PrintOutcome print(Slip slip) {
            slips.add(slip);
            return new PrintOutcome.Printed(true);
          }
        });
  }

  /** Its shop takes this money. */
  public Window dealingIn(Currency other) {
    currency = other;
    return this;
  }

  /** Receipts go where the hardware page says. */
  public Window asSetUp() {
    printer = null;
    return this;
  }

  /** Makes an enrolled device whose server answers nobody, with the shelf as its snapshot. */
  public Window enrolled(DeviceKind kind, int lockAfterSeconds) throws Exception {
    return enrolled(kind, lockAfterSeconds, List.of());
  }

  /** As {@link #enrolled(DeviceKind, int)}, with more items in the snapshot. */
  public Window enrolled(DeviceKind kind, int lockAfterSeconds, List<FeedItem> more)
      throws Exception {
    SecureRandom random = new SecureRandom();
    var folder = new DeviceFolder(directory.resolve("device"));
    var vault =
        new PinVault(
            folder, new FileKeyChest(directory.resolve("chest")), clock, random, Argon2Cost.FLOOR);
    var title = new Title("Central City Liquor", "Central City Liquor", "R2", "production");
    boolean till = kind == DeviceKind.TILL;
    try (SigningKey device = SigningKey.generate(random);
        SigningKey server = SigningKey.generate(random);
        SigningKey log = SigningKey.generate(random);
        Pin pin = Pin.typed(PIN.toCharArray());
        var keys = vault.create(title, Shelf.FIRST_USER, "Ama K.", pin)) {
      vault.addUser(keys.inner(), Shelf.SECOND_USER, "Kofi B.", pin);
      vault.addUser(keys.inner(), Shelf.MANAGER, "Esi L.", pin);
      Enrolled enrolled =
          new Enrolled(
              Shelf.id("tenant"),
              Shelf.id("device"),
              kind,
              Shelf.id("store"),
              till ? Shelf.id("register") : null,
              till ? "R2" : "",
              "production",
              "Till 2",
              "Central City Liquor",
              "Central City Liquor",
              till ? "R2" : "",
              currency,
              "https://127.0.0.1:1",
              null,
              server.verifyKey(),
              new LogKey("shelf.example/log", log.verifyKey()).text());
      try (OpenDevice open =
          OpenDevice.enrol(
              folder,
              keys.database(),
              enrolled,
              device,
              EPOCH,
              new FirstUser(Shelf.FIRST_USER, "Ama K.", Role.CASHIER.name()),
              new OpenDevice.Surroundings(clock, System::nanoTime, random))) {
        List<FeedItem> items = new ArrayList<>(Shelf.items(lockAfterSeconds));
        items.removeIf(item -> more.stream().anyMatch(one -> one.id().equals(item.id())));
        items.addAll(more);
        open.replica()
            .replaceAll(new FeedPage(EPOCH, items.size(), false, List.of()), items.iterator());
      }
    }
    return this;
  }

  /** Opens the window in another language, or with larger text; null for what it remembers. */
  public Window speaking(@Nullable Language other, @Nullable TextSize size) {
    language = other;
    text = size;
    return this;
  }

  /** Opens the window. */
  public Window open(Look look, double width, double height) throws Exception {
    FxToolkit.registerPrimaryStage();
    Options options =
        new Options(
            directory.resolve("device"),
            directory.resolve("chest"),
            KeyStores.Wish.FILE,
            false,
            new View.Wish(language, look, text, typing),
            width,
            height,
            null,
            null,
            null);
    Machine machine =
        new Machine(
            clock,
            () -> held == 0 ? nanos() : held,
            new SecureRandom(),
            () -> Argon2Cost.FLOOR,
            new FileKeyChest(options.chest()),
            printer,
            terminal,
            Sounds.silent(),
            Locale.ENGLISH,
            this::work,
            this::answer);
    onScreen(
        () -> {
          Stage stage = new Stage();
          client = new Client(options, machine, stage);
          client.start();
          return stage;
        });
    settle();
    return this;
  }

  private long nanos() {
    return System.nanoTime() + passed;
  }

  private void work(Runnable piece) {
    CountDownLatch before = gate;
    working.incrementAndGet();
    Thread.startVirtualThread(
        () -> {
          try {
            before.await();
            piece.run();
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          } finally {
            working.decrementAndGet();
          }
        });
  }

  private void answer(Runnable piece) {
    Platform.runLater(
        () -> {
          List<Runnable> held = heldAnswers;
          if (held == null) {
            piece.run();
          } else {
            held.add(piece);
          }
        });
  }

  /** What was asked for in the background is done, and reaches the screen when this is run. */
  public Runnable holdAnswers() {
    onScreen(() -> heldAnswers = new ArrayList<>());
    return () ->
        onScreen(
            () -> {
              List<Runnable> held = Objects.requireNonNull(heldAnswers);
              heldAnswers = null;
              held.forEach(Runnable::run);
              return held.size();
            });
  }

  /** Lets time pass, on both clocks, and waits until the window has noticed. */
  public void pass(Duration time) {
    passed += time.toNanos();
    clock.forward(time);
    await(() -> sees(LocalTime.ofInstant(clock.instant(), ZoneOffset.UTC).toString()));
  }

  /** What is asked for in the background from now on waits until the answer is run. */
  public Runnable holdBack() {
    CountDownLatch closed = new CountDownLatch(1);
    gate = closed;
    return () -> {
      gate = new CountDownLatch(0);
      closed.countDown();
    };
  }

  /** What is asked for from now on is not held back any more; what was goes on waiting. */
  public void goOn() {
    gate = new CountDownLatch(0);
  }

  public Window open() throws Exception {
    return open(Look.LIGHT, 1024, 768);
  }

  public Scene scene() {
    return client.scene();
  }

  public Client client() {
    return client;
  }

  public OpenDevice device() {
    return client.device().orElseThrow();
  }

  /** Chooses a face and types the PIN. */
  public Window unlock(String name) {
    await(() -> find(name) != null);
    click(name);
    type(PIN);
    press(KeyCode.ENTER);
    return this;
  }

  /** Unlocks and opens a shift with a float of 100.00 when none is open. */
  public Window atTheCounter() {
    unlock("Ama K.");
    await(() -> sees("Open shift") || sees("Ready for the next customer"));
    if (sees("Open shift")) {
      type("10000");
      press(KeyCode.ENTER);
      await(() -> sees("Ready for the next customer"));
    }
    return this;
  }

  /** Types as a person does: with a pause between the keys that no scanner makes. */
  public void type(String text) {
    for (int i = 0; i < text.length(); i++) {
      pause();
      fire(text.substring(i, i + 1));
    }
  }

  /** Sends a code as a scanner does: at once, with Enter behind it. */
  public void scan(String code) {
    pause();
    onScreen(
        () -> {
          held = nanos();
          for (int i = 0; i < code.length(); i++) {
            fireNow(code.substring(i, i + 1));
          }
          keyNow(KeyCode.ENTER);
          held = 0;
          return code;
        });
    settle();
  }

  public void press(KeyCode code, Modifier... modifiers) {
    pause();
    boolean control = modifiers.length > 0;
    onScreen(
        () -> {
          Node target = target();
          target.fireEvent(
              new KeyEvent(
                  KeyEvent.KEY_PRESSED, "", "", code, false, control, false, control && isMac()));
          release(code);
          return code;
        });
    settle();
  }

  /** A key that is pressed twice before anything that it asked for is done. */
  public void twice(KeyCode code) {
    pause();
    onScreen(
        () -> {
          for (int i = 0; i < 2; i++) {
            target()
                .fireEvent(
                    new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
            release(code);
          }
          return code;
        });
    settle();
  }

  /** A key that stays down: it comes again and again, and is let go of at the end. */
  public void hold(KeyCode code, int times) {
    pause();
    onScreen(
        () -> {
          for (int i = 0; i < times; i++) {
            target()
                .fireEvent(
                    new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
          }
          return code;
        });
    settle();
    onScreen(
        () -> {
          release(code);
          return code;
        });
  }

  /** Presses the button that says this, in its text or to a screen reader. */
  public void click(String text) {
    ButtonBase button = Objects.requireNonNull(button(text), () -> "no button " + text);
    onScreen(
        () -> {
          button.fire();
          return text;
        });
    settle();
  }

  /** A finger comes down in the text field with this name, or a mouse does. */
  public void press(String field, boolean finger) {
    Node text =
        onScreen(
            () ->
                scene().getRoot().lookupAll("*").stream()
                    .filter(TextInputControl.class::isInstance)
                    .filter(Window::shown)
                    .filter(each -> field.equals(each.getAccessibleText()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no field " + field)));
    press(text, finger);
  }

  /**
   * As {@link #click}, but with all that a finger or a mouse does: it comes down and is lifted, and
   * the button hears of it last.
   */
  public void pressButton(String text, boolean finger) {
    press(Objects.requireNonNull(button(text), () -> "no button " + text), finger);
  }

  /** A finger comes down on a text that is no button, and is lifted. */
  public void touchText(String text) {
    Node node = Objects.requireNonNull(find(text), () -> "no text " + text);
    press(node, true);
    send(node, MouseEvent.MOUSE_CLICKED, true);
  }

  private void press(Node node, boolean finger) {
    send(node, MouseEvent.MOUSE_PRESSED, finger);
    send(node, MouseEvent.MOUSE_RELEASED, finger);
  }

  private void send(Node node, EventType<MouseEvent> type, boolean finger) {
    onScreen(
        () -> {
          node.fireEvent(pressed(node, type, finger));
          return node;
        });
    settle();
  }

  static MouseEvent pressed(Node node, EventType<MouseEvent> type, boolean finger) {
    Point2D at = node.localToScene(4, 4);
    return new MouseEvent(
        type,
        at.getX(),
        at.getY(),
        at.getX(),
        at.getY(),
        MouseButton.PRIMARY,
        1,
        false,
        false,
        false,
        false,
        type == MouseEvent.MOUSE_PRESSED,
        false,
        false,
        finger,
        false,
        true,
        new PickResult(node, at.getX(), at.getY()));
  }

  /** Touches the keys of the keyboard on the screen that write this, one after the other. */
  public void touch(String keys) {
    keys.codePoints().forEach(key -> touchKey(key == ' ' ? "Space" : Character.toString(key)));
  }

  /** Touches the key of the keyboard on the screen that has this name. */
  public void touchKey(String name) {
    Node touched =
        onScreen(
            () ->
                scene().getRoot().lookupAll(".letter").stream()
                    .filter(key -> key.getAccessibleText().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no key " + name)));
    press(touched, true);
  }

  /** The whole of the text that holds this. */
  public String textWith(String part) {
    return Objects.requireNonNull(find(part), part).getText();
  }

  /** Whether this text stands anywhere on the window. */
  public boolean sees(String text) {
    return find(text) != null;
  }

  public void awaitText(String text) {
    await(() -> sees(text));
  }

  public String seen() {
    return onScreen(
        () ->
            labels()
                .map(Labeled::getText)
                .filter(t -> t != null && !t.isBlank())
                .reduce("", (a, b) -> a + " | " + b));
  }

  /** Waits until something is so; fails with what was on the screen. */
  public void await(BooleanSupplier condition) {
    try {
      WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> condition.getAsBoolean());
    } catch (TimeoutException e) {
      throw new AssertionError("not within 20 seconds; on the screen: " + seen(), e);
    }
    settle();
  }

  /** Until what was asked for in the background stands on the screen. */
  public void settle() {
    WaitForAsyncUtils.waitForFxEvents(3);
  }

  /** Waits until what was asked for in the background, and what that led to, is on the screen. */
  public void calm() {
    for (int i = 0; i < 4; i++) {
      await(() -> working.get() == 0);
      settle();
    }
  }

  public <T> T onScreen(Callable<T> work) {
    return WaitForAsyncUtils.waitForAsyncFx(20_000, work);
  }

  public void reopen() throws Exception {
    close();
    open();
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
      onScreen(
          () -> {
            client.scene().getWindow().hide();
            return client;
          });
    }
  }

  private Stream<Labeled> labels() {
    return scene().getRoot().lookupAll("*").stream()
        .filter(Labeled.class::isInstance)
        .map(Labeled.class::cast)
        .filter(Window::shown);
  }

  static boolean shown(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (!at.isVisible()) {
        return false;
      }
    }
    return node.getScene() != null;
  }

  private Labeled find(String text) {
    return onScreen(
        () ->
            labels()
                .filter(l -> l.getText() != null && l.getText().contains(text))
                .findFirst()
                .orElse(null));
  }

  private ButtonBase button(String text) {
    return onScreen(
        () ->
            scene().getRoot().lookupAll("*").stream()
                .filter(ButtonBase.class::isInstance)
                .map(ButtonBase.class::cast)
                .filter(Window::shown)
                .filter(
                    b ->
                        text.equals(b.getText())
                            || (b.getAccessibleText() != null
                                && b.getAccessibleText().startsWith(text)))
                .findFirst()
                .orElse(null));
  }

  private void fire(String character) {
    onScreen(
        () -> {
          fireNow(character);
          return character;
        });
    settle();
  }

  private void fireNow(String character) {
    target()
        .fireEvent(
            new KeyEvent(
                KeyEvent.KEY_TYPED, character, "", KeyCode.UNDEFINED, false, false, false, false));
  }

  private void release(KeyCode code) {
    target()
        .fireEvent(new KeyEvent(KeyEvent.KEY_RELEASED, "", "", code, false, false, false, false));
  }

  private void keyNow(KeyCode code) {
    target()
        .fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
    target()
        .fireEvent(
            new KeyEvent(
                KeyEvent.KEY_TYPED, "\r", "", KeyCode.UNDEFINED, false, false, false, false));
    release(code);
  }

  private Node target() {
    Node owner = scene().getFocusOwner();
    return owner == null ? scene().getRoot() : owner;
  }

  private static boolean isMac() {
    return System.getProperty("os.name").startsWith("Mac");
  }

  /** Longer than a scanner ever waits: what comes next is a person's key. */
  private void pause() {
    passed += Duration.ofMillis(60).toNanos();
  }

  /** Fails when something is cut off, outside the window or too small for a finger. */
  public void assertFits() {
    List<String> defects =
        onScreen(
            () -> {
              Scene scene = scene();
              // A text that was set a moment ago is drawn with the next pulse, and not before.
              scene.getRoot().applyCss();
              scene.getRoot().layout();
              return Fit.defects(scene, new Dimension2D(scene.getWidth(), scene.getHeight()));
            });
    assertThat(defects).isEmpty();
  }

  /** Fails if this is not seen at once. */
  public void assertSees(String text) {
    assertThat(seen()).contains(text);
  }
}
