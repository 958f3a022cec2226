package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ui.kit.Look;
import dev.countersign.common.protocol.DeviceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;

/** A receipt as a file. */
class SavedReceiptTest {
  @TempDir Path directory;
  private Window window;

  @AfterEach
  void close() {
    window.close();
  }

  private void sold(Look look) throws Exception {
    window = new Window(directory).enrolled(DeviceKind.TILL, 0).open(look, 1024, 768);
    window.atTheCounter();
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.press(KeyCode.ENTER);
    window.awaitText("Receipt R2-000001");
  }

  private void saveAs(Path file) {
    window.press(KeyCode.S, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("marked as a copy");
    window.onScreen(
        () -> {
          TextField field = (TextField) window.scene().getRoot().lookup("#pdf-file");
          assertThat(Path.of(field.getText())).hasFileName("R2-000001.pdf");
          field.setText(file.toString());
          return field;
        });
    window.click("Save");
  }

  @Test
  void theFileSaysWhatThePaperSaysAndThatItIsACopy() throws Exception {
    sold(Look.LIGHT);
    Path file = directory.resolve("receipt.pdf");
    saveAs(file);
    window.awaitText("Saved as " + file);
    assertThat(text(file)).contains("R2-000001", "Jameson Irish Whiskey", "32.99", "COPY");
  }

  @Test
  void aFileThatIsThereStaysAsItIsAndAPlaceThatIsNoneIsSaid() throws Exception {
    sold(Look.LIGHT);
    Path file = Files.writeString(directory.resolve("mine.pdf"), "mine");
    saveAs(file);
    window.awaitText("There is a file " + file + " already");
    assertThat(file).hasContent("mine");
    Path nowhere = directory.resolve("nowhere").resolve("receipt.pdf");
    saveAs(nowhere);
    window.awaitText(nowhere + " could not be written");
    assertThat(nowhere).doesNotExist();
    try (Stream<Path> all = Files.list(directory)) {
      assertThat(all).as("no half of a file").noneMatch(each -> each.toString().endsWith(".part"));
    }
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1024,768", "LIGHT,1920,1080", "DARK,1920,1080"})
  void itLooksLikeThis(Look look, int width, int height) throws Exception {
    Camera camera = new Camera(look, width, height);
    sold(look);
    window.press(KeyCode.S, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("marked as a copy");
    window.onScreen(
        () -> {
          TextField field = (TextField) window.scene().getRoot().lookup("#pdf-file");
          field.setText("Documents/R2-000001.pdf");
          return field;
        });
    camera.picture(window, "receipt-pdf");
    assertThat(camera.defects()).isEmpty();
  }

  private static String text(Path file) throws IOException {
    PdfReader reader = new PdfReader(Files.readAllBytes(file));
    return new PdfTextExtractor(reader).getTextFromPage(1);
  }
}
