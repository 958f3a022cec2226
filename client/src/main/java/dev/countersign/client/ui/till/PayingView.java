package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.Keypad;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.money.Money;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Insets;
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

/** Paying: what was bought on the left, what is handed over on the right. */
final class PayingView extends BorderPane {
  private static final double WIDEST = 860;
  private static final int MOST_BESIDE = 4;

  /** As many as fit beside cash on the smallest screen; what is more stands in the head. */
  private static final int MOST_TILES = 2 * MOST_BESIDE - 1;

  private final Surface surface;
  private final Label amount = Parts.whole("", "amount");
  private final HBox suggestions = new HBox(8);
  private final Label changeName = Parts.whole("", "change-label");
  private final Label change = Parts.whole("", "change-amount");
  private final Label finishText = Parts.whole("", "loud-text");
  private final Button finish;
  private final VBox tenders = new VBox(4);
  private final Label left = Parts.whole("", "to-pay-amount");
  private final Label leftName;

  /** What the buttons do. */
  interface Acts {
    void digit(String digits);

    void back();

    void cash();

    void leave();
  }

  /**
   * A way to pay, or something beside it.
   *
   * @param key the letter that does the same
   */
  record Choice(String name, String key, Runnable act) {}

  PayingView(Surface surface, BasketView basket, Acts acts, List<Choice> choices) {
    this.surface = surface;
    Words words = surface.words();
    leftName = Parts.whole(words.say("paying.left"), "to-pay-label");
    basket.totals().getChildren().clear();
    HBox leftRow = Parts.ends(leftName, left);
    leftRow.getStyleClass().setAll("to-pay");
    leftRow.setAlignment(Pos.BASELINE_LEFT);
    VBox leftBox = new VBox(tenders, leftRow);
    leftBox.getStyleClass().addAll("totals", "left");
    Parts.show(basket.totals(), false);
    VBox side = new VBox(basket, leftBox);
    side.getStyleClass().add("basket");
    VBox.setVgrow(basket, Priority.ALWAYS);
    SellingView.basketWidth(side, this);
    setLeft(side);

    HBox finishRow = Parts.row(10, finishText, Parts.spacer(), Parts.keyCap(words.key("Enter")));
    finish = Parts.button(finishRow, words.say("paying.finish"), acts::cash, "primary", "loud");
    finish.setMaxWidth(Double.MAX_VALUE);
    finish.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    finishRow.prefWidthProperty().bind(finish.widthProperty().subtract(36));
    HBox amountBox = new HBox(amount);
    amountBox.getStyleClass().add("amount-box");
    Keypad keypad = Keypad.calculator(surface.kit(), acts::digit, acts::back);
    VBox.setVgrow(keypad, Priority.ALWAYS);
    keypad.setMaxHeight(420);
    Button leave = Parts.button(words.say("paying.leave"), acts::leave, "quiet");
    List<Choice> tiles = choices.subList(0, Math.min(MOST_TILES, choices.size()));
    HBox aside = new HBox(8);
    for (Choice choice : choices.subList(tiles.size(), choices.size())) {
      Button beside = Parts.button(choice.key() + " " + choice.name(), choice.act(), "quiet");
      beside.setAccessibleText(choice.name() + ", " + choice.key());
      aside.getChildren().add(beside);
    }
    aside.getChildren().add(leave);
    HBox head = Parts.ends(Parts.label(words.say("paying.title"), "title"), aside);
    head.setMinHeight(48);
    HBox changeRow = Parts.ends(changeName, change);
    changeRow.getStyleClass().add("change-row");
    changeRow.setAlignment(Pos.BASELINE_LEFT);
    VBox pay =
        new VBox(
            head,
            amountBox,
            suggestions,
            means(words, acts, tiles),
            keypad,
            Parts.spacer(),
            changeRow,
            finish);
    pay.getStyleClass().add("pay-side");
    pay.setMaxWidth(WIDEST);
    StackPane centre = new StackPane(pay);
    centre.setMinWidth(0);
    setCenter(centre);
  }

  /**
   * @param typed false while the field only proposes the exact amount
   */
  void entry(String text, boolean typed) {
    amount.setText(text);
    amount.getStyleClass().remove("faint");
    if (!typed) {
      amount.getStyleClass().add("faint");
    }
  }

  void change(String name, String figure, String act) {
    changeName.setText(name);
    change.setText(figure);
    finishText.setText(act);
    finish.setAccessibleText(act);
  }

  /** Whether there is something to pay for. */
  void finishes(boolean possible) {
    finish.setDisable(!possible);
  }

  void suggestions(List<Money> notes, Consumer<Money> chosen) {
    suggestions.getChildren().clear();
    for (Money note : notes) {
      String text = surface.amounts().text(note);
      Button button = Parts.button(text, () -> chosen.accept(note), "suggestion");
      HBox.setHgrow(button, Priority.ALWAYS);
      button.setPrefWidth(100);
      suggestions.getChildren().add(button);
    }
    Parts.show(suggestions, !notes.isEmpty());
  }

  /**
   * What was taken and what was added to it.
   *
   * @param back what the button below says, empty without one
   */
  void tenders(List<String[]> rows, String leftFigure, String back, Runnable act) {
    tenders.getChildren().clear();
    for (String[] row : rows) {
      tenders.getChildren().add(BasketView.sum(row[0], row[1]));
    }
    if (!back.isEmpty()) {
      Button button = Parts.button(back, act, "quiet");
      // Its words stand under the names above; what a finger needs around them hangs over.
      VBox.setMargin(button, new Insets(0, 0, 0, -16));
      tenders.getChildren().add(button);
    }
    left.setText(leftFigure);
  }

  /** In one row as long as they fit, else in two that are lower. */
  private static GridPane means(Words words, Acts acts, List<Choice> choices) {
    GridPane grid = new GridPane(8, 8);
    int columns = Math.min(MOST_BESIDE, choices.size() + 1);
    Button cash = tender(words.say("paying.cash"), words.key("Enter"), acts::cash);
    cash.getStyleClass().add("on");
    grid.add(cash, 0, 0);
    for (int i = 0; i < choices.size(); i++) {
      Choice choice = choices.get(i);
      grid.add(
          tender(choice.name(), choice.key(), choice.act()), (i + 1) % columns, (i + 1) / columns);
    }
    if (choices.size() >= columns) {
      grid.getChildren().forEach(button -> button.getStyleClass().add("low"));
    }
    for (int i = 0; i < columns; i++) {
      ColumnConstraints column = new ColumnConstraints();
      column.setPercentWidth(100.0 / columns);
      grid.getColumnConstraints().add(column);
    }
    return grid;
  }

  private static Button tender(String name, String key, Runnable act) {
    VBox shown = new VBox(2, Parts.label(name, "tender-name"), Parts.label(key, "tender-key"));
    shown.setAlignment(Pos.CENTER);
    return Parts.button(shown, name + ", " + key, act, "tender");
  }
}
