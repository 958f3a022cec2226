package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.DeviceKind;
import java.nio.file.Path;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A parked sale whose customer does not come back. */
class VoidParkedTest {
  @TempDir Path directory;

  private static void parked(Window window) {
    window.scan(Shelf.VODKA);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F5);
    window.awaitText("Park this sale");
    window.press(KeyCode.ENTER);
    window.awaitText("Recall · 1");
  }

  @Test
  void itIsVoidedWithoutBeingTakenUpByHand() throws Exception {
    try (Window window = new Window(directory).enrolled(DeviceKind.TILL, 0).open()) {
      window.atTheCounter();
      parked(window);
      long before = window.device().outbox().state().waiting();
      window.press(KeyCode.F6);
      window.awaitText("Void one…");
      window.click("Void one…");
      window.awaitText("Whose customer does not come back?");
      window.press(KeyCode.ENTER);
      window.awaitText("Void the whole sale?");
      window.assertSees("One item for 19.50");
      window.click("Void the sale");
      window.awaitText("The sale was voided");
      window.await(() -> !window.sees("Recall · 1"));
      window.assertSees("Ready for the next customer");
      // Taken up, and voided: both are on record.
      assertThat(window.device().outbox().state().waiting()).isEqualTo(before + 2);
      parked(window);
      window.scan(Shelf.VODKA);
      window.awaitText("Sale · one item");
      window.press(KeyCode.F6);
      window.awaitText("One parked sale");
      assertThat(window.sees("Void one…")).as("while a sale is running").isFalse();
    }
  }

  @Test
  void itStaysWhereItWaitsWithoutAnybodysWord() throws Exception {
    try (Window window =
        new Window(directory)
            .enrolled(DeviceKind.TILL, 0, ApprovalTest.cashierWhoAsks(PermissionKey.SALE_VOID))
            .open()) {
      window.atTheCounter();
      parked(window);
      window.press(KeyCode.F6);
      window.awaitText("Void one…");
      window.click("Void one…");
      window.press(KeyCode.ENTER);
      window.awaitText("Void the whole sale");
      window.click("Void the sale");
      window.awaitText("A supervisor approves");
      window.press(KeyCode.ESCAPE);
      window.awaitText("This needs the approval of a supervisor");
      assertThat(window.device().parked().count()).isEqualTo(1);
      window.assertSees("Ready for the next customer");
    }
  }
}
