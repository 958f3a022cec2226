package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.device.Receipt;
import dev.countersign.client.device.ReceiptLine;
import dev.countersign.client.device.ReceiptText;
import dev.countersign.client.device.ReceiptWords;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody.BarcodeForm;
import dev.countersign.common.protocol.FeedBody.SettingsItem;
import dev.countersign.common.protocol.FeedItem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a cashier does with a basket beside ringing up, with keys alone. */
class CounterActsTest {
  /** A scale that prints grams into the code of water, a labeller the price into that of cola. */
  static List<FeedItem> withScale() {
    return List.of(
        FeedItem.of(
            1,
            Shelf.id("settings"),
            new SettingsItem(
                    "Central City Liquor",
                    "Central City Liquor",
                    List.of("1 Main Street", "Central City"),
                    List.of("Thank you, and see you soon"),
                    "USD",
                    0,
                    "HALF_UP",
                    "CASH",
                    0,
                    "UTC")
                .with(
                    List.of("Happy hour", "Corked"),
                    List.of(
                        new BarcodeForm("no pattern", "{DDNN}", "WEIGHT"),
                        new BarcodeForm("scale", "0012345{NDDD}3.", "WEIGHT"),
                        new BarcodeForm("labels", "0012345{NNDD}4.", "PRICE")))));
  }

  @TempDir Path directory;
  private Window window;
  private Camera camera;
  private final List<Receipt> paper = new CopyOnWriteArrayList<>();

  @BeforeEach
  void atTheCounter() throws Exception {
    window =
        new Window(directory)
            .printingInto(paper)
            .enrolled(DeviceKind.TILL, 0, withScale())
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

  @Test
  void aSaleGoesThroughDiscountPriceNoteParkAndRecallToItsReceiptByKeysAlone() {
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    window.scan(Shelf.VODKA);
    window.awaitText("Sale · 2 items");
    window.press(KeyCode.F4);
    window.awaitText("Off what?");
    window.type("10");
    window.press(KeyCode.DOWN);
    window.press(KeyCode.ENTER);
    approved();
    window.awaitText("−10 % Corked · −1.95");
    window.awaitText("50.54");
    window.press(KeyCode.P, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("Listed at 19.50");
    window.type("1500");
    window.press(KeyCode.ENTER);
    approved();
    window.awaitText("instead of 19.50 each");
    window.press(KeyCode.F9);
    window.awaitText("It stands on the receipt");
    window.type("gift wrap");
    window.press(KeyCode.ENTER);
    window.awaitText("“gift wrap”");
    window.press(KeyCode.F4);
    window.awaitText("Off what?");
    window.press(KeyCode.F4);
    window.type("=500");
    window.press(KeyCode.ENTER);
    approved();
    window.awaitText("41.49");
    window.press(KeyCode.F5);
    window.awaitText("Park this sale");
    window.type("Ann");
    window.press(KeyCode.ENTER);
    window.awaitText("Recall · 1");
    window.assertSees("Ready for the next customer");
    window.scan(Shelf.FIREBALL);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F6);
    window.awaitText("One parked sale");
    window.press(KeyCode.ENTER);
    window.awaitText("The sale that was running is parked");
    window.awaitText("41.49");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.press(KeyCode.ENTER);
    window.awaitText("Receipt R2-000001");
    window.await(() -> paper.size() == 1);
    assertPrinted();
    assertRecorded(paper.getFirst().sale());
  }

  private void assertPrinted() {
    assertThat(
            ReceiptText.forScreen(ReceiptText.WIDE, ReceiptWords.english())
                .lay(paper.getFirst())
                .stream()
                .map(ReceiptLine::text))
        .containsSequence(
            "Jameson Irish Whiskey 750 ml         32.99",
            "Tito's Handmade Vodka 750 ml         15.00",
            "  -10 % Corked                       -1.50",
            "  gift wrap",
            "Happy hour                           -5.00",
            "------------------------------------------",
            "TOTAL USD       41.49");
  }

  private static void assertRecorded(SaleCompleted sale) {
    assertThat(sale.total()).isEqualTo(4149);
    assertThat(sale.lines()).extracting(SaleCompleted.Line::listed).containsExactly(null, 1950L);
    assertThat(sale.lines().getLast().off())
        .first()
        .isEqualTo(new SaleCompleted.Off("Corked", "10", 150, false));
    assertThat(
            sale.lines().stream()
                .flatMap(line -> line.off().stream())
                .filter(SaleCompleted.Off::onAll)
                .mapToLong(SaleCompleted.Off::amount)
                .sum())
        .isEqualTo(500);
    assertThat(sale.agreed())
        .containsExactlyInAnyOrder(
            new SaleCompleted.Agreed("sale.discount", Shelf.MANAGER),
            new SaleCompleted.Agreed("sale.price", Shelf.MANAGER));
  }

  @Test
  void whoIsNotApprovedGivesNothingAndTheBasketStays() {
    window.scan(Shelf.VODKA);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F4);
    window.awaitText("Off what?");
    window.type("100");
    window.press(KeyCode.ENTER);
    window.awaitText("A supervisor approves");
    window.press(KeyCode.ESCAPE);
    window.await(() -> !window.sees("A supervisor approves"));
    window.assertSees("Sale · one item");
    assertThat(window.sees("−100 %")).isFalse();
    assertThat(window.device().ledger().draft().orElseThrow().line(1).discounts()).isEmpty();
  }

