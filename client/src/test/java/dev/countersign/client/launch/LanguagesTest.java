package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ui.entry.LockController;
import dev.countersign.client.ui.kit.Language;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.client.ui.kit.Speech;
import dev.countersign.client.ui.kit.TextSize;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.client.ui.till.TillController;
import dev.countersign.common.protocol.DeviceKind;
import java.nio.file.Path;
import javafx.geometry.NodeOrientation;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The till in each of its languages, and with large text: nothing is cut off or left in English.
 */
class LanguagesTest {
  @TempDir Path directory;
  private Window window;
  private Words entry;
  private Words till;
  private Words kit;

  private void speak(Language language) {
    Speech speech = new Speech(language);
    entry = Words.beside(LockController.class, speech);
    till = Words.beside(TillController.class, speech);
    kit = Words.beside(Words.class, speech);
  }

  @ParameterizedTest
  @CsvSource({
    "ENGLISH,LARGE",
    "FRENCH,USUAL",
    "GERMAN,USUAL",
    "GERMAN,LARGE",
    "SPANISH,USUAL",
    "ARABIC,USUAL"
  })
  void everyScreenFits(Language language, TextSize size) throws Exception {
    speak(language);
    Camera camera = Camera.asSpoken(Look.LIGHT, 1024, 768);
    String mark = "-" + language.code() + (size == TextSize.LARGE ? "-large" : "");
    try (Window opened =
        new Window(directory)
            .enrolled(DeviceKind.TILL, 0)
            .speaking(language, size)
            .open(Look.LIGHT, 1024, 768)) {
      window = opened;
      window.awaitText(entry.say("lock.note"));
      camera.picture(window, "locked" + mark);
      window.press(KeyCode.F3);
      window.awaitText(entry.say("view.look"));
      camera.picture(window, "view" + mark);
      window.press(KeyCode.ESCAPE);
      window.unlock("Ama K.");
      window.awaitText(till.say("opening.title"));
      camera.picture(window, "open-shift" + mark);
      window.type("10000");
      window.press(KeyCode.ENTER);
      window.awaitText(till.say("selling.empty.title"));
      window.scan(Shelf.JAMESON);
      window.awaitText(till.say("selling.items", 1));
      window.scan(Shelf.VODKA);
      window.awaitText(till.say("selling.items", 2));
      camera.picture(window, "selling" + mark);
      window.press(KeyCode.F3);
      window.awaitText(till.say("customer.none"));
      camera.picture(window, "customer" + mark);
      window.click(till.say("customer.add"));
      window.awaitText(till.say("customer.add.text"));
      camera.picture(window, "customer-new" + mark);
      window.press(KeyCode.ESCAPE);
      window.press(KeyCode.F1);
      window.awaitText(kit.say("keys.text"));
      camera.picture(window, "help" + mark);
      window.press(KeyCode.ESCAPE);
      window.press(KeyCode.F12);
      window.awaitText(till.say("paying.left"));
      camera.picture(window, "paying" + mark);
      window.press(KeyCode.ENTER);
      window.awaitText(till.say("receipt.next"));
      camera.picture(window, "receipt" + mark);
    }
    assertThat(camera.defects()).isEmpty();
  }

  @Test
  void aLanguageChosenAtTheLockIsSpokenAtOnceAndRemembered() throws Exception {
    try (Window opened = new Window(directory).enrolled(DeviceKind.TILL, 0)) {
      window = opened.speaking(null, null).open(Look.LIGHT, 1024, 768);
      speak(Language.ENGLISH);
      window.awaitText(entry.say("lock.note"));
      window.press(KeyCode.F3);
      window.awaitText("العربية");
      window.click("العربية");
      speak(Language.ARABIC);
      window.awaitText(entry.say("view.look"));
      window.press(KeyCode.ESCAPE);
      window.awaitText(entry.say("lock.note"));
      assertThat(window.scene().getRoot().getEffectiveNodeOrientation())
          .isEqualTo(NodeOrientation.RIGHT_TO_LEFT);
      window.unlock("Ama K.");
      window.awaitText(till.say("opening.title"));
    }
    try (Window again = new Window(directory).speaking(null, null)) {
      again.open(Look.LIGHT, 1024, 768);
      again.awaitText(entry.say("lock.note"));
    }
  }
}
