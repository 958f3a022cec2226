package dev.countersign.client.ui.entry;

import dev.countersign.client.flow.Unlocking;
import dev.countersign.client.flow.Unlocking.Outcome;
import dev.countersign.client.keys.PinVault.Holder;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ui.kit.PinEntry;
import dev.countersign.client.ui.kit.Screen;
import dev.countersign.client.ui.kit.Strip;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Trouble;
import dev.countersign.client.ui.kit.Words;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import javafx.geometry.NodeOrientation;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** Asks who is at the till, and for a PIN. */
public final class LockController implements Screen {
  private final Surface surface;
  private final Words words;
  private final Unlocking unlocking;
  private final BiConsumer<OpenDevice, UUID> entered;
  private final Runnable changeView;
  private final Runnable training;
  private final Runnable report;
  private final LockView view;
  private final PinEntry pin;
  private List<Holder> people = List.of();
  private int chosen;
  private boolean trying;

  /**
   * @param entered told who unlocked
   * @param changeView asks for another language or look
   * @param training the next PIN leads to a till to learn on, or no longer
   * @param report whoever comes in next noticed something that should not be
   */
  public LockController(
      Surface surface,
      Unlocking unlocking,
      BiConsumer<OpenDevice, UUID> entered,
      Runnable changeView,
      Runnable training,
      Runnable report) {
    this.surface = surface;
    this.words = surface.words();
    this.unlocking = unlocking;
    this.entered = entered;
    this.changeView = changeView;
    this.training = training;
    this.report = report;
    this.pin = new PinEntry(words.say("lock.pin"));
    this.view =
        new LockView(
            surface, pin, this::confirm, this::changePin, changeView, training, this::report);
  }

  @Override
  public Parent root() {
    return view;
  }

  @Override
  public void shown() {
    pin.clear();
    view.requestFocus();
    surface.desk().run(unlocking::people, this::show, surface::trouble);
    surface.desk().run(unlocking::isTill, view::offerTraining, surface::trouble);
  }

  /** Along the row of people, from the left to the right: they stand the other way in Arabic. */
  private int ahead() {
    return view.getEffectiveNodeOrientation() == NodeOrientation.RIGHT_TO_LEFT ? -1 : 1;
  }

  /** A scan is no PIN; whatever of it was taken for digits is forgotten. */
  @Override
  public Runnable remember() {
    int before = pin.lengthProperty().get();
    return () -> pin.cutTo(before);
  }

  @Override
  public void key(KeyEvent key) {
    if (key.getEventType() == KeyEvent.KEY_TYPED) {
      if (key.getCharacter().matches("[0-9]")) {
        pin.type(key.getCharacter());
        key.consume();
      }
      return;
    }
    boolean onButton =
        view.getScene().getFocusOwner() instanceof ButtonBase button && button.isFocusVisible();
    if (key.getCode() == KeyCode.BACK_SPACE) {
      pin.back();
    } else if (key.getCode() == KeyCode.ESCAPE) {
      pin.clear();
    } else if (key.getCode() == KeyCode.ENTER && !onButton) {
      confirm();
    } else if (key.getCode() == KeyCode.LEFT) {
      choose(chosen - ahead());
    } else if (key.getCode() == KeyCode.RIGHT) {
      choose(chosen + ahead());
    } else if (key.getCode() == KeyCode.F4) {
      changePin();
    } else if (key.getCode() == KeyCode.F3) {
      changeView.run();
    } else if (key.getCode() == KeyCode.F5) {
      learn();
    } else if (key.getCode() == KeyCode.F11) {
      report();
    } else {
      return;
    }
    key.consume();
  }

  /** Also for who presses the key before it has been read that this is a till. */
  private void learn() {
    surface
        .desk()
        .run(
            unlocking::isTill,
            till -> {
              if (till) {
                training.run();
              }
            },
            surface::trouble);
  }

  private void show(List<Holder> holders) {
    people = holders;
    chosen = Math.clamp(chosen, 0, Math.max(0, holders.size() - 1));
    view.people(
        holders.stream().map(Holder::name).toList(), chosen, this::choose, this::someoneElse);
    ask();
  }

  /** A further person: who may join is known once somebody has unlocked. */
  private void someoneElse() {
    var joining = unlocking.joining();
    if (joining.isEmpty()) {
      JoinSheet.explain(surface, words.say("join.unlock-first"));
      return;
    }
    surface
        .desk()
        .run(
            joining.get()::candidates,
            candidates -> {
              if (candidates.isEmpty()) {
                JoinSheet.explain(surface, words.say("join.nobody"));
              } else {
                JoinSheet.open(surface, joining.get(), candidates, this::shown);
              }
            },
            surface::trouble);
  }

  /** A report is somebody's: who it is comes first. */
  private void report() {
    report.run();
    surface.strip().say(Strip.Tone.WARN, words.say("lock.suspicion.prompt"), "");
  }

  private void changePin() {
    if (!people.isEmpty()) {
      pin.clear();
      ChangePinSheet.open(surface, unlocking.changingPin(), people.get(chosen));
    }
  }

  private void choose(int index) {
    if (index >= 0 && index < people.size()) {
      chosen = index;
      pin.clear();
      view.choose(index);
      ask();
    }
  }

  private void ask() {
    view.prompt(
        people.isEmpty()
            ? words.say("lock.nobody")
            : words.say("lock.enter", firstName(people.get(chosen).name())),
        false);
  }

  private static String firstName(String name) {
    return name.strip().split("\\s+", 2)[0];
  }

  private void confirm() {
    if (trying || people.isEmpty()) {
      return;
    }
    trying = true;
    UUID user = people.get(chosen).user();
    char[] digits = pin.take();
    surface
        .desk()
        .run(
            () -> unlocking.unlock(user, digits),
            this::show,
            failure -> {
              trying = false;
              surface.trouble(failure);
            });
  }

  private void show(Outcome outcome) {
    trying = false;
    switch (outcome) {
      case Outcome.In in -> {
        surface.strip().clear();
        ask();
        entered.accept(in.device(), in.user());
      }
      case Outcome.WrongPin wrong -> {
        surface.sounds().refused();
        view.prompt(LockWords.wrong(surface, wrong.triesLeft(), wrong.waitUntil()), true);
      }
      case Outcome.Waiting waiting ->
          view.prompt(LockWords.waiting(surface, waiting.until()), true);
      case Outcome.NeedsServer _ -> view.prompt(words.say("lock.needs-server"), true);
      case Outcome.ShareRefused _ -> view.prompt(words.say("lock.share-refused"), true);
      case Outcome.Held _ -> view.prompt(words.say("lock.held"), true);
      case Outcome.Gone _ -> view.prompt(words.say("lock.gone"), true);
      case Outcome.TooShort _ -> view.prompt(words.say("lock.too-short"), true);
      case Outcome.NoKeys noKeys ->
          surface.refuse(words.say("lock.no-keys", noKeys.reason()), "KEYS-MISSING");
      case Outcome.StoreTrouble store -> {
        Trouble trouble = Trouble.of(store.fault(), surface.kit());
        surface.refuse(trouble.message(), trouble.code());
      }
    }
  }
}
