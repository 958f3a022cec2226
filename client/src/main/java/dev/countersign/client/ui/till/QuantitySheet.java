package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.Keypad;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.money.Quantity;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/** How much of a line comes back, typed: also parts of a kilogram or a metre. */
final class QuantitySheet {
  private static final double WIDTH = 420;

  private QuantitySheet() {}

  /**
   * @param most more is refused
   */
  static void open(Surface surface, String name, Quantity most, Consumer<Quantity> taken) {
    Words words = surface.words();
    TextField field = new TextField(most.toDecimalString());
    field.setId("refund-quantity");
    field.setAccessibleText(words.say("refund.quantity.title", name));
    Label wrong = Parts.paragraph("", "bad-text", "note");
    Runnable take =
        () -> {
          Optional<Quantity> quantity = read(field.getText());
          if (quantity.isEmpty() || quantity.get().compareTo(most) > 0) {
            wrong.setText(words.say("refund.quantity.wrong", surface.amounts().text(most)));
            surface.sounds().refused();
          } else {
            surface.sheets().close();
            taken.accept(quantity.get());
          }
        };
    field.setOnAction(_ -> take.run());
    VBox content =
        new VBox(
            14,
            Parts.paragraph(words.say("refund.quantity.title", name), "title"),
            Parts.paragraph(
                words.say("refund.quantity.text", surface.amounts().text(most)), "soft", "note"),
            field,
            wrong,
            Keypad.into(surface.kit(), true, field),
            Parts.foot(
                Parts.button(words.say("card.cancel"), surface.sheets()::close),
                Parts.button(words.say("refund.quantity.take"), take, "primary")));
    surface.sheets().open(content, WIDTH, field, () -> {});
    field.selectAll();
  }

  /** With a point or a comma; empty for anything that is no quantity. */
  static Optional<Quantity> read(String text) {
    String plain = text.strip().replace(',', '.');
    if (!plain.matches("[0-9]{1,6}([.][0-9]{1,6})?")) {
      return Optional.empty();
    }
    return Optional.of(Quantity.parse(plain));
  }
}
