package dev.countersign.client.ui.till;

import dev.countersign.client.ledger.CatalogueHit;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.common.money.Quantity;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Several products bear one code: which one is it? Escape chooses none. */
final class Chooser {
  private static final double WIDTH = 560;
  private static final double MOST_HEIGHT = 400;
  private static final double ROW = 68;

  private Chooser() {}

  static void open(
      Surface surface, String code, List<CatalogueHit> hits, Consumer<CatalogueHit> chosen) {
    VBox choices = new VBox(8);
    for (CatalogueHit hit : hits) {
      Button choice =
          Parts.button(
              row(surface, hit),
              hit.product().name() + ", " + hit.product().size(),
              () -> {
                surface.sheets().close();
                chosen.accept(hit);
              },
              "choice");
      choices.getChildren().add(choice);
    }
    ScrollPane scroll = new ScrollPane(choices);
    scroll.getStyleClass().add("scroll");
    scroll.setFitToWidth(true);
    scroll.setFocusTraversable(false);
    scroll.setPrefHeight(Math.min(MOST_HEIGHT, hits.size() * ROW));
    scroll.setMinHeight(scroll.getPrefHeight());
    VBox content =
        new VBox(
            14,
            Parts.label(surface.words().say("chooser.title", hits.size()), "title"),
            Parts.paragraph(surface.words().say("chooser.text", code), "soft", "note"),
            scroll,
            Parts.button(surface.words().say("chooser.none"), surface.sheets()::close));
    ChoiceKeys.listen(content, choices);
    surface.sheets().open(content, WIDTH, choices.getChildren().getFirst(), () -> {});
  }

  private static HBox row(Surface surface, CatalogueHit hit) {
    var product = hit.product();
    String size = product.size().isEmpty() ? product.sku() : product.size();
    String note =
        hit.pack().equals(Quantity.ONE)
            ? size
            : surface.words().say("chooser.pack", size, surface.amounts().text(hit.pack()));
    VBox names =
        new VBox(
            2,
            Parts.label(product.name(), "medium"),
            Parts.label(note + " · " + product.category(), "small", "faint"));
    names.setAlignment(Pos.CENTER_LEFT);
    HBox.setHgrow(names, Priority.ALWAYS);
    HBox row =
        Parts.row(12, names, Parts.whole(PriceSheet.shown(surface, product), "semi", "lead"));
    row.setPrefWidth(WIDTH - 100);
    row.setMinHeight(ROW - 20);
    row.setMaxHeight(ROW - 20);
    return row;
  }
}
