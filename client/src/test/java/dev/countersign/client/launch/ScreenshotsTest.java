package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ui.kit.Look;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody.SaleItem;
import dev.countersign.common.protocol.FeedItem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Goes through every screen at the smallest and at a large size, light and dark. Nothing may be cut
 * off, outside the window or too small for a finger. Pictures go to {@code docs/screenshots} when
 * they are missing there, or all of them with {@code -Dscreenshots=write}.
 */
class ScreenshotsTest {
  @TempDir Path directory;
  private Camera camera;
  private Window window;

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1024,768", "LIGHT,1920,1080", "DARK,1920,1080"})
  void everyScreenOfTheTillFits(Look look, int width, int height) throws Exception {
    camera = new Camera(look, width, height);
    try (Window fresh = new Window(directory.resolve("new")).open(look, 1024, 768)) {
      window = fresh;
      window.awaitText("Paste the code");
      camera.picture(window, "enrol");
    }
    try (Window till = new Window(directory).enrolled(DeviceKind.TILL, 0).open(look, 1024, 768)) {
      window = till;
      window.awaitText("enter your PIN");
      window.type("258");
      camera.picture(window, "locked-start");
      window.press(KeyCode.ESCAPE);
      window.unlock("Ama K.");
      window.awaitText("Open a shift");
      window.type("10000");
      camera.picture(window, "open-shift");
      window.press(KeyCode.ENTER);
      window.awaitText("Ready for the next customer");
      window.awaitText("Jim Beam");
      camera.picture(window, "selling-empty");
      sellAndPay();
    }
    assertThat(camera.defects()).isEmpty();
  }

  private void sellAndPay() throws IOException {
    window.clock.set(Instant.parse("2026-11-21T09:41:00Z"));
    window.scan(Shelf.VODKA);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.press(KeyCode.ENTER);
    window.awaitText("Receipt R2-000001");
    window.clock.forward(Duration.ofMinutes(26));
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    window.scan(Shelf.JAMESON);
    window.type("6*");
    window.awaitText("6 ×");
    camera.picture(window, "selling-times");
    window.scan("00012345000010");
    window.awaitText("1.75 each");
    window.scan("00080686816034");
    window.awaitText("Sale · 9 items");
    window.press(KeyCode.DELETE);
    window.awaitText("voided");
    window.scan(Shelf.FIREBALL);
    window.awaitText("Sale · 9 items");
    window.scan(Shelf.VODKA);
    window.awaitText("Sale · 10 items");
    window.await(() -> window.sees("waiting since"));
    camera.picture(window, "selling");
    window.scan("5012345678900");
    window.awaitText("Unknown code");
    camera.picture(window, "unknown-code");
    window.press(KeyCode.ESCAPE);
    window.type("club");
    window.await(() -> !window.sees("Jim Beam") && window.sees("Canadian Club"));
    camera.picture(window, "search");
    window.press(KeyCode.ESCAPE);
    window.awaitText("Jim Beam");
    window.scan(Shelf.SHARED);
    window.awaitText("2 products have this code");
    camera.picture(window, "chooser");
    window.press(KeyCode.ESCAPE);
    window.click("More…");
    window.awaitText("All categories");
    camera.picture(window, "categories");
    window.press(KeyCode.ESCAPE);
    window.press(KeyCode.F1);
    window.awaitText("Every key has a button");
    camera.picture(window, "help");
    window.press(KeyCode.ESCAPE);
    window.touchText("Ama K.");
    window.awaitText("Lock the till");
    camera.picture(window, "person");
    window.press(KeyCode.ESCAPE);
    window.press(KeyCode.F10);
    window.awaitText("Opening float");
    camera.picture(window, "shift");
    window.press(KeyCode.ESCAPE);
    window.click(window.textWith("waiting since"));
    window.awaitText("go on selling");
    camera.picture(window, "status");
    window.press(KeyCode.ESCAPE);
    window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("a sale with 10 items is kept");
    window.type("258");
    camera.picture(window, "locked");
    window.press(KeyCode.ESCAPE);
    window.unlock("Ama K.");
    window.awaitText("Sale · 10 items");
    pay();
  }

