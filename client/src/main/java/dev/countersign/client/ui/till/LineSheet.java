package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/** All that can be done with one line, for a finger. */
final class LineSheet {
  private static final double WIDTH = 460;
  private static final int COLUMNS = 2;

  /** One thing to do, with the key that does the same. */
  record Choice(String name, String key, Runnable act) {}

  private LineSheet() {}

  static void open(Surface surface, String title, List<Choice> choices) {
    GridPane grid = new GridPane(10, 10);
    for (int i = 0; i < choices.size(); i++) {
      Choice choice = choices.get(i);
      var shown =
          Parts.row(
              10,
              Parts.whole(choice.name()),
              Parts.spacer(),
              Parts.keyCap(surface.words().key(choice.key())));
      shown.setAlignment(Pos.CENTER_LEFT);
      shown.setPrefWidth((WIDTH - 44 - 10) / COLUMNS - 36);
      Button button =
          Parts.button(
              shown,
              choice.name(),
              () -> {
                surface.sheets().close();
                choice.act().run();
              },
              "choice");
      grid.add(button, i % COLUMNS, i / COLUMNS);
    }
    Button close = Parts.button(surface.words().say("sheet.close"), surface.sheets()::close);
    VBox content = new VBox(14, Parts.paragraph(title, "title"), grid, close);
    surface.sheets().open(content, WIDTH, grid.getChildren().getFirst(), () -> {});
  }
}
