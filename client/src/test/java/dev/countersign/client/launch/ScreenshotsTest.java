package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ui.kit.Look;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody.SaleItem;
import dev.countersign.common.protocol.FeedItem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Dimension2D;
import javafx.scene.Scene;
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
  private final List<String> defects = new ArrayList<>();
  private Window window;
  private String suffix;
  private Dimension2D size;

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1024,768", "LIGHT,1920,1080", "DARK,1920,1080"})
  void everyScreenOfTheTillFits(Look look, int width, int height) throws Exception {
    suffix = suffix(look, width, height);
    size = new Dimension2D(width, height);
    try (Window fresh = new Window(directory.resolve("new")).open(look, 1024, 768)) {
      window = fresh;
      window.awaitText("Paste the code");
      picture("enrol");
    }
    try (Window till = new Window(directory).enrolled(DeviceKind.TILL, 0).open(look, 1024, 768)) {
      window = till;
      window.awaitText("enter your PIN");
      window.type("258");
      picture("locked-start");
      window.press(KeyCode.ESCAPE);
      window.unlock("Ama K.");
      window.awaitText("Open a shift");
      window.type("10000");
      picture("open-shift");
      window.press(KeyCode.ENTER);
      window.awaitText("Ready for the next customer");
      window.awaitText("Jim Beam");
      picture("selling-empty");
      sellAndPay();
    }
    assertThat(defects).isEmpty();
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
    picture("selling-times");
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
    picture("selling");
    window.scan("5012345678900");
    window.awaitText("Unknown code");
    picture("unknown-code");
    window.press(KeyCode.ESCAPE);
    window.type("club");
    window.await(() -> !window.sees("Jim Beam") && window.sees("Canadian Club"));
    picture("search");
    window.press(KeyCode.ESCAPE);
    window.awaitText("Jim Beam");
    window.scan(Shelf.SHARED);
    window.awaitText("2 products have this code");
    picture("chooser");
    window.press(KeyCode.ESCAPE);
    window.click("More…");
    window.awaitText("All categories");
    picture("categories");
    window.press(KeyCode.ESCAPE);
    window.press(KeyCode.F1);
    window.awaitText("Every key has a button");
    picture("help");
    window.press(KeyCode.ESCAPE);
    window.press(KeyCode.F10);
    window.awaitText("Opening float");
    picture("shift");
    window.press(KeyCode.ESCAPE);
    window.click(window.textWith("waiting since"));
    window.awaitText("go on selling");
    picture("status");
    window.press(KeyCode.ESCAPE);
    window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("a sale with 10 items is kept");
    window.type("258");
    picture("locked");
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
    picture("card");
    window.click("Card paid 40.00");
    window.awaitText("Give the last one back");
    window.type("8000");
    window.awaitText("80.00");
    picture("paying");
    window.press(KeyCode.ENTER);
    window.awaitText("Receipt R2-000002");
    picture("receipt");
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1024,768", "LIGHT,1920,1080", "DARK,1920,1080"})
  void everyPageOfTheOfficeFits(Look look, int width, int height) throws Exception {
    suffix = suffix(look, width, height);
    size = new Dimension2D(width, height);
    try (Window office =
        new Window(directory).enrolled(DeviceKind.OFFICE, 0, sales()).open(look, 1024, 768)) {
      window = office;
      window.clock.set(Instant.parse("2026-11-21T19:40:00Z"));
      window.unlock("Ama K.");
      window.awaitText("role does not allow this");
      picture("office-denied");
      window.unlock("Esi L.");
      window.awaitText("Sales by hour");
      window.awaitText("Average receipt");
      window.await(() -> window.sees("Quarantined"));
      picture("office-today");
      window.click("Sales");
      window.awaitText("Verdict");
      window.awaitText("R1-000214");
      picture("office-sales");
      window.click("Products");
      window.awaitText("Absolut");
      picture("office-products");
      window.click("Today");
      window.click("The day before");
      window.awaitText("No sales on this day");
      picture("office-empty-day");
    }
    assertThat(defects).isEmpty();
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
                    String.format(Locale.ROOT, "R1-%06d", number),
                    at,
                    LocalDate.of(2026, 11, 21),
                    1 + number % 5,
                    1_575 + number * 37L % 4_800,
                    verdict)));
      }
    }
    return items;
  }

  private static String suffix(Look look, int width, int height) {
    return "-" + look.name().toLowerCase(Locale.ROOT) + "-" + width + "x" + height;
  }

  private void picture(String name) throws IOException {
    window.settle();
    Picture picture = window.onScreen(() -> shoot(name));
    assertThat(picture.colours()).as(name).isGreaterThan(20);
    Path file = Pictures.folder().resolve(name + suffix + ".png");
    if ("write".equals(System.getProperty("screenshots")) || !Files.exists(file)) {
      picture.write(file);
    }
  }

  /**
   * Lays the screen out at the wanted size and draws it. The headless window itself stays small: it
   * holds a million pixels at most.
   */
  private Picture shoot(String name) {
    Scene scene = window.scene();
    scene.getRoot().resize(size.getWidth(), size.getHeight());
    for (int pass = 0; pass < 2; pass++) {
      scene.getRoot().applyCss();
      scene.getRoot().layout();
    }
    Fit.defects(scene, size).forEach(defect -> defects.add(name + suffix + ": " + defect));
    Picture picture = new Picture(scene.getRoot().snapshot(null, null));
    scene.getRoot().resize(scene.getWidth(), scene.getHeight());
    scene.getRoot().layout();
    return picture;
  }
}
