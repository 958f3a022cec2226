package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/** All keys on one sheet. */
final class HelpSheet {
  private static final double WIDTH = 680;
  private static final double WIDEST_KEY = 92;

  private record Entry(String key, String act) {}

  private HelpSheet() {}

  static void open(Surface surface) {
    Words words = surface.words();
    List<Entry> entries =
        List.of(
            new Entry("F1", words.say("help.help")),
            new Entry("F2", words.say("help.search")),
            new Entry("F3", words.say("help.customer")),
            new Entry("F4", words.say("help.discount")),
            new Entry("F5", words.say("help.park")),
            new Entry("F6", words.say("help.recall")),
            new Entry("F7", words.say("help.refund")),
            new Entry("F8", words.say("help.drawer")),
            new Entry("F9", words.say("help.note")),
            new Entry("F10", words.say("help.shift")),
            new Entry("F11", words.say("help.suspicion")),
            new Entry("F12", words.say("help.pay")),
            new Entry("6 ×", words.say("help.times")),
            new Entry("*  Ctrl Q", words.say("help.quantity")),
            new Entry("Ctrl P", words.say("help.price")),
            new Entry("Ctrl E", words.say("help.empties")),
            new Entry("Ctrl O", words.say("help.open-item")),
            new Entry("Ctrl I", words.say("help.details")),
            new Entry("↑ ↓", words.say("help.move")),
            new Entry("PgUp PgDn", words.say("help.pages")),
            new Entry("Del", words.say("help.void")),
            new Entry("Ctrl Z", words.say("help.undo")),
            new Entry("Ctrl Del", words.say("help.discard")),
            new Entry("Ctrl R", words.say("help.again")),
            new Entry("Ctrl H", words.say("help.hardware")),
            new Entry("Ctrl T", words.say("help.training")),
            new Entry("Ctrl L", words.say("help.lock")),
            new Entry("Enter", words.say("help.enter")),
            new Entry("Esc", words.say("help.back")));
    GridPane grid = new GridPane(24, 0);
    int rows = Math.ceilDiv(entries.size(), 2);
    for (int i = 0; i < entries.size(); i++) {
      var cap = Parts.keyCap(entries.get(i).key());
      var box = Parts.row(0, cap);
      box.setMinWidth(WIDEST_KEY);
      var row = Parts.row(10, box, Parts.whole(entries.get(i).act()));
      row.getStyleClass().add("help-row");
      grid.add(row, i / rows, i % rows);
    }
    Button close = Parts.button(words.say("help.close"), surface.sheets()::close);
    VBox content =
        new VBox(
            8,
            Parts.label(words.say("help.title"), "title"),
            Parts.paragraph(words.say("help.text"), "soft", "note"),
            grid,
            close);
    surface.sheets().open(content, WIDTH, close, () -> {});
  }
}
