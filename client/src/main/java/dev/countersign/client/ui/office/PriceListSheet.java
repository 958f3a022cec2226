package dev.countersign.client.ui.office;

import dev.countersign.client.flow.PriceFile;
import dev.countersign.client.ledger.Catalogue;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ui.kit.CodeField;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.catalogue.PriceList;
import dev.countersign.common.catalogue.PriceList.ListedPrice;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.money.Money;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Asks what a price list is: its name and days, and what each of its goods costs. */
final class PriceListSheet {
  private static final double WIDTH = 700;
  private static final double TABLE = 278;

  private final Surface surface;
  private final Words words;
  private final Catalogue catalogue;
  private final Currency currency;
  private final @Nullable PriceList before;
  private final LocalDate today;
  private final Consumer<PriceList> write;
  private final TextField name = field("list-name");
  private final TextField from = field("list-from");
  private final TextField to = field("list-to");
  private final TextField product = CodeField.of(field("list-product"));
  private final TextField price = field("list-price");
  private final TableView<Row> table;
  private final Label wrong = Parts.paragraph("", "bad-text");

  /** What a product costs by the list. */
  private record Row(UUID product, String name, Money price) {}

  private PriceListSheet(
      Surface surface,
      OpenDevice device,
      @Nullable PriceList before,
      LocalDate today,
      Consumer<PriceList> write) {
    this.surface = surface;
    this.words = surface.words();
    this.catalogue = device.catalogue();
    this.currency = device.ledger().enrolled().currency();
    this.before = before;
    this.today = today;
    this.write = write;
    table =
        Columns.table(
            words.say("lists.prices"),
            words.say("lists.nothing.title"),
            words.say("lists.nothing.text"));
    table.getColumns().add(Columns.text(words.say("products.name"), 420, Row::name));
    table
        .getColumns()
        .add(Columns.figure(words.say("products.price"), 120, Row::price, surface.amounts()::text));
    table.setMinHeight(TABLE);
    table.setPrefHeight(TABLE);
    from.setText(surface.amounts().date(today));
    Parts.show(wrong, false);
  }

  /**
   * @param before what is changed, or null for a new one
   * @param write takes what was made of it, under its next version
   */
  static void open(
      Surface surface,
      OpenDevice device,
      @Nullable PriceList before,
      LocalDate today,
      Consumer<PriceList> write) {
    // All of it, before anything can be saved.
    surface
        .desk()
        .run(
            () -> before == null ? List.<Row>of() : rows(device, before),
            rows -> {
              PriceListSheet sheet = new PriceListSheet(surface, device, before, today, write);
              if (before != null) {
                sheet.fill(before, rows);
              }
              sheet.show();
            },
            surface::trouble);
  }

  private static TextField field(String id) {
    TextField field = new TextField();
    field.setId(id);
    return field;
  }

  private void show() {
    product.setOnAction(_ -> price.requestFocus());
    price.setOnAction(_ -> add());
    table.setOnKeyPressed(
        key -> {
          if (key.getCode() == KeyCode.DELETE) {
            remove();
          }
        });
    Button remove = Parts.button(words.say("lists.remove"), this::remove);
    remove.disableProperty().bind(table.getSelectionModel().selectedItemProperty().isNull());
    lay(remove);
  }

  /** Also after prices of a file were taken. */
  private void lay(Button remove) {
    var entry =
        Parts.row(
            10,
            Forms.named(words.say("lists.product"), product),
            Forms.named(words.say("products.price"), price),
            new VBox(6, Parts.label(" ", "note"), Parts.button(words.say("lists.set"), this::add)));
    VBox content =
        new VBox(
            12,
            Parts.label(words.say(before == null ? "lists.add" : "lists.change"), "title"),
            Forms.named(words.say("lists.name"), name),
            Parts.row(
                10,
                Forms.named(words.say("promotions.from", surface.amounts().date(today)), from),
                Forms.named(words.say("promotions.to"), to)),
            entry,
            table,
            wrong,
            Parts.row(
                10,
                Parts.button(words.say("sheet.cancel"), surface.sheets()::close),
                Parts.button(words.say("lists.file"), () -> fromFile(remove)),
                Parts.spacer(),
                remove,
                Parts.button(words.say("lists.save"), this::save, "primary")));
    surface.sheets().open(content, WIDTH, name, () -> {});
  }

  private void fill(PriceList was, List<Row> rows) {
    name.setText(was.name());
    from.setText(surface.amounts().date(was.from()));
    LocalDate last = was.to();
    to.setText(last == null ? "" : surface.amounts().date(last));
    table.getItems().setAll(rows);
  }

  /** A product that was deleted keeps its price under its id. Blocking. */
  private static List<Row> rows(OpenDevice device, PriceList was) {
    List<Row> rows = new ArrayList<>();
    for (ListedPrice listed : was.prices()) {
      String called =
          device
              .catalogue()
              .byId(listed.product())
              .map(Product::name)
              .orElse(listed.product().toString());
      Money price = Money.of(listed.price(), device.ledger().enrolled().currency());
      rows.add(new Row(listed.product(), called, price));
    }
    return rows;
  }

  private void add() {
    Money typed = price();
    String asked = product.getText().strip();
    if (typed == null || typed.isNegative() || asked.isEmpty()) {
      refuse(words.say("lists.product.wrong"));
      return;
    }
    OneProduct.find(
        surface,
        catalogue,
        asked,
        found -> put(new Row(found.id(), found.name(), typed)),
        this::refuse);
  }

  private void put(Row row) {
    Parts.show(wrong, false);
    table.getItems().removeIf(each -> each.product().equals(row.product()));
    table.getItems().add(row);
    table.scrollTo(row);
    product.clear();
    price.clear();
    product.requestFocus();
  }

  private void fromFile(Button remove) {
    new PricesFromFile(
            surface,
            new PriceFile(catalogue, currency),
            taken -> {
              Set<UUID> replaced = new HashSet<>();
              taken.forEach(each -> replaced.add(each.product().id()));
              table.getItems().removeIf(row -> replaced.contains(row.product()));
              taken.forEach(
                  each ->
                      table
                          .getItems()
                          .add(new Row(each.product().id(), each.product().name(), each.price())));
            },
            () -> lay(remove))
        .open();
  }

  private void remove() {
    Row chosen = table.getSelectionModel().getSelectedItem();
    if (chosen != null) {
      table.getItems().remove(chosen);
    }
  }

  /** Null for what is no amount. */
  private @Nullable Money price() {
    try {
      return Money.parse(price.getText().strip().replace(',', '.'), currency);
    } catch (IllegalArgumentException | ArithmeticException _) {
      return null;
    }
  }

  private void save() {
    List<ListedPrice> prices = new ArrayList<>();
    table
        .getItems()
        .forEach(row -> prices.add(new ListedPrice(row.product(), row.price().minor())));
    try {
      PriceList typed =
          new PriceList(
              name.getText().strip(),
              before == null ? 1 : before.version() + 1,
              Forms.day(surface.amounts(), from),
              Forms.dayOrNone(surface.amounts(), to),
              prices);
      LocalDate last = typed.to();
      if (typed.fits() && (last == null || !last.isBefore(typed.from()))) {
        write.accept(typed);
        return;
      }
    } catch (DateTimeException _) {
      // Said below.
    }
    refuse(words.say("lists.wrong", surface.amounts().date(today)));
  }

  private void refuse(String why) {
    wrong.setText(why);
    Parts.show(wrong, true);
  }
}
