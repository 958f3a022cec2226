package dev.countersign.client.ui.office;

import dev.countersign.client.ledger.Catalogue;
import dev.countersign.client.ui.kit.CodeField;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.promotion.Offer.Part;
import dev.countersign.common.promotion.Selection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * The goods that a promotion is on: products and categories. Where several are sold together, each
 * of them is of a part, and a part says how many of its goods are needed.
 */
final class GoodsFields extends VBox {
  private static final double TABLE = 196;

  /** In the place of a part's number: the next one. */
  private static final int NEW = 0;

  private final Surface surface;
  private final Words words;
  private final Catalogue catalogue;
  private final Consumer<String> refuse;
  private final String everything;
  private final ComboBox<Integer> part;
  private final TextField count = FigureFields.field("promotion-count");
  private final ComboBox<String> category;
  private final TextField product = CodeField.of(FigureFields.field("promotion-product"));
  private final TableView<Row> table;
  private final TableColumn<Row, String> ofPart;
  private final HBox partRow;

  /** How many of each part are needed, the first part at 0. */
  private final List<Integer> counts = new ArrayList<>();

  private boolean inParts;

  /** A product, or a category, or everything where it is neither; {@code part} from 1. */
  private record Row(int part, @Nullable UUID product, String category, String name) {
    boolean isEverything() {
      return product == null && category.isEmpty();
    }

    boolean isSame(Row other) {
      return part == other.part
          && category.equals(other.category)
          && (product == null ? other.product == null : product.equals(other.product));
    }

    Row in(int other) {
      return new Row(other, product, category, name);
    }
  }

  /**
   * @param refuse says why something was not taken; told nothing when something was
   */
  GoodsFields(
      Surface surface, Catalogue catalogue, List<String> categories, Consumer<String> refuse) {
    super(12);
    this.surface = surface;
    this.words = surface.words();
    this.catalogue = catalogue;
    this.refuse = refuse;
    this.everything = words.say("promotions.goods.all");
    part = Forms.choice(List.of(NEW), this::partName);
    part.setId("promotion-part");
    count.setText("1");
    List<String> choices = new ArrayList<>(List.of(everything));
    choices.addAll(categories);
    category = Forms.choice(choices, text -> text);
    category.setId("promotion-category");
    table =
        Columns.table(
            words.say("promotions.goods"), everything, words.say("promotions.goods.all.text"));
    ofPart = Columns.text(words.say("promotions.part"), 150, this::partOf);
    table.getColumns().add(ofPart);
    table.getColumns().add(Columns.text(words.say("promotions.goods"), 420, Row::name));
    table.setId("promotion-goods");
    table.setMinHeight(TABLE);
    table.setPrefHeight(TABLE);
    partRow =
        Parts.row(
            10,
            Forms.named(words.say("promotions.part"), part),
            Forms.named(words.say("promotions.count"), count));
    listen();
    getChildren().addAll(partRow, entry(), table);
    inParts(false);
  }

