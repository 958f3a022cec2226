package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.device.Slip;
import dev.countersign.common.protocol.DeviceKind;
import java.nio.file.Path;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an open sheet does with scans and refusals, and what can be done on every screen. */
class SheetsTest {
  @TempDir Path directory;
  private Window window;

  @BeforeEach
  void rungUp() throws Exception {
    window = new Window(directory).enrolled(DeviceKind.TILL, 0).open();
  }

  @AfterEach
  void close() {
    window.close();
  }

  private void selling() {
    window.atTheCounter();
    window.scan(Shelf.VODKA);
    window.awaitText("Sale · one item");
  }

  private String typed(String id) {
    return window.onScreen(() -> ((TextField) window.scene().getRoot().lookup("#" + id)).getText());
  }

  private String onSheet() {
    return window.onScreen(
        () -> ((Labeled) window.scene().getRoot().lookup(".sheet-box > .bad-text")).getText());
  }

  @Test
  void goodsAreNotWrittenIntoANote() {
    selling();
    window.press(KeyCode.F9);
    window.awaitText("It stands on the receipt");
    window.type("gift");
    window.scan(Shelf.JAMESON);
    window.awaitText("you have written something");
    assertThat(onSheet()).contains("was not added");
    assertThat(window.sees(Shelf.JAMESON)).isFalse();
    window.press(KeyCode.ENTER);
    window.awaitText("gift");
    window.assertSees("Sale · one item");
  }

  /** Nothing is lost with it: the queue goes on. */
  @Test
  void aScanOverASheetOnWhichNobodyWroteClosesItAndIsRungUp() {
    selling();
    window.press(KeyCode.F9);
    window.awaitText("It stands on the receipt");
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · 2 items");
    assertThat(window.sees("It stands on the receipt")).isFalse();
  }

  @Test
  void theCodeOfASlipGoesIntoTheFieldForItWhereverTheFocusIs() {
    selling();
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.type("c");
    window.awaitText("Card · 19.50");
    window.onScreen(
        () -> {
          window.scene().getRoot().lookup("#card-last-four").requestFocus();
          return true;
        });
    window.scan("882134567");
    assertThat(typed("card-reference")).isEqualTo("882134567");
    assertThat(typed("card-last-four")).isEmpty();
  }

  @Test
  void aRefusalStandsOnTheSheetThatItIsAbout() {
    selling();
    window.press(KeyCode.F11);
    window.awaitText("What did you notice");
    window.click("Report");
    window.await(() -> window.scene().getRoot().lookup(".sheet-box > .bad-text") != null);
    assertThat(onSheet()).isEqualTo("Choose what it is about first.");
    window.assertFits();
  }

  @Test
  void papersThatAreOwedAreReachedFromEveryScreen() {
    window.unlock("Ama K.");
    window.awaitText("Open a shift");
    Slip slip = new Slip.Builder().title("Z REPORT 7").build("Z REPORT 7", false);
    window.device().slips().owe("Z REPORT 7", slip.encode());
    owed();
    window.type("10000");
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
    owed();
    window.scan(Shelf.VODKA);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    owed();
    window.press(KeyCode.ENTER);
    window.awaitText("Receipt R2-000001");
    owed();
    window.press(KeyCode.R, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("Papers that were not printed");
    window.type("r");
    window.awaitText("A copy of receipt R2-000001 was printed");
    assertThat(window.sees("Papers that were not printed")).isFalse();
  }

  private void owed() {
    window.press(KeyCode.R, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("Papers that were not printed");
    window.assertSees("Z REPORT 7");
    window.press(KeyCode.ESCAPE);
    window.await(() -> !window.sees("Papers that were not printed"));
  }

  @Test
  void aFingerLocksTheTillWhereverItStands() {
    selling();
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.touchText("Ama K.");
    window.awaitText("Lock the till");
    window.assertFits();
    window.click("Keys");
    window.awaitText("behind your name");
    window.press(KeyCode.ESCAPE);
    window.touchText("Ama K.");
    window.awaitText("Lock the till");
    window.click("Lock the till");
    window.awaitText("enter your PIN");
    window.unlock("Ama K.");
    window.awaitText("Sale · one item");
  }
}
