package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.device.Receipt;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.protocol.DeviceKind;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sheet for discounts by keys, and a percentage off everything that grew. */
class OffMoreTest {
  @TempDir Path directory;
  private final List<Receipt> paper = new CopyOnWriteArrayList<>();
  private Window window;

  @BeforeEach
  void atTheCounter() throws Exception {
    window =
        new Window(directory)
            .printingInto(paper)
            .enrolled(DeviceKind.TILL, 0)
            .open()
            .atTheCounter();
  }

  @AfterEach
  void close() {
    window.close();
  }

  private void approved() {
    window.awaitText("A supervisor approves");
    window.type(Window.PIN);
    window.press(KeyCode.ENTER);
    window.await(() -> !window.sees("A supervisor approves"));
  }

  /**
   * The word was for what was in the basket then; who is not approved is not shown what to take.
   */
  @Test
  void aPercentageOffEverythingIsAskedForAgainAtPayWhenGoodsCameAfterIt() {
    window.scan(Shelf.VODKA);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F4);
    window.awaitText("Off what?");
    window.press(KeyCode.F4);
    window.type("10");
    window.press(KeyCode.ENTER);
    approved();
    window.awaitText("17.55");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.press(KeyCode.ESCAPE);
    window.awaitText("Sale · one item");
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · 2 items");
    window.press(KeyCode.F12);
    window.awaitText("A supervisor approves");
    window.press(KeyCode.ESCAPE);
    window.await(() -> !window.sees("A supervisor approves"));
    assertThat(window.sees("Cash received")).isFalse();
    window.assertSees("47.24");
    window.press(KeyCode.F12);
    approved();
    window.awaitText("Cash received");
    window.press(KeyCode.ENTER);
    window.awaitText("Receipt R2-000001");
    window.await(() -> paper.size() == 1);
    assertThat(paper.getFirst().sale().agreed())
        .containsExactly(new SaleCompleted.Agreed("sale.discount", Shelf.MANAGER));
  }

  /** Whoever went to a button with keys means that one. */
  @Test
  void enterOnCancelGivesNothing() {
    window.scan(Shelf.VODKA);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F4);
    window.awaitText("Off what?");
    window.type("10");
    for (int i = 0; i < 30 && !isOn("Cancel"); i++) {
      window.press(KeyCode.TAB);
    }
    assertThat(isOn("Cancel")).isTrue();
    window.press(KeyCode.ENTER);
    // A button waits for the key to come up.
    window.onScreen(
        () -> {
          window
              .scene()
              .getFocusOwner()
              .fireEvent(
                  new KeyEvent(
                      KeyEvent.KEY_RELEASED, "", "", KeyCode.ENTER, false, false, false, false));
          return true;
        });
    window.await(() -> !window.sees("Off what?"));
    assertThat(window.sees("A supervisor approves")).isFalse();
    window.assertSees("19.50");
  }

  private boolean isOn(String button) {
    return window.onScreen(
        () ->
            window.scene().getFocusOwner() instanceof Button focused
                && button.equals(focused.getText()));
  }
}
