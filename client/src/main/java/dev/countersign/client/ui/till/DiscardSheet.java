package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.money.Money;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;

/** Asked once before a sale is voided: nobody finds it again. */
final class DiscardSheet {
  private static final double WIDTH = 460;

  private DiscardSheet() {}

  /**
   * @param items how many pieces are in it
   * @param total what it comes to
   */
  static void open(Surface surface, long items, Money total, Runnable discard) {
    Words words = surface.words();
    Button keep = Parts.button(words.say("discard.keep"), surface.sheets()::close);
    Button yes =
        Parts.button(
            words.say("discard.yes"),
            () -> {
              surface.sheets().close();
              discard.run();
            },
            "primary");
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("discard.title"), "title"),
            Parts.paragraph(
                words.say("discard.text", items, surface.amounts().text(total)), "soft"),
            Parts.foot(keep, yes));
    surface.sheets().open(content, WIDTH, keep, () -> {});
  }
}
