package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.sale.CardNumbers;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Why goods come back: one of the usual reasons by its number, or in a person's own words. */
final class ReasonSheet {
  private static final double WIDTH = 480;
  private static final int LONGEST = 120;

  private ReasonSheet() {}

  static void open(Surface surface, Consumer<String> taken) {
    Words words = surface.words();
    Consumer<String> take =
        reason -> {
          if (CardNumbers.isIn(reason)) {
            surface.refuse(words.say("paying.refused.card-number"));
          } else if (!reason.isBlank()) {
            surface.sheets().close();
            taken.accept(reason);
          }
        };
    List<String> usual =
        List.of(
            words.say("refund.reason.damaged"),
            words.say("refund.reason.unwanted"),
            words.say("refund.reason.wrong"),
            words.say("refund.reason.expired"),
            words.say("refund.reason.mistake"));
    VBox choices = new VBox(8);
    for (int i = 0; i < usual.size(); i++) {
      String reason = usual.get(i);
      HBox row =
          Parts.row(
              12, Parts.keyCap(surface.amounts().count(i + 1)), Parts.label(reason, "medium"));
      Button choice = Parts.button(row, reason, () -> take.accept(reason), "choice");
      choices.getChildren().add(choice);
    }
    TextField own = new TextField();
    own.setId("refund-reason");
    own.setPromptText(words.say("refund.reason.own"));
    own.setAccessibleText(words.say("refund.reason.own"));
    own.setOnAction(_ -> take.accept(own.getText()));
    own.textProperty()
        .addListener(
            (_, before, now) -> {
              if (now.length() > LONGEST) {
                own.setText(before);
              }
            });
    HBox.setHgrow(own, Priority.ALWAYS);
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("refund.reason.title"), "title"),
            choices,
            Parts.row(
                10,
                own,
                Parts.button(
                    words.say("refund.reason.take"), () -> take.accept(own.getText()), "primary")),
            Parts.foot(Parts.button(words.say("sheet.cancel"), surface.sheets()::close)));
    content.addEventFilter(
        KeyEvent.KEY_TYPED,
        key -> {
          int number = key.getCharacter().matches("[1-9]") ? key.getCharacter().charAt(0) - '0' : 0;
          boolean typing = key.getTarget() instanceof TextInputControl;
          if (!typing && number >= 1 && number <= usual.size()) {
            key.consume();
            take.accept(usual.get(number - 1));
          }
        });
    surface.sheets().open(content, WIDTH, choices.getChildren().getFirst(), () -> {});
  }
}