  private void pay() throws IOException {
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.type("4000");
    window.type("c");
    window.awaitText("Terminal reference");
    camera.picture(window, "card");
    window.click("Card paid 40.00");
    window.awaitText("Give the last one back");
    window.type("8000");
    window.awaitText("80.00");
    camera.picture(window, "paying");
    window.press(KeyCode.ENTER);
    window.awaitText("Receipt R2-000002");
    camera.picture(window, "receipt");
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1024,768", "LIGHT,1920,1080", "DARK,1920,1080"})
  void theScreensOfAShiftFit(Look look, int width, int height) throws Exception {
    camera = new Camera(look, width, height);
    try (Window till = new Window(directory).enrolled(DeviceKind.TILL, 0).open(look, 1024, 768)) {
      window = till;
      window.atTheCounter();
      window.scan(Shelf.VODKA);
      window.awaitText("Sale · one item");
      window.press(KeyCode.F12);
      window.awaitText("Cash received");
      window.type("c");
      window.awaitText("Terminal reference");
      window.click("Card paid 19.50");
      window.awaitText("Receipt R2-000001");
      window.press(KeyCode.ENTER);
      window.awaitText("Ready for the next customer");
      window.press(KeyCode.F8);
      window.awaitText("Cash out");
      window.press(KeyCode.F8);
      window.type("2500");
      window.type("window cleaner");
      camera.picture(window, "drawer");
      window.press(KeyCode.ESCAPE);
      window.press(KeyCode.F10);
      window.awaitText("Opening float");
      window.type("x");
      window.awaitText("X REPORT, SHIFT 1");
      camera.picture(window, "x-report");
      window.press(KeyCode.ESCAPE);
      window.awaitText("Ready for the next customer");
      window.press(KeyCode.F10);
      window.awaitText("Opening float");
      window.type("z");
      window.awaitText("Count the drawer · shift 1");
      window.type("1");
      window.press(KeyCode.DOWN);
      window.press(KeyCode.DOWN);
      window.type("12");
      camera.picture(window, "count");
      window.press(KeyCode.F12);
      window.awaitText("There is too much cash");
      camera.picture(window, "counted");
      window.press(KeyCode.ENTER);
      window.awaitText("Shift 1 is closed");
      camera.picture(window, "z-report");
    }
    assertThat(camera.defects()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1024,768", "LIGHT,1920,1080", "DARK,1920,1080"})
  void theSheetOfASecondPersonFits(Look look, int width, int height) throws Exception {
    camera = new Camera(look, width, height);
    var asks = ApprovalTest.cashierWhoAsks(PermissionKey.SALE_VOID);
    try (Window till =
        new Window(directory).enrolled(DeviceKind.TILL, 0, asks).open(look, 1024, 768)) {
      window = till;
      window.atTheCounter();
      window.scan(Shelf.JAMESON);
      window.awaitText("Sale · one item");
      window.press(KeyCode.DELETE, KeyCombination.SHORTCUT_DOWN);
      window.awaitText("Void the whole sale");
      window.click("Void the sale");
      window.awaitText("A supervisor approves");
      window.type("258");
      camera.picture(window, "approval");
    }
    assertThat(camera.defects()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1024,768", "LIGHT,1920,1080", "DARK,1920,1080"})
  void theSheetOfOnesOwnPinAndALockWithoutKeysFit(Look look, int width, int height)
      throws Exception {
    camera = new Camera(look, width, height);
    try (Window till = new Window(directory).enrolled(DeviceKind.TILL, 0).open(look, 1024, 768)) {
      window = till;
      window.atTheCounter();
      window.awaitText("waiting since");
      window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
      window.awaitText("enter your PIN");
      window.press(KeyCode.F4);
      window.awaitText("Change your PIN");
      window.type("2580");
      window.press(KeyCode.ENTER);
      window.type("1234");
      camera.picture(window, "change-pin");
      window.press(KeyCode.ENTER);
      window.press(KeyCode.ENTER);
      window.awaitText("A run of digits");
      camera.picture(window, "change-pin-refused");
      window.press(KeyCode.ESCAPE);
      window.pass(Duration.ofHours(5));
      window.awaitText("the keys were put away");
      camera.picture(window, "locked-keys-away");
    }
    assertThat(camera.defects()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1024,768", "LIGHT,1920,1080", "DARK,1920,1080"})
  void everyPageOfTheOfficeFits(Look look, int width, int height) throws Exception {
    camera = new Camera(look, width, height);
    try (Window office =
        new Window(directory).enrolled(DeviceKind.OFFICE, 0, sales()).open(look, 1024, 768)) {
      window = office;
      window.clock.set(Instant.parse("2026-11-21T19:40:00Z"));
      window.unlock("Ama K.");
      window.awaitText("role does not allow this");
      camera.picture(window, "office-denied");
      window.unlock("Esi L.");
      window.awaitText("Sales by hour");
      window.awaitText("Average receipt");
      window.await(() -> window.sees("Quarantined"));
      camera.picture(window, "office-today");
      window.click("Sales");
      window.awaitText("Verdict");
      window.awaitText("R1-000214");
      camera.picture(window, "office-sales");
      window.click("Products");
      window.awaitText("Absolut");
      camera.picture(window, "office-products");
      window.click("Today");
      window.click("The day before");
      window.awaitText("No sales on this day");
      camera.picture(window, "office-empty-day");
    }
    assertThat(camera.defects()).isEmpty();
  }

  /** A Saturday: few in the morning, many before the evening. */
  private static List<FeedItem> sales() {
    int[] perHour = {6, 11, 14, 18, 21, 24, 22, 26, 31, 34, 28, 19};
    List<FeedItem> items = new ArrayList<>();
    int number = 0;
    for (int i = 0; i < perHour.length; i++) {
      for (int j = 0; j < perHour[i] && number < 214; j++) {
        number++;
        Instant at =
            Instant.parse("2026-11-21T08:00:00Z")
                .plus(Duration.ofHours(i))
                .plusSeconds(j * 3400L / perHour[i]);
        String verdict = number == 61 ? "QUARANTINED" : number % 70 == 0 ? "FLAGGED" : "ACCEPTED";
        items.add(
            FeedItem.of(
                1_000 + number,
                Shelf.id("sale " + number),
                new SaleItem(
                    Shelf.id("store"),
                    Shelf.id("register"),
                    number % 3 == 0 ? "R2" : "R1",
                    number % 3 == 0 ? "Ama K." : "Kofi B.",
                    String.format(Locale.ROOT, "%s-%06d", number % 3 == 0 ? "R2" : "R1", number),
                    at,
                    LocalDate.of(2026, 11, 21),
                    1 + number % 5,
                    1_575 + number * 37L % 4_800,
                    verdict)));
      }
    }
    return items;
  }
}