  @Test
  void aStarCountsTheLineAndAnOpenItemIsTypedIn() {
    window.scan(Shelf.VODKA);
    window.awaitText("Sale · one item");
    window.type("*");
    window.awaitText("How many instead of 1");
    window.type("12");
    window.press(KeyCode.ENTER);
    window.awaitText("234.00");
    window.press(KeyCode.O, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("Something without a code");
    window.type("Corkscrew");
    window.press(KeyCode.ENTER);
    window.type("450");
    window.press(KeyCode.ENTER);
    approved();
    window.awaitText("Corkscrew");
    window.awaitText("238.50");
    assertThat(window.device().ledger().draft().orElseThrow().line(2).item().taxes())
        .as("the taxes that most goods bear")
        .hasSize(1);
  }

  @Test
  void whatAScaleOrALabellerPrintedIsSoldByItsWeightOrForItsPrice() {
    window.scan("0012345034534");
    window.awaitText("Still water");
    window.awaitText("0.345");
    window.awaitText("0.21");
    window.scan("0012345013546");
    window.awaitText("Cola");
    window.awaitText("1.56");
    var basket = window.device().ledger().draft().orElseThrow();
    assertThat(basket.line(1).quantity()).isEqualTo(Quantity.parse("0.345"));
    assertThat(basket.line(2).quantity()).isEqualTo(Quantity.parse("1.5"));
    window.scan("0012345000034");
    window.awaitText("carries no weight or price");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.press(KeyCode.ENTER);
    window.awaitText("Receipt R2-000001");
    window.await(() -> paper.size() == 1);
    assertThat(paper.getFirst().sale().lines())
        .as("the catalogue's price, by measure: nobody has to answer for it")
        .extracting(SaleCompleted.Line::listed)
        .containsOnlyNulls();
  }

  @Test
  void goodsPastTheirLastDayAreAskedAboutAndLeftUnlessSomebodySellsThem() {
    String code = "]C101" + Shelf.VODKA + "17261120";
    window.scan(code);
    window.awaitText("Past its last day");
    window.press(KeyCode.ESCAPE);
    window.awaitText("Ready for the next customer");
    window.scan(code);
    window.awaitText("Past its last day");
    window.click("Sell it all the same");
    window.awaitText("Sale · one item");
    window.scan("]C101" + Shelf.VODKA + "17261121");
    window.awaitText("Sale · 2 items");
  }

  @Test
  void everythingOfAProductIsToldAndItBecomesAFavourite() {
    window.scan(Shelf.CASE_OF_BEER);
    window.awaitText("Sale · 24 items");
    window.press(KeyCode.I, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("Stock here");
    window.assertSees("Barcode, pack of 24");
    window.click("Make it a favourite");
    window.awaitText("Favourites");
    window.click("Favourites");
    window.await(() -> !window.sees("Jim Beam"));
    window.assertSees("Club Beer bottle");
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1024,768", "LIGHT,1920,1080", "DARK,1920,1080"})
  void favouritesFit(Look look, int width, int height) throws Exception {
    window.close();
    window = new Window(directory.resolve("pictures")).enrolled(DeviceKind.TILL, 0);
    window.open(look, 1024, 768).atTheCounter();
    camera = new Camera(look, width, height);
    for (String code : List.of(Shelf.CASE_OF_BEER, Shelf.VODKA, Shelf.JAMESON)) {
      window.scan(code);
      window.await(() -> window.device().ledger().draft().isPresent());
      window.press(KeyCode.I, KeyCombination.SHORTCUT_DOWN);
      window.awaitText("Stock here");
      window.click("Make it a favourite");
      window.await(() -> !window.sees("Stock here"));
    }
    window.awaitText("Favourites");
    window.click("Favourites");
    window.await(() -> !window.sees("Jim Beam"));
    camera.picture(window, "favourites");
    window.press(KeyCode.I, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("Stock here");
    camera.picture(window, "details-of-a-favourite");
    assertThat(camera.defects()).isEmpty();
  }

  @Test
  void parkedSalesSurviveARestartAndAreTakenUpByWhoeverIsThere() throws Exception {
    window.scan(Shelf.VODKA);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F5);
    window.awaitText("Park this sale");
    window.press(KeyCode.ENTER);
    window.awaitText("Recall · 1");
    window.reopen();
    window.unlock("Kofi B.");
    window.awaitText("Recall · 1");
    window.press(KeyCode.F6);
    window.awaitText("Sale of 08:02");
    window.assertSees("Ama K.");
    window.press(KeyCode.ENTER);
    window.awaitText("Sale · one item");
    window.await(() -> !window.sees("Recall · 1"));
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1024,768", "LIGHT,1920,1080", "DARK,1920,1080"})
  void theSheetsOfTheCounterFit(Look look, int width, int height) throws Exception {
    window.close();
    window = new Window(directory.resolve("pictures")).enrolled(DeviceKind.TILL, 0);
    window.open(look, 1024, 768).atTheCounter();
    camera = new Camera(look, width, height);
    window.awaitText("Jim Beam");
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    window.scan(Shelf.VODKA);
    window.awaitText("Sale · 2 items");
    window.press(KeyCode.F4);
    window.awaitText("Off what?");
    window.type("12.5");
    camera.picture(window, "discount");
    window.press(KeyCode.ENTER);
    window.awaitText("A supervisor approves");
    window.type(Window.PIN);
    window.press(KeyCode.ENTER);
    window.awaitText("−12.5 % Special offer · −");
    window.press(KeyCode.F9);
    window.awaitText("It stands on the receipt");
    window.type("gift wrap");
    camera.picture(window, "note");
    window.press(KeyCode.ENTER);
    window.awaitText("“gift wrap”");
    camera.picture(window, "selling-discount");
    window.type("*");
    window.awaitText("How many instead of 1");
    window.type("3");
    camera.picture(window, "quantity");
    window.press(KeyCode.ESCAPE);
    window.press(KeyCode.P, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("Listed at 19.50");
    camera.picture(window, "price");
    window.press(KeyCode.ESCAPE);
    window.press(KeyCode.O, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("Something without a code");
    window.type("Corkscrew");
    camera.picture(window, "open-item");
    window.press(KeyCode.ESCAPE);
    window.press(KeyCode.I, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("Stock here");
    camera.picture(window, "details");
    window.press(KeyCode.ESCAPE);
    window.click("Change line…");
    window.awaitText("Void line");
    camera.picture(window, "line");
    window.press(KeyCode.ESCAPE);
    parkAndRecall();
    assertThat(camera.defects()).isEmpty();
  }

  private void parkAndRecall() throws IOException {
    window.press(KeyCode.F6);
    window.awaitText("No parked sales");
    camera.picture(window, "recall-none");
    window.press(KeyCode.ESCAPE);
    window.press(KeyCode.F5);
    window.awaitText("Park this sale");
    window.type("Ann");
    camera.picture(window, "park");
    window.press(KeyCode.ENTER);
    window.awaitText("Recall · 1");
    window.scan(Shelf.FIREBALL);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F6);
    window.awaitText("One parked sale");
    camera.picture(window, "recall");
    window.press(KeyCode.ESCAPE);
    window.scan("]C101" + Shelf.VODKA + "17261120");
    window.awaitText("Past its last day");
    camera.picture(window, "expired");
  }
}
