package dev.countersign.client.ui.entry;

import dev.countersign.client.flow.ChangingPin;
import dev.countersign.client.flow.ChangingPin.Outcome;
import dev.countersign.client.keys.Pin;
import dev.countersign.client.keys.PinVault.Holder;
import dev.countersign.client.ui.kit.Keypad;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Strip;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A person changes their own PIN. */
final class ChangePinSheet {
  private static final double WIDTH = 520;

  private final Surface surface;
  private final Words words;
  private final ChangingPin changing;
  private final Holder holder;
  private final PasswordField old = new PasswordField();
  private final PasswordField pin = new PasswordField();
  private final PasswordField again = new PasswordField();
  private final Label wrong = Parts.paragraph("", "bad-text");

  private ChangePinSheet(Surface surface, ChangingPin changing, Holder holder) {
    this.surface = surface;
    this.words = surface.words();
    this.changing = changing;
    this.holder = holder;
  }

  static void open(Surface surface, ChangingPin changing, Holder holder) {
    new ChangePinSheet(surface, changing, holder).show();
  }

  private void show() {
    old.setId("change-old");
    pin.setId("change-pin");
    again.setId("change-again");
    Parts.show(wrong, false);
    old.setOnAction(_ -> pin.requestFocus());
    pin.setOnAction(_ -> again.requestFocus());
    again.setOnAction(_ -> change());
    VBox content =
        new VBox(
            12,
            Parts.label(words.say("change.title", holder.name()), "title"),
            Parts.paragraph(words.say("change.text"), "soft", "note"),
            named(words.say("change.old"), old),
            Parts.row(
                12, named(words.say("change.new"), pin), named(words.say("change.again"), again)),
            wrong,
            Keypad.into(surface.kit(), false, old, pin, again),
            Parts.foot(
                Parts.button(words.say("change.cancel"), surface.sheets()::close),
                Parts.button(words.say("change.do"), this::change, "primary")));
    surface.sheets().open(content, WIDTH, old, () -> {});
  }

  private void change() {
    char[] before = old.getText().toCharArray();
    char[] first = pin.getText().toCharArray();
    char[] second = again.getText().toCharArray();
    old.clear();
    pin.clear();
    again.clear();
    surface
        .desk()
        .run(
            () -> changing.change(holder.user(), before, first, second),
            this::show,
            surface::trouble);
  }

  private void show(Outcome outcome) {
    switch (outcome) {
      case Outcome.Changed _ -> {
        surface.sheets().close();
        surface.strip().say(Strip.Tone.GOOD, words.say("change.done", holder.name()), "");
      }
      case Outcome.WrongPin wrongPin ->
          refuse(LockWords.wrong(surface, wrongPin.triesLeft(), wrongPin.waitUntil()));
      case Outcome.Waiting waiting -> refuse(LockWords.waiting(surface, waiting.until()));
      case Outcome.Gone _ -> refuse(words.say("lock.gone"));
      case Outcome.Same _ -> refuse(words.say("change.same"));
      case Outcome.Differs _ -> refuse(words.say("enrol.pin.differs"));
      case Outcome.Weak(Pin.Fault fault) -> refuse(PinWords.why(words, fault));
      case Outcome.NotWritten(String reason) -> {
        surface.sheets().close();
        surface.strip().say(Strip.Tone.BAD, words.say("enrol.not-written"), reason);
      }
    }
  }

  private void refuse(String text) {
    wrong.setText(text);
    Parts.show(wrong, true);
    surface.sounds().refused();
    old.requestFocus();
  }

  private static VBox named(String name, PasswordField field) {
    field.setAccessibleText(name);
    VBox box = new VBox(6, Parts.label(name, "note", "soft"), field);
    HBox.setHgrow(box, Priority.ALWAYS);
    return box;
  }
}
