package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.CodeField;
import dev.countersign.client.ui.kit.Keypad;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/** The reference of mobile money, or the number on a voucher: typed or scanned. */
final class ReferenceSheet {
  private static final double WIDTH = 460;

  private ReferenceSheet() {}

  /**
   * @param title what is paid, and how much
   * @param text what to do first
   * @param name of the field
   * @param act on the button
   */
  static void open(
      Surface surface, String title, String text, String name, String act, Consumer<String> taken) {
    Words words = surface.words();
    TextField reference = CodeField.of(Fields.field(name, "payment-reference", Fields.REFERENCE));
    Runnable take =
        () -> {
          if (reference.getText().isBlank()) {
            surface.refuse(words.say("paying.refused.no-reference"));
          } else {
            surface.sheets().close();
            taken.accept(reference.getText());
          }
        };
    Button done = Parts.button(act, take, "primary");
    reference.setOnAction(_ -> take.run());
    VBox content =
        new VBox(
            14,
            Parts.label(title, "title"),
            Parts.paragraph(text, "soft", "note"),
            Fields.named(name, reference),
            Keypad.into(surface.kit(), false, reference),
            Parts.foot(Parts.button(words.say("card.cancel"), surface.sheets()::close), done));
    surface.sheets().open(content, WIDTH, reference, () -> {});
  }
}
