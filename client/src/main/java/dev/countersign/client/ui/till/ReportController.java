package dev.countersign.client.ui.till;

import dev.countersign.client.device.Slip;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Screen;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ContentDisplay;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** A report on the screen as it is on paper: of the shift so far, or of one that is closed. */
final class ReportController implements Screen {
  private final Surface surface;
  private final Words words;
  private final Exits exits;
  private final HBox root = new HBox();
  private final Button onButton;

  /**
   * What stands beside the paper.
   *
   * @param tone the style class of the figure
   */
  record Said(String title, String figure, String tone, String text, String next) {}

  /** Where this screen leads. */
  interface Exits {
    /** On: back to the sale, or to the float of the next shift. */
    void next();

    void print();

    void lock();
  }

  ReportController(Surface surface, Said said, Slip paper, Exits exits) {
    this.surface = surface;
    this.words = surface.words();
    this.exits = exits;
    HBox row =
        Parts.row(
            10,
            Parts.whole(said.next(), "loud-text"),
            Parts.spacer(),
            Parts.keyCap(words.key("Enter")));
    onButton = Parts.button(row, said.next(), exits::next, "primary", "loud");
    onButton.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    onButton.setMaxWidth(Double.MAX_VALUE);
    row.prefWidthProperty().bind(onButton.widthProperty().subtract(36));
    VBox.setMargin(onButton, new Insets(8, 0, 0, 0));
    HBox others =
        Parts.row(
            10,
            Parts.button(words.say("report.print"), exits::print),
            Parts.button(words.say("report.lock"), exits::lock, "quiet"));
    VBox side =
        new VBox(
            6,
            Parts.spacer(),
            Parts.whole(said.title(), "title"),
            Parts.whole(said.figure(), "done-amount", said.tone()),
            Parts.paragraph(said.text(), "soft", "lead"),
            Parts.spacer(),
            others,
            onButton);
    side.setMaxWidth(520);
    side.setAlignment(Pos.CENTER_LEFT);
    side.getStyleClass().add("done");
    StackPane left = new StackPane(side);
    HBox.setHgrow(left, Priority.ALWAYS);
    root.setMaxWidth(ReceiptController.WIDEST);
    root.getChildren().addAll(left, ReceiptController.roll(paper.lay()));
  }

  @Override
  public Parent root() {
    return root;
  }

  @Override
  public void shown() {
    onButton.requestFocus();
  }

  @Override
  public void scanned(String code) {
    surface.refuse(words.say("report.scanned"));
  }

  @Override
  public void key(KeyEvent key) {
    if (key.getEventType() == KeyEvent.KEY_TYPED) {
      if (key.getCharacter().equalsIgnoreCase("p") && !key.isShortcutDown()) {
        exits.print();
        key.consume();
      }
      return;
    }
    boolean elsewhere =
        root.getScene().getFocusOwner() instanceof ButtonBase button
            && button.isFocusVisible()
            && !button.equals(onButton);
    boolean leaves = key.getCode() == KeyCode.ENTER && !elsewhere;
    if (leaves || key.getCode() == KeyCode.ESCAPE) {
      exits.next();
    } else {
      return;
    }
    key.consume();
  }
}
