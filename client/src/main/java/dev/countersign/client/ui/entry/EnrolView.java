package dev.countersign.client.ui.entry;

import dev.countersign.client.ui.kit.Keypad;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.PinEntry;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** One screen with three steps: the code, the fingerprint, the PIN. */
final class EnrolView extends VBox {
  private static final double WIDTH = 900;

  private final Words words;
  private final TextField code = new TextField();
  private final TextField name = new TextField();
  private final Button connect;
  private final Label place = Parts.paragraph("", "medium");
  private final Label fingerprint = Parts.whole("", "fingerprint");
  private final VBox compare;
  private final VBox choose;
  private final VBox pinSide;
  private final Label pinPrompt = Parts.paragraph("", "soft");
  private final Label progress = Parts.paragraph("", "soft", "lead");

  EnrolView(Surface surface, PinEntry first, PinEntry again, Acts acts) {
    words = surface.words();
    getStyleClass().add("stage-centre");
    code.setPromptText(words.say("enrol.code.prompt"));
    code.setAccessibleText(words.say("enrol.code"));
    code.setId("enrol-code");
    code.setOnAction(_ -> acts.connect());
    name.setAccessibleText(words.say("enrol.name"));
    name.setText(words.say("enrol.name.default"));
    name.setPrefWidth(180);
    name.setId("enrol-name");
    name.focusedProperty()
        .addListener(
            (_, _, here) -> {
              if (here) {
                // Behind the press, which takes the caret to where it was: it is a proposal.
                Platform.runLater(name::selectAll);
              }
            });
    connect = Parts.button(words.say("enrol.connect"), acts::connect, "primary");
    HBox nameRow = Parts.row(12, Parts.whole(words.say("enrol.name"), "soft"), name, connect);
    VBox paste = step("1", words.say("enrol.code"), words.say("enrol.code.text"), code, nameRow);
    compare =
        step("2", words.say("enrol.compare"), words.say("enrol.compare.text"), place, fingerprint);
    HBox pins =
        Parts.row(
            24,
            named(words.say("enrol.pin.first"), first),
            named(words.say("enrol.pin.again"), again));
    choose = step("3", words.say("enrol.pin"), words.say("enrol.pin.text"), pinPrompt, pins);
    VBox steps = new VBox(22, paste, compare, choose);
    HBox.setHgrow(steps, Priority.ALWAYS);
    Keypad keypad = Keypad.telephone(surface.kit(), acts::digit, acts::back, acts::confirm);
    keypad.setPrefSize(252, 300);
    keypad.setMinSize(252, 300);
    pinSide = new VBox(keypad);
    pinSide.setAlignment(Pos.BOTTOM_CENTER);
    HBox body = new HBox(40, steps, pinSide);
    Label title = Parts.label(words.say("enrol.title"), "headline");
    Button look = Parts.button(words.say("lock.view"), acts::changeView, "chip");
    look.setGraphic(Parts.keyCap(words.say("lock.view.key")));
    look.setContentDisplay(ContentDisplay.RIGHT);
    VBox all = new VBox(20, Parts.row(12, title, Parts.spacer(), look), body, progress);
    all.setMaxWidth(WIDTH);
    getChildren().add(all);
    waiting(false);
    step(Step.CODE);
  }

  /** What the controls do. */
  interface Acts {
    void connect();

    void digit(String digit);

    void back();

    void confirm();

    void changeView();
  }

  /** Which step is in hand; the ones after it are pale. */
  enum Step {
    CODE,
    PIN,
    FIRST_SYNC
  }

  void step(Step step) {
    boolean pin = step == Step.PIN;
    code.setDisable(step != Step.CODE);
    name.setDisable(step != Step.CODE);
    connect.setDisable(step != Step.CODE);
    compare.setOpacity(step == Step.CODE ? 0.45 : 1);
    choose.setOpacity(pin ? 1 : 0.45);
    pinSide.setDisable(!pin);
    Parts.show(fingerprint, step != Step.CODE);
    Parts.show(place, step != Step.CODE);
    Parts.show(pinPrompt, pin);
  }

  void waiting(boolean waiting) {
    connect.setText(words.say(waiting ? "enrol.connecting" : "enrol.connect"));
    connect.setDisable(waiting);
  }

  void found(String where, String digits) {
    place.setText(where);
    fingerprint.setText(digits);
  }

  void pinPrompt(String text, boolean wrong) {
    pinPrompt.setText(text);
    pinPrompt.getStyleClass().removeAll("soft", "bad-text");
    pinPrompt.getStyleClass().add(wrong ? "bad-text" : "soft");
  }

  void progress(String text) {
    progress.setText(text);
    Parts.show(progress, !text.isEmpty());
  }

  TextField code() {
    return code;
  }

  TextField name() {
    return name;
  }

  private static VBox named(String name, PinEntry pin) {
    pin.setAlignment(Pos.CENTER_LEFT);
    return new VBox(4, Parts.label(name, "note", "soft"), pin);
  }

  private static VBox step(String number, String title, String text, Node... nodes) {
    VBox content = new VBox(8, Parts.label(title, "title"), Parts.paragraph(text, "note", "soft"));
    content.getChildren().addAll(nodes);
    HBox.setHgrow(content, Priority.ALWAYS);
    HBox row = new HBox(14, Parts.whole(number, "step-number"), content);
    row.setAlignment(Pos.TOP_LEFT);
    return new VBox(row);
  }
}
