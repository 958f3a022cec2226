package dev.countersign.client.ui.till;

import dev.countersign.client.flow.GivingBack.Way;
import dev.countersign.client.ui.kit.Keypad;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Giving money back: what came back on the left, which way the money goes on the right. */
final class GivingBackView extends BorderPane {
  private static final double WIDEST = 860;

  private final Label amount = Parts.whole("", "amount");
  private final Label goesTo = Parts.whole("", "change-label");
  private final Label goes = Parts.whole("", "change-amount");
  private final Label cash = Parts.whole("", "semi");
  private final HBox cashRow;
  private final Label finishText = Parts.whole("", "loud-text");
  private final Button finish;
  private final Button leave;
  private final Map<Way, Button> ways = new EnumMap<>(Way.class);
  private final VBox rows = new VBox(4);

  /** One way the money goes. */
  record Row(String name, String note, String amount) {}

  /** What the buttons do. */
  interface Acts {
    void digit(String digits);

    void back();

    void way(Way way);

    void finish();

    void leave();
  }

  /**
   * @param credit whether new store credit is among the ways
   */
  GivingBackView(Surface surface, BasketView basket, boolean credit, Acts acts) {
    Words words = surface.words();
    basket.totals().getChildren().clear();
    Parts.show(basket.totals(), false);
    VBox list = new VBox(8, Parts.label(words.say("giving.goes"), "semi"), rows);
    list.getStyleClass().addAll("totals", "left");
    VBox side = new VBox(basket, list);
    side.getStyleClass().add("basket");
    VBox.setVgrow(basket, Priority.ALWAYS);
    SellingView.basketWidth(side, this);
    setLeft(side);

    HBox amountBox = new HBox(amount);
    amountBox.getStyleClass().add("amount-box");
    Keypad keypad = Keypad.calculator(surface.kit(), acts::digit, acts::back);
    VBox.setVgrow(keypad, Priority.ALWAYS);
    keypad.setMaxHeight(420);
    leave = Parts.button(words.say("giving.leave"), acts::leave, "quiet");
    HBox head = Parts.ends(Parts.label(words.say("giving.title"), "title"), leave);
    head.setMinHeight(48);
    HBox goesRow = Parts.ends(goesTo, goes);
    goesRow.getStyleClass().add("change-row");
    goesRow.setAlignment(Pos.BASELINE_LEFT);
    cashRow = Parts.ends(Parts.whole(words.say("giving.cash"), "medium"), cash);
    finish = finish(words, acts);
    VBox pay =
        new VBox(
            head,
            amountBox,
            means(words, credit, acts),
            keypad,
            Parts.spacer(),
            goesRow,
            cashRow,
            finish);
    pay.getStyleClass().add("pay-side");
    pay.setMaxWidth(WIDEST);
    StackPane centre = new StackPane(pay);
    centre.setMinWidth(0);
    setCenter(centre);
  }

  private Button finish(Words words, Acts acts) {
    HBox row = Parts.row(10, finishText, Parts.spacer(), Parts.keyCap(words.key("Enter")));
    Button button = Parts.button(row, words.say("giving.title"), acts::finish, "primary", "loud");
    button.setMaxWidth(Double.MAX_VALUE);
    button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    row.prefWidthProperty().bind(button.widthProperty().subtract(36));
    return button;
  }

  private GridPane means(Words words, boolean credit, Acts acts) {
    GridPane grid = new GridPane(8, 8);
    grid.addRow(
        0,
        way(words.say("giving.as-paid"), "F5", Way.AS_PAID, acts),
        way(words.say("giving.all-cash"), "F6", Way.CASH, acts));
    if (credit) {
      grid.addRow(0, way(words.say("giving.to-credit"), "F7", Way.STORE_CREDIT, acts));
    }
    for (int i = 0; i < ways.size(); i++) {
      ColumnConstraints share = new ColumnConstraints();
      share.setPercentWidth(100.0 / ways.size());
      grid.getColumnConstraints().add(share);
    }
    return grid;
  }

  private Button way(String name, String key, Way way, Acts acts) {
    VBox shown = new VBox(2, Parts.label(name, "tender-name"), Parts.label(key, "tender-key"));
    shown.setAlignment(Pos.CENTER);
    Button button = Parts.button(shown, name + ", " + key, () -> acts.way(way), "tender");
    ways.put(way, button);
    return button;
  }

  /**
   * @param typed false while the field shows all that is owed
   */
  void entry(String text, boolean typed) {
    amount.setText(text);
    amount.getStyleClass().remove("faint");
    if (!typed) {
      amount.getStyleClass().add("faint");
    }
  }

  /** Whether the way back to the sale is there: what has gone to a card cannot be called back. */
  void leaves(boolean possible) {
    Parts.show(leave, possible);
  }

  /**
   * What is about to happen, in large.
   *
   * @param to where it goes
   * @param act what the key says
   * @param ofIt the cash among it, or empty when there is none or nothing else
   */
  void goes(Way chosen, String to, String figure, String act, String ofIt) {
    ways.forEach(
        (way, button) -> {
          button.getStyleClass().remove("on");
          if (way == chosen) {
            button.getStyleClass().add("on");
          }
        });
    goesTo.setText(to);
    goes.setText(figure);
    finishText.setText(act);
    finish.setAccessibleText(act);
    cash.setText(ofIt);
    Parts.show(cashRow, !ofIt.isEmpty());
  }

  void rows(List<Row> tenders) {
    rows.getChildren().clear();
    for (Row way : tenders) {
      Label name = Parts.label(way.name(), "medium");
      VBox texts = new VBox(2, name, Parts.paragraph(way.note(), "small", "faint"));
      texts.setMinWidth(0);
      HBox.setHgrow(texts, Priority.ALWAYS);
      HBox row = Parts.row(12, texts, Parts.whole(way.amount(), "semi"));
      rows.getChildren().add(row);
    }
  }
}
