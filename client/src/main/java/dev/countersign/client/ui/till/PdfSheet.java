package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/**
 * Where a receipt goes as a file. The path is typed: a window to choose files in shows what the
 * till's account has to whoever stands there, and stays open over the lock.
 */
final class PdfSheet {
  private static final double WIDTH = 620;

  private PdfSheet() {}

  /**
   * Asks.
   *
   * @param receipt its number, which names the file
   * @param save takes the path as it was typed
   */
  static void open(Surface surface, String receipt, Consumer<String> save) {
    Words words = surface.words();
    Path proposed = Path.of(System.getProperty("user.home"), receipt + ".pdf");
    TextField file = HardwareFields.text(proposed.toString(), "pdf-file");
    Runnable take =
        () -> {
          String typed = file.getText().strip();
          if (!typed.isEmpty()) {
            surface.sheets().close();
            save.accept(typed);
          }
        };
    file.setOnAction(_ -> take.run());
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("pdf.title"), "title"),
            Parts.paragraph(words.say("pdf.text"), "soft", "note"),
            HardwareFields.named(words.say("pdf.file"), file),
            SheetForm.buttons(surface, words.say("pdf.save"), take));
    surface.sheets().open(content, WIDTH, file, () -> {});
  }
}
