package dev.countersign.client.ui.office;

import dev.countersign.client.ui.kit.Parts;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** A page that needs the server's word: what it shows, or in its place why it shows nothing. */
final class Shelter extends StackPane {
  private static final double WIDTH = 460;

  private final Node content;
  private final VBox notice = new VBox(12);

  Shelter(Node content) {
    this.content = content;
    notice.getStyleClass().addAll("card", "notice");
    notice.setAlignment(Pos.CENTER_LEFT);
    notice.setMaxSize(WIDTH, Region.USE_PREF_SIZE);
    getChildren().addAll(content, notice);
    blank();
  }

  /** Shows nothing: the server has not spoken yet, or what it said was for somebody else. */
  void blank() {
    Parts.show(content, false);
    Parts.show(notice, false);
  }

  /** Says that the server is asked, where nothing is shown that it said before. */
  void waiting(String text) {
    if (!content.isVisible()) {
      notice.getChildren().setAll(Parts.paragraph(text, "soft"));
      Parts.show(notice, true);
    }
  }

  /** Shows the page. */
  void open() {
    Parts.show(content, true);
    Parts.show(notice, false);
  }

  /** Shows why there is nothing to see, and what to do. */
  void closed(String title, String text, String act, Runnable onAct) {
    Button button = Parts.button(act, onAct, "primary");
    notice.getChildren().setAll(Parts.label(title, "title"), Parts.paragraph(text, "soft"), button);
    Parts.show(content, false);
    Parts.show(notice, true);
    button.requestFocus();
  }
}
