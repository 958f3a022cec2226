package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Refunding;
import dev.countersign.client.ledger.SoldBefore;
import dev.countersign.client.ui.kit.Amounts;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.RefundableLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A sold line: how much can still come back, and how much of it does. */
final class SoldLineCell extends ListCell<SoldLineCell.Row> {
  static final double HEIGHT = 68;

  /**
   * @param left how much can come back now
   * @param chosen how much of it does
   * @param gives what that gives back
   */
  record Row(
      int no,
      String name,
      Quantity sold,
      Money paid,
      Quantity left,
      Quantity chosen,
      Money gives) {}

  private final Words words;
  private final Amounts amounts;
  private final Label name = Parts.label("", "line-name");
  private final Label note = Parts.label("", "line-note");
  private final Label quantity = Parts.whole("", "line-name");
  private final Label amount = Parts.whole("", "line-amount");
  private final Button less;
  private final Button more;
  private final HBox row;

  /**
   * @param change how much more of a line comes back; negative for less
   */
  SoldLineCell(Words words, Amounts amounts, BiConsumer<Integer, Quantity> change) {
    this.words = words;
    this.amounts = amounts;
    less = step("−", words.say("refund.less"), Quantity.ONE.negate(), change);
    more = step("+", words.say("refund.more"), Quantity.ONE, change);
    VBox texts = new VBox(2, name, note);
    texts.setMinWidth(0);
    texts.setAlignment(Pos.CENTER_LEFT);
    HBox.setHgrow(texts, Priority.ALWAYS);
    quantity.setMinWidth(44);
    quantity.setAlignment(Pos.CENTER);
    amount.setMinWidth(84);
    amount.setAlignment(Pos.CENTER_RIGHT);
    row = Parts.row(8, texts, less, quantity, more, amount);
    setPrefWidth(0);
  }

  private Button step(String sign, String says, Quantity by, BiConsumer<Integer, Quantity> change) {
    Button button =
        Parts.button(
            sign,
            () -> {
              Row shown = getItem();
              if (shown != null) {
                change.accept(shown.no(), by);
              }
            });
    button.setAccessibleText(says);
    button.setMinSize(48, 48);
    button.setFocusTraversable(false);
    return button;
  }

  /** The lines of a sale. */
  static List<Row> rows(
      SoldBefore sold, Map<Integer, Quantity> left, Map<Integer, Quantity> chosen) {
    List<Row> rows = new ArrayList<>();
    for (RefundableLine line : sold.lines()) {
      Quantity quantity = chosen.getOrDefault(line.lineNo(), Quantity.ZERO);
      String name =
          sold.sale().body().lines().stream()
              .filter(each -> each.no() == line.lineNo())
              .map(Line::name)
              .findFirst()
              .orElse("");
      rows.add(
          new Row(
              line.lineNo(),
              name,
              line.sold(),
              line.paid().totalIncluded(),
              left.getOrDefault(line.lineNo(), Quantity.ZERO),
              quantity,
              Refunding.gives(line, quantity)));
    }
    return rows;
  }

  @Override
  protected void updateItem(Row shown, boolean empty) {
    super.updateItem(shown, empty);
    setText(null);
    if (empty || shown == null) {
      setGraphic(null);
      setAccessibleText(null);
      return;
    }
    name.setText(shown.name());
    String sold = amounts.text(shown.sold());
    String paid = amounts.text(shown.paid());
    note.setText(
        shown.left().equals(shown.sold())
            ? words.say("refund.line", sold, paid)
            : shown.left().isZero()
                ? words.say("refund.line.none", sold, paid)
                : words.say("refund.line.left", sold, paid, amounts.text(shown.left())));
    quantity.setText(amounts.text(shown.chosen()));
    amount.setText(shown.gives().isZero() ? "" : amounts.text(shown.gives()));
    less.setDisable(shown.chosen().isZero());
    more.setDisable(shown.chosen().compareTo(shown.left()) >= 0);
    setAccessibleText(name.getText() + " " + note.getText() + " " + quantity.getText());
    setGraphic(row);
  }
}
