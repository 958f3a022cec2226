package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Running.Row;
import dev.countersign.client.ui.kit.Amounts;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Swipe;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.Discount;
import dev.countersign.common.sale.PricedLine;
import dev.countersign.common.sale.Weighing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import javafx.css.PseudoClass;
import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** A line of the basket; reused for every line that scrolls by, only its texts change. */
final class LineCell extends ListCell<Row> {
  /** A container stands a little further in than its goods. */
  private static final Insets WITH_GOODS = new Insets(0, 0, 0, 14);

  /** Of the size of its letters. */
  private static final double LINE_HEIGHT = 1.3;

  /** Above and below what a line says. */
  private static final double LINE_EDGES = 19;

  private static final double LOWEST = 56;

  private static final PseudoClass GOING = PseudoClass.getPseudoClass("going");

  private final Words words;
  private final Amounts amounts;
  private final Supplier<@Nullable IntConsumer> swiped;
  private final Label quantity = Parts.whole("", "line-quantity");
  private final Label name = Parts.label("", "line-name");
  private final Label under = Parts.label("", "line-note");
  private final VBox more = new VBox();
  private final Label amount = Parts.whole("", "line-amount");
  private final GridPane grid = new GridPane();
  private final Swipe swipe;

  /** The number of the line that is shown, 0 while none is. */
  private int shown;

  /**
   * @param swiped takes the number of a line that a finger drew to the side; gives null where
   *     nothing comes of that
   */
  LineCell(Words words, Amounts amounts, Supplier<@Nullable IntConsumer> swiped) {
    this.words = words;
    this.amounts = amounts;
    this.swiped = swiped;
    ColumnConstraints first = new ColumnConstraints();
    first.setMinWidth(34);
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
    grid.add(under, 1, 1);
    GridPane.setColumnSpan(under, 2);
    grid.add(more, 1, 2);
    GridPane.setColumnSpan(more, 2);
    GridPane.setValignment(quantity, VPos.BASELINE);
    setPrefWidth(0);
    // What letting go does is read where it is, however far the line has moved.
    under.translateXProperty().bind(grid.translateXProperty().negate());
    swipe = Swipe.on(this, grid, this::canGo, this::goes, this::go);
  }

  private boolean canGo() {
    Row row = getItem();
    return swiped.get() != null && row != null && !row.voided() && row.goesWith() == 0;
  }

  /** Says beforehand what letting go will do. */
  private void goes(boolean far) {
    pseudoClassStateChanged(GOING, far);
    Row row = getItem();
    if (row != null) {
      under.setText(far ? words.say("selling.swipe") : under(row));
    }
  }

  /** Not on a line that has gone from the screen meanwhile, as it does when the till is locked. */
  private void go() {
    IntConsumer act = swiped.get();
    if (act != null && getScene() != null && canGo()) {
      act.accept(getItem().no());
    }
  }

  @Override
  protected void updateItem(Row row, boolean empty) {
    super.updateItem(row, empty);
    int no = empty || row == null ? 0 : row.no();
    if (no != shown) {
      // The list puts the lines that come into view into the cells of those that have left it.
      shown = no;
      swipe.giveUp();
    }
    setText(null);
    getStyleClass().remove("gone");
    if (empty || row == null) {
      setGraphic(null);
      setAccessibleText(null);
      return;
    }
    boolean weighed = row.facts().weighing() != null;
    quantity.setText(amounts.text(row.quantity()) + (weighed ? " kg" : ""));
    GridPane.setMargin(name, row.goesWith() > 0 ? WITH_GOODS : Insets.EMPTY);
    name.setText(words.name(row.name()));
    amount.setText(amounts.text(row.amount()));
    under.setText(under(row));
    more.getChildren().clear();
    more(row).forEach(text -> more.getChildren().add(Parts.label(text, "line-off")));
    Parts.show(more, !more.getChildren().isEmpty());
    setPrefHeight(height(more.getChildren().size()));
    if (row.voided()) {
      getStyleClass().add("gone");
    }
    setAccessibleText(
        String.join(
            " ",
            quantity.getText(),
            row.name(),
            amount.getText(),
            under.getText(),
            String.join(" ", more(row))));
    setGraphic(grid);
  }

  /** Said, because the list measures a line before what was added to it is dressed. */
  private double height(int added) {
    double small = LINE_HEIGHT * under.getFont().getSize();
    double usual = LINE_HEIGHT * name.getFont().getSize() + small + LINE_EDGES;
    return added == 0 ? USE_COMPUTED_SIZE : Math.ceil(Math.max(LOWEST, usual) + added * small);
  }

  /** What was given off the line, and what was written beside it. */
  private List<String> more(Row row) {
    List<String> texts = new ArrayList<>();
    row.listed()
        .filter(_ -> !row.voided())
        .ifPresent(listed -> texts.add(words.say("selling.listed", amounts.text(listed))));
    for (PricedLine.Off off : row.off()) {
      texts.add(
          words.say(
              "selling.off",
              name(words, amounts, off.discount()),
              amounts.text(off.amount().negate())));
    }
    if (!row.note().isEmpty()) {
      texts.add(words.say("selling.note", row.note()));
    }
    return texts;
  }

  private String under(Row row) {
    if (row.voided()) {
      return words.say("selling.voided");
    }
    Weighing weighing = row.facts().weighing();
    if (weighing != null) {
      String per = row.each().map(unit -> words.say("weigh.per", amounts.text(unit))).orElse("");
      return weighing.typed() ? per + " · " + words.say("weigh.typed") : per;
    }
    boolean several = !row.quantity().equals(Quantity.ONE);
    String each =
        several
            ? row.each().map(unit -> words.say("selling.each", amounts.text(unit))).orElse("")
            : "";
    return row.size().isEmpty() || each.isEmpty() ? row.size() + each : row.size() + " · " + each;
  }

  /** Such as {@code −10 % Happy hour}. */
  static String name(Words words, Amounts amounts, Discount discount) {
    return switch (discount) {
      case Discount.PercentOff percent ->
          words.say("selling.percent-off", amounts.percent(percent.percent()), percent.reason());
      case Discount.AmountOff amount -> words.say("selling.amount-off", amount.reason());
      case Discount.Promoted promoted -> promoted.reason();
    };
  }
}
