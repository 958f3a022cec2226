package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Running;
import dev.countersign.client.flow.Running.Row;
import dev.countersign.client.ui.kit.Amounts;
import dev.countersign.client.ui.kit.Held;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.Buyer;
import dev.countersign.common.sale.Discount;
import dev.countersign.common.sale.PricedLine;
import dev.countersign.common.sale.Weighing;
import dev.countersign.common.tax.TaxShare;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** The left side: the lines, newest in view, and what they come to. */
final class BasketView extends VBox {
  /** A container stands a little further in than its goods. */
  private static final Insets WITH_GOODS = new Insets(0, 0, 0, 14);

  /** Of the size of its letters. */
  private static final double LINE_HEIGHT = 1.3;

  /** Above and below what a line says. */
  private static final double LINE_EDGES = 19;

  private static final double LOWEST = 56;

  private final Words words;
  private final Amounts amounts;
  private final Label items = Parts.whole("");
  private final Label note = Parts.label("", "line-note");
  private final Label buyer = Parts.label("", "medium");
  private final HBox head;
  private final ListView<Row> lines = new ListView<>();
  private final VBox totals = new VBox();
  private final List<Sum> sums = new ArrayList<>();
  private final Label exempt = Parts.label("");
  private final Label toPayName = Parts.whole("", "to-pay-label");
  private final Label toPay = Parts.whole("", "to-pay-amount");
  private final Region toPayRow;

  BasketView(Words words, Amounts amounts) {
    this.words = words;
    this.amounts = amounts;
    getStyleClass().add("basket");
    head = Parts.ends(items, Parts.row(8, note, buyer));
    head.getStyleClass().setAll("basket-head");
    lines.getStyleClass().add("lines");
    lines.setCellFactory(_ -> new LineCell());
    lines.setPlaceholder(empty(words.say("selling.empty.title"), words.say("selling.empty.text")));
    lines.setAccessibleText(words.say("selling.basket"));
    VBox.setVgrow(lines, Priority.ALWAYS);
    HBox row = Parts.ends(toPayName, toPay);
    row.getStyleClass().setAll("to-pay");
    row.setAlignment(Pos.BASELINE_LEFT);
    toPayRow = row;
    totals.getStyleClass().add("totals");
    getChildren().addAll(head, lines, totals);
  }

  /** Shows a sale. */
  void show(Running running) {
    showHead(running);
    Buyer known = running.basket().buyer();
    buyer.setText(known == null ? "" : known.name());
    Parts.show(buyer, known != null);
    showRows(running.rows());
    if (running.touched() > 0) {
      lines.getSelectionModel().select(running.touched() - 1);
      reveal(running.touched() - 1);
    }
    note.setText(running.basket().note());
    showTotals(running);
  }

  /** Goods that come back change the head in words, mark and colour: nobody pays out unawares. */
  private void showHead(Running running) {
    boolean some = false;
    boolean all = true;
    for (Row row : running.rows()) {
      if (!row.voided() && row.goesWith() == 0) {
        boolean back = row.quantity().isNegative();
        some |= back && !row.container();
        all &= back;
      }
    }
    all &= !running.isEmpty();
    long count = running.items();
    String said =
        running.empties()
            ? words.say("selling.items-empties", count)
            : all
                ? words.say("selling.items-back", count)
                : some
                    ? words.say("selling.items-both", count)
                    : running.rows().isEmpty()
                        ? words.say("selling.new-sale")
                        : words.say("selling.items", count);
    items.setText(said);
    goodsComeBack(head, running.empties() || all || some);
  }

  /** Marks the head of a basket or of a receipt whose goods come back. */
  static void goodsComeBack(HBox head, boolean back) {
    if (back == head.getStyleClass().contains("back")) {
      return;
    }
    if (back) {
      head.getStyleClass().add("back");
      head.getChildren().addFirst(Parts.icon(Feather.CORNER_UP_LEFT));
    } else {
      head.getStyleClass().remove("back");
      head.getChildren().removeFirst();
    }
  }

  /** Only what has changed: a scan comes every second, and most lines are what they were. */
  private void showRows(List<Row> rows) {
    List<Row> shown = lines.getItems();
    int both = Math.min(shown.size(), rows.size());
    for (int i = 0; i < both; i++) {
      if (!shown.get(i).equals(rows.get(i))) {
        shown.set(i, rows.get(i));
      }
    }
    if (shown.size() > both) {
      shown.subList(both, shown.size()).clear();
    } else if (rows.size() > both) {
      shown.addAll(rows.subList(both, rows.size()));
    }
  }

