package dev.countersign.client.ui.till;

import dev.countersign.client.flow.HandingBack;
import dev.countersign.client.flow.Paying;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.sale.Tender;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;

/** What was taken goes back before the sale can be changed: each payment, and the way it goes. */
final class GiveBackSheet {
  private static final double WIDTH = 520;

  private GiveBackSheet() {}

  static void open(Surface surface, Paying paying, Runnable giveBack) {
    Words words = surface.words();
    VBox rows = new VBox(10);
    for (Tender tender : paying.tenders().reversed()) {
      rows.getChildren()
          .add(
              new VBox(
                  2,
                  BasketView.sum(
                      TenderWords.of(words, tender), surface.amounts().text(tender.amount())),
                  Parts.paragraph(way(words, tender), "note", "soft")));
    }
    Button back =
        Parts.button(
            words.say("back.all"),
            () -> {
              surface.sheets().close();
              giveBack.run();
            },
            "primary");
    Button stay = Parts.button(words.say("back.stay"), surface.sheets()::close);
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("back.title"), "title"),
            Parts.paragraph(words.say("back.text"), "soft", "note"),
            rows,
            Parts.foot(stay, back));
    surface.sheets().open(content, WIDTH, stay, () -> {});
  }

  private static String way(Words words, Tender tender) {
    return switch (HandingBack.way(tender)) {
      case HANDED_BACK -> words.say("back.way.hand");
      case REVERSED -> words.say("back.way.terminal");
      case SENT_BACK -> words.say("back.way.outside");
      case RELEASED, NOT_CHARGED, NOT_REFUNDED -> words.say("back.way.released");
    };
  }
}
