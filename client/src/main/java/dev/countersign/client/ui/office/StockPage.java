package dev.countersign.client.ui.office;

import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.StockLevel;
import dev.countersign.client.ui.kit.Amounts;
import dev.countersign.client.ui.kit.Background;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.money.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/**
 * How much of every product the store has, with a search; goods are received, moved and counted
 * from here, also without the server.
 */
final class StockPage extends VBox {
  private static final int MOST = 20_000;
  private static final int MOST_FOUND = 500;

  /** A product and how much there is of it. */
  record Row(Product product, StockLevel level) {
    Quantity quantity() {
      return level.quantity();
    }

    static Row of(Product product, Map<UUID, StockLevel> levels) {
      StockLevel known = levels.get(product.id());
      return new Row(
          product,
          known == null ? new StockLevel(product.id(), Quantity.ZERO, null, false) : known);
    }
  }

  private final Surface surface;
  private final OpenDevice device;
  private final Background reading;
  private final TextField search = new TextField();
  private final Label count = Parts.whole("", "soft");
  private final TableView<Row> table;
  private int asked;

  /**
   * @param move shows what moves of a product
   * @param tally shows the count of a product
   */
  StockPage(Surface surface, OpenDevice device, Consumer<Row> move, Consumer<Row> tally) {
    super(14);
    this.surface = surface;
    this.device = device;
    this.reading = surface.desk().beside();
    Words words = surface.words();
    search.setPromptText(words.say("products.search"));
    search.setAccessibleText(words.say("products.search"));
    search.textProperty().addListener((_, _, _) -> refresh());
    HBox.setHgrow(search, Priority.ALWAYS);
    HBox field = new HBox(Parts.icon(Feather.SEARCH, "faint"), search, count);
    field.getStyleClass().addAll("search", "idle");
    table = table(words, surface.amounts());
    Button opens = Forms.opens(table, words.say("stock.count"), tally);
    Button moves =
        Parts.button(
            words.say("stock.move"),
            () -> {
              Row row = table.getSelectionModel().getSelectedItem();
              if (row != null) {
                move.accept(row);
              }
            });
    moves.disableProperty().bind(table.getSelectionModel().selectedItemProperty().isNull());
    getChildren()
        .addAll(
            Parts.paragraph(words.say("stock.about"), "soft"),
            field,
            table,
            Parts.row(10, Parts.spacer(), moves, opens));
  }

  private static TableView<Row> table(Words words, Amounts amounts) {
    TableView<Row> table =
        Columns.table(
            words.say("nav.stock"),
            words.say("products.empty.title"),
            words.say("products.empty.text"));
    table
        .getColumns()
        .add(Columns.text(words.say("products.number"), 82, row -> row.product().sku()));
    table
        .getColumns()
        .add(Columns.text(words.say("products.name"), 250, row -> row.product().name()));
    table
        .getColumns()
        .add(Columns.text(words.say("products.size"), 84, row -> row.product().size()));
    table
        .getColumns()
        .add(Columns.figure(words.say("stock.level"), 86, Row::quantity, amounts::text));
    table
        .getColumns()
        .add(Columns.text(words.say("stock.counted"), 150, row -> moment(amounts, row.level())));
    table
        .getColumns()
        .add(Columns.text(words.say("stock.standing"), 124, row -> standing(words, row.level())));
    VBox.setVgrow(table, Priority.ALWAYS);
    return table;
  }

  private static String moment(Amounts amounts, StockLevel level) {
    Instant counted = level.counted();
    return counted == null ? "" : amounts.moment(counted);
  }

  private static String standing(Words words, StockLevel level) {
    if (level.quantity().isNegative()) {
      return words.say("stock.below");
    }
    return level.pending() ? words.say("stock.pending") : "";
  }

  void refresh() {
    int mine = ++asked;
    String typed = search.getText();
    reading.run(
        () -> mine == asked ? rows(typed) : List.<Row>of(),
        rows -> {
          if (mine == asked) {
            show(rows);
          }
        },
        failure -> {
          if (mine == asked) {
            surface.trouble(failure);
          }
        });
  }

  private List<Row> rows(String typed) {
    Map<UUID, StockLevel> levels = device.stock().levels();
    List<Product> products =
        typed.isBlank()
            ? device.catalogue().page(MOST, 0)
            : device.catalogue().search(typed, MOST_FOUND);
    return products.stream().map(product -> Row.of(product, levels)).toList();
  }

  /** Whoever looks at a row goes on looking at it. */
  private void show(List<Row> rows) {
    Row chosen = table.getSelectionModel().getSelectedItem();
    table.getItems().setAll(rows);
    count.setText(surface.words().say("products.count", rows.size()));
    for (int i = 0; chosen != null && i < rows.size(); i++) {
      if (rows.get(i).product().id().equals(chosen.product().id())) {
        table.getSelectionModel().clearAndSelect(i);
        return;
      }
    }
  }

  /** Nobody looks any more: what is still being read is for nobody. */
  void leave() {
    asked++;
  }

  TextField search() {
    return search;
  }
}
