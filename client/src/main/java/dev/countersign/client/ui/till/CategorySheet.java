package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import java.util.List;
import java.util.function.IntConsumer;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** All categories at once, for the ones that have no room in the row. */
final class CategorySheet {
  private static final double WIDTH = 720;
  private static final double MOST_HEIGHT = 460;

  private CategorySheet() {}

  static void open(Surface surface, List<String> categories, IntConsumer choose) {
    FlowPane chips = new FlowPane(8, 4);
    for (int i = 0; i < categories.size(); i++) {
      int index = i;
      chips
          .getChildren()
          .add(
              Parts.button(
                  categories.get(i),
                  () -> {
                    surface.sheets().close();
                    choose.accept(index);
                  },
                  "chip"));
    }
    ScrollPane scroll = new ScrollPane(chips);
    scroll.getStyleClass().add("scroll");
    scroll.setFitToWidth(true);
    scroll.setMaxHeight(MOST_HEIGHT);
    Button close = Parts.button(surface.words().say("help.close"), surface.sheets()::close);
    VBox content =
        new VBox(
            14,
            Parts.label(surface.words().say("selling.categories"), "title"),
            scroll,
            Parts.foot(close));
    surface.sheets().open(content, WIDTH, close, () -> {});
  }
}
