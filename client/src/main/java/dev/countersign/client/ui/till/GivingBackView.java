package dev.countersign.client.ui.till;

import dev.countersign.client.flow.GivingBack.Way;
import dev.countersign.client.ui.kit.Keypad;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import java.util.List;
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
  private final Label cash = Parts.whole("", "change-amount");
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

  GivingBackView(Surface surface, BasketView basket, Acts acts) {
    Words words = surface.words();
    basket.totals().getChildren().clear();
    Parts.show(basket.totals(), false);
    VBox goes = new VBox(8, Parts.label(words.say("giving.goes"), "semi"), rows);
    goes.getStyleClass().addAll("totals", "left");
    VBox side = new VBox(basket, goes);
    side.getStyleClass().add("basket");
    VBox.setVgrow(basket, Priority.ALWAYS);
    SellingView.basketWidth(side, this);
    setLeft(side);

    HBox amountBox = new HBox(amount);
    amountBox.getStyleClass().add("amount-box");
    Keypad keypad = Keypad.calculator(surface.kit(), acts::digit, acts::back);
    VBox.setVgrow(keypad, Priority.ALWAYS);
    keypad.setMaxHeight(420);
    Button leave = Parts.button(words.say("giving.leave"), acts::leave, "quiet");
    HBox head = Parts.ends(Parts.label(words.say("giving.title"), "title"), leave);
    head.setMinHeight(48);
    HBox cashRow = Parts.ends(Parts.whole(words.say("giving.cash"), "change-label"), cash);
    cashRow.getStyleClass().add("change-row");
    cashRow.setAlignment(Pos.BASELINE_LEFT);
    VBox pay =
        new VBox(
            head,
            amountBox,
            means(words, acts),
            keypad,
            Parts.spacer(),
            cashRow,
            finish(words, acts));
    pay.getStyleClass().add("pay-side");
    pay.setMaxWidth(WIDEST);
    StackPane centre = new StackPane(pay);
    centre.setMinWidth(0);
    setCenter(centre);
  }

  private static Button finish(Words words, Acts acts) {
    HBox row =
        Parts.row(
            10,
            Parts.whole(words.say("giving.finish"), "loud-text"),
            Parts.spacer(),
            Parts.keyCap(words.key("Enter")));
    Button finish = Parts.button(row, words.say("giving.finish"), acts::finish, "primary", "loud");
    finish.setMaxWidth(Double.MAX_VALUE);
    finish.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    row.prefWidthProperty().bind(finish.widthProperty().subtract(36));
    return finish;
  }

  private static GridPane means(Words words, Acts acts) {
    GridPane grid = new GridPane(8, 8);
    grid.addRow(
        0,
        way(words.say("giving.as-paid"), "F5", () -> acts.way(Way.AS_PAID)),
        way(words.say("giving.all-cash"), "F6", () -> acts.way(Way.CASH)),
        way(words.say("giving.to-credit"), "F7", () -> acts.way(Way.STORE_CREDIT)));
    for (int i = 0; i < 3; i++) {
      ColumnConstraints third = new ColumnConstraints();
      third.setPercentWidth(100.0 / 3);
      grid.getColumnConstraints().add(third);
    }
    return grid;
  }

  private static Button way(String name, String key, Runnable act) {
    VBox shown = new VBox(2, Parts.label(name, "tender-name"), Parts.label(key, "tender-key"));
    shown.setAlignment(Pos.CENTER);
    return Parts.button(shown, name + ", " + key, act, "tender");
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

  void ways(List<Row> ways, String cashFigure) {
    rows.getChildren().clear();
    for (Row way : ways) {
      Label name = Parts.label(way.name(), "medium");
      VBox texts = new VBox(2, name, Parts.paragraph(way.note(), "small", "faint"));
      texts.setMinWidth(0);
      HBox.setHgrow(texts, Priority.ALWAYS);
      HBox row = Parts.row(12, texts, Parts.whole(way.amount(), "semi"));
      rows.getChildren().add(row);
    }
    cash.setText(cashFigure);
  }
}
