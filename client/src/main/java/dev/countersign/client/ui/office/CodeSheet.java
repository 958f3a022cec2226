package dev.countersign.client.ui.office;

import dev.countersign.client.ui.kit.Parts;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** A single-use code, large enough to be read out across a counter. It is shown this once. */
final class CodeSheet {
  private static final double WIDTH = 600;

  /** Longer ones are for pasting, not for reading out. */
  private static final int SHORT = 24;

  private CodeSheet() {}

  static void open(ServerRoom room, String title, String text, String code) {
    Label shown =
        code.length() <= SHORT ? Parts.whole(code, "code") : Parts.paragraph(code, "long-code");
    shown.setId("shown-code");
    StackPane box = new StackPane(shown);
    box.getStyleClass().add("code-box");
    Button done =
        Parts.button(room.words().say("code.done"), room.surface().sheets()::close, "primary");
    Button copy =
        Parts.button(
            room.words().say("code.copy"),
            () -> {
              ClipboardContent content = new ClipboardContent();
              content.putString(code);
              Clipboard.getSystemClipboard().setContent(content);
              room.good(room.words().say("code.copied"));
            });
    VBox content =
        new VBox(
            14,
            Parts.label(title, "title"),
            Parts.paragraph(text, "soft"),
            box,
            Parts.paragraph(room.words().say("code.once"), "note", "soft"),
            Parts.row(10, done, copy));
    room.surface().sheets().open(content, WIDTH, done, () -> {});
  }
}
