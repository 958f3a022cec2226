package dev.countersign.client.ui.kit;

import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.feather.Feather;

/** Where what happened is said: at the bottom, or over the goods. */
public final class StripBar extends HBox implements Strip {
  private static final Insets ROUND = new Insets(0, 14, 8, 14);

  private final Label text = Parts.paragraph("", "strip-text");
  private String said = "";
  private String done = "";
  private final Label code = Parts.whole("", "strip-code");
  private final Icon icon = new Icon(Feather.ALERT_OCTAGON);

  private final Words words;
  private final Button dismiss = Parts.button("", this::clear);

  /**
   * Starts hidden.
   *
   * @param words this package's
   */
  public StripBar(Words words) {
    this.words = words;
    getStyleClass().add("strip");
    HBox.setHgrow(text, Priority.ALWAYS);
    text.setMaxWidth(Double.MAX_VALUE);
    getChildren().addAll(icon, text, code, dismiss);
    clear();
  }

  @Override
  public void say(Tone tone, String message, String shortCode) {
    done = tone == Tone.GOOD ? message : "";
    show(tone, message, shortCode);
  }

  @Override
  public void warnBehind(String message, String shortCode) {
    show(Tone.WARN, done.isEmpty() ? message : done + " " + message, shortCode);
  }

  private void show(Tone tone, String message, String shortCode) {
    getStyleClass().removeAll("good", "warn", "bad");
    getStyleClass()
        .add(
            switch (tone) {
              case GOOD -> "good";
              case WARN -> "warn";
              case BAD -> "bad";
            });
    icon.show(
        switch (tone) {
          case GOOD -> Feather.CHECK_CIRCLE;
          case WARN -> Feather.ALERT_TRIANGLE;
          case BAD -> Feather.ALERT_OCTAGON;
        });
    said = message;
    text.setText(message);
    dismiss.setText(words.say("strip.dismiss"));
    dismiss.setAccessibleText(dismiss.getText());
    code.setText(shortCode);
    Parts.show(code, !shortCode.isEmpty());
    Parts.show(this, true);
  }

  /** Whether it lies over a screen, at the foot of what it lies over. */
  void floating(boolean on) {
    getStyleClass().remove("floating");
    if (on) {
      getStyleClass().add("floating");
    }
    setMaxHeight(on ? USE_PREF_SIZE : USE_COMPUTED_SIZE);
    StackPane.setAlignment(this, Pos.BOTTOM_CENTER);
    StackPane.setMargin(this, on ? ROUND : null);
  }

  @Override
  public void clear() {
    Parts.show(this, false);
    said = "";
    done = "";
    text.setText("");
  }

  @Override
  public String message() {
    return said;
  }
}
