package dev.countersign.client.ui.office;

import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.catalogue.PriceList;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import javafx.scene.control.Button;
import javafx.scene.control.TableView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The prices of customers who have a list: written here, with the server or without. */
final class PriceListsPage extends VBox {
  private final Surface surface;
  private final OpenDevice device;
  private final Supplier<Actor> here;
  private final Clock clock;
  private final TableView<Row> table;

  /** A list and its id. */
  record Row(UUID id, PriceList list) {}

  /**
   * @param here whoever is in the office, at the moment of asking
   * @param clock in the store's time zone
   */
  PriceListsPage(Surface surface, OpenDevice device, Supplier<Actor> here, Clock clock) {
    super(14);
    this.surface = surface;
    this.device = device;
    this.here = here;
    this.clock = clock;
    Words words = surface.words();
    table =
        Columns.table(
            words.say("nav.lists"), words.say("lists.empty.title"), words.say("lists.empty.text"));
    var columns = table.getColumns();
    columns.add(Columns.text(words.say("lists.name"), 240, row -> row.list().name()));
    columns.add(Columns.text(words.say("promotions.when"), 240, this::when));
    columns.add(
        Columns.figure(
            words.say("lists.prices"),
            110,
            row -> (long) row.list().prices().size(),
            surface.amounts()::count));
    VBox.setVgrow(table, Priority.ALWAYS);
    Button add = Parts.button(words.say("lists.add"), () -> sheet(null), "primary");
    Button change = Forms.opens(table, words.say("lists.change"), this::sheet);
    getChildren().addAll(table, Parts.row(10, add, change));
  }

  void refresh() {
    surface.desk().run(this::lists, found -> table.getItems().setAll(found), surface::trouble);
  }

  private List<Row> lists() {
    return device.deals().priceLists().entrySet().stream()
        .map(each -> new Row(each.getKey(), each.getValue()))
        .sorted(Comparator.comparing((Row row) -> row.list().name()).thenComparing(Row::id))
        .toList();
  }

  private String when(Row row) {
    Words words = surface.words();
    String from = surface.amounts().date(row.list().from());
    LocalDate to = row.list().to();
    return to == null
        ? words.say("promotions.when.from", from)
        : words.say("promotions.when.from-to", from, surface.amounts().date(to));
  }

  private void sheet(@Nullable Row row) {
    PriceListSheet.open(
        surface,
        device,
        row == null ? null : row.list(),
        LocalDate.now(clock),
        written -> write(row == null ? UUID.randomUUID() : row.id(), written));
  }

  private void write(UUID id, PriceList list) {
    surface
        .desk()
        .run(
            () -> {
              device.ledger().writePriceList(here.get(), id, list);
              return true;
            },
            _ -> {
              surface.sheets().close();
              refresh();
            },
            surface::trouble);
  }
}
