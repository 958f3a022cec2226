package dev.countersign.client.ui.till;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;

/** Goes through a list of buttons by the arrows and takes one with Enter. */
final class ChoiceKeys {
  private ChoiceKeys() {}

  static void listen(Node around, VBox choices) {
    around.addEventFilter(KeyEvent.KEY_PRESSED, key -> pressed(key, choices));
  }

  private static void pressed(KeyEvent key, VBox choices) {
    int size = choices.getChildren().size();
    int at = choices.getChildren().indexOf(choices.getScene().getFocusOwner());
    if (size == 0) {
      return;
    }
    if (key.getCode() == KeyCode.DOWN) {
      choices.getChildren().get(Math.min(size - 1, at + 1)).requestFocus();
    } else if (key.getCode() == KeyCode.UP) {
      choices.getChildren().get(Math.max(0, at - 1)).requestFocus();
    } else if (key.getCode() == KeyCode.ENTER && at >= 0) {
      ((Button) choices.getChildren().get(at)).fire();
    } else {
      return;
    }
    key.consume();
  }
}
