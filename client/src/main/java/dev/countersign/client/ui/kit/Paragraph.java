package dev.countersign.client.ui.kit;

import java.util.stream.Collectors;
import javafx.geometry.Orientation;
import javafx.scene.control.Label;
import javafx.scene.text.Text;

/**
 * A label that breaks into as many lines as it needs. What is written from right to left it breaks
 * by itself: the toolkit's own text layout (JavaFX 26) throws an index out of bounds where it
 * breaks such a line, and nothing of the window is laid out any more.
 */
final class Paragraph extends Label {
  private String whole = "";
  private boolean fromRight;
  private boolean breaking;

  Paragraph(String text) {
    setWrapText(true);
    textProperty().addListener((_, _, now) -> take(now == null ? "" : now));
    setText(text);
  }

  /** A text of somebody's; what comes of breaking it is none. */
  private void take(String text) {
    if (!breaking) {
      whole = text;
      fromRight = text.codePoints().anyMatch(Paragraph::isFromRight);
      setWrapText(!fromRight);
    }
  }

  private static boolean isFromRight(int c) {
    byte direction = Character.getDirectionality(c);
    return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
        || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
  }

  @Override
  public Orientation getContentBias() {
    return Orientation.HORIZONTAL;
  }

  @Override
  protected double computeMinWidth(double height) {
    return fromRight ? 0 : super.computeMinWidth(height);
  }

  @Override
  protected double computePrefWidth(double height) {
    return fromRight
        ? Math.ceil(wide(whole)) + snappedLeftInset() + snappedRightInset()
        : super.computePrefWidth(height);
  }

  @Override
  protected double computePrefHeight(double width) {
    if (!fromRight) {
      return super.computePrefHeight(width);
    }
    String broken = broken(width < 0 ? Double.MAX_VALUE : width);
    return Math.ceil(measured(broken).getLayoutBounds().getHeight())
        + snappedTopInset()
        + snappedBottomInset();
  }

  @Override
  protected void layoutChildren() {
    if (fromRight) {
      String broken = broken(getWidth());
      if (!broken.equals(getText())) {
        breaking = true;
        setText(broken);
        breaking = false;
      }
    }
    super.layoutChildren();
  }

  /** The text in lines no wider than this, as long as no single word is. */
  private String broken(double width) {
    double room = width - snappedLeftInset() - snappedRightInset();
    return whole.lines().map(part -> brokenPart(part, room)).collect(Collectors.joining("\n"));
  }

  /** Of a text that has no lines of its own. */
  private String brokenPart(String part, double room) {
    StringBuilder all = new StringBuilder();
    String[] words = part.split(" ", -1);
    String line = words[0];
    for (int i = 1; i < words.length; i++) {
      String longer = line + " " + words[i];
      if (!line.isBlank() && wide(longer) > room) {
        all.append(line).append('\n');
        line = words[i];
      } else {
        line = longer;
      }
    }
    return all.append(line).toString();
  }

  private double wide(String text) {
    return measured(text).getLayoutBounds().getWidth();
  }

  private Text measured(String text) {
    Text one = new Text(text);
    one.setFont(getFont());
    one.setLineSpacing(getLineSpacing());
    return one;
  }
}
