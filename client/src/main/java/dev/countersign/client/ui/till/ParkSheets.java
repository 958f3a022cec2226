package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Parking.Waiting;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Putting a sale aside under a name, and taking one of those up again. */
final class ParkSheets {
  private static final double WIDTH = 560;
  private static final double ROW = 68;
  private static final double MOST_HEIGHT = 420;
  private static final int LONGEST_NAME = 40;

  private ParkSheets() {}

  /** Asks what to call it; Enter alone gives no name. */
  static void park(Surface surface, Consumer<String> park) {
    Words words = surface.words();
    TextField name = SheetForm.text(words.say("park.name"), "park-name", LONGEST_NAME);
    Runnable act =
        () -> {
          surface.sheets().close();
          park.accept(name.getText());
        };
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("park.title"), "title"),
            Parts.paragraph(words.say("park.text"), "soft", "note"),
            name,
            SheetForm.buttons(surface, words.say("park.park"), act));
    SheetForm.onEnter(content, act);
    surface.sheets().open(content, WIDTH, name, () -> {});
  }

  /**
   * Shows what waits; up and down choose, Enter takes it up.
   *
   * @param busy whether a sale is running, which is put aside then
   */
  static void recall(Surface surface, List<Waiting> waiting, boolean busy, Consumer<UUID> recall) {
    Words words = surface.words();
    VBox choices = new VBox(8);
    for (Waiting sale : waiting) {
      choices
          .getChildren()
          .add(
              Parts.button(
                  row(surface, sale),
                  title(surface, sale),
                  () -> {
                    surface.sheets().close();
                    recall.accept(sale.id());
                  },
                  "choice"));
    }
    ScrollPane scroll = new ScrollPane(choices);
    scroll.getStyleClass().add("scroll");
    scroll.setFitToWidth(true);
    scroll.setFocusTraversable(false);
    scroll.setPrefHeight(Math.min(MOST_HEIGHT, waiting.size() * ROW));
    scroll.setMinHeight(scroll.getPrefHeight());
    Button none = Parts.button(words.say("sheet.cancel"), surface.sheets()::close, "quiet");
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("recall.title", waiting.size()), "title"),
            Parts.paragraph(
                words.say(
                    waiting.isEmpty() ? "recall.none" : busy ? "recall.text-busy" : "recall.text"),
                "soft",
                "note"),
            scroll,
            none);
    Parts.show(scroll, !waiting.isEmpty());
    ChoiceKeys.listen(content, choices);
    Node first = waiting.isEmpty() ? none : choices.getChildren().getFirst();
    surface.sheets().open(content, WIDTH, first, () -> {});
  }

  private static String title(Surface surface, Waiting sale) {
    return sale.name().isEmpty()
        ? surface.words().say("recall.unnamed", surface.amounts().time(sale.since()))
        : sale.name();
  }

  private static HBox row(Surface surface, Waiting sale) {
    VBox names =
        new VBox(
            2,
            Parts.label(title(surface, sale), "medium"),
            Parts.label(
                surface
                    .words()
                    .say(
                        "recall.note",
                        sale.items(),
                        surface.amounts().moment(sale.since()),
                        sale.by()),
                "small",
                "faint"));
    names.setAlignment(Pos.CENTER_LEFT);
    HBox.setHgrow(names, Priority.ALWAYS);
    HBox row =
        Parts.row(12, names, Parts.whole(surface.amounts().text(sale.total()), "semi", "lead"));
    row.setPrefWidth(WIDTH - 100);
    row.setMinHeight(ROW - 20);
    row.setMaxHeight(ROW - 20);
    return row;
  }
}
