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
  void itStaysWhereItWaitsWithoutAnybodysWord() throws Exception {
    try (Window window =
        new Window(directory)
            .enrolled(DeviceKind.TILL, 0, ApprovalTest.cashierWhoAsks(PermissionKey.SALE_VOID))
            .open()) {
      window.atTheCounter();
      parked(window);
      window.press(KeyCode.F6);
      window.awaitText("One parked sale");
      window.click("Discard");
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
