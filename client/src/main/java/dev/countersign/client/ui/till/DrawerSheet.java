package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.AmountEntry;
import dev.countersign.client.ui.kit.Keypad;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.money.Money;
import dev.countersign.common.protocol.ShiftSettings;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** At the drawer without a sale: cash in, cash out, or only open; always with a reason. */
final class DrawerSheet {
  private static final double WIDTH = 720;
  private static final double PAD = 280;

  /** What is to be done. */
  private enum Way {
    IN,
    OUT,
    OPEN
  }

  /** What is done once somebody has said why. */
  interface Acts {
    /**
     * @param amount negative when it is taken out
     */
    void move(Money amount, String reason);

    void open(String reason);
  }

  private final Surface surface;
  private final Words words;
  private final ShiftSettings rules;
  private final Acts acts;
  private final Map<Way, Button> ways = new EnumMap<>(Way.class);
  private final Label amount = Parts.whole("", "amount");
  private final VBox pad = new VBox(10);
  private final FlowPane reasons = new FlowPane(8, 0);
  private final TextField reason = new TextField();
  private final Label wrong = Parts.paragraph("", "bad-text", "note");
  private final Button done;
  private AmountEntry entry;
  private Way way = Way.IN;

  private DrawerSheet(Surface surface, ShiftSettings rules, Currency currency, Acts acts) {
    this.surface = surface;
    this.words = surface.words();
    this.rules = rules;
    this.acts = acts;
    this.entry = AmountEntry.empty(currency);
    this.done = Parts.button("", this::confirm, "primary");
  }

  static void open(Surface surface, ShiftSettings rules, Currency currency, Acts acts) {
    new DrawerSheet(surface, rules, currency, acts).show();
  }

  private void show() {
    HBox chips = Parts.row(8);
    for (Way each : Way.values()) {
      Button chip = Parts.button(name(each), () -> choose(each), "chip");
      ways.put(each, chip);
      chips.getChildren().add(chip);
    }
    chips.getChildren().addAll(Parts.spacer(), Parts.keyCap("F8"));
    HBox box = new HBox(amount);
    box.getStyleClass().add("amount-box");
    Keypad keypad = Keypad.calculator(surface.kit(), this::type, this::back);
    keypad.setPrefHeight(240);
    pad.getChildren().addAll(box, keypad);
    pad.setMinWidth(PAD);
    pad.setPrefWidth(PAD);
    reason.setPromptText(words.say("drawer.reason"));
    reason.setAccessibleText(words.say("drawer.reason"));
    VBox why = new VBox(10, Parts.label(words.say("drawer.why"), "soft"), reasons, reason, wrong);
    HBox.setHgrow(why, Priority.ALWAYS);
    reasons.setPrefWrapLength(320);
    HBox middle = new HBox(16, pad, why);
    Button cancel = Parts.button(words.say("drawer.cancel"), surface.sheets()::close);
    VBox content =
        new VBox(
            12,
            Parts.label(words.say("drawer.title"), "title"),
            chips,
            middle,
            Parts.foot(cancel, done));
    content.addEventFilter(KeyEvent.KEY_TYPED, this::typed);
    content.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    choose(Way.IN);
    surface.sheets().open(content, WIDTH, done, () -> {});
  }

  private String name(Way each) {
    return switch (each) {
      case IN -> words.say("drawer.in");
      case OUT -> words.say("drawer.out");
      case OPEN -> words.say("drawer.open");
    };
  }

  private void choose(Way chosen) {
    way = chosen;
    ways.forEach(
        (each, chip) -> {
          chip.getStyleClass().remove("on");
          if (each == chosen) {
            chip.getStyleClass().add("on");
          }
        });
    Parts.show(pad, chosen != Way.OPEN);
    reasons.getChildren().clear();
    for (String each : proposed()) {
      reasons.getChildren().add(Parts.button(each, () -> reason.setText(each), "chip"));
    }
    reason.clear();
    refresh();
  }

  /** The store's, or the usual ones of the till. */
  private List<String> proposed() {
    return switch (way) {
      case IN ->
          rules.reasonsIn().isEmpty()
              ? List.of(words.say("drawer.in.change"), words.say("drawer.in.found"))
              : rules.reasonsIn();
      case OUT ->
          rules.reasonsOut().isEmpty()
              ? List.of(
                  words.say("drawer.out.bank"),
                  words.say("drawer.out.supplier"),
                  words.say("drawer.out.petty"))
              : rules.reasonsOut();
      case OPEN ->
          rules.reasonsOpen().isEmpty()
              ? List.of(words.say("drawer.open.change"), words.say("drawer.open.check"))
              : rules.reasonsOpen();
    };
  }

  /** Figures are the amount and letters the reason, whatever has the focus. */
  private void typed(KeyEvent key) {
    String character = key.getCharacter();
    if (reason.isFocused() || key.isShortcutDown() || key.isAltDown()) {
      return;
    }
    if (way != Way.OPEN && character.matches("[0-9]")) {
      type(character);
      key.consume();
    } else if (character.matches("\\p{L}")) {
      reason.requestFocus();
      reason.appendText(character);
      reason.end();
      key.consume();
    }
  }

  private void pressed(KeyEvent key) {
    boolean onButton =
        done.getScene().getFocusOwner() instanceof ButtonBase button
            && button.isFocusVisible()
            && !button.equals(done);
    if (key.getCode() == KeyCode.F8) {
      choose(Way.values()[(way.ordinal() + 1) % Way.values().length]);
    } else if (key.getCode() == KeyCode.BACK_SPACE && !reason.isFocused()) {
      back();
    } else if (key.getCode() == KeyCode.ENTER && !onButton) {
      confirm();
    } else {
      return;
    }
    key.consume();
  }

  private void type(String digits) {
    entry = entry.typed(digits);
    refresh();
  }

  private void back() {
    entry = entry.back();
    refresh();
  }

  private void refresh() {
    String shown = surface.amounts().text(entry.amount());
    amount.setText(shown);
    wrong.setText("");
    String act =
        switch (way) {
          case IN -> words.say("drawer.do.in", shown);
          case OUT -> words.say("drawer.do.out", shown);
          case OPEN -> words.say("drawer.do.open");
        };
    done.setText(act);
    done.setAccessibleText(act);
  }

  private void confirm() {
    String why = reason.getText().strip();
    if (way != Way.OPEN && entry.isEmpty()) {
      refuse(words.say("drawer.no-amount"));
    } else if (why.isEmpty()) {
      refuse(words.say("drawer.no-reason"));
      reason.requestFocus();
    } else {
      surface.sheets().close();
      switch (way) {
        case IN -> acts.move(entry.amount(), why);
        case OUT -> acts.move(entry.amount().negate(), why);
        case OPEN -> acts.open(why);
      }
    }
  }

  private void refuse(String message) {
    wrong.setText(message);
    surface.sounds().refused();
  }
}
