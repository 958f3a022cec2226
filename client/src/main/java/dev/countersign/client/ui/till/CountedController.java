package dev.countersign.client.ui.till;

import dev.countersign.client.flow.ClosingShift.Counted;
import dev.countersign.client.ledger.ShiftReport;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Screen;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.ShiftFigures.Tendered;
import dev.countersign.common.money.Money;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** The drawer was counted: names the difference, and closes the shift or has it counted again. */
final class CountedController implements Screen {
  private static final double WIDTH = 520;

  private final Surface surface;
  private final Words words;
  private final Exits exits;
  private final VBox root = new VBox();

  /** Where this screen leads. */
  interface Exits {
    void close();

    void again();

    void back();
  }

  CountedController(Surface surface, Counted counted, Exits exits) {
    this.surface = surface;
    this.words = surface.words();
    this.exits = exits;
    ShiftReport report = counted.report();
    var amounts = surface.amounts();
    Money difference = counted.difference();
    Label named =
        Parts.whole(
            DifferenceWords.figure(amounts, difference),
            "done-amount",
            DifferenceWords.tone(difference));
    VBox form =
        new VBox(
            10,
            Parts.label(words.say("counted.title", Long.toString(report.number())), "title"),
            Parts.paragraph(DifferenceWords.sentence(words, difference), "headline"),
            named,
            BasketView.sum(words.say("count.counted"), amounts.text(counted.count().total())),
            BasketView.sum(
                words.say("count.expected"), amounts.text(report.money(report.expected()))));
    for (Tendered other : counted.count().others()) {
      Money off = report.money(other.amount() - report.figures().by(other.means()));
      form.getChildren()
          .add(
              BasketView.sum(
                  words.say("counted.other", TenderWords.name(words, other.means())),
                  DifferenceWords.figure(amounts, off)));
    }
    for (Tendered taken : report.figures().tenders()) {
      boolean counts =
          taken.means() == Means.CASH
              || counted.count().others().stream()
                  .anyMatch(other -> other.means() == taken.means());
      if (!counts) {
        form.getChildren()
            .add(BasketView.sum(TenderWords.name(words, taken.means()), words.say("counted.not")));
      }
    }
    HBox shown =
        Parts.row(
            10,
            Parts.whole(words.say("counted.close"), "loud-text"),
            Parts.spacer(),
            Parts.keyCap(words.key("Enter")));
    Button close = Parts.button(shown, words.say("counted.close"), exits::close, "primary", "loud");
    close.setMaxWidth(Double.MAX_VALUE);
    close.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    shown.prefWidthProperty().bind(close.widthProperty().subtract(36));
    VBox.setMargin(close, new Insets(12, 0, 0, 0));
    form.getChildren()
        .addAll(
            close,
            Parts.row(
                10,
                Parts.button(words.say("counted.again"), exits::again),
                Parts.button(words.say("count.leave"), exits::back, "quiet")));
    form.setMaxWidth(WIDTH);
    form.setAlignment(Pos.CENTER_LEFT);
    root.getStyleClass().add("stage-centre");
    root.getChildren().add(form);
  }

  @Override
  public Parent root() {
    return root;
  }

  @Override
  public void shown() {
    root.requestFocus();
  }

  @Override
  public void scanned(String code) {
    surface.refuse(words.say("count.scanned"));
  }

  @Override
  public void key(KeyEvent key) {
    if (key.getEventType() != KeyEvent.KEY_PRESSED) {
      return;
    }
    boolean onButton =
        root.getScene().getFocusOwner() instanceof ButtonBase button && button.isFocusVisible();
    if (key.getCode() == KeyCode.ENTER && !onButton) {
      exits.close();
    } else if (key.getCode() == KeyCode.ESCAPE) {
      exits.back();
    } else {
      return;
    }
    key.consume();
  }
}