  private void listen() {
    product.setOnAction(_ -> addProduct());
    part.valueProperty().addListener((_, _, now) -> count.setText(countOf(now)));
    count.textProperty().addListener((_, _, now) -> counted(now));
    table
        .getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (_, _, row) -> {
              if (row != null && inParts) {
                part.setValue(row.part());
              }
            });
    table.setOnKeyPressed(
        key -> {
          if (key.getCode() == KeyCode.DELETE) {
            remove();
          }
        });
  }

  private Node entry() {
    HBox row =
        Parts.row(
            10,
            Forms.named(words.say("products.category"), category),
            add(words.say("promotions.goods.add.category"), this::addCategory),
            Forms.named(words.say("lists.product"), product),
            add(words.say("promotions.goods.add.product"), this::addProduct));
    row.setAlignment(Pos.BOTTOM_LEFT);
    return row;
  }

  /** Both say the same; a screen reader does not see what stands beside them. */
  private Button add(String name, Runnable act) {
    Button add = Parts.button(words.say("promotions.goods.add"), act);
    add.setAccessibleText(name);
    return add;
  }

  /** Takes off what is chosen, for the foot of the sheet; in sight where the goods are. */
  Button removing() {
    Button remove = Parts.button(words.say("lists.remove"), this::remove);
    remove.disableProperty().bind(table.getSelectionModel().selectedItemProperty().isNull());
    remove.visibleProperty().bind(visibleProperty());
    return remove;
  }

  private String partName(Integer number) {
    return number == NEW
        ? words.say("promotions.part.new")
        : words.say("promotions.part.number", number);
  }

  private String partOf(Row row) {
    return words.say("promotions.part.of", row.part(), counts.get(row.part() - 1));
  }

  private String countOf(@Nullable Integer number) {
    return number == null || number == NEW ? "1" : String.valueOf(counts.get(number - 1));
  }

  /** Of a part that there is, how many are needed stands at once. */
  private void counted(String typed) {
    Integer chosen = part.getValue();
    if (chosen != null && chosen != NEW && isCount(typed)) {
      counts.set(chosen - 1, Integer.parseInt(typed));
      table.refresh();
    }
  }

  private static boolean isCount(String typed) {
    return typed.matches("[1-9][0-9]?");
  }

  /** Whether the goods are of several parts, which only together are on offer. */
  void inParts(boolean now) {
    inParts = now;
    Parts.show(partRow, now);
    ofPart.setVisible(now);
    if (now && counts.isEmpty() && !table.getItems().isEmpty()) {
      // What was chosen before is the first part.
      counts.add(1);
      partsThereAre(NEW);
    }
  }

  private void addCategory() {
    String chosen = category.getValue();
    boolean all = chosen.equals(everything);
    if (all && !inParts) {
      table.getItems().clear();
      counts.clear();
      refuse.accept("");
    } else {
      put(null, all ? "" : chosen, chosen);
    }
  }

  private void addProduct() {
    String asked = product.getText().strip();
    if (!asked.isEmpty()) {
      OneProduct.find(
          surface,
          catalogue,
          asked,
          found -> {
            put(found.id(), "", name(found));
            product.clear();
            product.requestFocus();
          },
          refuse);
    }
  }

  private static String name(Product product) {
    return product.size().isEmpty() ? product.name() : product.name() + " " + product.size();
  }

  private void put(@Nullable UUID id, String ofCategory, String name) {
    Integer chosen = part.getValue();
    int number = 1;
    if (inParts) {
      boolean next = chosen == null || chosen == NEW;
      if (next && !isCount(count.getText())) {
        refuse.accept(words.say("promotions.wrong.count"));
        return;
      }
      number = next ? counts.size() + 1 : chosen;
    }
    if (counts.size() < number) {
      counts.add(inParts ? Integer.parseInt(count.getText()) : 1);
    }
    Row row = new Row(number, id, ofCategory, name);
    refuse.accept("");
    if (table.getItems().stream().noneMatch(row::isSame)) {
      table.getItems().add(row);
      table.scrollTo(row);
    }
    partsThereAre(chosen == null ? NEW : chosen);
  }

  private void partsThereAre(int chosen) {
    List<Integer> all = new ArrayList<>(List.of(NEW));
    for (int i = 1; i <= counts.size(); i++) {
      all.add(i);
    }
    part.getItems().setAll(all);
    part.setValue(chosen <= counts.size() ? chosen : NEW);
    count.setText(countOf(part.getValue()));
  }

  /** A part that has no goods any more is none; those behind it move up. */
  private void remove() {
    Row chosen = table.getSelectionModel().getSelectedItem();
    if (chosen == null) {
      return;
    }
    table.getSelectionModel().clearSelection();
    table.getItems().remove(chosen);
    if (table.getItems().stream().noneMatch(row -> row.part() == chosen.part())) {
      counts.remove(chosen.part() - 1);
      table.getItems().replaceAll(row -> row.part() > chosen.part() ? row.in(row.part() - 1) : row);
    }
    partsThereAre(NEW);
  }

  /** The names of products, as far as they are known. Blocking. */
  static Map<UUID, String> names(Catalogue catalogue, List<Part> parts) {
    Map<UUID, String> names = new HashMap<>();
    for (Part each : parts) {
      for (UUID id : each.goods().products()) {
        catalogue.byId(id).ifPresent(product -> names.put(id, name(product)));
      }
    }
    return names;
  }

  /**
   * Shows what it is on so far.
   *
   * @param parts what is sold together, or one part of whatever number
   */
  void fill(List<Part> parts, Map<UUID, String> names) {
    List<Row> rows = rows(parts, names);
    counts.clear();
    // All goods of a promotion that has no parts stand as nothing at all.
    if (!rows.isEmpty()) {
      parts.forEach(each -> counts.add(each.count()));
    }
    table.getItems().setAll(rows);
    partsThereAre(NEW);
  }

  /** A product that was deleted stands with its id. */
  private List<Row> rows(List<Part> parts, Map<UUID, String> names) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Selection goods = parts.get(i).goods();
      int number = i + 1;
      if (goods.meansEverything() && parts.size() > 1) {
        rows.add(new Row(number, null, "", everything));
      }
      goods.categories().forEach(each -> rows.add(new Row(number, null, each, each)));
      for (UUID id : goods.products()) {
        rows.add(new Row(number, id, "", names.getOrDefault(id, id.toString())));
      }
    }
    return rows;
  }

  /** All that was chosen, whichever part it is of. */
  Selection all() {
    return selection(table.getItems());
  }

  /** What is sold together. */
  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    for (int i = 1; i <= counts.size(); i++) {
      int number = i;
      parts.add(
          new Part(
              selection(table.getItems().filtered(row -> row.part() == number)),
              counts.get(i - 1)));
    }
    return parts;
  }

  private static Selection selection(List<Row> rows) {
    if (rows.stream().anyMatch(Row::isEverything)) {
      return Selection.EVERYTHING;
    }
    List<UUID> products = new ArrayList<>();
    List<String> categories = new ArrayList<>();
    for (Row row : rows) {
      UUID id = row.product();
      if (id != null) {
        products.add(id);
      } else {
        categories.add(row.category());
      }
    }
    return new Selection(products, categories);
  }
}
