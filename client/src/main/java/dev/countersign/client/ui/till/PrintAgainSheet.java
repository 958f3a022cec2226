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

/** Which receipt is printed once more; the last one stands there already. */
final class PrintAgainSheet {
  private static final double WIDTH = 440;

  private PrintAgainSheet() {}

  /**
   * @param last the number of the last receipt, which is proposed
   * @param mail sends the receipt by e-mail in the place of printing it
   */
  static void open(Surface surface, String last, Consumer<String> print, Consumer<String> mail) {
    Words words = surface.words();
    TextField number = CodeField.of(HardwareFields.text(last, "again-number"));
    Consumer<Consumer<String>> take =
        way -> {
          String typed = number.getText().strip();
          if (!typed.isEmpty()) {
            surface.sheets().close();
            way.accept(typed);
          }
        };
    number.setOnAction(_ -> take.accept(print));
    Button done = Parts.button(words.say("again.print"), () -> take.accept(print), "primary");
    Button post = Parts.button(words.say("receipt.mail"), () -> take.accept(mail));
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("again.title"), "title"),
            Parts.paragraph(words.say("again.text"), "soft", "note"),
            HardwareFields.named(words.say("again.number"), number),
            Keypad.into(surface.kit(), false, number),
            Parts.foot(
                Parts.button(words.say("again.cancel"), surface.sheets()::close), post, done));
    surface.sheets().open(content, WIDTH, number, () -> {});
  }
}
