package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.DeviceKind;
import java.nio.file.Path;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What somebody asked for and what is ready only once the till is locked again, is for nobody who
 * happens to pass.
 */
class BehindTheLockTest {
  @TempDir Path directory;
  private Window window;

  @BeforeEach
  void atTheCounter() throws Exception {
    window =
        new Window(directory)
            .enrolled(DeviceKind.TILL, 0, ApprovalTest.cashierWhoAsks(PermissionKey.SALE_VOID))
            .open()
            .atTheCounter();
  }

  @AfterEach
  void close() {
    window.close();
  }

  /** A code is worth what stands on it, to whoever reads it first. */
  @Test
  void theCodeOfACredit() {
    rungUp();
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.press(KeyCode.ENTER);
    window.awaitText("Receipt R2-000001");
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
    window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    // A supervisor, who needs nobody's word.
    window.unlock("Esi L.");
    window.awaitText("Ready for the next customer");
    window.press(KeyCode.F7);
    window.awaitText("R2-000001 ·");
    window.press(KeyCode.ENTER);
    window.awaitText("1 sold for 32.99");
    window.type("a");
    window.press(KeyCode.F12);
    window.awaitText("Why does it come back?");
    window.type("2");
    window.awaitText("Cash out of the drawer");
    window.press(KeyCode.F7);
    window.awaitText("a new code for the customer");
    lockedWhile(() -> window.press(KeyCode.ENTER));
    assertThat(window.device().purse().slips()).hasSize(1);
    assertThat(window.sees("Store credit · 32.99")).isFalse();
    window.unlock("Ama K.");
    window.awaitText("Store credit · 32.99");
  }

  /** A supervisor who came by would have agreed for somebody who is not there. */
  @Test
  void theQuestionForASupervisor() {
    rungUp();
    window.press(KeyCode.DELETE, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("Void the whole sale");
    lockedWhile(() -> window.click("Void the sale"));
    assertThat(window.sees("A supervisor approves")).isFalse();
    window.unlock("Ama K.");
    window.awaitText("Sale · one item");
  }

  @Test
  void theHardwareOfTheTill() {
    lockedWhile(() -> window.press(KeyCode.H, KeyCombination.SHORTCUT_DOWN));
    window.unlock("Kofi B.");
    window.awaitText("Ready for the next customer");
  }

  @Test
  void theCountOfTheDrawer() {
    window.press(KeyCode.F10);
    window.awaitText("Opening float");
    lockedWhile(() -> window.type("z"));
    window.unlock("Kofi B.");
    window.awaitText("Ready for the next customer");
  }

  /** It led to the real till, by one key and without a PIN. */
  @Test
  void theTillToLearnOn() {
    lockedWhile(() -> window.press(KeyCode.T, KeyCombination.SHORTCUT_DOWN));
    window.unlock("Ama K.");
    window.awaitText("Training has begun");
  }

  /** Whoever may not learn now was let in to the sale on the counter. */
  @Test
  void theSaleThatKeepsSomebodyFromLearning() {
    rungUp();
    lockedWhile(() -> window.press(KeyCode.T, KeyCombination.SHORTCUT_DOWN));
    window.unlock("Kofi B.");
    window.awaitText("Sale · one item");
  }

  /** Names, addresses and amounts stand in what went well. */
  @Test
  void thatSomethingWentWell() {
    rungUp();
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.press(KeyCode.ENTER);
    window.awaitText("Receipt R2-000001");
    window.press(KeyCode.S, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("marked as a copy");
    Path file = directory.resolve("receipt.pdf");
    window.onScreen(
        () -> {
          TextField field = (TextField) window.scene().getRoot().lookup("#pdf-file");
          field.setText(file.toString());
          return field;
        });
    lockedWhile(() -> window.click("Save"));
    assertThat(file).exists();
    assertThat(window.sees("Saved as")).isFalse();
  }

  private void rungUp() {
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
  }

  private void lockedWhile(Runnable asking) {
    Runnable answers = window.holdBack();
    asking.run();
    window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    answers.run();
    window.calm();
    window.assertSees("enter your PIN");
  }
}
