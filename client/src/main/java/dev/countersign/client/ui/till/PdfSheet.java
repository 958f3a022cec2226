package dev.countersign.client.ui.till;

import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import java.io.File;
import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** Where a receipt goes as a file. */
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
    Button choose = Parts.button(words.say("pdf.choose"), () -> choose(words, file, receipt));
    Region named = HardwareFields.named(words.say("pdf.file"), file);
    HBox.setHgrow(named, Priority.ALWAYS);
    HBox row = Parts.row(12, named, choose);
    row.setAlignment(Pos.BOTTOM_LEFT);
    VBox content =
        new VBox(
            14,
            Parts.label(words.say("pdf.title"), "title"),
            Parts.paragraph(words.say("pdf.text"), "soft", "note"),
            row,
            SheetForm.buttons(surface, words.say("pdf.save"), take));
    surface.sheets().open(content, WIDTH, file, () -> {});
  }

  private static void choose(Words words, TextField file, String receipt) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(words.say("pdf.title"));
    chooser.setInitialFileName(receipt + ".pdf");
    File chosen = chooser.showSaveDialog(file.getScene().getWindow());
    if (chosen != null) {
      file.setText(chosen.getPath());
    }
  }
}
