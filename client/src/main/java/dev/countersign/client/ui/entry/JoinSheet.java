package dev.countersign.client.ui.entry;

import dev.countersign.client.flow.Joining;
import dev.countersign.client.flow.Joining.Outcome;
import dev.countersign.client.keys.Pin;
import dev.countersign.client.ledger.UserView;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Strip;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A further person chooses a PIN with a joining code. */
final class JoinSheet {
  private static final double WIDTH = 520;

  private final Surface surface;
  private final Words words;
  private final Joining joining;
  private final Runnable joined;
  private final List<UserView> people;
  private final FlowPane names = new FlowPane(8, 4);
  private final TextField code = new TextField();
  private final PasswordField pin = new PasswordField();
  private final PasswordField again = new PasswordField();
  private final Label wrong = Parts.paragraph("", "bad-text");
  private int chosen;

  private JoinSheet(Surface surface, Joining joining, List<UserView> people, Runnable joined) {
    this.surface = surface;
    this.words = surface.words();
    this.joining = joining;
    this.people = people;
    this.joined = joined;
  }

  /** Says why nobody can join just now. */
  static void explain(Surface surface, String text) {
    Button close = Parts.button(surface.words().say("join.close"), surface.sheets()::close);
    VBox content =
        new VBox(
            14,
            Parts.label(surface.words().say("join.title"), "title"),
            Parts.paragraph(text, "soft"),
            close);
    surface.sheets().open(content, WIDTH, close, () -> {});
  }

  /**
   * @param people not empty
   * @param joined told when somebody has a PIN
   */
  static void open(Surface surface, Joining joining, List<UserView> people, Runnable joined) {
    new JoinSheet(surface, joining, people, joined).show();
  }

  private void show() {
    for (int i = 0; i < people.size(); i++) {
      int index = i;
      names.getChildren().add(Parts.button(people.get(i).name(), () -> choose(index), "chip"));
    }
    choose(0);
    code.setId("join-code");
    pin.setId("join-pin");
    again.setId("join-again");
    Parts.show(wrong, false);
    code.setOnAction(_ -> pin.requestFocus());
    pin.setOnAction(_ -> again.requestFocus());
    again.setOnAction(_ -> join());
    HBox pins =
        Parts.row(12, named(words.say("join.pin"), pin), named(words.say("join.again"), again));
    VBox content =
        new VBox(
            12,
            Parts.label(words.say("join.title"), "title"),
            Parts.paragraph(words.say("join.text"), "soft", "note"),
            names,
            named(words.say("join.code"), code),
            pins,
            wrong,
            Parts.foot(
                Parts.button(words.say("join.cancel"), surface.sheets()::close),
                Parts.button(words.say("join.choose"), this::join, "primary")));
    surface.sheets().open(content, WIDTH, code, () -> {});
  }

  private void choose(int index) {
    chosen = index;
    for (int i = 0; i < names.getChildren().size(); i++) {
      names.getChildren().get(i).getStyleClass().remove("on");
      if (i == index) {
        names.getChildren().get(i).getStyleClass().add("on");
      }
    }
  }

  private void join() {
    var user = people.get(chosen).id();
    String typed = code.getText();
    char[] first = pin.getText().toCharArray();
    char[] second = again.getText().toCharArray();
    pin.clear();
    again.clear();
    surface
        .desk()
        .run(() -> joining.join(user, typed, first, second), this::show, surface::trouble);
  }

  private void show(Outcome outcome) {
    switch (outcome) {
      case Outcome.Joined _ -> {
        surface.sheets().close();
        surface.strip().say(Strip.Tone.GOOD, words.say("join.done", people.get(chosen).name()), "");
        joined.run();
      }
      case Outcome.WrongCode _ -> refuse(words.say("join.wrong-code"));
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
  }

  private static VBox named(String name, TextField field) {
    field.setAccessibleText(name);
    VBox box = new VBox(6, Parts.label(name, "note", "soft"), field);
    HBox.setHgrow(box, Priority.ALWAYS);
    return box;
  }
}
