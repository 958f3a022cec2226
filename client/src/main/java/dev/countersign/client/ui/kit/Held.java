package dev.countersign.client.ui.kit;

import javafx.animation.PauseTransition;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.util.Duration;

/** A finger that stays, a second mouse button or the menu key: what else can be done with this. */
public final class Held {
  private static final Duration LONG = Duration.millis(600);

  private Held() {}

  /** Does it when the node is held still; what a touch of it does is not done then. */
  public static void on(Node node, Runnable act) {
    double[] from = new double[2];
    PauseTransition held = new PauseTransition(LONG);
    held.setOnFinished(
        _ -> {
          if (node instanceof ButtonBase button) {
            button.disarm();
          }
          act.run();
        });
    node.addEventHandler(
        MouseEvent.MOUSE_PRESSED,
        press -> {
          if (press.getButton() == MouseButton.PRIMARY) {
            from[0] = press.getX();
            from[1] = press.getY();
            held.playFromStart();
          }
        });
    node.addEventHandler(
        MouseEvent.MOUSE_DRAGGED,
        drag -> {
          if (Math.hypot(drag.getX() - from[0], drag.getY() - from[1]) > Swipe.STILL) {
            held.stop();
          }
        });
    node.addEventHandler(MouseEvent.MOUSE_RELEASED, _ -> held.stop());
    node.addEventHandler(MouseEvent.MOUSE_EXITED, _ -> held.stop());
    node.addEventHandler(
        ContextMenuEvent.CONTEXT_MENU_REQUESTED,
        asked -> {
          held.stop();
          act.run();
          asked.consume();
        });
  }
}
