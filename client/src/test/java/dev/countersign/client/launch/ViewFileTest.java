package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ui.kit.Language;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.client.ui.kit.TextSize;
import dev.countersign.client.ui.kit.TouchTyping;
import dev.countersign.client.ui.kit.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewFileTest {
  private static final View FIRST =
      new View(Language.GERMAN, Look.LIGHT, TextSize.USUAL, TouchTyping.BY_FINGER);

  @TempDir Path temp;

  @Test
  void whatWasChosenIsReadBack() {
    ViewFile file = new ViewFile(temp.resolve("till"), Locale.GERMANY);
    assertThat(file.read()).isEqualTo(FIRST);
    for (Language language : Language.values()) {
      View chosen = new View(language, Look.DARK, TextSize.LARGE, TouchTyping.BY_FINGER);
      file.remember(chosen);
      assertThat(file.read()).isEqualTo(chosen);
    }
  }

  @Test
  void whatIsNotKnownOrMissingChangesNothing() throws IOException {
    ViewFile file = new ViewFile(temp.resolve("till"), Locale.GERMANY);
    Path written = temp.resolve("till-view.json");
    Files.writeString(written, "{\"look\":\"DARK\",\"later\":[1]}");
    assertThat(file.read()).isEqualTo(FIRST.with(Look.DARK));
    Files.writeString(written, "{\"look\":\"DARK\",\"language\":\"KLINGON\"}");
    assertThat(file.read()).isEqualTo(FIRST);
    Files.writeString(written, "{\"look\":\"DARK\"");
    assertThat(file.read()).isEqualTo(FIRST);
  }
}
