package dev.countersign.client.launch;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Dimension2D;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.text.Text;

/** What a person would see as a defect: cut text, things outside the window, targets too small. */
final class Fit {
  private static final double FINGER = 48;
  private static final double TOLERANCE = 1;

  private Fit() {}

  static List<String> defects(Scene scene, Dimension2D size) {
    List<String> defects = new ArrayList<>();
    for (Node node : scene.getRoot().lookupAll("*")) {
      if (!Window.shown(node)) {
        continue;
      }
      if (node instanceof Labeled labeled) {
        cut(labeled, defects);
      }
      if (node instanceof TextField field) {
        prompt(field, defects);
      }
      if (node instanceof ButtonBase button && !scrolled(button)) {
        outside(button, size, defects);
      }
      if (node instanceof ButtonBase button && !inBar(button)) {
        boolean small = button.getHeight() < FINGER - TOLERANCE || button.getWidth() < FINGER;
        if (small) {
          defects.add(
              "too small for a finger: "
                  + name(button)
                  + " "
                  + button.getWidth()
                  + "×"
                  + button.getHeight());
        }
        if (button.getAccessibleText() == null && button.getText().isEmpty()) {
          defects.add("without a name: " + button);
        }
      }
    }
    centred(scene, size, defects);
    return defects;
  }

  /** A sheet lies in the middle, whatever it holds and however high it is. */
  private static void centred(Scene scene, Dimension2D size, List<String> defects) {
    for (Node sheet : scene.getRoot().lookupAll(".sheet-box")) {
      Bounds bounds = within(sheet);
      double across = bounds.getCenterX() - size.getWidth() / 2;
      double down = bounds.getCenterY() - size.getHeight() / 2;
      if (Window.shown(sheet) && (Math.abs(across) > TOLERANCE || Math.abs(down) > TOLERANCE)) {
        defects.add("not in the middle: a sheet, by " + across + " and " + down);
      }
    }
  }

  private static void cut(Labeled labeled, List<String> defects) {
    String wanted = labeled.getText();
    if (wanted == null || wanted.isBlank()) {
      return;
    }
    for (Node child : labeled.getChildrenUnmodifiable()) {
      if (child instanceof Text text && !text.getText().equals(wanted)) {
        defects.add("cut: " + wanted + " -> " + text.getText());
      }
    }
  }

  /** What a field asks for has no dots at its end: it is cut off where the field ends. */
  private static void prompt(TextField field, List<String> defects) {
    String wanted = field.getPromptText();
    if (wanted == null || wanted.isBlank() || !field.getText().isEmpty()) {
      return;
    }
    Insets around = field.getInsets();
    double room = field.getWidth() - around.getLeft() - around.getRight();
    for (Node node : field.lookupAll("*")) {
      if (node instanceof Text text
          && text.getText().equals(wanted)
          && text.getLayoutBounds().getWidth() > room + TOLERANCE) {
        defects.add("cut prompt: " + wanted);
      }
    }
  }

  private static void outside(ButtonBase button, Dimension2D size, List<String> defects) {
    Bounds bounds = within(button);
    boolean out =
        bounds.getMinX() < -TOLERANCE
            || bounds.getMinY() < -TOLERANCE
            || bounds.getMaxX() > size.getWidth() + TOLERANCE
            || bounds.getMaxY() > size.getHeight() + TOLERANCE;
    if (out) {
      defects.add("outside the window: " + name(button) + " " + bounds);
    }
  }

  /**
   * In the root, which may be larger than the window, and written from right to left. What was
   * moved up from behind the keyboard on the screen counts as it stands without that.
   */
  private static Bounds within(Node node) {
    Bounds inScene = node.localToScene(node.getLayoutBounds());
    Bounds here = node.getScene().getRoot().sceneToLocal(inScene);
    double lifted = 0;
    for (Node at = node; at != null; at = at.getParent()) {
      lifted += at.getTranslateY();
    }
    return new BoundingBox(
        here.getMinX(), here.getMinY() - lifted, here.getWidth(), here.getHeight());
  }

  private static boolean scrolled(Node node) {
    for (Parent at = node.getParent(); at != null; at = at.getParent()) {
      if (at instanceof ScrollPane) {
        return true;
      }
    }
    return false;
  }

  /** Parts of scroll bars and table headers are the toolkit's. */
  private static boolean inBar(ButtonBase button) {
    return button.getClass().getName().startsWith("javafx.scene.control.skin");
  }

  private static String name(ButtonBase button) {
    return button.getText() + " / " + button.getAccessibleText();
  }
}