  private void showTotals(Running running) {
    List<Node> wanted = new ArrayList<>();
    for (Running.OffAll off : running.offAll()) {
      wanted.add(sum(wanted.size(), name(off.discount()), amounts.text(off.amount().negate())));
    }
    if (!running.priced().taxes().isEmpty()) {
      wanted.add(sum(wanted.size(), words.say("selling.without-tax"), withoutTax(running)));
    }
    for (TaxShare tax : running.priced().taxes()) {
      wanted.add(sum(wanted.size(), words.name(tax.name()), amounts.text(tax.amount())));
    }
    Buyer known = running.basket().buyer();
    if (known != null && !known.exemption().isEmpty()) {
      exempt.setText(words.say("selling.exempt", known.exemption()));
      wanted.add(exempt);
    }
    boolean back = running.total().isNegative();
    toPayName.setText(words.say(back ? "refund.gives" : "selling.to-pay"));
    toPay.setText(amounts.text(back ? running.total().negate() : running.total()));
    wanted.add(toPayRow);
    if (!totals.getChildren().equals(wanted)) {
      totals.getChildren().setAll(wanted);
    }
  }

  /** Shows what is being paid: lines that were taken off are noise now, and none is chosen. */
  void showToPay(Running running) {
    show(running);
    Buyer known = running.basket().buyer();
    if (running.isEmpty() && known != null) {
      items.setText(known.name());
      Parts.show(buyer, false);
      lines.setPlaceholder(
          empty(words.say("pay-off.empty.title", known.name()), words.say("pay-off.empty.text")));
    }
    lines.getItems().removeIf(Row::voided);
    lines.getSelectionModel().clearSelection();
    lines.setFocusTraversable(false);
    lines.scrollTo(0);
  }

  /** Puts other figures in the place of the totals, as while paying. */
  VBox totals() {
    return totals;
  }

  /** Adds a way to what else can be done with the chosen line, also by touching it twice. */
  void onMore(String name, Runnable act) {
    Button more = Parts.button(name, act, "quiet", "more");
    more.setFocusTraversable(false);
    head.getChildren().add(more);
    lines.setOnMouseClicked(
        click -> {
          if (click.getClickCount() == 2) {
            act.run();
          }
        });
    Held.on(lines, act);
  }

  /** Such as {@code −10 % Happy hour}. */
  private String name(Discount discount) {
    return switch (discount) {
      case Discount.PercentOff percent ->
          words.say("selling.percent-off", amounts.percent(percent.percent()), percent.reason());
      case Discount.AmountOff amount -> words.say("selling.amount-off", amount.reason());
      case Discount.Promoted promoted -> promoted.reason();
    };
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
      reveal(at);
    }
  }

  /**
   * Brings a line wholly into view. The list must have laid out the lines that it was given: it
   * scrolls by those that it knows, and the newest would stay just below its edge.
   */
  private void reveal(int at) {
    lines.layout();
    // Behind the last means down to the end; to the last would be to its upper edge.
    lines.scrollTo(at == lines.getItems().size() - 1 ? at + 1 : at);
  }

  /** A line of the totals that stays for the next sale; another one is dressed anew. */
  private Region sum(int place, String name, String amount) {
    while (sums.size() <= place) {
      sums.add(Sum.empty());
    }
    Sum sum = sums.get(place);
    sum.name().setText(name);
    sum.amount().setText(amount);
    return sum.row();
  }

  private record Sum(Label name, Label amount, Region row) {
    static Sum empty() {
      Label name = Parts.label("");
      Label amount = Parts.whole("");
      return new Sum(name, amount, Parts.ends(name, amount));
    }
  }

  static Region sum(String name, String amount) {
    return Parts.ends(Parts.label(name), Parts.whole(amount));
  }

  private String withoutTax(Running running) {
    return amounts.text(running.priced().subtotal());
  }

  private static Region empty(String title, String text) {
    VBox empty =
        new VBox(Parts.paragraph(title, "empty-title"), Parts.paragraph(text, "empty-text"));
    empty.getStyleClass().add("empty");
    return empty;
  }

  /** Reused for every line that scrolls by; only its texts change. */
  private final class LineCell extends ListCell<Row> {
    private final Label quantity = Parts.whole("", "line-quantity");
    private final Label name = Parts.label("", "line-name");
    private final Label under = Parts.label("", "line-note");
    private final VBox more = new VBox();
    private final Label amount = Parts.whole("", "line-amount");
    private final GridPane grid = new GridPane();

    LineCell() {
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
            words.say("selling.off", name(off.discount()), amounts.text(off.amount().negate())));
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
  }
}
