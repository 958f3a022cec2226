package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Approving;
import dev.countersign.client.flow.Unlocking.Outcome;
import dev.countersign.client.ledger.UserView;
import dev.countersign.client.ui.kit.Keypad;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.PinEntry;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.permission.PermissionKey;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** A supervisor approves: who, and their PIN. The sale behind it stays the cashier's. */
final class ApprovalSheet {
  private static final double WIDTH = 460;

  private final Surface surface;
  private final Words words;
  private final Approving approving;
  private final List<UserView> people;
  private final Consumer<UUID> approved;
  private final Runnable cancelled;
  private final FlowPane names = new FlowPane(8, 0);
  private final Label prompt = Parts.paragraph("", "soft");
  private final PinEntry pin;
  private int chosen;
  private boolean trying;
  private boolean agreed;
  private boolean closed;

  private ApprovalSheet(
      Surface surface,
      Approving approving,
      List<UserView> people,
      Consumer<UUID> approved,
      Runnable cancelled) {
    this.surface = surface;
    this.words = surface.words();
    this.approving = approving;
    this.people = people;
    this.approved = approved;
    this.cancelled = cancelled;
    this.pin = new PinEntry(words.say("approval.pin"));
  }

  /**
   * What somebody is to agree to.
   *
   * @param about its figures and reason; empty where the screen shows them
   */
  record Asked(PermissionKey act, String about) {}

  /**
   * @param people who can agree, not empty
   * @param approved told who agreed
   * @param cancelled told when the sheet is closed without anybody's word
   */
  static void open(
      Surface surface,
      Approving approving,
      Asked asked,
      List<UserView> people,
      Consumer<UUID> approved,
      Runnable cancelled) {
    new ApprovalSheet(surface, approving, people, approved, cancelled).show(asked);
  }

  private void show(Asked asked) {
    for (int i = 0; i < people.size(); i++) {
      int index = i;
      Button name = Parts.button(people.get(i).name(), () -> choose(index), "chip");
      names.getChildren().add(name);
    }
    Keypad keypad = Keypad.telephone(surface.kit(), pin::type, pin::back, this::confirm);
    keypad.setMaxSize(276, 252);
    keypad.setPrefSize(276, 252);
    VBox middle = new VBox(14, prompt, pin, keypad);
    middle.setAlignment(Pos.CENTER);
    prompt.setAlignment(Pos.CENTER);
    VBox content =
        new VBox(
            12,
            Parts.label(words.say("approval.title"), "title"),
            about(asked.about()),
            Parts.paragraph(words.say("approval.text", name(asked.act())), "soft"),
            names,
            middle,
            Parts.button(words.say("approval.cancel"), surface.sheets()::close));
    content.addEventFilter(KeyEvent.KEY_TYPED, this::typed);
    content.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    choose(0);
    surface.sheets().open(content, WIDTH, names.getChildren().getFirst(), this::closed);
    surface.sheets().hold(words.say("scan.first.approval"), () -> {});
  }

  private static Label about(String said) {
    Label about = Parts.paragraph(said, "headline");
    Parts.show(about, !said.isEmpty());
    return about;
  }

  private void choose(int index) {
    chosen = index;
    pin.clear();
    for (int i = 0; i < names.getChildren().size(); i++) {
      names.getChildren().get(i).getStyleClass().remove("on");
    }
    names.getChildren().get(index).getStyleClass().add("on");
    say(words.say("approval.enter", people.get(index).name()), false);
  }

  private void typed(KeyEvent key) {
    if (key.getCharacter().matches("[0-9]")) {
      pin.type(key.getCharacter());
      key.consume();
    }
  }

  private void pressed(KeyEvent key) {
    boolean digits = pin.lengthProperty().get() > 0;
    if (key.getCode() == KeyCode.ENTER && digits) {
      confirm();
      key.consume();
    } else if (key.getCode() == KeyCode.BACK_SPACE) {
      pin.back();
      key.consume();
    }
  }

  private void confirm() {
    if (trying) {
      return;
    }
    trying = true;
    UUID who = people.get(chosen).id();
    char[] digits = pin.take();
    surface
        .desk()
        .run(
            () -> approving.approve(who, digits),
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
        // Whoever called it off has not been agreed with, whatever sheet is open by now.
        if (!closed) {
          agreed = true;
          surface.sheets().close();
          approved.accept(in.user());
        }
      }
      case Outcome.WrongPin wrong -> {
        surface.sounds().refused();
        var until = wrong.waitUntil();
        say(
            until == null
                ? words.say("approval.wrong", wrong.triesLeft())
                : words.say(
                    "approval.wrong-wait", wrong.triesLeft(), surface.amounts().seconds(until)),
            true);
      }
      case Outcome.Waiting waiting ->
          say(words.say("approval.waiting", surface.amounts().seconds(waiting.until())), true);
      case Outcome.TooShort _ -> say(words.say("approval.too-short"), true);
      default -> say(words.say("approval.gone"), true);
    }
  }

  /** Closed in any way: by the button, by Escape, or because somebody agreed. */
  private void closed() {
    closed = true;
    pin.clear();
    if (!agreed) {
      cancelled.run();
    }
  }

  private void say(String text, boolean wrong) {
    prompt.setText(text);
    prompt.getStyleClass().removeAll("soft", "bad-text");
    prompt.getStyleClass().add(wrong ? "bad-text" : "soft");
  }

  private String name(PermissionKey act) {
    return switch (act) {
      case SHIFT_OPEN -> words.say("approval.shift");
      case CASH_MOVE -> words.say("approval.cash");
      case DRAWER_OPEN -> words.say("approval.drawer");
      case SHIFT_CLOSE -> words.say("approval.close");
      case SHIFT_DIFFERENCE -> words.say("approval.difference");
      case SALE_VOID -> words.say("approval.void");
      case SALE_OPEN_ITEM -> words.say("approval.open-item");
      case SALE_PRICE -> words.say("approval.price");
      case SALE_DISCOUNT -> words.say("approval.discount");
      case SALE_RETURN -> words.say("approval.return");
      case SALE_HOURS -> words.say("approval.hours");
      case SALE_AGE -> words.say("approval.age");
      case SALE_REFUND -> words.say("approval.refund");
      case SALE_REFUND_MEANS -> words.say("approval.refund-means");
      case ACCOUNT_EXCEED -> words.say("approval.account-exceed");
      case CREDIT_ISSUE -> words.say("approval.credit");
      case SALE_RING -> words.say("approval.sale");
      case HARDWARE_EDIT -> words.say("approval.hardware");
      default -> words.say("approval.other");
    };
  }
}
