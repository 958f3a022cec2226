package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ui.kit.Look;
import dev.countersign.common.protocol.DeviceKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every screen on which goods come back, at the smallest and at a large size, light and dark. */
class RefundScreenshotsTest {
  @TempDir Path directory;
  private Camera camera;
  private Window window;

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1024,768", "LIGHT,1920,1080", "DARK,1920,1080"})
  void everyScreenOfARefundFits(Look look, int width, int height) throws Exception {
    camera = new Camera(look, width, height);
    try (Window till = new Window(directory).enrolled(DeviceKind.TILL, 0).open(look, 1024, 768)) {
      window = till;
      window.clock.set(Instant.parse("2026-11-21T09:12:00Z"));
      window.atTheCounter();
      sold(Shelf.VODKA);
      byCard();
      sold(Shelf.FIREBALL, Shelf.CASE_OF_BEER);
      find();
      choose();
    }
    assertThat(camera.defects()).isEmpty();
  }

  private void sold(String... codes) {
    window.clock.forward(Duration.ofMinutes(17));
    for (String code : codes) {
      window.scan(code);
    }
    window.await(() -> window.sees("Sale ·"));
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.press(KeyCode.ENTER);
    window.awaitText("Next customer");
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
  }

  private void byCard() {
    window.clock.forward(Duration.ofMinutes(9));
    window.scan(Shelf.JAMESON);
    window.type("6*");
    window.awaitText("6 ×");
    window.scan(Shelf.VODKA);
    window.scan("00080686816034");
    window.awaitText("Sale · 8 items");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.type("10000");
    window.type("c");
    window.awaitText("Terminal reference");
    field("card-reference", "88 213");
    field("card-last-four", "4711");
    window.click("Card paid 100.00");
    window.awaitText("Card · ends 4711");
    window.press(KeyCode.ENTER);
    window.awaitText("Receipt R2-000002");
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
  }

  private void find() throws IOException {
    window.press(KeyCode.F7);
    window.awaitText("R2-000003 ·");
    camera.picture(window, "refund-find");
    window.press(KeyCode.F8);
    window.awaitText("Goods without a receipt");
    window.type("tito");
    camera.picture(window, "return-product");
    window.press(KeyCode.ENTER);
    window.awaitText("How many come back");
    camera.picture(window, "return-price");
    window.press(KeyCode.ESCAPE);
    window.scan("R9-000007");
    window.awaitText("is not known at this till");
    camera.picture(window, "refund-not-now");
    window.type("4711");
    window.press(KeyCode.ENTER);
    window.awaitText("Receipts that fit");
    window.press(KeyCode.ENTER);
    window.awaitText("6 sold for 117.00");
  }

  private void choose() throws IOException {
    window.scan(Shelf.VODKA);
    window.scan(Shelf.VODKA);
    window.await(() -> window.sees("39.00"));
    window.press(KeyCode.UP);
    window.type("+");
    window.awaitText("71.99");
    camera.picture(window, "refund-lines");
    window.press(KeyCode.DOWN);
    window.type("q");
    window.awaitText("How much of");
    camera.picture(window, "refund-quantity");
    window.press(KeyCode.ESCAPE);
    window.press(KeyCode.F12);
    window.awaitText("Why does it come back?");
    camera.picture(window, "refund-reason");
    window.type("2");
    window.awaitText("on the card terminal, payment 88 213");
    window.awaitText("To card ends 4711");
    window.awaitText("Give back 71.99");
    assertThat(window.sees("Cash out of the drawer")).isFalse();
    assertThat(chosen()).isEqualTo("As it was paid, F5");
    camera.picture(window, "giving-back");
    window.type("2000");
    window.press(KeyCode.F6);
    window.awaitText("Goes back");
    window.awaitText("Cash out of the drawer");
    assertThat(chosen()).isEqualTo("Cash, F6");
    camera.picture(window, "giving-back-parts");
    window.press(KeyCode.ESCAPE);
    window.awaitText("To give back");
    camera.picture(window, "exchange");
  }

  /** What the one way says that is marked. */
  private String chosen() {
    return window.onScreen(
        () ->
            window.scene().getRoot().lookupAll(".tender.on").stream()
                .map(Node::getAccessibleText)
                .collect(Collectors.joining("; ")));
  }

  private void field(String id, String text) {
    window.onScreen(
        () -> {
          ((TextField) window.scene().lookup("#" + id)).setText(text);
          return id;
        });
  }
}
