package dev.countersign.client.ui.office;

import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.tax.Tax;
import dev.countersign.common.tax.TaxRate;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.scene.control.Button;
import javafx.scene.control.TableView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The taxes of the business and their rates: written here, with the server or without. */
final class TaxesPage extends VBox {
  private final Surface surface;
  private final OpenDevice device;
  private final Supplier<Actor> here;
  private final Clock clock;
  private final TaxWords taxWords;
  private final TableView<Row> table;

  /** A tax, its id, and how many products bear it. */
  record Row(UUID id, Tax tax, long products) {}

  /**
   * @param here whoever is in the office, at the moment of asking
   * @param clock in the store's time zone
   */
  TaxesPage(Surface surface, OpenDevice device, Supplier<Actor> here, Clock clock) {
    super(14);
    this.surface = surface;
    this.device = device;
    this.here = here;
    this.clock = clock;
    Words words = surface.words();
    this.taxWords = new TaxWords(words, surface.amounts());
    table =
        Columns.table(
            words.say("nav.taxes"), words.say("taxes.empty.title"), words.say("taxes.empty.text"));
    var columns = table.getColumns();
    columns.add(Columns.text(words.say("taxes.name"), 180, row -> row.tax().name()));
    columns.add(Columns.text(words.say("taxes.kind"), 130, row -> taxWords.place(row.tax())));
    columns.add(
        Columns.text(
            words.say("taxes.today"), 130, row -> taxWords.rate(row.tax(), row.tax().on(today()))));
    columns.add(Columns.text(words.say("taxes.next"), 230, this::next));
    columns.add(
        Columns.figure(words.say("taxes.products"), 110, Row::products, surface.amounts()::count));
    VBox.setVgrow(table, Priority.ALWAYS);
    Button add = Parts.button(words.say("taxes.add"), () -> sheet(null), "primary");
    Button change = Forms.opens(table, words.say("taxes.change"), this::sheet);
    getChildren().addAll(table, Parts.row(10, add, change));
  }

  private LocalDate today() {
    return LocalDate.now(clock);
  }

  void refresh() {
    surface.desk().run(this::taxes, found -> table.getItems().setAll(found), surface::trouble);
  }

  private List<Row> taxes() {
    Map<UUID, Long> products = device.catalogue().productsByTax();
    return device.catalogue().taxes().entrySet().stream()
        .map(
            each ->
                new Row(each.getKey(), each.getValue(), products.getOrDefault(each.getKey(), 0L)))
        .sorted(Comparator.comparing((Row row) -> row.tax().name()).thenComparing(Row::id))
        .toList();
  }

  private String next(Row row) {
    Words words = surface.words();
    List<String> coming =
        row.tax().after(today()).stream()
            .map(
                (TaxRate each) ->
                    words.say(
                        "taxes.from-on",
                        taxWords.rate(row.tax(), each.rate()),
                        surface.amounts().date(each.from())))
            .toList();
    return Forms.first(words, coming);
  }

  private void sheet(@Nullable Row row) {
    TaxSheet.open(
        surface,
        row == null ? null : row.tax(),
        others(row),
        today(),
        written -> write(row == null ? UUID.randomUUID() : row.id(), written));
  }

  private Set<String> others(@Nullable Row row) {
    return table.getItems().stream()
        .filter(each -> row == null || !each.id().equals(row.id()))
        .map(each -> each.tax().name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  private void write(UUID id, Tax tax) {
    surface
        .desk()
        .run(
            () -> {
              device.ledger().writeTax(here.get(), id, tax, today());
              return true;
            },
            _ -> {
              surface.sheets().close();
              refresh();
            },
            surface::trouble);
  }
}
