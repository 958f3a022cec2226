package dev.countersign.client.ui.office;

import dev.countersign.client.ledger.Question;
import dev.countersign.client.ui.kit.Amounts;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.money.Money;
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
  private final TableView<Question> table;

  /**
   * @param open shows one of them
   */
  WorklistPage(Surface surface, Consumer<Question> open) {
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
    table.getColumns().add(Columns.text(words.say("worklist.total"), 86, q -> total(amounts, q)));
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
    getChildren()
        .addAll(
            Parts.paragraph(words.say("worklist.about"), "soft"),
            table,
            Parts.row(10, Parts.spacer(), Forms.opens(table, words.say("worklist.open"), open)));
  }

  private static String total(Amounts amounts, Question question) {
    Money total = question.total();
    return total == null ? "" : amounts.text(total);
  }

  void show(List<Question> questions) {
    table.getItems().setAll(questions);
  }
}
