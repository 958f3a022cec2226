package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.protocol.ParkedName;
import java.util.function.Consumer;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/** Putting a sale aside under a name. */
final class ParkSheet {
  private static final double WIDTH = 560;

  private ParkSheet() {}

  /** Asks what to call it; Enter alone gives no name. */
  static void open(Surface surface, Consumer<String> park) {
    Words words = surface.words();
    TextField name = SheetForm.text(words.say("park.name"), "park-name", ParkedName.LONGEST);
    Runnable act =
        () -> {
          surface.sheets().close();
          park.accept(name.getText());
        };
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("park.title"), "title"),
            Parts.paragraph(words.say("park.text"), "soft", "note"),
            name,
            SheetForm.buttons(surface, words.say("park.park"), act));
    SheetForm.onEnter(content, act);
    surface.sheets().open(content, WIDTH, name, () -> {});
  }
}
