package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.Amounts;
import dev.countersign.client.ui.kit.Held;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.common.catalogue.Product;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** A product for a finger. Kept and filled again, because the grid changes with every key typed. */
final class Tile extends Button {
  private final Label name = Parts.wrapping("", "tile-name");
  private final Label price = Parts.whole("", "tile-price");
  private final Label note = Parts.label("", "tile-note");
  private final Amounts amounts;
  private final String openPrice;
  private @Nullable Product product;

  /**
   * @param openPrice stands in the place of a price that is asked for
   */
  Tile(Amounts amounts, String openPrice, Consumer<Product> touched, Consumer<Product> held) {
    this.amounts = amounts;
    this.openPrice = openPrice;
    getStyleClass().add("tile");
    name.setAlignment(Pos.TOP_LEFT);
    name.setTextOverrun(OverrunStyle.WORD_ELLIPSIS);
    name.setMaxHeight(Double.MAX_VALUE);
    VBox content = new VBox(name, Parts.spacer(), price, note);
    content.setFillWidth(true);
    content.setMaxHeight(Double.MAX_VALUE);
    content.prefWidthProperty().bind(widthProperty().subtract(20));
    content.setMinWidth(0);
    content.prefHeightProperty().bind(heightProperty().subtract(20));
    note.setMinHeight(Region.USE_PREF_SIZE);
    price.setMinHeight(Region.USE_PREF_SIZE);
    setGraphic(content);
    setOnAction(
        _ -> {
          if (product != null) {
            touched.accept(product);
          }
        });
    Held.on(
        this,
        () -> {
          if (product != null) {
            held.accept(product);
          }
        });
  }

  @Nullable Product product() {
    return product;
  }

  /** Becomes the tile of another product. */
  void show(Product shown) {
    product = shown;
    name.setText(shown.name());
    price.setText(shown.handling().asksPrice() ? openPrice : amounts.text(shown.price()));
    note.setText(shown.size().isEmpty() ? shown.sku() : shown.size());
    setAccessibleText(shown.name() + ", " + shown.size() + ", " + price.getText());
  }
}
