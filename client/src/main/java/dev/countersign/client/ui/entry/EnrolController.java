package dev.countersign.client.ui.entry;

import dev.countersign.client.flow.SettingUp;
import dev.countersign.client.flow.SettingUp.Chosen;
import dev.countersign.client.keys.FolderKeys;
import dev.countersign.client.keys.Pin;
import dev.countersign.client.ledger.Enrolled;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.sync.EnrolOutcome;
import dev.countersign.client.sync.EnrolmentResult;
import dev.countersign.client.ui.entry.EnrolView.Step;
import dev.countersign.client.ui.kit.PinEntry;
import dev.countersign.client.ui.kit.Screen;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Trouble;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.protocol.Environment;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.Parent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/** Makes this installation a device, from the pasted code to the first products. */
public final class EnrolController implements Screen {
  private final Surface surface;
  private final Words words;
  private final SettingUp settingUp;
  private final Executor screen;
  private final BiConsumer<OpenDevice, FolderKeys> made;
  private final BiConsumer<OpenDevice, UUID> ready;
  private final Runnable changeView;
  private final EnrolView view;
  private final PinEntry first;
  private final PinEntry again;
  private @Nullable EnrolmentResult result;
  private boolean firstIsComplete;
  private boolean working;
  private boolean done;

  /**
   * @param surface speaking this package's words
   * @param screen runs on the screen's thread
   * @param made told when the device exists, with its key to close, so that the first snapshot is
   *     fetched
   * @param ready told when the products have come
   * @param changeView asks for another language or look, while nothing has begun
   */
  public EnrolController(
      Surface surface,
      SettingUp settingUp,
      Executor screen,
      BiConsumer<OpenDevice, FolderKeys> made,
      BiConsumer<OpenDevice, UUID> ready,
      Runnable changeView) {
    this.surface = surface;
    this.words = surface.words();
    this.settingUp = settingUp;
    this.screen = screen;
    this.made = made;
    this.ready = ready;
    this.changeView = changeView;
    this.first = new PinEntry(words.say("enrol.pin.first"));
    this.again = new PinEntry(words.say("enrol.pin.again"));
    this.view = new EnrolView(surface, first, again, new Acts());
    view.progress("");
  }

  @Override
  public Parent root() {
    return view;
  }

  @Override
  public void shown() {
    view.code().requestFocus();
  }

  /** The code can be scanned from the manager's screen as well. */
  @Override
  public void scanned(String code) {
    if (result == null && !working) {
      view.code().setText(code);
      connect();
    }
  }

  @Override
  public Runnable remember() {
    int before = first.lengthProperty().get();
    int beforeAgain = again.lengthProperty().get();
    return () -> {
      first.cutTo(before);
      again.cutTo(beforeAgain);
    };
  }

  @Override
  public void key(KeyEvent key) {
    if (result == null) {
      if (key.getEventType() == KeyEvent.KEY_PRESSED && key.getCode() == KeyCode.F3) {
        new Acts().changeView();
        key.consume();
      }
      return;
    }
    if (key.getEventType() == KeyEvent.KEY_TYPED) {
      if (key.getCharacter().matches("[0-9]")) {
        typed(key.getCharacter());
        key.consume();
      }
    } else if (key.getCode() == KeyCode.BACK_SPACE) {
      back();
      key.consume();
    } else if (key.getCode() == KeyCode.ENTER) {
      confirm();
      key.consume();
    } else if (key.getCode() == KeyCode.ESCAPE && !working) {
      first.clear();
      again.clear();
      firstIsComplete = false;
      view.pinPrompt(words.say("enrol.pin.first-again"), false);
      key.consume();
    }
  }

  /** How many items of the first snapshot have come. */
  public void progress(long items) {
    if (working && !done) {
      view.progress(words.say("enrol.progress", items));
    }
  }

  private void connect() {
    String pasted = view.code().getText();
    if (working || pasted.isBlank()) {
      return;
    }
    working = true;
    view.waiting(true);
    surface.strip().clear();
    String name = view.name().getText().strip();
    surface
        .desk()
        .run(
            () -> settingUp.redeem(pasted, name.isEmpty() ? words.say("enrol.name.default") : name),
            this::answered,
            failure -> {
              idle();
              surface.trouble(failure);
            });
  }

  private void idle() {
    working = false;
    view.waiting(false);
  }

