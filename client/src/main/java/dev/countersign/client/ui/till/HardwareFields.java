package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.Parts;
import java.util.List;
import java.util.function.Function;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** The fields of the hardware page. */
final class HardwareFields {
  private static final double FINGER = 48;

  private HardwareFields() {}

  /** A field or a choice under its name. */
  static VBox named(String name, Control field) {
    field.setAccessibleText(name);
    field.setMaxWidth(Double.MAX_VALUE);
    VBox box = new VBox(6, Parts.label(name, "note", "soft"), field);
    HBox.setHgrow(box, Priority.ALWAYS);
    return box;
  }

  static TextField text(String value, String id) {
    TextField field = new TextField(value);
    field.setId(id);
    return field;
  }

  static CheckBox check(String name, boolean value) {
    CheckBox box = new CheckBox(name);
    box.setAccessibleText(name);
    box.setSelected(value);
    box.setMinHeight(FINGER);
    return box;
  }

  static <T> ComboBox<T> choice(List<T> among, T chosen, Function<T, String> words) {
    ComboBox<T> choice = new ComboBox<>();
    choice.getItems().setAll(among);
    choice.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(T value) {
            return value == null ? "" : words.apply(value);
          }

          @Override
          public T fromString(String text) {
            throw new IllegalStateException("nothing is typed here");
          }
        });
    choice.getSelectionModel().select(chosen);
    return choice;
  }

  /**
   * A port number as typed.
   *
   * @throws IllegalArgumentException when it is none
   */
  static int number(TextField field) {
    String text = field.getText().strip();
    if (!text.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException("'" + text + "' is no port");
    }
    return Integer.parseInt(text);
  }
}
