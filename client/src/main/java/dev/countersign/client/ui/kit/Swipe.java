package dev.countersign.client.ui.kit;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

/** A finger that draws a line of a list to its side, either one, and lets go. */
public final class Swipe {
  /** Less than this is a finger that is not quite still. */
  static final double STILL = 12;

  /** The part of the width from where on letting go does it. */
  private static final double FAR = 0.35;

  private final Region line;
  private final Node content;
  private final BooleanSupplier can;
  private final Consumer<Boolean> far;
  private final Runnable act;
  private double fromX;
  private double fromY;
  private boolean held;
  private boolean drawing;

  private Swipe(
      Region line, Node content, BooleanSupplier can, Consumer<Boolean> far, Runnable act) {
    this.line = line;
    this.content = content;
    this.can = can;
    this.far = far;
    this.act = act;
  }

  /**
   * Listens to a line.
   *
   * @param content moves with the finger
   * @param can whether the line that is shown at the moment can be drawn
   * @param far told whether letting go would do it now
   * @param act does it
   */
  public static Swipe on(
      Region line, Node content, BooleanSupplier can, Consumer<Boolean> far, Runnable act) {
    Swipe swipe = new Swipe(line, content, can, far, act);
    line.addEventHandler(MouseEvent.MOUSE_PRESSED, swipe::pressed);
    line.addEventHandler(MouseEvent.MOUSE_DRAGGED, swipe::dragged);
    line.addEventHandler(MouseEvent.MOUSE_RELEASED, swipe::released);
    return swipe;
  }

  /**
   * The line shows something else now, which nobody drew: until it is touched anew, nothing comes
   * of the finger that is on it.
   */
  public void giveUp() {
    held = false;
    rest();
  }

  private void pressed(MouseEvent press) {
    fromX = press.getX();
    fromY = press.getY();
    held = true;
    drawing = false;
  }

  private void dragged(MouseEvent drag) {
    double across = drag.getX() - fromX;
    double down = drag.getY() - fromY;
    if (held && !drawing) {
      drawing = Math.abs(across) > Math.max(STILL, Math.abs(down)) && can.getAsBoolean();
    }
    if (drawing) {
      content.setTranslateX(across);
      far.accept(isFar(across));
    }
  }

  private void released(MouseEvent up) {
    boolean drawn = drawing;
    held = false;
    rest();
    if (drawn && isFar(up.getX() - fromX)) {
      act.run();
    }
  }

  private void rest() {
    if (drawing) {
      drawing = false;
      content.setTranslateX(0);
      far.accept(false);
    }
  }

  private boolean isFar(double across) {
    return Math.abs(across) > FAR * line.getWidth();
  }
}
