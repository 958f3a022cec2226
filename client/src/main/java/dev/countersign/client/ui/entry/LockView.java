package dev.countersign.client.ui.entry;

import dev.countersign.client.ui.kit.Keypad;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.PinEntry;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Faces, dots and digits. */
final class LockView extends VBox {
  private final Words words;
  private final FlowPane faces = new FlowPane(8, 8);
  private final Button learn;
  private final Label prompt = Parts.paragraph("", "lead", "soft");

  LockView(
      Surface surface,
      PinEntry pin,
      Runnable confirm,
      Runnable changePin,
      Runnable changeView,
      Runnable training,
      Runnable report) {
    this.words = surface.words();
    getStyleClass().add("stage-centre");
    faces.setAlignment(Pos.CENTER);
    prompt.setAlignment(Pos.CENTER);
    Keypad keypad = Keypad.telephone(surface.kit(), pin::type, pin::back, confirm);
    keypad.setMaxSize(276, 324);
    keypad.setPrefSize(276, 324);
    Label note = Parts.label(surface.words().say("lock.note"), "note", "faint");
    Button change = chip(words.say("lock.change-pin"), words.say("lock.change-pin.key"), changePin);
    Button look = chip(words.say("lock.view"), words.say("lock.view.key"), changeView);
    learn = chip(words.say("lock.training"), "F5", training);
    offerTraining(false);
    Button suspicion = chip(words.say("lock.suspicion"), "F11", report);
    FlowPane chips = new FlowPane(8, 8, change, look, learn, suspicion);
    chips.setAlignment(Pos.CENTER);
    getChildren().addAll(faces, prompt, pin, keypad, chips, note);
  }

  /** An office has nothing to learn on. */
  void offerTraining(boolean offered) {
    Parts.show(learn, offered);
  }

  private static Button chip(String name, String key, Runnable act) {
    Button chip = Parts.button(name, act, "chip");
    chip.setGraphic(Parts.keyCap(key));
    chip.setContentDisplay(ContentDisplay.RIGHT);
    chip.setFocusTraversable(false);
    return chip;
  }

  void people(List<String> names, int chosen, IntConsumer choose, Runnable someoneElse) {
    faces.getChildren().clear();
    for (int i = 0; i < names.size(); i++) {
      int index = i;
      faces
          .getChildren()
          .add(face(initials(names.get(i)), names.get(i), () -> choose.accept(index)));
    }
    faces.getChildren().add(face("…", words.say("lock.someone-else"), someoneElse));
    choose(chosen);
  }

  private static Button face(String initials, String name, Runnable act) {
    StackPane ring = new StackPane(Parts.label(initials, "face-initials"));
    ring.getStyleClass().add("face-ring");
    VBox shown = new VBox(8, ring, Parts.whole(name, "face-name"));
    shown.setAlignment(Pos.CENTER);
    return Parts.button(shown, name, act, "face");
  }

  void choose(int index) {
    for (int i = 0; i < faces.getChildren().size(); i++) {
      Node face = faces.getChildren().get(i);
      face.getStyleClass().remove("on");
      if (i == index) {
        face.getStyleClass().add("on");
      }
    }
  }

  void prompt(String text, boolean wrong) {
    prompt.setText(text);
    prompt.getStyleClass().removeAll("soft", "bad-text");
    prompt.getStyleClass().add(wrong ? "bad-text" : "soft");
  }

  private static String initials(String name) {
    return Stream.of(name.strip().split("\\s+"))
        .filter(part -> !part.isEmpty())
        .limit(2)
        .map(part -> part.substring(0, part.offsetByCodePoints(0, 1)))
        .collect(Collectors.joining())
        .toUpperCase(Locale.ROOT);
  }
}
