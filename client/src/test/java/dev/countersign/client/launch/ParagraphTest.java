package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ui.kit.Language;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.client.ui.kit.Parts;
import dev.countersign.client.ui.kit.TextSize;
import dev.countersign.client.ui.kit.TouchTyping;
import dev.countersign.client.ui.kit.View;
import dev.countersign.client.ui.kit.Wardrobe;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.TreeSet;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** A text that is written from right to left and needs more than one line. */
class ParagraphTest {
  private static final Path TEXTS = Path.of("src/main/resources/dev/countersign/client/ui");

  @ParameterizedTest
  @ValueSource(strings = {"entry", "kit", "till", "office"})
  void everyArabicTextBreaksAtEveryWidth(String slice) throws Exception {
    Properties texts = new Properties();
    try (Reader in = Files.newBufferedReader(TEXTS.resolve(slice + "/messages_ar.properties"))) {
      texts.load(in);
    }
    FxToolkit.registerPrimaryStage();
    Wardrobe.loadFonts();
    WaitForAsyncUtils.waitForAsyncFx(
        120_000,
        () -> {
          // Who wrote Arabic on an English screen before has taken no letters from an Arabic one.
          Label foreign = Parts.paragraph("\u0634\u0627\u064a", "note");
          Wardrobe.dress(
              new Scene(new VBox(foreign)),
              new View(Language.ENGLISH, Look.LIGHT, TextSize.USUAL, TouchTyping.BY_FINGER));
          foreign.applyCss();
          foreign.prefWidth(-1);
          Label label = Parts.paragraph("", "note");
          VBox column = new VBox(label);
          Scene scene = new Scene(column, 800, 400);
          Wardrobe.dress(
              scene, new View(Language.ARABIC, Look.LIGHT, TextSize.USUAL, TouchTyping.BY_FINGER));
          for (String key : new TreeSet<>(texts.stringPropertyNames())) {
            String text = texts.getProperty(key);
            // A name in Latin letters is broken by the toolkit.
            boolean arabic = text.codePoints().anyMatch(c -> c >= 0x600 && c < 0x700);
            for (int width = 90; arabic && width <= 690; width += 120) {
              label.setText(text);
              column.setMaxWidth(width);
              column.resize(width, 400);
              column.applyCss();
              column.layout();
              assertThat(label.getText().replace('\n', ' '))
                  .as(key)
                  .isEqualTo(text.replace('\n', ' '));
              fits(label, width, key);
            }
          }
          return label;
        });
  }

  private static void fits(Label label, double width, String key) {
    double high = 0;
    for (String line : label.getText().split("\n")) {
      Text alone = new Text(line);
      alone.setFont(label.getFont());
      boolean oneWord = !line.contains(" ");
      assertThat(oneWord || alone.getLayoutBounds().getWidth() <= width + 1)
          .as(key + " at " + width + ": " + line)
          .isTrue();
      high += alone.getLayoutBounds().getHeight();
    }
    assertThat(label.getHeight()).as(key).isGreaterThanOrEqualTo(Math.floor(high) - 1);
    assertThat(label.minHeight(width)).isNotEqualTo(Region.USE_PREF_SIZE);
  }
}
