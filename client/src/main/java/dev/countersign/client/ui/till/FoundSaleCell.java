package dev.countersign.client.ui.till;

import dev.countersign.client.ledger.FoundSale;
import dev.countersign.client.ui.kit.Amounts;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A receipt that fits: its number and time, what was sold, what it came to. */
final class FoundSaleCell extends ListCell<FoundSale> {
  private final Words words;
  private final Amounts amounts;
  private final Label name = Parts.label("", "line-name");
  private final Label note = Parts.label("", "line-note");
  private final Label amount = Parts.whole("", "line-amount");
  private final HBox row;

  /**
   * @param open opens a sale that is touched
   */
  FoundSaleCell(Words words, Amounts amounts, Consumer<UUID> open) {
    this.words = words;
    this.amounts = amounts;
    VBox texts = new VBox(2, name, note);
    texts.setMinWidth(0);
    texts.setAlignment(Pos.CENTER_LEFT);
    HBox.setHgrow(texts, Priority.ALWAYS);
    row = Parts.row(12, texts, amount);
    setPrefWidth(0);
    setOnMouseClicked(
        _ -> {
          FoundSale sale = getItem();
          if (sale != null) {
            open.accept(sale.id());
          }
        });
  }

  @Override
  protected void updateItem(FoundSale sale, boolean empty) {
    super.updateItem(sale, empty);
    setText(null);
    if (empty || sale == null) {
      setGraphic(null);
      setAccessibleText(null);
      return;
    }
    String at = amounts.moment(sale.at());
    name.setText(
        sale.lastFour().isEmpty()
            ? words.say("refund.hit", sale.receipt(), at)
            : words.say("refund.hit.card", sale.receipt(), at, sale.lastFour().getFirst()));
    String first = sale.goods().isEmpty() ? "" : sale.goods().getFirst();
    String goods =
        sale.goods().size() > 1
            ? words.say("refund.hit.goods", first, sale.goods().size() - 1)
            : first;
    note.setText(sale.elsewhere() ? words.say("refund.hit.elsewhere", goods) : goods);
    amount.setText(amounts.text(sale.total()));
    setAccessibleText(name.getText() + " " + amount.getText() + " " + note.getText());
    setGraphic(row);
  }
}
