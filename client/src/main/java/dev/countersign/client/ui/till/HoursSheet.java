package dev.countersign.client.ui.till;

import dev.countersign.client.flow.ScanOutcome.OutOfHours;
import dev.countersign.client.ui.kit.Amounts;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.sale.SaleHours;
import java.time.LocalDateTime;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;

/** Restricted goods outside their hours: leaving them out is the usual answer. */
final class HoursSheet {
  private static final double WIDTH = 480;

  private HoursSheet() {}

  /**
   * @param sell runs when somebody wants to answer for it
   */
  static void open(Surface surface, OutOfHours outside, Runnable sell) {
    Words words = surface.words();
    Button leave = Parts.button(words.say("hours.leave"), surface.sheets()::close, "primary");
    Button sellIt =
        Parts.button(
            words.say("hours.sell"),
            () -> {
              surface.sheets().close();
              sell.run();
            });
    LocalDateTime now = outside.now();
    String name = outside.offered().product().name();
    String clock = surface.amounts().clock(now.getHour() * 60 + now.getMinute());
    List<String> today =
        outside.hours().stream()
            .filter(hours -> hours.on(now.getDayOfWeek()))
            .map(hours -> span(surface.amounts(), words, hours))
            .toList();
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("hours.title"), "title"),
            Parts.paragraph(
                today.isEmpty()
                    ? words.say("hours.none", name)
                    : words.say("hours.text", name, String.join(", ", today), clock),
                "soft"),
            Parts.foot(leave, sellIt));
    surface.sheets().open(content, WIDTH, leave, () -> {});
  }

  private static String span(Amounts amounts, Words words, SaleHours hours) {
    return words.say(
        "hours.span", amounts.clock(hours.fromMinute()), amounts.clock(hours.toMinute()));
  }
}
