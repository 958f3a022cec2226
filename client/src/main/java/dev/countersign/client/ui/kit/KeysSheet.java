package dev.countersign.client.ui.kit;

import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/** The keys of a screen on one sheet: F1. */
public final class KeysSheet {
  private static final double WIDTH = 680;
  private static final double WIDEST_KEY = 92;

  private KeysSheet() {}

  /** In two columns, the first down and then the second. */
  public static void open(Surface surface, List<KeyAct> keys) {
    Words words = surface.kit();
    GridPane grid = new GridPane(24, 0);
    int rows = Math.ceilDiv(keys.size(), 2);
    for (int i = 0; i < keys.size(); i++) {
      var cap = Parts.keyCap(words.key(keys.get(i).key()));
      var box = Parts.row(0, cap);
      box.setMinWidth(WIDEST_KEY);
      var row = Parts.row(10, box, Parts.whole(keys.get(i).act()));
      row.getStyleClass().add("help-row");
      grid.add(row, i / rows, i % rows);
    }
    Button close = Parts.button(words.say("keys.close"), surface.sheets()::close);
    VBox content =
        new VBox(
            8,
            Parts.label(words.say("keys.title"), "title"),
            Parts.paragraph(words.say("keys.text"), "soft", "note"),
            grid,
            Parts.foot(close));
    surface.sheets().open(content, WIDTH, close, () -> {});
  }
}
