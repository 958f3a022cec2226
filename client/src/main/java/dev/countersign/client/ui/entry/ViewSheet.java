package dev.countersign.client.ui.entry;

import dev.countersign.client.ui.kit.Language;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.TextSize;
import dev.countersign.client.ui.kit.TouchTyping;
import dev.countersign.client.ui.kit.View;
import dev.countersign.client.ui.kit.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/**
 * Language, light or dark, the size of the text and the keyboard on the screen; each choice is seen
 * at once.
 */
public final class ViewSheet {
  private static final double WIDTH = 600;

  private final Words words;
  private final View now;
  private final Consumer<View> chosen;
  private final List<Button> choices = new ArrayList<>();

  private ViewSheet(Words words, View now, Consumer<View> chosen) {
    this.words = words;
    this.now = now;
    this.chosen = chosen;
  }

  /**
   * Asks.
   *
   * @param surface speaking this package's words
   * @param chosen carries a choice out, and closes this sheet with it
   */
  public static void open(Surface surface, View now, Consumer<View> chosen) {
    ViewSheet sheet = new ViewSheet(surface.words(), now, chosen);
    Button close = Parts.button(surface.words().say("view.close"), surface.sheets()::close);
    VBox content =
        new VBox(
            14,
            Parts.label(surface.words().say("view.title"), "title"),
            sheet.languages(),
            Parts.label(surface.words().say("view.look"), "soft"),
            sheet.looks(),
            Parts.label(surface.words().say("view.text"), "soft"),
            sheet.sizes(),
            Parts.label(surface.words().say("view.typing"), "soft"),
            sheet.typing(),
            close);
    surface.sheets().open(content, WIDTH, sheet.choices.getFirst(), () -> {});
  }

  private FlowPane languages() {
    FlowPane row = row();
    for (Language each : Language.values()) {
      // In its own letters: whoever needs it cannot read the others.
      choice(row, each.ownName(), each == now.language(), now.with(each));
    }
    return row;
  }

  private FlowPane looks() {
    FlowPane row = row();
    choice(row, words.say("view.look.light"), now.look() == Look.LIGHT, now.with(Look.LIGHT));
    choice(row, words.say("view.look.dark"), now.look() == Look.DARK, now.with(Look.DARK));
    return row;
  }

  private FlowPane sizes() {
    FlowPane row = row();
    choice(
        row, words.say("view.text.usual"), now.text() == TextSize.USUAL, now.with(TextSize.USUAL));
    choice(
        row, words.say("view.text.large"), now.text() == TextSize.LARGE, now.with(TextSize.LARGE));
    return row;
  }

  private FlowPane typing() {
    FlowPane row = row();
    for (TouchTyping each : TouchTyping.values()) {
      String name =
          words.say(
              switch (each) {
                case BY_FINGER -> "view.typing.finger";
                case ALWAYS -> "view.typing.always";
              });
      choice(row, name, each == now.typing(), now.with(each));
    }
    return row;
  }

  private static FlowPane row() {
    return new FlowPane(8, 8);
  }

  private void choice(FlowPane row, String name, boolean on, View view) {
    Button button = Parts.button(name, () -> chosen.accept(view), "chip");
    if (on) {
      button.getStyleClass().add("on");
    }
    choices.add(button);
    row.getChildren().add(button);
  }
}
