package dev.countersign.client.ui.till;

import dev.countersign.client.ledger.ShiftView;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import java.util.Locale;
import javafx.scene.control.Button;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The shift: since when, by whom, with what float, and what can be done with it. */
final class ShiftSheet {
  private static final double WIDTH = 440;

  /** What the buttons lead to. */
  interface Acts {
    void report();

    void close();

    void lastReport();

    void printAgain();

    void hardware();
  }

  private ShiftSheet() {}

  /**
   * @param anyClosed whether there is a Z report to print again
   */
  static void open(
      Surface surface, ShiftView shift, String openedBy, boolean anyClosed, Acts acts) {
    Words words = surface.words();
    var amounts = surface.amounts();
    Button report = wide(surface, words.say("shift.report"), acts::report);
    Button count = wide(surface, words.say("shift.count"), acts::close);
    Button last = wide(surface, words.say("shift.last"), acts::lastReport);
    Parts.show(last, anyClosed);
    Button again = wide(surface, words.say("help.again"), acts::printAgain);
    Button hardware = wide(surface, words.say("help.hardware"), acts::hardware);
    Button close = Parts.button(words.say("shift.close"), surface.sheets()::close);
    VBox content =
        new VBox(
            10,
            Parts.label(words.say("shift.title", Long.toString(shift.number())), "title"),
            Parts.paragraph(
                words.say("shift.opened", amounts.time(shift.openedAt()), openedBy), "soft"),
            BasketView.sum(words.say("shift.float"), amounts.text(shift.openingFloat())),
            report,
            count,
            last,
            again,
            hardware,
            close);
    content.addEventFilter(
        KeyEvent.KEY_TYPED,
        key -> {
          Button button =
              switch (key.getCharacter().toLowerCase(Locale.ROOT)) {
                case "x" -> report;
                case "z" -> count;
                case "c" -> last;
                default -> null;
              };
          if (button != null && button.isVisible()) {
            key.consume();
            button.fire();
          }
        });
    surface.sheets().open(content, WIDTH, report, () -> {});
  }

  private static Button wide(Surface surface, String name, Runnable act) {
    Button button =
        Parts.button(
            name,
            () -> {
              surface.sheets().close();
              act.run();
            });
    button.setMaxWidth(Double.MAX_VALUE);
    button.setMinHeight(48);
    button.setMinWidth(Region.USE_PREF_SIZE);
    return button;
  }
}
