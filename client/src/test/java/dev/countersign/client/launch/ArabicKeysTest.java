package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.protocol.DeviceKind;
import java.nio.file.Path;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A keyboard that writes Arabic presses the letters that stand on the buttons. */
class ArabicKeysTest {
  @TempDir Path directory;
  private Window window;

  @BeforeEach
  void rungUp() throws Exception {
    window = new Window(directory).enrolled(DeviceKind.TILL, 0).open().atTheCounter();
    window.scan(Shelf.VODKA);
    window.awaitText("Sale · one item");
  }

  @AfterEach
  void close() {
    window.close();
  }

  @Test
  void theKeyOfAWayToPayIsPressedWhateverItWrites() {
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    // On the key with the V.
    window.type("ر");
    window.awaitText("Voucher · 19.50");
    window.press(KeyCode.ESCAPE);
    window.type("٢٥٠٠");
    window.awaitText("25.00");
  }

  @Test
  void whatIsWrittenInAFieldStaysArabic() {
    window.type("شاي");
    assertThat(
            window.onScreen(
                () ->
                    ((TextField) window.scene().getRoot().lookup(".search .text-field")).getText()))
        .isEqualTo("شاي");
  }

  /** Beside it: a till can be locked whatever is open. */
  @Test
  void aTillIsLockedOverASheet() {
    window.press(KeyCode.F4);
    window.awaitText("Off what?");
    window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("enter your PIN");
    window.unlock("Ama K.");
    window.awaitText("Sale · one item");
    assertThat(window.sees("Off what?")).isFalse();
  }
}
