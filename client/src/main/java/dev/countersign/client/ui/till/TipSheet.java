package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Paying;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.money.Money;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** The tips that the shop proposes. Another amount is typed before the key is pressed. */
final class TipSheet {
  private static final double WIDTH = 460;

  private TipSheet() {}

  static void open(Surface surface, Paying paying, Consumer<Money> chosen) {
    Words words = surface.words();
    VBox choices = new VBox(8);
    for (int percent : paying.terms().tips()) {
      Money tip = paying.tipOf(percent);
      choices
          .getChildren()
          .add(
              choice(
                  surface,
                  words.say("tip.percent", percent),
                  surface.amounts().text(tip),
                  () -> chosen.accept(tip)));
    }
    Money none = Money.zero(paying.due().currency());
    choices
        .getChildren()
        .add(choice(surface, words.say("tip.none"), "", () -> chosen.accept(none)));
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("tip.title"), "title"),
            Parts.paragraph(words.say("tip.text"), "soft", "note"),
            choices,
            Parts.button(words.say("card.cancel"), surface.sheets()::close));
    surface.sheets().open(content, WIDTH, choices.getChildren().getFirst(), () -> {});
  }

  private static Button choice(Surface surface, String name, String figure, Runnable act) {
    HBox shown = Parts.ends(Parts.whole(name), Parts.whole(figure, "bold"));
    Button button =
        Parts.button(
            shown,
            figure.isEmpty() ? name : name + ", " + figure,
            () -> {
              surface.sheets().close();
              act.run();
            },
            "tender");
    shown.prefWidthProperty().bind(button.widthProperty().subtract(36));
    return button;
  }
}
