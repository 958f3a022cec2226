package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.CodeField;
import dev.countersign.client.ui.kit.Keypad;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.money.Money;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/**
 * What stands on the slip of a card terminal: its reference and the last four digits. Never the
 * card's number.
 */
final class CardSheet {
  private static final double WIDTH = 460;

  /** Takes what was typed. */
  interface Taken {
    void card(Money amount, String reference, String lastFour);
  }

  private CardSheet() {}

  static void open(Surface surface, Money amount, Taken taken) {
    open(surface, amount, "card.text", "card.take", taken);
  }

  /** Of a refund that the terminal sent. */
  static void wentBack(Surface surface, Money amount, Taken taken) {
    open(surface, amount, "card.back.text", "card.back.take", taken);
  }

  private static void open(Surface surface, Money amount, String text, String act, Taken taken) {
    Words words = surface.words();
    TextField reference =
        CodeField.of(Fields.field(words.say("card.reference"), "card-reference", Fields.REFERENCE));
    TextField lastFour = Fields.field(words.say("card.last-four"), "card-last-four", 4);
    String figure = surface.amounts().text(amount);
    Runnable take =
        () -> {
          surface.sheets().close();
          taken.card(amount, reference.getText(), lastFour.getText());
        };
    Button done = Parts.button(words.say(act, figure), take, "primary");
    reference.setOnAction(_ -> lastFour.requestFocus());
    lastFour.setOnAction(_ -> take.run());
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("card.title", figure), "title"),
            Parts.paragraph(words.say(text), "soft", "note"),
            Fields.named(words.say("card.reference"), reference),
            Fields.named(words.say("card.last-four"), lastFour),
            Keypad.into(surface.kit(), false, reference, lastFour),
            Parts.foot(Parts.button(words.say("card.cancel"), surface.sheets()::close), done));
    surface.sheets().open(content, WIDTH, reference, () -> {});
  }
}
