package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.device.Printed;
import dev.countersign.client.device.VirtualPrinter;
import dev.countersign.client.device.VirtualPrinter.Nature;
import dev.countersign.client.terminal.SimulatedTerminal;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.common.protocol.DeviceKind;
import java.nio.file.Path;
import java.time.Duration;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hardware page, a printer on a real port, and what a cashier sees when it fails. */
class HardwarePageTest {
  @TempDir Path directory;
  private Window window;

  @Test
  void aPrinterIsSetUpTriedAndPrintsAndIsMissedWhenItHasNoPaper() throws Exception {
    try (var paper = VirtualPrinter.start(0, Nature.quick());
        Window till =
            new Window(directory).asSetUp().enrolled(DeviceKind.TILL, 0).open().atTheCounter()) {
      window = till;
      window.press(KeyCode.H, KeyCombination.SHORTCUT_DOWN);
      window.awaitText("How it is connected");
      set("#printer-way", 1);
      type("#printer-address", "127.0.0.1");
      type("#printer-port", Integer.toString(paper.port()));
      window.click("How is it?");
      window.awaitText("The printer is ready.");
      window.click("Test print");
      window.awaitText("Printed.");
      paper.awaitText("NOT A SALE");
      window.click("Open drawer");
      window.awaitText("needs a second person");
      window.press(KeyCode.ESCAPE);
      assertThat(paper.roll()).noneMatch(Printed.Kick.class::isInstance);
      window.press(KeyCode.S, KeyCombination.SHORTCUT_DOWN);
      approve();
      window.awaitText("It holds from now on");
      window.press(KeyCode.ESCAPE);
      window.awaitText("Ready for the next customer");

      paper.paper(0);
      sell();
      window.awaitText("Receipt R2-000001");
      window.awaitText("Put in a new roll");
      window.press(KeyCode.ENTER);
      window.awaitText("Ready for the next customer");
      paper.paper(10_000);
      window.pass(Duration.ofMinutes(1));
      window.awaitText("What was owed is printed");
      paper.awaitText("R2-000001");

      window.press(KeyCode.R, KeyCombination.SHORTCUT_DOWN);
      window.awaitText("Print a receipt again");
      window.press(KeyCode.ENTER);
      window.awaitText("A copy of receipt R2-000001");
      paper.awaitText("COPY");
    }
  }

  @Test
  void paperSpeaksTheLanguageThatIsChosenForIt() throws Exception {
    try (var paper = VirtualPrinter.start(0, Nature.quick());
        Window till =
            new Window(directory).asSetUp().enrolled(DeviceKind.TILL, 0).open().atTheCounter()) {
      window = till;
      window.press(KeyCode.H, KeyCombination.SHORTCUT_DOWN);
      window.awaitText("How it is connected");
      set("#printer-way", 1);
      type("#printer-address", "127.0.0.1");
      type("#printer-port", Integer.toString(paper.port()));
      window.click("Receipts");
      window.awaitText("Language on paper");
      set("#receipt-language", 3);
      window.press(KeyCode.S, KeyCombination.SHORTCUT_DOWN);
      approve();
      window.awaitText("It holds from now on");
      window.press(KeyCode.ESCAPE);
      window.awaitText("Ready for the next customer");
      sell();
      window.awaitText("SUMME USD");
      paper.awaitText("Beleg R2-000001");
      window.press(KeyCode.ENTER);
      window.awaitText("Ready for the next customer");
      window.press(KeyCode.F8);
      window.awaitText("Cash out");
      window.press(KeyCode.F8);
      window.type("500");
      window.type("Milch");
      window.press(KeyCode.ENTER);
      approve();
      window.awaitText("5.00 was taken out of the drawer");
      paper.awaitText("AUSZAHLUNG");
      paper.awaitText("-5,00");
    }
  }

  @Test
  void aCardTerminalIsSetUpAndAskedFromTheNextSaleOn() throws Exception {
    try (var terminal = SimulatedTerminal.start(_ -> SimulatedTerminal.Manner.APPROVE);
        Window till = new Window(directory).enrolled(DeviceKind.TILL, 0).open().atTheCounter()) {
      window = till;
      window.press(KeyCode.H, KeyCombination.SHORTCUT_DOWN);
      window.awaitText("How it is connected");
      window.click("Card terminal");
      window.click("Ask the terminal");
      window.awaitText("No card terminal is set up");
      set("#terminal-way", 1);
      String[] address = terminal.address().split(":");
      type("#terminal-address", address[0]);
      type("#terminal-port", "1");
      window.click("Ask the terminal");
      window.awaitText("The terminal does not answer");
      type("#terminal-port", address[1]);
      window.click("Ask the terminal");
      window.awaitText("The terminal answers");
      window.press(KeyCode.S, KeyCombination.SHORTCUT_DOWN);
      approve();
      window.awaitText("It holds from now on");
      window.press(KeyCode.ESCAPE);
      window.awaitText("Ready for the next customer");
      paidByCard();
      window.press(KeyCode.ENTER);
      window.awaitText("Ready for the next customer");
      window.reopen();
      window.atTheCounter();
      paidByCard();
      assertThat(terminal.charged().values()).containsExactly(3_299L, 3_299L);
    }
  }

  private void paidByCard() {
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.type("c");
    window.awaitText("Next customer");
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1024,768", "LIGHT,1920,1080", "DARK,1920,1080"})
  void everyPanelFits(Look look, int width, int height) throws Exception {
    Camera camera = new Camera(look, width, height);
    try (Window till = new Window(directory).enrolled(DeviceKind.TILL, 0).open(look, 1024, 768)) {
      window = till;
      window.atTheCounter();
      window.press(KeyCode.H, KeyCombination.SHORTCUT_DOWN);
      window.awaitText("How it is connected");
      set("#printer-way", 1);
      camera.picture(window, "hardware-printer");
      window.click("Receipts");
      window.awaitText("Lines above");
      camera.picture(window, "hardware-receipt");
      window.click("Price labels");
      camera.picture(window, "hardware-labels");
      window.click("Customer display");
      camera.picture(window, "hardware-display");
      window.click("Scale");
      camera.picture(window, "hardware-scale");
      window.click("Card terminal");
      set("#terminal-way", 1);
      camera.picture(window, "hardware-terminal");
      set("#terminal-way", 0);
      window.click("E-mail");
      camera.picture(window, "hardware-mail");
      window.press(KeyCode.ESCAPE);
      window.awaitText("Ready for the next customer");
      window.press(KeyCode.R, KeyCombination.SHORTCUT_DOWN);
      window.awaitText("Print a receipt again");
      camera.picture(window, "print-again");
    }
    assertThat(camera.defects()).isEmpty();
  }

  private void sell() {
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.press(KeyCode.ENTER);
  }

  private void approve() {
    window.awaitText("A supervisor approves");
    window.type(Window.PIN);
    window.press(KeyCode.ENTER);
  }

  private void set(String id, int index) {
    window.onScreen(
        () -> {
          ((ComboBox<?>) window.scene().lookup(id)).getSelectionModel().select(index);
          return id;
        });
    window.settle();
  }

  private void type(String id, String text) {
    window.onScreen(
        () -> {
          ((TextField) window.scene().lookup(id)).setText(text);
          return id;
        });
    window.settle();
  }
}
