package dev.countersign.client.ui.office;

import dev.countersign.client.device.StoreLogo;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.protocol.ReceiptLogo;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** Asks for the picture file of a store's logo. */
final class LogoSheet {
  private static final double WIDTH = 560;

  private final Surface surface;
  private final Words words;
  private final Consumer<ReceiptLogo> take;
  private final TextField file = new TextField();
  private final Label wrong = Parts.paragraph("", "bad-text");

  /**
   * @param take is given the picture as dots
   */
  LogoSheet(Surface surface, Consumer<ReceiptLogo> take) {
    this.surface = surface;
    this.words = surface.words();
    this.take = take;
    file.setId("logo-file");
    file.setOnAction(_ -> read());
    Parts.show(wrong, false);
  }

  void open() {
    HBox row =
        Parts.row(
            12,
            Forms.named(words.say("receipts.logo.path"), file),
            Parts.button(words.say("receipts.logo.browse"), this::choose));
    row.setAlignment(Pos.BOTTOM_LEFT);
    VBox content =
        new VBox(
            12,
            Parts.label(words.say("receipts.logo.title"), "title"),
            Parts.paragraph(words.say("receipts.logo.text"), "soft", "note"),
            row,
            wrong,
            Parts.row(
                10,
                Parts.button(words.say("sheet.cancel"), surface.sheets()::close),
                Parts.spacer(),
                Parts.button(words.say("receipts.logo.use"), this::read, "primary")));
    surface.sheets().open(content, WIDTH, file, () -> {});
  }

  private void choose() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(words.say("receipts.logo.title"));
    File chosen = chooser.showOpenDialog(file.getScene().getWindow());
    if (chosen != null) {
      file.setText(chosen.getPath());
    }
  }

  private void read() {
    String path = file.getText().strip();
    surface.desk().run(() -> logo(path), this::show, surface::trouble);
  }

  /** Empty for a file that is none, is too large, or is another one. */
  private static Optional<ReceiptLogo> logo(String path) {
    try (InputStream in = Files.newInputStream(Path.of(path))) {
      // One more than it may have, and never more: the size of a file can change.
      return Optional.of(StoreLogo.of(in.readNBytes(StoreLogo.LARGEST_FILE + 1)));
    } catch (IOException | InvalidPathException _) {
      return Optional.empty();
    }
  }

  private void show(Optional<ReceiptLogo> read) {
    if (read.isEmpty()) {
      wrong.setText(words.say("receipts.logo.wrong", StoreLogo.LARGEST_FILE / 1024));
      Parts.show(wrong, true);
      surface.sounds().refused();
      return;
    }
    surface.sheets().close();
    take.accept(read.get());
  }
}
