package dev.countersign.client.ui.office;

import dev.countersign.client.flow.DayAtAGlance;
import dev.countersign.client.ledger.SaleView;
import dev.countersign.client.ui.kit.Amounts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import javafx.scene.control.TableView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The sales of a day with what the server said about each. */
final class SalesPage extends VBox {
  private final TableView<SaleView> table;

  SalesPage(Surface surface) {
    Words words = surface.words();
    Amounts amounts = surface.amounts();
    table =
        Columns.table(
            words.say("nav.sales"), words.say("sales.empty.title"), words.say("sales.empty.text"));
    table.getColumns().add(Columns.text(words.say("sales.time"), 80, s -> amounts.time(s.at())));
    table.getColumns().add(Columns.text(words.say("sales.receipt"), 140, SaleView::receipt));
    table.getColumns().add(Columns.text(words.say("sales.register"), 120, SaleView::registerName));
    table.getColumns().add(Columns.text(words.say("sales.cashier"), 130, SaleView::cashier));
    table
        .getColumns()
        .add(Columns.figure(words.say("sales.lines"), 70, SaleView::lines, n -> amounts.count(n)));
    table
        .getColumns()
        .add(Columns.figure(words.say("sales.total"), 120, SaleView::total, amounts::text));
    table
        .getColumns()
        .add(
            Columns.part(
                words.say("sales.verdict"),
                130,
                SaleView::standing,
                standing -> Standings.badge(words, standing)));
    VBox.setVgrow(table, Priority.ALWAYS);
    getChildren().add(table);
  }

  void show(DayAtAGlance day) {
    table.getItems().setAll(day.sales());
  }
}
