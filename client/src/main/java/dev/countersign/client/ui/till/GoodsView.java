package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.Amounts;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.TileGrid;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.catalogue.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** The right side: search, categories, products. */
final class GoodsView extends VBox {
  /** Narrow enough for four in a row on the smallest screen. */
  private static final double NARROWEST_TILE = 132;

  private static final double TILE_HEIGHT = 104;
  private static final double GAP = 10;

  private final Amounts amounts;
  private final String openPrice;
  private final Acts acts;
  private final TextField search = new TextField();
  private final Label multiplier = Parts.whole("", "badge");
  private final ChipRow chips;
  private final TileGrid grid;
  private final VBox empty = new VBox();
  private final List<Tile> tiles = new ArrayList<>();

  /** What is done here. */
  interface Acts {
    void touched(Product product);

    /** A finger stayed on it. */
    void held(Product product);

    void allCategories();

    void openItem();
  }

  GoodsView(Surface surface, Acts acts) {
    Words words = surface.words();
    this.openPrice = words.say("ask-price.open");
    this.amounts = surface.amounts();
    this.grid = new TileGrid(surface.kit(), NARROWEST_TILE, TILE_HEIGHT, GAP);
    this.acts = acts;
    this.chips = new ChipRow(words.say("selling.more-categories"), acts::allCategories);
    getStyleClass().add("goods");
    search.setPromptText(words.say("selling.search.prompt"));
    search.setAccessibleText(words.say("selling.search.name"));
    HBox.setHgrow(search, Priority.ALWAYS);
    Parts.show(multiplier, false);
    HBox field =
        new HBox(Parts.icon(Feather.SEARCH, "faint"), multiplier, search, Parts.keyCap("F2"));
    field.getStyleClass().add("search");
    HBox.setHgrow(field, Priority.ALWAYS);
    var openItem =
        Parts.button(openItemFace(words), words.say("selling.act.open-item"), acts::openItem);
    openItem.setMinWidth(USE_PREF_SIZE);
    openItem.setFocusTraversable(false);
    empty.getStyleClass().add("empty");
    Parts.show(empty, false);
    StackPane goods = new StackPane(grid, empty);
    VBox.setVgrow(goods, Priority.ALWAYS);
    getChildren().addAll(Parts.row(8, field, openItem), chips, goods);
  }

  /** Its name and its key, as on the bar of acts. */
  private static VBox openItemFace(Words words) {
    VBox face =
        new VBox(
            Parts.whole(words.say("selling.act.open-item"), "medium", "note"),
            Parts.whole(words.key("Ctrl O"), "small", "faint"));
    face.setAlignment(Pos.CENTER);
    return face;
  }

  TextField search() {
    return search;
  }

  /** {@code 6 ×} beside the field, or nothing. */
  void multiplier(String text) {
    multiplier.setText(text);
    Parts.show(multiplier, !text.isEmpty());
  }

  /**
   * @param chosen index of the chip that is on
   */
  void categories(List<String> names, int chosen, IntConsumer choose) {
    chips.show(names, chosen, choose);
    Parts.show(chips, names.size() > 1);
  }

  /** What is shown comes from all categories. */
  void chooseNone() {
    chips.chooseNone();
  }

  void choose(int index) {
    chips.choose(index);
  }

  /**
   * @param more whether there are others beyond these
   * @param emptyTitle what to say when there are none
   */
  void products(List<Product> products, boolean more, String emptyTitle, String emptyText) {
    while (tiles.size() < products.size()) {
      tiles.add(new Tile(amounts, openPrice, acts::touched, acts::held));
    }
    for (int i = 0; i < products.size(); i++) {
      tiles.get(i).show(products.get(i));
    }
    grid.show(tiles.subList(0, products.size()), more);
    Parts.show(empty, products.isEmpty());
    if (products.isEmpty()) {
      empty
          .getChildren()
          .setAll(Parts.label(emptyTitle, "empty-title"), Parts.paragraph(emptyText, "empty-text"));
    }
  }

  /** Turns the products so many pages on. */
  void turn(int pages) {
    grid.turn(pages);
  }
}
