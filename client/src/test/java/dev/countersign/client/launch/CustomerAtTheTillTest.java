package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ledger.Customer;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.sale.Basket;
import java.nio.file.Path;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F3 at the counter, by keys alone. */
class CustomerAtTheTillTest {
  @TempDir Path directory;
  private Window window;

  @BeforeEach
  void atTheCounter() throws Exception {
    window = new Window(directory).enrolled(DeviceKind.TILL, 0).open().atTheCounter();
  }

  @AfterEach
  void close() {
    window.close();
  }

  private Basket basket() {
    return window.device().ledger().draft().orElseThrow();
  }

  @Test
  void aNewCustomerIsAddedFoundAgainAndTakenOff() {
    window.scan(Shelf.VODKA);
    window.press(KeyCode.F3);
    window.awaitText("Nobody is found by this");
    window.type("Ada Nwosu");
    window.click("New customer");
    window.awaitText("A name is enough");
    window.press(KeyCode.ENTER);
    window.await(() -> window.sees("Ada Nwosu") && !window.sees("A name is enough"));
    Customer ada = window.device().customers().search("ada", 5).getFirst();
    assertThat(basket().buyer().id()).isEqualTo(ada.id());

    window.press(KeyCode.F3);
    window.awaitText("No customer");
    window.click("No customer");
    window.await(() -> !window.sees("Ada Nwosu"));
    assertThat(basket().buyer()).isNull();

    window.press(KeyCode.F3);
    window.type("nwo");
    window.await(() -> window.sees("Ada Nwosu"));
    window.press(KeyCode.ENTER);
    window.await(() -> window.sees("Ada Nwosu") && !window.sees("No customer"));
    assertThat(basket().buyer().id()).isEqualTo(ada.id());
  }

  @Test
  void escapeChangesNothing() {
    window.scan(Shelf.VODKA);
    window.press(KeyCode.F3);
    window.awaitText("New customer");
    window.press(KeyCode.ESCAPE);
    window.await(() -> !window.sees("New customer"));
    assertThat(basket().buyer()).isNull();
  }
}