  private void answered(EnrolOutcome outcome) {
    idle();
    switch (outcome) {
      case EnrolOutcome.Enrolled(EnrolmentResult enrolled) -> {
        result = enrolled;
        view.found(place(enrolled.enrolled()), enrolled.fingerprint());
        view.step(Step.PIN);
        view.requestFocus();
        view.pinPrompt(words.say("enrol.pin.prompt", enrolled.firstUser().name()), false);
      }
      case EnrolOutcome.NotACode _ ->
          surface.refuse(words.say("enrol.not-a-code"), "ENROL-NO-CODE");
      case EnrolOutcome.OtherEnvironment(Environment found) ->
          surface.refuse(
              words.say("enrol.other-environment", surface.environment(found)),
              "ENROL-ENVIRONMENT");
      case EnrolOutcome.CodeRefused _ ->
          surface.refuse(words.say("enrol.refused"), "ENROL-REFUSED");
      case EnrolOutcome.NoServer _ ->
          surface.refuse(words.say("enrol.no-server"), "ENROL-NO-SERVER");
      case EnrolOutcome.CertificateChanged _ ->
          surface.refuse(words.say("enrol.certificate"), "ENROL-CERTIFICATE");
      case EnrolOutcome.NotBelieved believed ->
          surface.refuse(words.say("enrol.not-believed"), believed.detail());
    }
  }

  private String place(Enrolled enrolled) {
    Stream<String> register =
        enrolled.registerName().isEmpty()
            ? Stream.empty()
            : Stream.of(surface.kit().say("bar.register", enrolled.registerName()));
    // A business with one shop often gives both the same name.
    Stream<String> names = Stream.of(enrolled.tenantName(), enrolled.storeName()).distinct();
    return Stream.concat(
            Stream.concat(names, register),
            Stream.of(surface.environmentUnlessReal(enrolled.environment()))
                .filter(each -> !each.isEmpty()))
        .collect(Collectors.joining(" · "));
  }

  private void typed(String digit) {
    (firstIsComplete ? again : first).type(digit);
  }

  private void back() {
    if (firstIsComplete && again.lengthProperty().get() == 0) {
      firstIsComplete = false;
      view.pinPrompt(words.say("enrol.pin.first-again"), false);
    } else {
      (firstIsComplete ? again : first).back();
    }
  }

  private void confirm() {
    EnrolmentResult enrolled = result;
    if (enrolled == null || working) {
      return;
    }
    if (!firstIsComplete) {
      firstIsComplete = first.lengthProperty().get() >= Pin.SHORTEST;
      view.pinPrompt(
          words.say(firstIsComplete ? "enrol.pin.repeat" : "enrol.pin.short"), !firstIsComplete);
      return;
    }
    working = true;
    char[] one = first.take();
    char[] two = again.take();
    surface
        .desk()
        .run(
            () -> settingUp.choose(enrolled, one, two),
            this::chosen,
            failure -> {
              working = false;
              surface.trouble(failure);
            });
  }

  private void chosen(Chosen chosen) {
    firstIsComplete = false;
    switch (chosen) {
      case Chosen.Ready(OpenDevice device, UUID user, FolderKeys keys) ->
          firstSync(device, user, keys);
      case Chosen.Weak(Pin.Fault fault) -> retryPin(PinWords.why(words, fault));
      case Chosen.Differs _ -> retryPin(words.say("enrol.pin.differs"));
      case Chosen.NotWritten(String reason) -> {
        working = false;
        surface.refuse(words.say("enrol.not-written"), reason);
      }
      case Chosen.StoreTrouble store -> {
        working = false;
        Trouble trouble = Trouble.of(store.fault(), surface.kit());
        surface.refuse(trouble.message(), trouble.code());
      }
    }
  }

  private void retryPin(String why) {
    working = false;
    view.pinPrompt(why, true);
  }

  private void firstSync(OpenDevice device, UUID user, FolderKeys keys) {
    surface.strip().clear();
    view.step(Step.FIRST_SYNC);
    view.progress(words.say("enrol.first-sync"));
    Runnable arrived = () -> screen.execute(() -> arrived(device, user));
    device.ledger().addListener(arrived);
    made.accept(device, keys);
    arrived(device, user);
  }

  /** The first snapshot is one transaction: either there is nothing yet, or all of it. */
  private void arrived(OpenDevice device, UUID user) {
    // The device lives on after this screen, and may be closed by the time it is asked.
    if (done) {
      return;
    }
    surface
        .desk()
        .run(
            () -> device.replica().cursor(),
            cursor -> {
              if (cursor > 0 && !done) {
                done = true;
                ready.accept(device, user);
              }
            },
            failure -> {
              if (!done) {
                surface.trouble(failure);
              }
            });
  }

  private final class Acts implements EnrolView.Acts {
    @Override
    public void connect() {
      EnrolController.this.connect();
    }

    @Override
    public void digit(String digit) {
      typed(digit);
    }

    @Override
    public void back() {
      EnrolController.this.back();
    }

    @Override
    public void confirm() {
      EnrolController.this.confirm();
    }

    @Override
    public void changeView() {
      if (result == null && !working) {
        changeView.run();
      }
    }
  }
}
