package dev.countersign.client.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ui.till.TillController;
import java.text.Bidi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IslandTest {
  /** As a screen that runs from the right orders its letters. */
  private static String seen(String text) {
    Bidi bidi = new Bidi(text, Bidi.DIRECTION_RIGHT_TO_LEFT);
    Integer[] runs = new Integer[bidi.getRunCount()];
    byte[] levels = new byte[runs.length];
    for (int i = 0; i < runs.length; i++) {
      runs[i] = i;
      levels[i] = (byte) bidi.getRunLevel(i);
    }
    Bidi.reorderVisually(levels, 0, runs, 0, runs.length);
    StringBuilder seen = new StringBuilder();
    for (int run : runs) {
      String part = text.substring(bidi.getRunStart(run), bidi.getRunLimit(run));
      seen.append(bidi.getRunLevel(run) % 2 == 0 ? part : new StringBuilder(part).reverse());
    }
    return seen.toString().replace("\u200E", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ama K.", "VAT 20 %", "−71.99", "(old) Gin", "R2-000001"})
  void whatRunsFromTheLeftKeepsItsOrder(String text) {
    Words words = Words.beside(TillController.class, new Speech(Language.ARABIC));
    assertThat(seen(words.name(text))).isEqualTo(text);
    assertThat(seen(words.say("pay-off.empty.title", text))).startsWith(text);
  }

  @Test
  void withoutMarksTheEndOfANameWouldStandInFrontOfIt() {
    assertThat(seen("Ama K.")).isEqualTo(".Ama K");
  }

  @Test
  void whatRunsFromTheRightAndOtherLanguagesStayAsTheyAre() {
    assertThat(Island.of("محمد.")).isEqualTo("محمد.");
    assertThat(Island.of(" – ")).isEqualTo(" – ");
    assertThat(Words.beside(TillController.class, new Speech(Language.GERMAN)).name("Ama K."))
        .isEqualTo("Ama K.");
  }
}
