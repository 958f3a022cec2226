package dev.countersign.client.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** Texts can be read: WCAG 2.2, success criterion 1.4.3, level AA asks for 4.5 to 1. */
class TokensTest {
  private static final Pattern TOKEN = Pattern.compile("-cs-([a-z-]+): #([0-9A-F]{6});");

  @ParameterizedTest
  @CsvSource({
    "ink,panel",
    "ink,bg",
    "soft,panel",
    "soft,bg",
    "faint,panel",
    "faint,bg",
    "faint,accent-soft",
    "soft,accent-soft",
    "ink,accent-soft",
    "accent,accent-soft",
    "accent-ink,accent",
    "accent-ink,accent-strong",
    "accent,bg",
    "warn,warn-soft",
    "bad,bad-soft",
    "bad,bg",
    "bar-ink,bar",
    "bar-soft,bar",
    "bar-ink,bar-on",
    "ink,face",
    "bg,ink"
  })
  void everyTextStandsOutFromItsGround(String text, String ground) throws IOException {
    for (String look : new String[] {".root {", ".root.dark {"}) {
      Map<String, Integer> tokens = tokens(look);
      assertThat(contrast(tokens.get(text), tokens.get(ground)))
          .as("%s on %s in %s", text, ground, look)
          .isGreaterThanOrEqualTo(4.5);
    }
  }

  @ParameterizedTest
  @CsvSource({"edge,panel", "edge,bg", "accent,panel", "ok-dot,bar", "warn-dot,bar", "bad-dot,bar"})
  void everyBorderOfAFieldAndEveryMarkCanBeSeen(String mark, String ground) throws IOException {
    for (String look : new String[] {".root {", ".root.dark {"}) {
      Map<String, Integer> tokens = tokens(look);
      assertThat(contrast(tokens.get(mark), tokens.get(ground)))
          .as("%s on %s in %s", mark, ground, look)
          .isGreaterThanOrEqualTo(3.0);
    }
  }

  /** A key has words on it; what is around it need only be seen, in the dark as in the light. */
  @ParameterizedTest
  @CsvSource({"key,panel", "key,bg"})
  void everyKeyHasAnEdge(String mark, String ground) throws IOException {
    for (String look : new String[] {".root {", ".root.dark {"}) {
      Map<String, Integer> tokens = tokens(look);
      assertThat(contrast(tokens.get(mark), tokens.get(ground)))
          .as("%s on %s in %s", mark, ground, look)
          .isGreaterThanOrEqualTo(1.6);
    }
  }

  /** What cannot be done now is read too, at 3 to 1: on a button, and on the main one. */
  @ParameterizedTest
  @CsvSource({"faint,line", "faint,bg", "soft,bg"})
  void whatIsDisabledCanBeRead(String text, String ground) throws IOException {
    for (String look : new String[] {".root {", ".root.dark {"}) {
      Map<String, Integer> tokens = tokens(look);
      assertThat(contrast(tokens.get(text), tokens.get(ground)))
          .as("%s on %s in %s", text, ground, look)
          .isGreaterThanOrEqualTo(3.0);
    }
  }

  @Test
  void nothingDisabledIsDimmed() throws Exception {
    FxToolkit.registerPrimaryStage();
    for (Look look : Look.values()) {
      WaitForAsyncUtils.waitForAsyncFx(
          60_000,
          () -> {
            var label = Parts.label("Pay", "loud-text");
            var pay = Parts.button(label, "Pay", () -> {}, "primary", "loud");
            var other = Parts.button("Open", () -> {});
            var toggle = new ToggleButton("All");
            VBox column = new VBox(pay, other, toggle);
            column.getChildren().forEach(each -> each.setDisable(true));
            Scene scene = new Scene(column, 400, 400);
            Wardrobe.dress(
                scene, new View(Language.ENGLISH, look, TextSize.USUAL, TouchTyping.BY_FINGER));
            column.applyCss();
            for (Node each : List.of(label, pay, other, toggle)) {
              assertThat(each.getOpacity()).as("%s in %s", each, look).isEqualTo(1);
            }
            assertThat(label.getTextFill()).isEqualTo(other.getTextFill());
            return column;
          });
    }
  }

  private static Map<String, Integer> tokens(String look) throws IOException {
    String css;
    try (var in = TokensTest.class.getResourceAsStream("tokens.css")) {
      css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    int start = css.indexOf(look);
    Map<String, Integer> tokens = new HashMap<>();
    TOKEN
        .matcher(css.substring(start, css.indexOf('}', start)))
        .results()
        .forEach(found -> tokens.put(found.group(1), Integer.parseInt(found.group(2), 16)));
    return tokens;
  }

  private static double contrast(int one, int other) {
    double a = luminance(one) + 0.05;
    double b = luminance(other) + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  private static double luminance(int colour) {
    return 0.2126 * linear(colour >> 16) + 0.7152 * linear(colour >> 8) + 0.0722 * linear(colour);
  }

  private static double linear(int channel) {
    double share = (channel & 255) / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }
}
