package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.EntryPad;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import java.util.List;
import java.util.function.IntConsumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Pane;
import javafx.scene.layout.VBox;

/** What the sheets that ask for something have in common: Enter agrees, Escape leaves. */
final class SheetForm {
  private SheetForm() {}

  /** Enter anywhere on the sheet does this, but on a button that somebody went to with keys. */
  static void onEnter(Node sheet, Runnable act) {
    sheet.addEventFilter(
        KeyEvent.KEY_PRESSED,
        key -> {
          if (key.getCode() == KeyCode.ENTER && !isOnButton(sheet)) {
            act.run();
            key.consume();
          }
        });
  }

  private static boolean isOnButton(Node sheet) {
    return sheet.getScene().getFocusOwner() instanceof ButtonBase button && button.isFocusVisible();
  }

  /** Leave at the start, agree at the end. */
  static Pane buttons(Surface surface, String agree, Runnable act, Node... between) {
    Button yes = Parts.button(agree, act, "primary");
    Button no = Parts.button(surface.words().say("sheet.cancel"), surface.sheets()::close);
    Pane row = Parts.foot(no, between);
    row.getChildren().add(yes);
    return row;
  }

  /** A line of text of so many characters at most. */
  static TextField text(String name, String id, int most) {
    TextField field = new TextField();
    field.setId(id);
    field.setPromptText(name);
    field.setAccessibleText(name);
    field
        .textProperty()
        .addListener(
            (_, before, now) -> {
              if (now.length() > most) {
                field.setText(before);
              }
            });
    return field;
  }

  /** Several things of which one is on. */
  static FlowPane chips(List<String> names, int on, IntConsumer chosen) {
    FlowPane chips = new FlowPane(8, 0);
    for (int i = 0; i < names.size(); i++) {
      int index = i;
      chips
          .getChildren()
          .add(
              Parts.button(
                  names.get(i),
                  () -> {
                    choose(chips, index);
                    chosen.accept(index);
                  },
                  "chip"));
    }
    choose(chips, on);
    return chips;
  }

  /** Puts one of the chips on and the others off; a negative index puts all off. */
  static void choose(Pane chips, int index) {
    for (int i = 0; i < chips.getChildren().size(); i++) {
      Node chip = chips.getChildren().get(i);
      chip.getStyleClass().remove("on");
      if (i == index) {
        chip.getStyleClass().add("on");
      }
    }
  }

  /**
   * Asks for one figure.
   *
   * @param extra further buttons
   */
  static void figure(
      Surface surface,
      String title,
      String text,
      EntryPad pad,
      String agree,
      Runnable act,
      Node... extra) {
    VBox content =
        new VBox(
            12,
            Parts.paragraph(title, "title"),
            Parts.paragraph(text, "soft", "note"),
            pad,
            buttons(surface, agree, act, extra));
    pad.listenOn(content);
    onEnter(content, act);
    surface.sheets().open(content, 440, pad, () -> {});
  }
}
