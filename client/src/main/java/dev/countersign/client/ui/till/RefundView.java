package dev.countersign.client.ui.till;

import dev.countersign.client.ledger.FoundSale;
import dev.countersign.client.ledger.SoldBefore;
import dev.countersign.client.ui.kit.Amounts;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.StripPlace;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/**
 * Goods that come back: the receipt on the left, its lines or the receipts that fit on the right.
 */
final class RefundView extends BorderPane implements StripPlace {
  private final Words words;
  private final Amounts amounts;
  private final TextField search = new TextField();
  private final HBox field;
  private final VBox facts = new VBox(8);
  private final Label title = Parts.label("", "title");
  private final StackPane right;
  private final ListView<FoundSale> hits = new ListView<>();
  private final ListView<SoldLineCell.Row> lines = new ListView<>();
  private final VBox empty = new VBox();
  private final Label giving = Parts.whole("", "to-pay-amount");
  private final Button settle;
  private final Button exchange;
  private final Button all;
  private final Button quantity;
  private String searched = "";
  private Map<Integer, Quantity> left = Map.of();

  /** What the buttons do. */
  interface Acts {
    void search();

    void open(UUID sale);

    void change(int line, Quantity by);

    void all();

    void quantity();

    void withoutReceipt();

    void exchange();

    void settle();

    void back();
  }

  RefundView(Surface surface, Acts acts) {
    this.words = surface.words();
    this.amounts = surface.amounts();
    settle = loud(acts);
    setLeft(left(acts));
    search.setPromptText(words.say("refund.search.prompt"));
    search.setAccessibleText(words.say("refund.search.name"));
    HBox.setHgrow(search, Priority.ALWAYS);
    field = new HBox(Parts.icon(Feather.SEARCH, "faint"), search, Parts.keyCap("F2"));
    field.getStyleClass().add("search");
    empty.getStyleClass().add("empty");
    list(hits, words.say("refund.receipts"));
    hits.setCellFactory(_ -> new FoundSaleCell(words, amounts, acts::open));
    list(lines, words.say("refund.lines"));
    lines.setCellFactory(_ -> new SoldLineCell(words, amounts, acts::change));
    StackPane shown = new StackPane(hits, lines, empty);
    VBox.setVgrow(shown, Priority.ALWAYS);
    VBox found = new VBox(field, title, shown);
    found.getStyleClass().add("goods");
    right = new StackPane(found);
    setCenter(right);
    FunctionBar bar = new FunctionBar(words);
    bar.act(words.say("refund.act.search"), "F2", acts::search);
    all = bar.act(words.say("refund.act.all"), "A", acts::all);
    quantity = bar.act(words.say("refund.act.quantity"), "Q", acts::quantity);
    bar.act(words.say("refund.act.without"), "F8", acts::withoutReceipt);
    exchange = bar.act(words.say("refund.act.exchange"), "F9", acts::exchange);
    bar.act(words.say("refund.act.back"), "Esc", acts::back);
    setBottom(bar);
    help();
  }

  private static void list(ListView<?> list, String name) {
    list.getStyleClass().add("lines");
    list.setFixedCellSize(SoldLineCell.HEIGHT);
    list.setAccessibleText(name);
  }

  private Button loud(Acts acts) {
    HBox row =
        Parts.row(
            10,
            Parts.whole(words.say("refund.settle"), "loud-text"),
            Parts.spacer(),
            Parts.keyCap("F12"));
    Button button = Parts.button(row, words.say("refund.settle"), acts::settle, "primary", "loud");
    button.setMaxWidth(Double.MAX_VALUE);
    button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    row.prefWidthProperty().bind(button.widthProperty().subtract(36));
    return button;
  }

  private VBox left(Acts acts) {
    Label comesBack = Parts.label(words.say("refund.title"));
    HBox head = Parts.ends(comesBack, Parts.label(""));
    head.getStyleClass().setAll("basket-head");
    BasketView.goodsComeBack(head, true);
    facts.getStyleClass().add("facts");
    VBox.setVgrow(facts, Priority.ALWAYS);
    HBox sum = Parts.ends(Parts.whole(words.say("refund.gives"), "to-pay-label"), giving);
    sum.getStyleClass().setAll("to-pay");
    sum.setAlignment(Pos.BASELINE_LEFT);
    VBox totals = new VBox(sum);
    totals.getStyleClass().add("totals");
    VBox box = new VBox(settle);
    box.getStyleClass().add("pay-box");
    VBox left = new VBox(head, facts, totals, box);
    left.getStyleClass().add("basket");
    SellingView.basketWidth(left, this);
    return left;
  }

  /** The goods: neither the loud key nor the acts. */
  @Override
  public StackPane stripPlace() {
    return right;
  }

