package dev.countersign.client.ui.office;

import dev.countersign.client.ledger.Question;
import dev.countersign.client.ui.kit.Amounts;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.TableView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/**
 * What the server did not plainly accept and nobody has decided on, of every device of the store.
 * It is here without the server as well; a decision is sent like everything else.
 */
final class WorklistPage extends VBox {
  private static final double BELOW = 200;

  private final TableView<Question> table;
  private final TableView<StockPage.Row> below;
  private final VBox belowNothing;

  /**
   * @param open shows one of them
   * @param look shows a product whose level is below nothing
   * @param report somebody here noticed something
   */
  WorklistPage(
      Surface surface, Consumer<Question> open, Consumer<StockPage.Row> look, Runnable report) {
    super(14);
    Words words = surface.words();
    Amounts amounts = surface.amounts();
    table =
        Columns.table(
            words.say("nav.worklist"),
            words.say("worklist.empty.title"),
            words.say("worklist.empty.text"));
    table
        .getColumns()
        .add(Columns.text(words.say("worklist.received"), 122, q -> amounts.moment(q.received())));
    table
        .getColumns()
        .add(Columns.text(words.say("worklist.what"), 148, q -> WorklistWords.what(words, q)));
    table
        .getColumns()
        .add(Columns.figure(words.say("worklist.total"), 86, Question::total, amounts::text));
    table
        .getColumns()
        .add(Columns.text(words.say("worklist.why"), 282, q -> WorklistWords.first(surface, q)));
    table
        .getColumns()
        .add(
            Columns.part(
                words.say("worklist.verdict"),
                118,
                WorklistWords::standing,
                standing -> Standings.badge(words, standing)));
    VBox.setVgrow(table, Priority.ALWAYS);
    below = below(words, amounts);
    belowNothing =
        new VBox(
            10,
            Parts.label(words.say("worklist.below"), "semi"),
            Parts.paragraph(words.say("worklist.below.text"), "soft"),
            below,
            Parts.row(
                10, Parts.spacer(), Forms.opens(below, words.say("worklist.below.open"), look)));
    Parts.show(belowNothing, false);
    getChildren()
        .addAll(
            Parts.paragraph(words.say("worklist.about"), "soft"),
            table,
            Parts.row(
                10,
                Parts.button(words.say("worklist.report"), report),
                Parts.spacer(),
                Forms.opens(table, words.say("worklist.open"), open)),
            belowNothing);
  }

  private static TableView<StockPage.Row> below(Words words, Amounts amounts) {
    TableView<StockPage.Row> table =
        Columns.table(
            words.say("worklist.below"),
            words.say("worklist.empty.title"),
            words.say("worklist.empty.text"));
    table
        .getColumns()
        .add(Columns.text(words.say("products.number"), 82, row -> row.product().sku()));
    table
        .getColumns()
        .add(Columns.text(words.say("products.name"), 420, row -> row.product().name()));
    table
        .getColumns()
        .add(Columns.figure(words.say("stock.level"), 100, StockPage.Row::quantity, amounts::text));
    table.setPrefHeight(BELOW);
    table.setMinHeight(BELOW);
    return table;
  }

  void show(List<Question> questions, List<StockPage.Row> missing) {
    table.getItems().setAll(questions);
    below.getItems().setAll(missing);
    Parts.show(belowNothing, !missing.isEmpty());
  }
}
