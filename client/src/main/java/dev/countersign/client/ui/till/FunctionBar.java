package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The acts at the bottom, each with the key that does the same. Equal widths, in one order. */
final class FunctionBar extends GridPane {
  /** Where an act of the selling screen stands, from the left. */
  enum Place {
    CUSTOMER,
    DISCOUNT,
    PARK,
    RECALL,
    REFUND,
    EMPTIES,
    DRAWER,
    NOTE,
    SHIFT,
    VOID_LINE,
    UNDO,
    LOCK,
    HELP
  }

  private record Slot(int place, Label name, Button button) {}

  private final Words words;
  private final List<Slot> slots = new ArrayList<>();

  FunctionBar(Words words) {
    this.words = words;
    getStyleClass().add("function-bar");
  }

  /** Adds an act at its place. */
  Button act(Place place, String name, String key, Runnable act) {
    return act(place.ordinal(), name, key, act);
  }

  /** Adds an act at the end. */
  Button act(String name, String key, Runnable act) {
    return act(Place.values().length + slots.size(), name, key, act);
  }

  /** Says more in the place of the name, such as how many wait; the act and its key stay. */
  void rename(Place place, String name) {
    for (Slot slot : slots) {
      if (slot.place() == place.ordinal()) {
        slot.name().setText(name);
      }
    }
  }

  private Button act(int place, String name, String key, Runnable act) {
    Label shownName = Parts.label(name, "function-name");
    String printed = words.key(key);
    VBox shown = new VBox(3, shownName, Parts.label(printed, "function-key"));
    shown.setAlignment(Pos.CENTER);
    Button button = Parts.button(shown, name + ", " + printed, act, "function");
    button.setFocusTraversable(false);
    GridPane.setFillWidth(button, true);
    slots.add(new Slot(place, shownName, button));
    slots.sort(Comparator.comparingInt(Slot::place));
    arrange();
    return button;
  }

  private void arrange() {
    getChildren().clear();
    List<ColumnConstraints> widths = new ArrayList<>();
    for (Slot slot : slots) {
      add(slot.button(), widths.size(), 0);
      ColumnConstraints width = new ColumnConstraints();
      width.setHgrow(Priority.ALWAYS);
      width.setFillWidth(true);
      width.setPercentWidth(100.0 / slots.size());
      widths.add(width);
    }
    getColumnConstraints().setAll(widths);
  }
}
