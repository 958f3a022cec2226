package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.terminal.SimulatedTerminal;
import dev.countersign.client.terminal.SimulatedTerminal.Manner;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.common.protocol.DeviceKind;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goes through the sheets of paying at the smallest and at a large size, light and dark. */
class PaymentPicturesTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1024,768", "LIGHT,1920,1080", "DARK,1920,1080"})
  void everySheetOfPayingFits(Look look, int width, int height) throws Exception {
    Camera camera = new Camera(look, width, height);
    try (SimulatedTerminal terminal = SimulatedTerminal.start(_ -> Manner.WAIT);
        Window window =
            new Window(directory)
                .charging(terminal)
                .enrolled(DeviceKind.TILL, 0, List.of(PaymentScreenTest.tipping()))
                .open(look, 1024, 768)) {
      window.atTheCounter();
      window.scan(Shelf.JAMESON);
      window.awaitText("Sale · one item");
      window.press(KeyCode.F12);
      window.awaitText("Cash received");
      window.type("t");
      window.awaitText("10 %");
      camera.picture(window, "paying-tip");
      window.click("10 %, 3.30");
      window.awaitText("36.29");
      window.type("1000");
      window.type("m");
      window.awaitText("Reference of the payment");
      camera.picture(window, "paying-mobile");
      window.type("MP-77 1");
      window.press(KeyCode.ENTER);
      window.awaitText("Mobile money · MP-77 1");
      window.type("5000");
      window.type("v");
      window.awaitText("no change is given");
      camera.picture(window, "paying-voucher");
      window.press(KeyCode.ESCAPE);
      window.press(KeyCode.DELETE);
      window.type("g");
      window.awaitText("Gift card or store credit");
      camera.picture(window, "paying-credit");
      window.press(KeyCode.ESCAPE);
      window.press(KeyCode.ESCAPE);
      window.awaitText("Give everything back?");
      camera.picture(window, "paying-back");
      window.press(KeyCode.ESCAPE);
      camera.picture(window, "paying-parts");
      window.type("c");
      window.awaitText("Card terminal · 26.29");
      window.await(terminal::isWaiting);
      camera.picture(window, "paying-terminal");
      terminal.unplug();
      terminal.behave(_ -> Manner.LOSE_ANSWER);
      window.awaitText("Was the card charged 26.29?");
      camera.picture(window, "paying-unsure");
    }
    assertThat(camera.defects()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1024,768", "LIGHT,1920,1080", "DARK,1920,1080"})
  void everySheetOfGivingBackToACardFits(Look look, int width, int height) throws Exception {
    Camera camera = new Camera(look, width, height);
    try (SimulatedTerminal terminal = SimulatedTerminal.start(_ -> Manner.APPROVE);
        Window window =
            new Window(directory)
                .charging(terminal)
                .enrolled(DeviceKind.TILL, 0)
                .open(look, 1024, 768)) {
      window.atTheCounter();
      RefundToCardTest.pay(window, "2000", Shelf.JAMESON);
      RefundToCardTest.bringBack(window, "Goes back");
      terminal.behave(_ -> Manner.WAIT);
      window.press(KeyCode.ENTER);
      RefundToCardTest.approve(window, "Taking goods back on a receipt");
      window.awaitText("Giving back to the card");
      window.await(terminal::isWaiting);
      camera.picture(window, "giving-back-terminal");
      terminal.behave(_ -> Manner.DECLINE);
      window.awaitText("The terminal does not send it (simulated)");
      camera.picture(window, "giving-back-refused");
      terminal.behave(
          _ -> {
            terminal.unplug();
            return Manner.LOSE_ANSWER;
          });
      window.click("Try again");
      window.awaitText("Did 20.00 go back to the card?");
      camera.picture(window, "giving-back-unsure");
      window.click("Yes, it went back");
      window.awaitText("Type what the slip of the card terminal says");
      camera.picture(window, "giving-back-slip");
      window.press(KeyCode.ENTER);
      window.press(KeyCode.ENTER);
      window.awaitText("has gone back to the card");
      camera.picture(window, "giving-back-gone");
    }
    assertThat(camera.defects()).isEmpty();
  }
}
