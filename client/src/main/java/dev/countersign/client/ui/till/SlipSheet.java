package dev.countersign.client.ui.till;

import dev.countersign.client.ledger.CreditSlip;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.sale.CreditKind;
import javafx.scene.control.Button;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;

/** A code that is worth money, until the customer has it: afterwards this till forgets it. */
final class SlipSheet {
  private static final double WIDTH = 520;

  private SlipSheet() {}

  /**
   * @param print onto a paper of its own
   * @param handedOver the customer has the code
   */
  static void open(Surface surface, CreditSlip slip, Runnable print, Runnable handedOver) {
    Words words = surface.words();
    String kind =
        slip.kind() == CreditKind.GIFT_CARD
            ? words.say("paying.gift-card")
            : words.say("paying.store-credit");
    Button done =
        Parts.button(
            words.say("slip.done"),
            () -> {
              surface.sheets().close();
              handedOver.run();
            },
            "primary");
    VBox content =
        new VBox(
            14,
            Parts.label(
                words.say("slip.title", kind, surface.amounts().text(slip.amount())), "title"),
            Parts.paragraph(words.say("slip.text"), "soft", "note"),
            Parts.paragraph(slip.code(), "fingerprint"),
            Parts.foot(Parts.button(words.say("slip.print"), print), done));
    content.addEventFilter(
        KeyEvent.KEY_TYPED,
        key -> {
          if (key.getCharacter().equalsIgnoreCase("p") && !key.isShortcutDown()) {
            key.consume();
            print.run();
          }
        });
    surface.sheets().open(content, WIDTH, done, () -> {});
  }
}
