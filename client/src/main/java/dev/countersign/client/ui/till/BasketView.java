package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Running;
import dev.countersign.client.flow.Running.Row;
import dev.countersign.client.ui.kit.Amounts;
import dev.countersign.client.ui.kit.Held;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.sale.Buyer;
import dev.countersign.common.tax.TaxShare;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** The left side: the lines, newest in view, and what they come to. */
final class BasketView extends VBox {
  private final Words words;
  private final Amounts amounts;
  private final Label items = Parts.whole("");
  private final Label note = Parts.label("", "line-note");
  private final Label buyer = Parts.label("", "medium");
  private final HBox head;
  private final ListView<Row> lines = new ListView<>();
  private final VBox totals = new VBox();
  private final List<Sum> sums = new ArrayList<>();
  private final Label toPayName = Parts.whole("", "to-pay-label");
  private final Label toPay = Parts.whole("", "to-pay-amount");
  private final Region toPayRow;
  private @Nullable IntConsumer swiped;

  BasketView(Words words, Amounts amounts) {
    this.words = words;
    this.amounts = amounts;
    getStyleClass().add("basket");
    head = Parts.ends(items, Parts.row(8, note, buyer));
    head.getStyleClass().setAll("basket-head");
    lines.getStyleClass().add("lines");
    lines.setCellFactory(_ -> new LineCell(words, amounts, () -> swiped));
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
    items.setText(words.say(head(running, all, some), running.items()));
    goodsComeBack(head, running.empties() || all || some);
  }

  private static String head(Running running, boolean all, boolean some) {
    if (running.empties()) {
      return "selling.items-empties";
    }
    if (all) {
      return "selling.items-back";
    }
    if (some) {
      return "selling.items-both";
    }
    return running.rows().isEmpty() ? "selling.new-sale" : "selling.items";
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
      wanted.add(
          sum(
              wanted.size(),
              LineCell.name(words, amounts, off.discount()),
              amounts.text(off.amount().negate())));
    }
    List<String> coupons = running.basket().coupons();
    if (!coupons.isEmpty()) {
      String said = words.say("selling.coupons", coupons.size(), String.join(", ", coupons));
      wanted.add(sum(wanted.size(), said, ""));
    }
    if (!running.priced().taxes().isEmpty()) {
      wanted.add(sum(wanted.size(), words.say("selling.without-tax"), withoutTax(running)));
    }
    for (TaxShare tax : running.priced().taxes()) {
      wanted.add(sum(wanted.size(), words.name(tax.name()), amounts.text(tax.amount())));
    }
    Buyer known = running.basket().buyer();
    if (known != null && !known.exemption().isEmpty()) {
      wanted.add(sum(wanted.size(), words.say("selling.exempt", known.exemption()), ""));
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

  /** Adds what becomes of a line, by its number, that a finger draws to the side. */
  void onSwipe(IntConsumer act) {
    swiped = act;
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
}
