package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Running;
import dev.countersign.client.flow.Running.Row;
import dev.countersign.client.ui.kit.Amounts;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.tax.TaxShare;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The left side: the lines, newest in view, and what they come to. */
final class BasketView extends VBox {
  private static final double LINE_HEIGHT = 56;

  private final Words words;
  private final Amounts amounts;
  private final Label items = Parts.label("");
  private final Label state = Parts.label("");
  private final ListView<Row> lines = new ListView<>();
  private final VBox totals = new VBox();
  private final Label toPay = Parts.whole("", "to-pay-amount");

  BasketView(Words words, Amounts amounts) {
    this.words = words;
    this.amounts = amounts;
    getStyleClass().add("basket");
    var head = Parts.ends(items, state);
    head.getStyleClass().setAll("basket-head");
    lines.getStyleClass().add("lines");
    lines.setFixedCellSize(LINE_HEIGHT);
    lines.setCellFactory(_ -> new LineCell());
    lines.setPlaceholder(empty());
    lines.setAccessibleText(words.say("selling.basket"));
    VBox.setVgrow(lines, Priority.ALWAYS);
    totals.getStyleClass().add("totals");
    getChildren().addAll(head, lines, totals);
  }

  /** Shows a sale. */
  void show(Running running) {
    items.setText(
        running.rows().isEmpty()
            ? words.say("selling.new-sale")
            : words.say("selling.items", running.items()));
    lines.getItems().setAll(running.rows());
    if (running.touched() > 0) {
      lines.getSelectionModel().select(running.touched() - 1);
      lines.scrollTo(running.touched() - 1);
    }
    totals.getChildren().clear();
    if (!running.priced().taxes().isEmpty()) {
      totals.getChildren().add(sum(words.say("selling.without-tax"), withoutTax(running)));
    }
    for (TaxShare tax : running.priced().taxes()) {
      totals.getChildren().add(sum(tax.name(), amounts.text(tax.amount())));
    }
    toPay.setText(amounts.text(running.total()));
    Label name = Parts.whole(words.say("selling.to-pay"), "to-pay-label");
    var row = Parts.ends(name, toPay);
    row.getStyleClass().setAll("to-pay");
    row.setAlignment(Pos.BASELINE_LEFT);
    totals.getChildren().add(row);
  }

  /** Shows what is being paid: lines that were taken off are noise now, and none is chosen. */
  void showToPay(Running running) {
    show(running);
    lines.getItems().removeIf(Row::voided);
    lines.getSelectionModel().clearSelection();
    lines.setFocusTraversable(false);
    lines.scrollTo(0);
  }

  /** Puts other figures in the place of the totals, as while paying. */
  VBox totals() {
    return totals;
  }

  Label state() {
    return state;
  }

  /** The line that Del means, 0 when none is chosen. */
  int chosen() {
    Row row = lines.getSelectionModel().getSelectedItem();
    return row == null ? 0 : row.no();
  }

  void move(int by) {
    int at = lines.getSelectionModel().getSelectedIndex() + by;
    if (at >= 0 && at < lines.getItems().size()) {
      lines.getSelectionModel().select(at);
      lines.scrollTo(at);
    }
  }

  static Region sum(String name, String amount) {
    return Parts.ends(Parts.label(name), Parts.whole(amount));
  }

  private String withoutTax(Running running) {
    return amounts.text(running.priced().subtotal());
  }

  private Region empty() {
    VBox empty =
        new VBox(
            Parts.label(words.say("selling.empty.title"), "empty-title"),
            Parts.paragraph(words.say("selling.empty.text"), "empty-text"));
    empty.getStyleClass().add("empty");
    return empty;
  }

  /** Reused for every line that scrolls by; only its texts change. */
  private final class LineCell extends ListCell<Row> {
    private final Label quantity = Parts.whole("", "line-quantity");
    private final Label name = Parts.label("", "line-name");
    private final Label note = Parts.label("", "line-note");
    private final Label amount = Parts.whole("", "line-amount");
    private final GridPane grid = new GridPane();

    LineCell() {
      ColumnConstraints first = new ColumnConstraints(34);
      first.setHgrow(Priority.NEVER);
      ColumnConstraints middle = new ColumnConstraints();
      middle.setHgrow(Priority.ALWAYS);
      ColumnConstraints last = new ColumnConstraints();
      last.setHalignment(HPos.RIGHT);
      last.setMinWidth(USE_PREF_SIZE);
      grid.getColumnConstraints().addAll(first, middle, last);
      grid.setHgap(8);
      name.setMaxWidth(Double.MAX_VALUE);
      grid.addRow(0, quantity, name, amount);
      grid.add(note, 1, 1);
      GridPane.setColumnSpan(note, 2);
      GridPane.setValignment(quantity, VPos.BASELINE);
      setPrefWidth(0);
    }

    @Override
    protected void updateItem(Row row, boolean empty) {
      super.updateItem(row, empty);
      setText(null);
      getStyleClass().remove("gone");
      if (empty || row == null) {
        setGraphic(null);
        setAccessibleText(null);
        return;
      }
      quantity.setText(amounts.text(row.quantity()));
      name.setText(row.name());
      amount.setText(amounts.text(row.amount()));
      note.setText(note(row));
      if (row.voided()) {
        getStyleClass().add("gone");
      }
      setAccessibleText(
          quantity.getText() + " " + row.name() + " " + amount.getText() + " " + note.getText());
      setGraphic(grid);
    }

    private String note(Row row) {
      if (row.voided()) {
        return words.say("selling.voided");
      }
      boolean several = !row.quantity().equals(Quantity.ONE);
      String each =
          several
              ? row.each().map(unit -> words.say("selling.each", amounts.text(unit))).orElse("")
              : "";
      return row.size().isEmpty() || each.isEmpty() ? row.size() + each : row.size() + " · " + each;
    }
  }
}
