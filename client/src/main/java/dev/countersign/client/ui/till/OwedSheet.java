package dev.countersign.client.ui.till;

import dev.countersign.client.ledger.SlipBook.Owed;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** The papers that did not come out: each printed now, all of them, or a receipt instead. */
final class OwedSheet {
  private static final double WIDTH = 560;
  private static final double HIGHEST = 380;
  private static final int BY_DIGIT = 9;

  private OwedSheet() {}

  /** What can be done with them. */
  interface Acts {
    void print(List<Owed> papers);

    /** Nobody wants them any more. */
    void drop(List<Owed> papers);

    /** A receipt, which is never among them. */
    void receipt();
  }

  static void open(Surface surface, List<Owed> owed, Acts acts) {
    Words words = surface.words();
    VBox rows = new VBox(8);
    for (int i = 0; i < owed.size(); i++) {
      rows.getChildren().add(row(surface, i + 1, owed.get(i), acts));
    }
    ScrollPane scroll = new ScrollPane(rows);
    scroll.getStyleClass().add("scroll");
    scroll.setFitToWidth(true);
    scroll.setMaxHeight(HIGHEST);
    scroll.setFocusTraversable(false);
    Button all =
        Parts.button(
            words.say("owed.print", owed.size()),
            () -> {
              surface.sheets().close();
              acts.print(owed);
            },
            "primary");
    Button drop =
        Parts.button(
            words.say("owed.drop"),
            () -> {
              surface.sheets().close();
              acts.drop(owed);
            },
            "quiet");
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("owed.title"), "title"),
            Parts.paragraph(words.say("owed.text"), "soft", "note"),
            scroll,
            Parts.row(0, Parts.spacer(), drop),
            Parts.foot(
                Parts.button(words.say("sheet.close"), surface.sheets()::close),
                Parts.button(words.say("owed.receipt"), acts::receipt),
                all));
    content.addEventFilter(
        KeyEvent.KEY_TYPED,
        key -> {
          int number = key.getCharacter().matches("[1-9]") ? key.getCharacter().charAt(0) - '0' : 0;
          if (number >= 1 && number <= owed.size()) {
            key.consume();
            surface.sheets().close();
            acts.print(List.of(owed.get(number - 1)));
          } else if (key.getCharacter().equalsIgnoreCase("r") && !key.isShortcutDown()) {
            key.consume();
            acts.receipt();
          }
        });
    surface.sheets().open(content, WIDTH, all, () -> {});
  }

  private static Button row(Surface surface, int number, Owed paper, Acts acts) {
    Words words = surface.words();
    VBox text = new VBox(2, Parts.label(paper.name(), "medium"));
    text.setAlignment(Pos.CENTER_LEFT);
    String when = surface.amounts().moment(paper.at());
    text.getChildren()
        .add(
            Parts.label(
                paper.mayBeOut() ? words.say("owed.may-be-out", when) : when, "note", "soft"));
    HBox shown =
        number <= BY_DIGIT
            ? Parts.row(12, Parts.keyCap(surface.amounts().count(number)), text)
            : Parts.row(12, text);
    return Parts.button(
        shown,
        paper.name(),
        () -> {
          surface.sheets().close();
          acts.print(List.of(paper));
        },
        "choice");
  }
}
