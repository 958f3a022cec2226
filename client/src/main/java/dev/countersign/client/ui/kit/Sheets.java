package dev.countersign.client.ui.kit;

import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** One sheet over the screen at a time: a chooser, help, a state. Escape closes it. */
public final class Sheets extends StackPane {
  private final Region veil = new Region();
  private Runnable closed = () -> {};

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
   * @param first takes the focus
   * @param onClose runs when it is closed in any way
   */
  public void open(Region content, double width, Node first, Runnable onClose) {
    close();
    closed = onClose;
    VBox box = new VBox(content);
    box.getStyleClass().add("sheet-box");
    box.setMaxSize(width, Region.USE_PREF_SIZE);
    box.setPrefWidth(width);
    StackPane.setMargin(box, new Insets(24));
    getChildren().setAll(veil, box);
    Parts.show(this, true);
    first.requestFocus();
  }

  public void close() {
    if (isOpen()) {
      Parts.show(this, false);
      getChildren().clear();
      Runnable after = closed;
      closed = () -> {};
      after.run();
    }
  }

  public boolean isOpen() {
    return isVisible();
  }
}