  TextField search() {
    return search;
  }

  /** Whether the receipts that are shown are those that fit this text. */
  boolean shows(String text) {
    return hits.isVisible() && searched.equals(text.strip()) && !hits.getItems().isEmpty();
  }

  /** The receipts that fit; the first is pointed at. */
  void hits(List<FoundSale> found, String text) {
    searched = text.strip();
    hits.getItems().setAll(found);
    hits.getSelectionModel().selectFirst();
    show(true, found.isEmpty());
    title.setText(
        searched.isEmpty() ? words.say("refund.last") : words.say("refund.fitting", searched));
    empty
        .getChildren()
        .setAll(
            Parts.label(words.say("refund.nothing.title"), "empty-title"),
            Parts.paragraph(words.say("refund.nothing.text"), "empty-text"));
    help();
  }

  private void show(boolean searching, boolean nothing) {
    Parts.show(field, searching);
    Parts.show(hits, searching && !nothing);
    Parts.show(lines, !searching);
    Parts.show(empty, searching && nothing);
    for (Button button : List.of(settle, exchange, all, quantity)) {
      button.setDisable(searching);
    }
  }

  private void help() {
    facts
        .getChildren()
        .setAll(
            Parts.paragraph(words.say("refund.help.title"), "semi", "lead"),
            Parts.paragraph(words.say("refund.help.scan"), "soft"),
            Parts.paragraph(words.say("refund.help.find"), "soft"),
            Parts.paragraph(words.say("refund.help.without"), "soft"));
    giving.setText("");
  }

  /** One sale, of which so much of each line can come back. */
  void sale(SoldBefore sold, Map<Integer, Quantity> open) {
    left = open;
    show(false, false);
    var body = sold.sale().body();
    title.setText(words.say("refund.receipt", body.receipt()));
    facts.getChildren().clear();
    fact(words.say("refund.sold"), amounts.moment(sold.sale().at()));
    fact(words.say("refund.cashier"), sold.sale().cashierName());
    fact(words.say("refund.total"), text(body.total(), sold));
    for (Paid paid : body.tenders()) {
      fact(TenderWords.of(words, paid), text(paid.amount(), sold));
    }
    if (body.change() != 0) {
      fact(words.say("paying.change"), text(-body.change(), sold));
    }
    boolean nothing = open.values().stream().noneMatch(Quantity::isPositive);
    if (nothing) {
      facts.getChildren().add(Parts.paragraph(words.say("refund.all-back"), "bad-text"));
    }
    lines.getItems().clear();
    chosen(Map.of(), sold);
    lines.getSelectionModel().selectFirst();
    lines.requestFocus();
  }

  private void fact(String name, String value) {
    Node row = Parts.ends(Parts.label(name, "soft"), Parts.whole(value));
    facts.getChildren().add(row);
  }

  private static Money money(long minor, SoldBefore sold) {
    return Money.of(minor, Currency.getInstance(sold.sale().body().currency()));
  }

  private String text(long minor, SoldBefore sold) {
    return amounts.text(money(minor, sold));
  }

  /** What of it is chosen to come back. */
  void chosen(Map<Integer, Quantity> chosen, SoldBefore sold) {
    int at = lines.getSelectionModel().getSelectedIndex();
    List<SoldLineCell.Row> rows = SoldLineCell.rows(sold, left, chosen);
    lines.getItems().setAll(rows);
    lines.getSelectionModel().select(Math.max(0, at));
    Money sum = money(0, sold);
    for (SoldLineCell.Row row : rows) {
      sum = sum.plus(row.gives());
    }
    giving.setText(amounts.text(sum));
    settle.setDisable(chosen.isEmpty());
    exchange.setDisable(chosen.isEmpty());
  }

  Optional<UUID> chosenSale() {
    return Optional.ofNullable(hits.getSelectionModel().getSelectedItem()).map(FoundSale::id);
  }

  /** The number of the line that is pointed at, 0 when there is none. */
  int chosenLine() {
    SoldLineCell.Row row = lines.getSelectionModel().getSelectedItem();
    return row == null ? 0 : row.no();
  }

  void select(int line) {
    lines.getItems().stream()
        .filter(row -> row.no() == line)
        .findFirst()
        .ifPresent(
            row -> {
              lines.getSelectionModel().select(row);
              lines.scrollTo(row);
            });
  }

  void move(int by) {
    ListView<?> list = lines.isVisible() ? lines : hits;
    int at = list.getSelectionModel().getSelectedIndex() + by;
    if (at >= 0 && at < list.getItems().size()) {
      list.getSelectionModel().select(at);
      list.scrollTo(at);
    }
  }
}
