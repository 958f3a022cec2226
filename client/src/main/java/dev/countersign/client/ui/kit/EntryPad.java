package dev.countersign.client.ui.kit;

import dev.countersign.common.money.Money;
import java.math.BigDecimal;
import java.util.Currency;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * A figure on a sheet, typed on the keyboard or touched on a pad: an amount, whose digits move in
 * from the right, or a number with decimals.
 */
public final class EntryPad extends VBox implements TypedByHand {
  private static final double PAD_HEIGHT = 252;

  private final Words words;
  private final Amounts amounts;
  private final Label figure = Parts.whole("", "amount");
  private final Label unit = Parts.whole("", "lead", "soft");
  private final StackPane keys = new StackPane();
  private AmountEntry amount;
  private DecimalEntry number = DecimalEntry.EMPTY;
  private int decimals;

  /**
   * An amount; {@link #number} makes it a number.
   *
   * @param words this package's
   */
  public EntryPad(Words words, Amounts amounts, Currency currency) {
    this.words = words;
    this.amounts = amounts;
    this.amount = AmountEntry.empty(currency);
    setSpacing(12);
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.TEXT);
    HBox box = new HBox(8, figure, unit);
    box.setAlignment(Pos.BASELINE_RIGHT);
    box.getStyleClass().addAll("amount-box", "entry-box");
    keys.setPrefHeight(PAD_HEIGHT);
    keys.setMinHeight(PAD_HEIGHT);
    VBox.setVgrow(keys, Priority.NEVER);
    getChildren().addAll(box, keys);
    money();
  }

  /** An amount of money is typed from now on; what was typed is gone. */
  public void money() {
    decimals = 0;
    amount = AmountEntry.empty(amount.currency());
    unit.setText("");
    keys.getChildren().setAll(Keypad.calculator(words, this::type, this::back));
    show();
  }

  /**
   * A number is typed from now on; what was typed is gone.
   *
   * @param places decimals at most, 1 to 6
   * @param behind what stands behind it, such as {@code %}; may be empty
   */
  public void number(int places, String behind) {
    decimals = places;
    number = DecimalEntry.EMPTY;
    unit.setText(behind);
    keys.getChildren().setAll(Keypad.decimal(words, this::type, this::back));
    show();
  }

  /** Takes the digits that are typed anywhere on a sheet, but not those for a text field. */
  public void listenOn(Node sheet) {
    sheet.addEventFilter(
        KeyEvent.KEY_TYPED,
        key -> {
          String typed = key.getCharacter();
          boolean mine = typed.matches("[0-9]") || decimals > 0 && typed.matches("[.,]");
          if (mine && !inText()) {
            type(typed.replace(',', '.'));
            key.consume();
          }
        });
    sheet.addEventFilter(
        KeyEvent.KEY_PRESSED,
        key -> {
          if (key.getCode() == KeyCode.BACK_SPACE && !inText()) {
            back();
            key.consume();
          }
        });
  }

  public boolean isEmpty() {
    return decimals > 0 ? number.isEmpty() : amount.isEmpty();
  }

  /** What was typed as an amount. */
  public Money amount() {
    return amount.amount();
  }

  /** What was typed as a number; 0 when nothing was. */
  public BigDecimal number() {
    return number.value();
  }

  @Override
  public Runnable remember() {
    AmountEntry amountSoFar = amount;
    DecimalEntry numberSoFar = number;
    return () -> {
      amount = amountSoFar;
      number = numberSoFar;
      show();
    };
  }

  private boolean inText() {
    return getScene() != null && getScene().getFocusOwner() instanceof TextInputControl;
  }

  private void type(String typed) {
    if (decimals > 0) {
      number = number.typed(typed, decimals);
    } else {
      amount = amount.typed(typed);
    }
    show();
  }

  private void back() {
    number = number.back();
    amount = amount.back();
    show();
  }

  private void show() {
    figure.setText(decimals > 0 ? number.text(amounts) : amounts.text(amount.amount()));
    figure.getStyleClass().remove("faint");
    if (isEmpty()) {
      figure.getStyleClass().add("faint");
    }
    setAccessibleText(figure.getText() + " " + unit.getText());
  }
}
