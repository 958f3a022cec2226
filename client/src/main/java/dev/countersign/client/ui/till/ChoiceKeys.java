package dev.countersign.client.ui.till;

import java.util.List;
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
      focus(choices.getChildren().subList(Math.min(size - 1, at + 1), size));
    } else if (key.getCode() == KeyCode.UP) {
      focus(choices.getChildren().subList(0, Math.max(1, at)).reversed());
    } else if (key.getCode() == KeyCode.ENTER && at >= 0) {
      ((Button) choices.getChildren().get(at)).fire();
    } else {
      return;
    }
    key.consume();
  }

  /** The first of them that can be taken. */
  private static void focus(List<Node> ahead) {
    ahead.stream().filter(each -> !each.isDisabled()).findFirst().ifPresent(Node::requestFocus);
  }
}
