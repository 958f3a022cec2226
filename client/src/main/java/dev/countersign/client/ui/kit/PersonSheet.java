package dev.countersign.client.ui.kit;

import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;

/** What can be done on every screen, for a finger that touched the name at the top. */
final class PersonSheet {
  private static final double WIDTH = 440;

  private PersonSheet() {}

  /**
   * @param keys of the screen below; help for them is offered when there are any
   */
  static void open(Surface surface, String name, List<Always> always, List<KeyAct> keys) {
    Words words = surface.kit();
    VBox acts = new VBox(8);
    for (Always each : always) {
      acts.getChildren().add(act(surface, each.name(), each.key(), each.act()));
    }
    if (!keys.isEmpty()) {
      acts.getChildren()
          .add(act(surface, words.say("keys.title"), "F1", () -> KeysSheet.open(surface, keys)));
    }
    Button close = Parts.button(words.say("keys.close"), surface.sheets()::close);
    VBox content = new VBox(14, Parts.paragraph(name, "title"), acts, Parts.foot(close));
    surface.sheets().open(content, WIDTH, close, () -> {});
  }

  private static Button act(Surface surface, String name, String key, Runnable act) {
    var row =
        Parts.row(10, Parts.whole(name), Parts.spacer(), Parts.keyCap(surface.kit().key(key)));
    Button button =
        Parts.button(
            row,
            name,
            () -> {
              surface.sheets().close();
              act.run();
            });
    button.setMaxWidth(Double.MAX_VALUE);
    row.prefWidthProperty().bind(button.widthProperty().subtract(36));
    return button;
  }
}
