package dev.countersign.client.ui.kit;

import java.util.Arrays;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.geometry.Pos;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/** Digits typed as a PIN: kept in one array that is wiped, shown as dots and never as text. */
public final class PinEntry extends HBox implements TypedByHand {
  private static final int LONGEST = 8;
  private static final int SHORTEST = 4;

  private final char[] digits = new char[LONGEST];
  private final ReadOnlyIntegerWrapper length = new ReadOnlyIntegerWrapper(0);

  /** An empty entry with this name for a screen reader. */
  public PinEntry(String name) {
    getStyleClass().add("pin-dots");
    setAlignment(Pos.CENTER);
    setAccessibleText(name);
    show();
  }

  /** One digit more; the ninth is dropped. */
  public void type(String digit) {
    if (length.get() < LONGEST && digit.length() == 1 && Character.isDigit(digit.charAt(0))) {
      digits[length.get()] = digit.charAt(0);
      length.set(length.get() + 1);
      show();
    }
  }

  public void back() {
    if (length.get() > 0) {
      length.set(length.get() - 1);
      digits[length.get()] = '\0';
      show();
    }
  }

  public void clear() {
    Arrays.fill(digits, '\0');
    length.set(0);
    show();
  }

  /** Forgets what was typed beyond this many digits. */
  public void cutTo(int count) {
    while (length.get() > count) {
      back();
    }
  }

  @Override
  public Runnable remember() {
    int count = length.get();
    return () -> cutTo(count);
  }

  /** A copy for the receiver to wipe; the entry is empty afterwards. */
  public char[] take() {
    char[] taken = Arrays.copyOf(digits, length.get());
    clear();
    return taken;
  }

  public ReadOnlyIntegerProperty lengthProperty() {
    return length.getReadOnlyProperty();
  }

  private void show() {
    getChildren().clear();
    int dots = Math.max(SHORTEST, length.get());
    for (int i = 0; i < dots; i++) {
      Region dot = new Region();
      dot.getStyleClass().add("pin-dot");
      if (i >= length.get()) {
        dot.getStyleClass().add("open");
      }
      getChildren().add(dot);
    }
  }
}
