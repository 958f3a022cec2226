package dev.countersign.client.ui.office;

import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.Catalogue;
import dev.countersign.client.ledger.Ledger;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.catalogue.Deposit;
import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.change.ProductChanged.Field;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.MoneyFormatException;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.tax.TaxRule;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Changes what is known of a product; each field stands for itself when the server judges it. */
final class ProductSheet {
  private static final double WIDTH = 640;

  private final Surface surface;
  private final Words words;
  private final Ledger ledger;
  private final Catalogue catalogue;
  private final Supplier<Actor> here;
  private final Product product;
  private final Runnable done;
  private final TextField name;
  private final TextField category;
  private final TextField size;
  private final TextField price;
  private final TextField age;
  private final TextField restricted;
  private final TextField deposits;
  private final CheckBox weighed;
  private final CheckBox container;
  private final CheckBox openPrice;
  private final List<Choice> taxes;
  private final Label wrong = Parts.paragraph("", "bad-text", "note");

  private ProductSheet(
      Surface surface,
      Ledger ledger,
      Catalogue catalogue,
      Supplier<Actor> here,
      Product product,
      Shown shown,
      Runnable done) {
    this.surface = surface;
    this.words = surface.words();
    this.ledger = ledger;
    this.catalogue = catalogue;
    this.here = here;
    this.product = product;
    this.done = done;
    Handling handling = product.handling();
    name = field("product-name", product.name());
    category = field("product-category", product.category());
    size = field("product-size", product.size());
    price = field("product-price", product.price().toDecimalString());
    age = field("product-age", handling.leastAge() == 0 ? "" : String.valueOf(handling.leastAge()));
    restricted = field("product-restricted", handling.restricted());
    deposits = field("product-deposits", shown.containers());
    weighed = box("product-weighed", words.say("product.weighed"), handling.weighed());
    container = box("product-container", words.say("product.container"), handling.container());
    openPrice = box("product-open-price", words.say("product.open-price"), handling.asksPrice());
    taxes = shown.taxes().stream().map(tax -> choice(tax, product)).toList();
    Parts.show(wrong, false);
  }

  /** What is read of other things than the product. */
  private record Shown(String containers, List<TaxRule> taxes) {}

  /** A tax that the product may bear. */
  private record Choice(UUID tax, CheckBox box) {}

  private static Choice choice(TaxRule tax, Product product) {
    CheckBox box = box("product-tax-" + tax.id(), tax.name(), product.taxIds().contains(tax.id()));
    return new Choice(tax.id(), box);
  }

  /**
   * Opens it.
   *
   * @param here whoever is in the office, at the moment of asking
   * @param done runs when something was changed
   */
  static void open(
      Surface surface,
      Ledger ledger,
      Catalogue catalogue,
      Supplier<Actor> here,
      Product product,
      Runnable done) {
    surface
        .desk()
        .run(
            () ->
                new Shown(
                    named(catalogue, product.handling().deposits()),
                    // Only their names are shown, and those are the same on every day.
                    catalogue.taxRules(LocalDate.EPOCH)),
            shown ->
                new ProductSheet(surface, ledger, catalogue, here, product, shown, done).show(),
            surface::trouble);
  }

  /** By the shop's own numbers, as {@link #deposits} reads them. */
  private static String named(Catalogue catalogue, List<Deposit> deposits) {
    List<String> named = new ArrayList<>();
    for (Deposit deposit : deposits) {
      catalogue
          .byId(deposit.product())
          .ifPresent(found -> named.add(found.sku() + "*" + deposit.each().toDecimalString()));
    }
    return String.join(" ", named);
  }

  private static TextField field(String id, String value) {
    TextField field = new TextField(value);
    field.setId(id);
    return field;
  }

  private static CheckBox box(String id, String label, boolean on) {
    CheckBox box = new CheckBox(label);
    box.setId(id);
    box.setSelected(on);
    box.setMinHeight(48);
    return box;
  }

  private void show() {
    Button cancel = Parts.button(words.say("sheet.cancel"), surface.sheets()::close);
    Button save = Parts.button(words.say("product.save"), this::save, "primary");
    for (TextField field : List.of(name, category, size, price, age, restricted, deposits)) {
      field.setOnAction(_ -> save());
    }
    VBox content =
        new VBox(
            10,
            Parts.paragraph(words.say("product.title", product.sku()), "title"),
            Forms.named(words.say("products.name"), name),
            new HBox(
                12,
                Forms.named(words.say("products.category"), category),
                Forms.named(words.say("products.size"), size),
                Forms.named(words.say("products.price"), price)),
            new HBox(
                12,
                Forms.named(words.say("product.age"), age),
                Forms.named(words.say("product.restricted"), restricted)),
            new HBox(24, weighed, container, openPrice),
            taxes(),
            Forms.named(words.say("product.deposits"), deposits),
            Parts.paragraph(words.say("product.deposits.text"), "soft", "note"),
            wrong,
            Parts.row(10, cancel, Parts.spacer(), save));
    surface.sheets().open(content, WIDTH, name, () -> {});
  }

