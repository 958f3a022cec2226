package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.Parts;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/** Fields of a payment's sheets. */
final class Fields {
  /** As long as a reference may be. */
  static final int REFERENCE = 64;

  private Fields() {}

  static VBox named(String name, TextField field) {
    return new VBox(6, Parts.label(name, "note", "soft"), field);
  }

  /** A field that takes no more than so many characters. */
  static TextField field(String name, String id, int longest) {
    TextField field = new TextField();
    field.setId(id);
    field.setAccessibleText(name);
    field
        .textProperty()
        .addListener(
            (_, before, now) -> {
              if (now.length() > longest) {
                field.setText(before);
              }
            });
    return field;
  }
}
