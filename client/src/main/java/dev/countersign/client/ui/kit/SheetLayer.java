package dev.countersign.client.ui.kit;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import javafx.application.Platform;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Where the sheets of a window lie: over the screen, behind nothing but the keyboard. */
public final class SheetLayer extends StackPane implements Sheets {
  private final Region veil = new Region();
  private Runnable closed = () -> {};
  private @Nullable Node first;
  private @Nullable Node before;
  private String unanswered = "";

  /** What stood in the fields of the sheet when it was opened. */
  private final Map<TextInputControl, String> proposed = new IdentityHashMap<>();

  /** Lies over the screen and is invisible while nothing is open. */
  public SheetLayer() {
    veil.getStyleClass().add("veil");
    veil.setOnMouseClicked(_ -> close());
    setAlignment(Pos.CENTER);
    Parts.show(this, false);
  }

  @Override
  public void open(Region content, double width, Node start, Runnable onClose) {
    close();
    closed = onClose;
    before = getScene() == null ? null : getScene().getFocusOwner();
    first = start;
    VBox box = new VBox(content);
    box.getStyleClass().add("sheet-box");
    box.setMaxSize(width, Region.USE_PREF_SIZE);
    box.setPrefWidth(width);
    StackPane.setMargin(box, new Insets(24));
    getChildren().setAll(veil, box);
    Parts.show(this, true);
    // What lies in a list that scrolls is in the window once that is laid out, and not before.
    applyCss();
    layout();
    for (Node node : lookupAll(".text-input")) {
      if (node instanceof TextInputControl field) {
        proposed.put(field, field.getText());
      }
    }
    start.requestFocus();
  }

  @Override
  public void hold(String said, Runnable after) {
    if (isOpen()) {
      unanswered = said;
      Runnable onClose = closed;
      closed =
          () -> {
            onClose.run();
            Platform.runLater(after);
          };
    }
  }

  @Override
  public String unanswered() {
    return unanswered;
  }

  /** What is typed on the sheet so far, beside its text fields; running it puts it back. */
  Runnable remember() {
    if (!isOpen()) {
      return () -> {};
    }
    List<Runnable> each = new ArrayList<>();
    for (Node node : lookupAll("*")) {
      if (node instanceof TypedByHand typed) {
        each.add(typed.remember());
      }
    }
    return () -> each.forEach(Runnable::run);
  }

  @Override
  public void refused(String message) {
    if (isOpen() && getChildren().getLast() instanceof VBox box) {
      Label said = Parts.paragraph(message, "bad-text", "medium");
      said.setMaxWidth(Double.MAX_VALUE);
      // The newest alone.
      box.getChildren().setAll(box.getChildren().getFirst(), said);
    }
  }

  /** The field on the open sheet that a scan belongs into; null when it has none. */
  @Nullable TextInputControl codeField(@Nullable Node focused) {
    if (focused instanceof TextInputControl field && CodeField.is(field)) {
      return field;
    }
    for (Node node : lookupAll(".text-input")) {
      if (node instanceof TextInputControl field && CodeField.is(field) && isShown(field)) {
        return field;
      }
    }
    return null;
  }

  /** Whether somebody has written into a field of the sheet that is open. */
  boolean isWritten() {
    for (Node node : lookupAll(".text-input")) {
      if (node instanceof TextInputControl field
          && !field.getText().equals(proposed.getOrDefault(field, ""))) {
        return true;
      }
    }
    return false;
  }

  private boolean isShown(Node node) {
    for (Node at = node; at != null && at != this; at = at.getParent()) {
      if (!at.isVisible()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    if (isOpen()) {
      unanswered = "";
      proposed.clear();
      Parts.show(this, false);
      getChildren().clear();
      first = null;
      if (before != null && before.getScene() == getScene()) {
        before.requestFocus();
      }
      before = null;
      Runnable after = closed;
      closed = () -> {};
      after.run();
    }
  }

  /** The sheet that this stands on; null when it stands on none. */
  @Nullable Node holding(Node node) {
    Node at = node;
    while (at != null && at.getParent() != this) {
      at = at.getParent();
    }
    return at;
  }

  /** The focus has gone somewhere: while a sheet is open it stays on the sheet. */
  void keepFocus(@Nullable Node owner) {
    Node start = first;
    if (!isOpen() || start == null) {
      return;
    }
    for (Node at = owner; at != null; at = at.getParent()) {
      if (at == this) {
        return;
      }
    }
    Platform.runLater(
        () -> {
          if (first == start) {
            start.requestFocus();
          }
        });
  }

  @Override
  public boolean isOpen() {
    return isVisible();
  }
}
