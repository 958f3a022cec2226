package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.Parts;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The acts at the bottom, each with the key that does the same. Equal widths. */
final class FunctionBar extends GridPane {
  FunctionBar() {
    getStyleClass().add("function-bar");
  }

  /** Adds an act at the end. */
  Button act(String name, String key, Runnable act) {
    VBox shown = new VBox(3, Parts.label(name, "function-name"), Parts.label(key, "function-key"));
    shown.setAlignment(Pos.CENTER);
    Button button = Parts.button(shown, name + ", " + key, act, "function");
    button.setFocusTraversable(false);
    GridPane.setFillWidth(button, true);
    add(button, getColumnConstraints().size(), 0);
    ColumnConstraints width = new ColumnConstraints();
    width.setHgrow(Priority.ALWAYS);
    width.setFillWidth(true);
    getColumnConstraints().add(width);
    getColumnConstraints().forEach(c -> c.setPercentWidth(100.0 / getColumnConstraints().size()));
    return button;
  }
}
