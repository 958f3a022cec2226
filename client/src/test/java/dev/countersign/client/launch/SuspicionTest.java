package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ui.kit.Language;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.client.ui.kit.Speech;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.TextSize;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.protocol.DeviceKind;
import java.nio.file.Path;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A cashier noticed something that should not be. */
class SuspicionTest {
  @TempDir Path directory;
  private Window window;

  @AfterEach
  void close() {
    if (window != null) {
      window.close();
    }
  }

  @Test
  void aReportIsRecordedWithoutANetworkAndSaysWhatToDoNext() throws Exception {
    window = new Window(directory).enrolled(DeviceKind.TILL, 0).open().atTheCounter();
    long before = waiting();
    window.press(KeyCode.F11);
    window.awaitText("What did you notice?");
    window.press(KeyCode.TAB);
    window.click("Report");
    window.awaitText("Choose what it is about first");
    assertThat(waiting()).isEqualTo(before);
    window.type("2");
    window.type("a box, 4242 4242 4242 4242");
    window.press(KeyCode.ENTER);
    window.awaitText("card number");
    assertThat(waiting()).isEqualTo(before);
    window.onScreen(this::withoutTheNumber);
    window.press(KeyCode.ENTER);
    window.awaitText("Leave it as it is");
    window.assertSees("Tell nobody your PIN");
    window.assertSees("Call your manager now");
    assertThat(waiting()).isEqualTo(before + 1);
    window.press(KeyCode.ESCAPE);
    window.awaitText("Ready for the next customer");
  }

  @Test
  void fromTheLockScreenItIsAskedBehindThePin() throws Exception {
    window = new Window(directory).enrolled(DeviceKind.TILL, 0).open();
    window.press(KeyCode.F11);
    window.awaitText("you can then say what you noticed");
    window.unlock("Kofi B.");
    window.awaitText("What did you notice?");
    window.type("1");
    window.press(KeyCode.ENTER);
    window.awaitText("Change your PIN at the lock screen");
    assertThat(waiting()).isEqualTo(1);
    window.press(KeyCode.ESCAPE);
    window.awaitText("Open shift");
    // Asked for once: the next one comes in to sell.
    window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    window.unlock("Ama K.");
    window.awaitText("Open shift");
    assertThat(window.sees("What did you notice?")).isFalse();
  }

  @Test
  void whatSomebodyNoticesInTrainingIsReal() throws Exception {
    window = new Window(directory).enrolled(DeviceKind.TILL, 0).open().atTheCounter();
    long before = waiting();
    window.press(KeyCode.T, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("Open shift");
    window.type("10000");
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
    window.press(KeyCode.F11);
    window.awaitText("What did you notice?");
    window.type("4");
    window.press(KeyCode.ENTER);
    window.awaitText("Sell on another till");
    assertThat(waiting()).as("and that somebody learns").isEqualTo(before + 2);
  }

  @Test
  void itCanBeSaidOnTheOpeningAndOnThePayingScreenAndWhatWasTypedThereStays() throws Exception {
    window = new Window(directory).enrolled(DeviceKind.TILL, 0).open().unlock("Ama K.");
    window.awaitText("Open shift");
    window.type("10000");
    noticed(1);
    window.awaitText("Open shift");
    window.assertSees("100.00");
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.type("4000");
    noticed(3);
    window.awaitText("Cash received");
    window.assertSees("40.00");
    window.press(KeyCode.ENTER);
    window.awaitText("Receipt R2-000001");
  }

  /** Reports it, and is back on the screen it was said on. */
  private void noticed(int waiting) {
    window.press(KeyCode.F11);
    window.awaitText("What did you notice?");
    window.type("2");
    window.press(KeyCode.ENTER);
    window.awaitText("Leave it as it is");
    assertThat(waiting()).isEqualTo(waiting);
    window.press(KeyCode.ESCAPE);
    window.await(() -> !window.sees("Leave it as it is"));
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void itFitsInEveryLanguage(Language language) throws Exception {
    Camera camera = Camera.asSpoken(Look.LIGHT, 1024, 768);
    Words kit = Words.beside(Surface.class, new Speech(language));
    window =
        new Window(directory)
            .enrolled(DeviceKind.TILL, 0)
            .speaking(language, TextSize.USUAL)
            .open(Look.LIGHT, 1024, 768);
    window.press(KeyCode.F11);
    window.unlock("Ama K.");
    window.awaitText(kit.say("suspicion.text"));
    camera.picture(window, "suspicion-" + language.code());
    window.type("4");
    window.press(KeyCode.ENTER);
    window.awaitText(kit.say("suspicion.reported.text"));
    camera.picture(window, "suspicion-next-" + language.code());
    assertThat(camera.defects()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1024,768", "LIGHT,1920,1080", "DARK,1920,1080"})
  void itFits(Look look, int width, int height) throws Exception {
    Camera camera = new Camera(look, width, height);
    window = new Window(directory).enrolled(DeviceKind.TILL, 0).open(look, 1024, 768);
    window.atTheCounter();
    window.press(KeyCode.F11);
    window.awaitText("What did you notice?");
    window.type("2");
    camera.picture(window, "suspicion");
    window.press(KeyCode.ENTER);
    window.awaitText("Leave it as it is");
    camera.picture(window, "suspicion-next");
    assertThat(camera.defects()).isEmpty();
  }

  private String withoutTheNumber() {
    TextField note = (TextField) window.scene().lookup("#suspicion-note");
    note.setText("a box");
    return note.getText();
  }

  private long waiting() {
    return window.device().outbox().state().waiting();
  }
}
