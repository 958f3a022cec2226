package dev.countersign.client.ui.office;

import dev.countersign.client.ledger.Catalogue;
import dev.countersign.client.ui.kit.Amounts;
import dev.countersign.client.ui.kit.Background;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.catalogue.Gtin;
import dev.countersign.common.catalogue.PackBarcode;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.money.Money;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** All products, with a search. The rows come in pages, so that the first are there at once. */
final class ProductsPage extends VBox {
  private static final int FIRST_PAGE = 200;
  private static final int PAGE = 2_000;
  private static final int MOST_FOUND = 500;

  private final Surface surface;
  private final Words words;
  private final Catalogue catalogue;
  private final Background reading;
  private final TextField search = new TextField();
  private final Label count = Parts.whole("", "soft");
  private final TableView<Product> table;
  private final Button opens;
  private final Label closed;
  private boolean mayEdit;
  private int asked;

  /**
   * @param edit changes the product that is chosen
   */
  ProductsPage(Surface surface, Catalogue catalogue, Consumer<Product> edit) {
    super(14);
    this.surface = surface;
    this.words = surface.words();
    this.catalogue = catalogue;
    this.reading = surface.desk().beside();
    Amounts amounts = surface.amounts();
    search.setPromptText(words.say("products.search"));
    search.setAccessibleText(words.say("products.search"));
    search.textProperty().addListener((_, _, _) -> refresh());
    HBox.setHgrow(search, Priority.ALWAYS);
    HBox field = new HBox(Parts.icon(Feather.SEARCH, "faint"), search, count);
    field.getStyleClass().addAll("search", "idle");
    table =
        Columns.table(
            words.say("nav.products"),
            words.say("products.empty.title"),
            words.say("products.empty.text"));
    table.getColumns().add(Columns.text(words.say("products.number"), 82, Product::sku));
    table.getColumns().add(Columns.text(words.say("products.name"), 226, Product::name));
    table.getColumns().add(Columns.text(words.say("products.size"), 92, Product::size));
    table.getColumns().add(Columns.text(words.say("products.category"), 138, Product::category));
    table
        .getColumns()
        .add(
            Columns.figure(
                words.say("products.price"),
                84,
                Listed::of,
                listed ->
                    listed.open() ? words.say("products.open") : amounts.text(listed.price())));
    table.getColumns().add(Columns.text(words.say("products.barcodes"), 156, this::barcodes));
    VBox.setVgrow(table, Priority.ALWAYS);
    opens =
        Forms.opens(
            table,
            words.say("product.edit"),
            product -> {
              if (mayEdit) {
                edit.accept(product);
              }
            });
    closed = Parts.paragraph(words.say("product.edit.denied"), "soft");
    getChildren().addAll(field, table, Parts.row(10, closed, Parts.spacer(), opens));
    allowEditing(false);
  }

  /** Whoever may only look is told so, and finds nothing to press. */
  void allowEditing(boolean may) {
    mayEdit = may;
    Parts.show(opens, may);
    Parts.show(closed, !may);
  }

  void refresh() {
    int mine = ++asked;
    String typed = search.getText();
    if (typed.isBlank()) {
      reading.run(
          () -> catalogue.page(FIRST_PAGE, 0),
          page -> first(mine, page),
          failure -> trouble(mine, failure));
    } else {
      reading.run(
          () -> mine == asked ? catalogue.search(typed, MOST_FOUND) : List.<Product>of(),
          found -> {
            if (mine == asked) {
              table.getItems().setAll(found);
              count.setText(words.say("products.count", found.size()));
            }
          },
          failure -> trouble(mine, failure));
    }
  }

  /** Nobody looks any more: what is still being read is for nobody. */
  void leave() {
    asked++;
  }

  private void trouble(int mine, Exception failure) {
    if (mine == asked) {
      surface.trouble(failure);
    }
  }

  TextField search() {
    return search;
  }

  private void first(int mine, List<Product> page) {
    if (mine == asked) {
      table.getItems().setAll(page);
      count.setText(words.say("products.count", page.size()));
      more(mine, page.size() == FIRST_PAGE);
    }
  }

  private void more(int mine, boolean more) {
    if (!more) {
      return;
    }
    int offset = table.getItems().size();
    reading.run(
        () -> mine == asked ? catalogue.page(PAGE, offset) : List.<Product>of(),
        page -> {
          if (mine == asked) {
            table.getItems().addAll(page);
            count.setText(words.say("products.count", table.getItems().size()));
            more(mine, page.size() == PAGE);
          }
        },
        failure -> trouble(mine, failure));
  }

  /** The first one; how many more there are is all that a row has room for. */
  private String barcodes(Product product) {
    List<PackBarcode> codes = product.barcodes();
    if (codes.isEmpty()) {
      return "";
    }
    String first = new Gtin(codes.getFirst().gtin14()).shortest();
    return codes.size() == 1 ? first : words.say("products.more", first, codes.size() - 1);
  }

  /** What a product costs, an open price before every other. */
  private record Listed(Money price, boolean open) implements Comparable<Listed> {
    static Listed of(Product product) {
      return new Listed(product.price(), product.handling().asksPrice());
    }

    @Override
    public int compareTo(Listed other) {
      return open == other.open ? price.compareTo(other.price) : open ? -1 : 1;
    }
  }
}
