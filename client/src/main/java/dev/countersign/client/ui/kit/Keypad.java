package dev.countersign.client.ui.kit;

import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.NodeOrientation;
import javafx.scene.control.Button;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.RowConstraints;
import org.kordamp.ikonli.feather.Feather;

/** The digits for a finger. The keyboard's digits are the screen's own business. */
public final class Keypad extends GridPane {
  private static final int COLUMNS = 3;

  /** Four rows that a finger finds, and room above them on the smallest screen. */
  private static final double INTO_HEIGHT = 222;

  private static final int ROWS = 4;

  private Keypad(double gap, List<Button> keys) {
    setHgap(gap);
    setVgap(gap);
    // Digits stand where they stand on every keypad, whatever way a language is written.
    setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
    for (int column = 0; column < COLUMNS; column++) {
      ColumnConstraints width = new ColumnConstraints();
      width.setPercentWidth(100.0 / COLUMNS);
      width.setHgrow(Priority.ALWAYS);
      getColumnConstraints().add(width);
    }
    for (int row = 0; row < ROWS; row++) {
      RowConstraints height = new RowConstraints();
      height.setPercentHeight(100.0 / ROWS);
      height.setVgrow(Priority.ALWAYS);
      getRowConstraints().add(height);
    }
    for (int i = 0; i < keys.size(); i++) {
      Button key = keys.get(i);
      key.setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
      key.setMinWidth(0);
      // The keyboard has digits of its own; Tab goes to what only a key can reach.
      key.setFocusTraversable(false);
      add(key, i % COLUMNS, i / COLUMNS);
    }
  }

  /**
   * For a PIN: 1 at the top, as on a telephone, and a key that says it is complete.
   *
   * @param words this package's
   */
  public static Keypad telephone(
      Words words, Consumer<String> typed, Runnable back, Runnable confirm) {
    Button done =
        Parts.button(
            Parts.icon(Feather.CHECK, "on-accent"),
            words.say("keypad.confirm"),
            confirm,
            "digit",
            "primary");
    return new Keypad(
        12,
        List.of(
            digit("1", typed),
            digit("2", typed),
            digit("3", typed),
            digit("4", typed),
            digit("5", typed),
            digit("6", typed),
            digit("7", typed),
            digit("8", typed),
            digit("9", typed),
            back(words, back),
            digit("0", typed),
            done));
  }

  /** For an amount: 7 at the top and a double zero, as on a calculator. */
  public static Keypad calculator(Words words, Consumer<String> typed, Runnable back) {
    return new Keypad(
        8,
        List.of(
            digit("7", typed),
            digit("8", typed),
            digit("9", typed),
            digit("4", typed),
            digit("5", typed),
            digit("6", typed),
            digit("1", typed),
            digit("2", typed),
            digit("3", typed),
            digit("00", typed),
            digit("0", typed),
            back(words, back)));
  }

  /** For a number with decimals: 7 at the top and a point, as on a calculator. */
  public static Keypad decimal(Words words, Consumer<String> typed, Runnable back) {
    return new Keypad(
        8,
        List.of(
            digit("7", typed),
            digit("8", typed),
            digit("9", typed),
            digit("4", typed),
            digit("5", typed),
            digit("6", typed),
            digit("1", typed),
            digit("2", typed),
            digit("3", typed),
            digit(".", typed),
            digit("0", typed),
            back(words, back)));
  }

  /**
   * For text fields that hold figures, on a till without a keyboard: it types into the one that had
   * the focus last.
   *
   * @param decimals whether there is a point
   * @param fields the first one is typed into at the beginning
   */
  public static Keypad into(Words words, boolean decimals, TextInputControl... fields) {
    TextInputControl[] last = {fields[0]};
    for (TextInputControl field : fields) {
      ScreenKeyboard.hasPad(field);
      field.focusedProperty().addListener((_, _, focused) -> last[0] = focused ? field : last[0]);
    }
    Consumer<String> typed = digits -> last[0].replaceSelection(digits);
    Runnable back = () -> last[0].deletePreviousChar();
    Keypad pad = decimals ? decimal(words, typed, back) : calculator(words, typed, back);
    pad.setPrefHeight(INTO_HEIGHT);
    pad.setMinHeight(INTO_HEIGHT);
    return pad;
  }

  private static Button digit(String digits, Consumer<String> typed) {
    return Parts.button(digits, () -> typed.accept(digits), "digit");
  }

  private static Button back(Words words, Runnable back) {
    return Parts.button(Parts.icon(Feather.DELETE), words.say("keypad.back"), back, "digit");
  }
}
