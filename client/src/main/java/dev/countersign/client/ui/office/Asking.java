package dev.countersign.client.ui.office;

import dev.countersign.client.ui.kit.Parts;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;

/** Asks once more before something that cannot be taken back; what does nothing has the focus. */
final class Asking {
  private static final double WIDTH = 520;

  private Asking() {}

  static void open(ServerRoom room, String title, String text, String act, Runnable onAct) {
    Button keep = Parts.button(room.words().say("sheet.cancel"), room.surface().sheets()::close);
    Button go =
        Parts.button(
            act,
            () -> {
              room.surface().sheets().close();
              onAct.run();
            },
            "danger");
    VBox content =
        new VBox(
            14,
            Parts.label(title, "title"),
            Parts.paragraph(text, "soft"),
            Parts.row(10, keep, Parts.spacer(), go));
    room.surface().sheets().open(content, WIDTH, keep, () -> {});
  }
}