  /** In the order in which they are charged those that it bears stand as they stood. */
  private Node taxes() {
    if (taxes.isEmpty()) {
      return Parts.paragraph(words.say("product.no-taxes"), "soft", "note");
    }
    FlowPane boxes = new FlowPane(24, 0);
    taxes.forEach(each -> boxes.getChildren().add(each.box()));
    return new VBox(Parts.label(words.say("product.taxes"), "note", "soft"), boxes);
  }

  /** A tax that this device does not know stays; a new one comes behind those that were there. */
  private String chosenTaxes() {
    Set<UUID> offered = taxes.stream().map(Choice::tax).collect(Collectors.toSet());
    Set<UUID> on =
        taxes.stream()
            .filter(each -> each.box().isSelected())
            .map(Choice::tax)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    List<UUID> now = new ArrayList<>(product.taxIds());
    now.removeIf(tax -> offered.contains(tax) && !on.contains(tax));
    on.stream().filter(tax -> !now.contains(tax)).forEach(now::add);
    return Field.ofTaxes(now);
  }

  /** What stands in the fields, as text. */
  private record Typed(Map<Field, String> values, String deposits, String price) {}

  private Typed typed() {
    Map<Field, String> values = new EnumMap<>(Field.class);
    values.put(Field.NAME, name.getText().strip());
    values.put(Field.CATEGORY, category.getText().strip());
    values.put(Field.SIZE, size.getText().strip());
    values.put(Field.LEAST_AGE, age.getText().isBlank() ? "0" : age.getText().strip());
    values.put(Field.RESTRICTED, restricted.getText().strip().toLowerCase(Locale.ROOT));
    values.put(Field.WEIGHED, weighed.isSelected() ? "yes" : "no");
    values.put(Field.CONTAINER, container.isSelected() ? "yes" : "no");
    values.put(Field.OPEN_PRICE, openPrice.isSelected() ? "yes" : "no");
    values.put(Field.TAXES, chosenTaxes());
    return new Typed(values, deposits.getText().strip(), price.getText().strip());
  }

  private void save() {
    Typed typed = typed();
    surface
        .desk()
        .run(
            () -> {
              Optional<Map<Field, String>> values = values(typed);
              values.ifPresent(now -> ledger.editProduct(here.get(), product.id(), now));
              return values.isPresent();
            },
            saved -> {
              if (saved) {
                surface.sheets().close();
                done.run();
              } else {
                wrong.setText(words.say("product.wrong"));
                Parts.show(wrong, true);
              }
            },
            surface::trouble);
  }

  /** What is to be changed; empty when a field cannot hold what was typed. */
  private Optional<Map<Field, String>> values(Typed typed) {
    Optional<Money> amount = amount(typed.price());
    Optional<List<Deposit>> containers = deposits(typed.deposits());
    if (amount.isEmpty() || containers.isEmpty()) {
      return Optional.empty();
    }
    Map<Field, String> values = new EnumMap<>(typed.values());
    values.put(Field.PRICE, Long.toString(amount.get().minor()));
    values.put(Field.DEPOSITS, Deposit.text(containers.get()));
    boolean alone =
        "yes".equals(values.get(Field.WEIGHED)) || "yes".equals(values.get(Field.CONTAINER));
    boolean asked = "yes".equals(values.get(Field.OPEN_PRICE));
    boolean fit =
        values.entrySet().stream().allMatch(each -> each.getKey().fits(each.getValue()))
            && !(alone && !containers.get().isEmpty())
            && !(asked && "yes".equals(values.get(Field.CONTAINER)));
    return fit ? Optional.of(values) : Optional.empty();
  }

  /** With a point or a comma. */
  private Optional<Money> amount(String typed) {
    try {
      return Optional.of(Money.parse(typed.replace(',', '.'), product.price().currency()));
    } catch (MoneyFormatException _) {
      return Optional.empty();
    }
  }

  /** Only what the catalogue has as a container. */
  private Optional<List<Deposit>> deposits(String typed) {
    List<Deposit> read = new ArrayList<>();
    for (String part : typed.split(" +")) {
      if (part.isEmpty()) {
        continue;
      }
      String[] parts = part.split("\\*", 2);
      Optional<Product> found =
          catalogue.bySku(parts[0]).filter(each -> each.handling().container());
      boolean count = parts.length == 1 || parts[1].matches("[1-9][0-9]{0,2}");
      if (found.isEmpty() || !count || read.size() == Deposit.MOST) {
        return Optional.empty();
      }
      long each = parts.length == 1 ? 1 : Long.parseLong(parts[1]);
      read.add(new Deposit(found.get().id(), Quantity.of(each)));
    }
    boolean twice = read.stream().map(Deposit::product).distinct().count() < read.size();
    return twice ? Optional.empty() : Optional.of(read);
  }
}
