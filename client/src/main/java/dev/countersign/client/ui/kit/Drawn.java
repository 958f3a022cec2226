package dev.countersign.client.ui.kit;

import java.util.Optional;
import java.util.function.DoubleConsumer;
import javafx.event.EventTarget;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/**
 * What is longer than its place is drawn up and down by a finger where the system says that it is a
 * mouse, as windows on Linux do. A press that has become this does nothing else when it is let go.
 */
final class Drawn {
  private @Nullable DoubleConsumer list;
  private @Nullable ButtonBase button;
  private double fromX;
  private double fromY;
  private double lastY;
  private boolean drawing;

  void listen(Scene scene) {
    scene.addEventFilter(MouseEvent.MOUSE_PRESSED, this::pressed);
    scene.addEventFilter(MouseEvent.MOUSE_DRAGGED, this::dragged);
    scene.addEventFilter(MouseEvent.MOUSE_RELEASED, this::released);
    scene.addEventFilter(MouseEvent.MOUSE_CLICKED, this::clicked);
  }

  private void pressed(MouseEvent press) {
    drawing = false;
    button = null;
    // Where the system knows fingers it scrolls for them.
    boolean ours = press.getButton() == MouseButton.PRIMARY && !press.isSynthesized();
    list = ours ? around(press.getTarget()).orElse(null) : null;
    fromX = press.getSceneX();
    fromY = press.getSceneY();
    lastY = fromY;
  }

  private void dragged(MouseEvent drag) {
    DoubleConsumer here = list;
    if (here == null) {
      return;
    }
    double across = Math.abs(drag.getSceneX() - fromX);
    double down = Math.abs(drag.getSceneY() - fromY);
    if (drawing) {
      // Whoever waits for a finger that stays, or goes to the side, has seen that this one does
      // not.
      drag.consume();
    } else if (down > Swipe.STILL && down > across) {
      drawing = true;
    } else if (across > Swipe.STILL) {
      list = null;
      return;
    }
    if (drawing) {
      here.accept(lastY - drag.getSceneY());
      lastY = drag.getSceneY();
    }
  }

  private void released(MouseEvent up) {
    if (drawing && button != null) {
      button.disarm();
    }
    list = null;
  }

  private void clicked(MouseEvent click) {
    if (drawing) {
      click.consume();
    }
  }

  /** What scrolls around this, and takes how far; what has a use of its own for a drag does not. */
  private Optional<DoubleConsumer> around(EventTarget pressed) {
    for (Node node = pressed instanceof Node each ? each : null;
        node != null;
        node = node.getParent()) {
      switch (node) {
        case TextInputControl _, ScrollBar _, ComboBoxBase<?> _ -> {
          return Optional.empty();
        }
        case ButtonBase each when button == null -> button = each;
        case VirtualFlow<?> flow -> {
          return Optional.of(flow::scrollPixels);
        }
        case ScrollPane pane when room(pane) > 0 -> {
          return Optional.of(
              pixels ->
                  pane.setVvalue(
                      Math.clamp(
                          pane.getVvalue()
                              + pixels / room(pane) * (pane.getVmax() - pane.getVmin()),
                          pane.getVmin(),
                          pane.getVmax())));
        }
        default -> {
          // further out
        }
      }
    }
    return Optional.empty();
  }

  /** By so many pixels the content is higher than what is seen of it. */
  private static double room(ScrollPane pane) {
    Node content = pane.getContent();
    return content == null
        ? 0
        : content.getLayoutBounds().getHeight() - pane.getViewportBounds().getHeight();
  }
}
