package dev.countersign.client.ui.till;

import dev.countersign.client.flow.ScanOutcome.Expired;
import dev.countersign.client.ui.kit.Amounts;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;

/**
 * Goods past their last day, or their best: somebody decides, and leaving them is the usual answer.
 */
final class ExpirySheet {
  private static final double WIDTH = 460;

  private ExpirySheet() {}

  static void open(Surface surface, Expired expired, Runnable sell) {
    Words words = surface.words();
    Button leave = Parts.button(words.say("expired.leave"), surface.sheets()::close, "primary");
    Button sellIt =
        Parts.button(
            words.say("expired.sell"),
            () -> {
              surface.sheets().close();
              sell.run();
            });
    VBox content =
        new VBox(
            14,
            Parts.label(
                words.say(expired.bestBefore() ? "expired.best.title" : "expired.title"), "title"),
            Parts.paragraph(
                words.say(
                    expired.bestBefore() ? "expired.best.text" : "expired.text",
                    expired.hits().getFirst().product().name(),
                    until(surface.amounts(), expired)),
                "soft"),
            Parts.foot(leave, sellIt));
    surface.sheets().open(content, WIDTH, leave, () -> {});
  }

  private static String until(Amounts amounts, Expired expired) {
    String day = amounts.date(expired.last());
    return expired
        .time()
        .map(time -> day + ", " + amounts.clock(time.getHour() * 60 + time.getMinute()))
        .orElse(day);
  }
}
