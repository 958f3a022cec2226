package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Running;
import dev.countersign.client.ui.kit.Amounts;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.StripPlace;
import dev.countersign.client.ui.kit.Words;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Selling: the basket on the left, the goods on the right, the acts at the bottom. */
final class SellingView extends BorderPane implements StripPlace {
  private final Words words;
  private final Amounts amounts;
  private final BasketView basket;
  private final GoodsView goods;
  private final StackPane right;
  private final FunctionBar functions;
  private final Label payText = Parts.whole("", "loud-text");
  private final Label payAmount = Parts.whole("", "loud-text");
  private final Button pay;

  SellingView(Words words, Amounts amounts, BasketView basket, GoodsView goods, Runnable onPay) {
    this.words = words;
    this.functions = new FunctionBar(words);
    this.amounts = amounts;
    this.basket = basket;
    this.goods = goods;
    this.right = new StackPane(goods);
    HBox shown = Parts.row(10, payText, Parts.spacer(), payAmount, Parts.keyCap("F12"));
    pay = Parts.button(shown, words.say("selling.pay"), onPay, "primary", "loud");
    pay.setMaxWidth(Double.MAX_VALUE);
    pay.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    shown.prefWidthProperty().bind(pay.widthProperty().subtract(36));
    VBox payBox = new VBox(pay);
    payBox.getStyleClass().add("pay-box");
    VBox left = new VBox(basket, payBox);
    left.getStyleClass().add("basket");
    VBox.setVgrow(basket, Priority.ALWAYS);
    basketWidth(left, this);
    setLeft(left);
    setCenter(right);
    setBottom(functions);
  }

  /** 404 px on the smallest screen, wider on wide ones but never half of it. */
  static void basketWidth(VBox left, BorderPane whole) {
    var width =
        Bindings.createDoubleBinding(
            () -> Math.clamp(whole.getWidth() * 0.28, 404.0, 540.0), whole.widthProperty());
    left.minWidthProperty().bind(width);
    left.prefWidthProperty().bind(width);
    left.maxWidthProperty().bind(width);
  }

  void show(Running running) {
    basket.show(running);
    boolean back = running.total().isNegative();
    String act = words.say(back ? "selling.give-back" : "selling.pay");
    payText.setText(act);
    pay.setAccessibleText(act);
    payAmount.setText(amounts.text(back ? running.total().negate() : running.total()));
    pay.setDisable(running.isEmpty());
    long count = running.next().millionths() / 1_000_000;
    goods.multiplier(count == 1 ? "" : amounts.count(count) + " ×");
  }

  BasketView basket() {
    return basket;
  }

  /** The goods: neither the loud key nor the acts. */
  @Override
  public StackPane stripPlace() {
    return right;
  }

  GoodsView goods() {
    return goods;
  }

  FunctionBar functions() {
    return functions;
  }
}
