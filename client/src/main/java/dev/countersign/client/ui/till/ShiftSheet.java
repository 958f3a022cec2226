package dev.countersign.client.ui.till;

import dev.countersign.client.ledger.DayTotals;
import dev.countersign.client.ledger.ShiftView;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;

/** The shift: since when, by whom, with what float, and what the day has come to. */
final class ShiftSheet {
  private static final double WIDTH = 440;

  private ShiftSheet() {}

  static void open(Surface surface, ShiftView shift, String openedBy, DayTotals totals) {
    Words words = surface.words();
    var amounts = surface.amounts();
    Button close = Parts.button(words.say("shift.close"), surface.sheets()::close, "primary");
    VBox content =
        new VBox(
            10,
            Parts.label(words.say("shift.title", Long.toString(shift.number())), "title"),
            Parts.paragraph(
                words.say("shift.opened", amounts.time(shift.openedAt()), openedBy), "soft"),
            BasketView.sum(words.say("shift.float"), amounts.text(shift.openingFloat())),
            BasketView.sum(words.say("shift.sales"), amounts.count(totals.sales())),
            BasketView.sum(words.say("shift.total"), amounts.text(totals.total())),
            BasketView.sum(words.say("shift.tax"), amounts.text(totals.tax())),
            BasketView.sum(words.say("shift.cash"), amounts.text(totals.cash())),
            BasketView.sum(words.say("shift.card"), amounts.text(totals.card())),
            close);
    surface.sheets().open(content, WIDTH, close, () -> {});
  }
}
