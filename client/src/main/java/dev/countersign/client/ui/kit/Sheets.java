package dev.countersign.client.ui.kit;

import java.util.ArrayList;
import java.util.List;
import javafx.application.Platform;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** One sheet over the screen at a time: a chooser, help, a state. Escape closes it. */
public final class Sheets extends StackPane {
  private final Region veil = new Region();
  private Runnable closed = () -> {};
  private @Nullable Node first;
  private @Nullable Node before;
  private String unanswered = "";

  /** Lies over the screen and is invisible while nothing is open. */
  public Sheets() {
    veil.getStyleClass().add("veil");
    veil.setOnMouseClicked(_ -> close());
    setAlignment(Pos.CENTER);
    Parts.show(this, false);
  }

  /**
   * Opens a sheet of this width and as high as its content; the one before it is closed.
   *
   * @param start takes the focus, which goes back to where it was when the sheet is closed
   * @param onClose runs when it is closed in any way
   */
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
    start.requestFocus();
  }

  /**
   * The sheet that is open asks for something without which goods are not in the basket: a scan
   * leaves it open, and is refused aloud instead of closing it in silence.
   *
   * @param said why a scan is refused
   * @param after runs once it is closed and what closed it is done
   */
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

  /** Why a scan is refused while this sheet is open; empty when a scan may close it. */
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

  /** Says it at the foot of the sheet too: the strip lies in the shade while one is open. */
  void refusedScan() {
    if (getChildren().getLast() instanceof VBox box && box.getChildren().size() == 1) {
      Label said = Parts.paragraph(unanswered, "bad-text", "medium");
      said.setMaxWidth(Double.MAX_VALUE);
      box.getChildren().add(said);
    }
  }

  public void close() {
    if (isOpen()) {
      unanswered = "";
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

  public boolean isOpen() {
    return isVisible();
  }
}
