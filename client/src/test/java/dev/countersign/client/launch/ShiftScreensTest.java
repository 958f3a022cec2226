package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.device.EscPosPrinter;
import dev.countersign.client.device.EscPosReceipt;
import dev.countersign.client.device.PrintFonts;
import dev.countersign.client.device.Printed;
import dev.countersign.client.device.PrinterProfile;
import dev.countersign.client.device.ReceiptTemplate;
import dev.countersign.client.device.ReceiptWords;
import dev.countersign.client.device.Slip;
import dev.countersign.client.device.VirtualPrinter;
import dev.countersign.client.ledger.ShiftReport;
import dev.countersign.client.ledger.SlipBook;
import dev.countersign.client.port.Place;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody.SettingsItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.ShiftSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A day's end with keys alone, on paper that is read again. */
class ShiftScreensTest {
  @TempDir Path directory;
  private VirtualPrinter virtual;
  private Window window;

  @BeforeEach
  void aPrinter() throws Exception {
    virtual = VirtualPrinter.start(0, VirtualPrinter.Nature.quick());
  }

  @AfterEach
  void close() throws Exception {
    window.close();
    virtual.close();
  }

  private void atTheCounter(boolean blind, Long limit) throws Exception {
    PrinterProfile wide = PrinterProfile.wide();
    PrintFonts fonts = PrintFonts.bundled();
    var format = new EscPosReceipt(wide, ReceiptWords.english(), ReceiptTemplate.usual(), fonts);
    Place place = new Place.Network("127.0.0.1", virtual.port());
    window =
        new Window(directory)
            .printingOn(new EscPosPrinter(place, wide, format, fonts, System::nanoTime))
            .enrolled(DeviceKind.TILL, 0, List.of(counting(blind, limit)))
            .open()
            .atTheCounter();
  }

  private static FeedItem counting(boolean blind, Long limit) {
    var rules =
        new ShiftSettings(blind, true, limit, List.of(), List.of(), List.of("Milk"), List.of());
    var settings =
        new SettingsItem(
                "Central City Liquor",
                "Central City Liquor",
                List.of(),
                List.of(),
                "USD",
                0,
                "HALF_UP",
                "CASH",
                0,
                "UTC")
            .with(rules);
    return FeedItem.of(1, Shelf.id("settings"), settings);
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1024,768", "LIGHT,1920,1080", "DARK,1920,1080"})
  void aBlindCountFits(Look look, int width, int height) throws Exception {
    Camera camera = new Camera(look, width, height);
    window = new Window(directory).enrolled(DeviceKind.TILL, 0, List.of(counting(true, 100L)));
    window.open(look, 1024, 768).atTheCounter();
    sellVodka();
    window.press(KeyCode.F10);
    window.awaitText("Opening float");
    camera.picture(window, "shift-blind");
    window.type("z");
    window.awaitText("Count the drawer · shift 1");
    window.type("1");
    window.press(KeyCode.ENTER);
    window.awaitText("100.00");
    camera.picture(window, "count-blind");
    window.press(KeyCode.F12);
    window.awaitText("Cash is missing.");
    camera.picture(window, "counted-blind");
    window.press(KeyCode.ENTER);
    window.awaitText("A supervisor approves");
    camera.picture(window, "approval-of-a-count");
    assertThat(camera.defects()).isEmpty();
  }

  private void approve(String act) {
    window.awaitText("A supervisor approves");
    window.assertSees(act);
    window.type(Window.PIN);
    window.press(KeyCode.ENTER);
  }

  private void sellVodka() {
    window.scan(Shelf.VODKA);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.press(KeyCode.ENTER);
    window.awaitText("Receipt R2-000001");
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
  }

  private void cashOut() {
    window.press(KeyCode.F8);
    window.awaitText("Cash out");
    window.press(KeyCode.F8);
    window.type("500");
    window.awaitText("Take 5.00 out");
    window.assertFits();
    window.type("milk");
    window.press(KeyCode.ENTER);
    approve("Putting cash in or taking it out");
    window.awaitText("5.00 was taken out of the drawer");
  }

  private String paper() {
    return virtual.roll().stream()
        .filter(Printed.Text.class::isInstance)
        .map(line -> ((Printed.Text) line).text().strip().replaceAll(" {2,}", " | "))
        .reduce("", (a, b) -> a + "\n" + b);
  }

  @Test
  void aBlindCountThatIsOffIsAnsweredForAndItsReportIsPrinted() throws Exception {
    atTheCounter(true, 100L);
    sellVodka();
    cashOut();
    virtual.awaitText("CASH OUT");
    assertThat(paper()).contains("Amount | -5.00", "Reason: milk", "Approved by: Esi L.");
    assertThat(virtual.roll()).filteredOn(Printed.Kick.class::isInstance).hasSize(2);
    window.press(KeyCode.F10);
    window.awaitText("Opening float");
    window.type("z");
    window.awaitText("Count the drawer · shift 1");
    window.assertFits();
    // One hundred, no fifty, no twenty, one ten.
    window.type("1");
    window.press(KeyCode.ENTER);
    window.press(KeyCode.ENTER);
    window.press(KeyCode.ENTER);
    window.type("1");
    window.awaitText("110.00");
    assertThat(window.sees("114.50")).as("what should be there").isFalse();
    window.press(KeyCode.F12);
    window.awaitText("Cash is missing.");
    window.assertSees("−4.50");
    window.assertFits();
    // Told, and locked or gone elsewhere: the count stands.
    window.press(KeyCode.ESCAPE);
    window.awaitText("Ready for the next customer");
    window.press(KeyCode.F10);
    window.awaitText("Opening float");
    window.type("z");
    window.awaitText("Cash is missing.");
    window.press(KeyCode.ENTER);
    approve("Answering for what is in the drawer");
    window.awaitText("Shift 1 is closed");
    virtual.awaitText("Z REPORT 1");
    window.assertFits();
    ShiftReport report = window.device().ledger().lastReport().orElseThrow();
    assertThat(report.approver()).isEqualTo("Esi L.");
    assertThat(report.count()).isNotNull();
    String z = paper();
    assertThat(z.substring(z.indexOf("Z REPORT 1")))
        .contains(
            "Receipts | 1",
            "First receipt | R2-000001",
            "Last receipt | R2-000001",
            "Total | 19.50",
            "Float | 100.00",
            "Cash of sales | 19.50",
            "Cash out (1) | -5.00",
            "Expected | 114.50",
            "1 × 100.00 | 100.00",
            "1 × 10.00 | 10.00",
            "Counted | 110.00",
            "Difference | -4.50",
            "Counted blind | 110.00",
            "TAKEN BY MEANS\nCash | 19.50",
            "VAT 20 %\nnet | 16.25",
            "tax | 3.25",
            "gross | 19.50",
            "Vodka (1) | 19.50",
            "Ama K. (1) | 19.50",
            "milk | -5.00");
    window.press(KeyCode.ENTER);
    window.awaitText("Open a shift");
  }

  @Test
  void aReportSoFarTellsNothingWhereTheDrawerIsCountedBlindWithoutASupervisor() throws Exception {
    atTheCounter(true, null);
    sellVodka();
    window.press(KeyCode.F10);
    window.awaitText("Opening float");
    assertThat(window.sees("19.50")).isFalse();
    window.type("x");
    window.awaitText("A supervisor approves");
    window.press(KeyCode.ESCAPE);
    window.awaitText("This needs the approval of a supervisor");
    assertThat(window.sees("119.50")).isFalse();
    window.press(KeyCode.F10);
    window.awaitText("Opening float");
    window.type("x");
    approve("Answering for what is in the drawer");
    window.awaitText("Shift 1 so far");
    window.awaitText("X REPORT, SHIFT 1");
    window.type("p");
    virtual.awaitText("X REPORT, SHIFT 1");
    window.press(KeyCode.ESCAPE);
    window.awaitText("Ready for the next customer");
  }

  @Test
  void aShiftClosesInOneSumAndTheNextOneBeginsAndTheOldReportIsACopy() throws Exception {
    atTheCounter(false, null);
    window.scan(Shelf.VODKA);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F10);
    window.awaitText("Opening float");
    window.type("z");
    window.awaitText("A sale is open.");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.press(KeyCode.ENTER);
    window.awaitText("Receipt R2-000001");
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
    window.press(KeyCode.F10);
    window.awaitText("Opening float");
    window.type("z");
    window.awaitText("Count the drawer · shift 1");
    window.press(KeyCode.F2);
    window.type("11950");
    window.awaitText("119.50");
    window.press(KeyCode.F12);
    window.awaitText("The drawer is right.");
    window.press(KeyCode.ENTER);
    window.awaitText("Shift 1 is closed");
    window.press(KeyCode.ENTER);
    window.awaitText("Open a shift");
    window.type("5000");
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
    window.assertSees("Shift 2");
    window.press(KeyCode.F10);
    window.awaitText("Opening float");
    window.type("c");
    window.awaitText("Z REPORT 1");
    window.type("p");
    virtual.awaitText("*** COPY ***");
  }

  @Test
  void whatDidNotComeOutIsOfferedWhenThePrinterIsBackAndPrintedWhenAsked() throws Exception {
    atTheCounter(false, null);
    virtual.paper(0);
    cashOut();
    window.awaitText("The paper is kept: Ctrl R");
    // Whoever saw only the warning would take it out once more.
    window.assertSees("5.00 was taken out of the drawer");
    window.assertFits();
    virtual.paper(10_000);
    window.pass(Duration.ofMinutes(1));
    window.awaitText("One paper was not printed: Ctrl R");
    assertThat(paper()).as("nobody has asked").doesNotContain("CASH OUT");
    window.press(KeyCode.R, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("Papers that were not printed");
    window.assertFits();
    window.type("1");
    window.awaitText("The paper is printed.");
    virtual.awaitText("CASH OUT");
    assertThat(paper()).contains("Reason: milk").doesNotContain("COPY");
    assertThat(virtual.roll())
        .as("when the cash was taken out, and not with its paper")
        .filteredOn(Printed.Kick.class::isInstance)
        .hasSize(1);
    window.press(KeyCode.R, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("Print a receipt again");
  }

  /** Else it empties the roll into halves while nobody looks. */
  @Test
  void aPrinterThatStopsHalfWayEachTimeWaitsForSomebody() throws Exception {
    atTheCounter(false, null);
    stopHalfWay();
    sellVodka();
    window.awaitText("printed as soon as the printer can");
    for (int halves = 1; halves <= 3; halves++) {
      awaitHalves(halves);
      window.pass(Duration.ofMinutes(1));
      window.calm();
      stopHalfWay();
      window.pass(Duration.ofMinutes(1));
    }
    window.calm();
    assertThat(halves()).as("while nobody looks").isEqualTo(3);
    window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    window.unlock("Ama K.");
    awaitHalves(4);
    virtual.revive();
    window.pass(Duration.ofMinutes(1));
    window.awaitText("The printer is back");
    assertThat(halves()).as("the whole one among them").isEqualTo(5);
  }

  /** Five lines from now on. */
  private void stopHalfWay() {
    virtual.revive();
    virtual.dieAfter(5);
  }

  private void awaitHalves(int many) {
    window.await(() -> halves() >= many);
    // It is dead by then, and the till knows.
    window.calm();
    assertThat(halves()).isEqualTo(many);
  }

  private long halves() {
    return virtual.roll().stream()
        .filter(each -> each instanceof Printed.Text text && text.text().contains("R2-000001"))
        .count();
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1024,768", "LIGHT,1920,1080", "DARK,1920,1080"})
  void thePapersThatAreOwedFit(Look look, int width, int height) throws Exception {
    Camera camera = new Camera(look, width, height);
    window = new Window(directory).enrolled(DeviceKind.TILL, 0).open(look, 1024, 768);
    window.atTheCounter();
    for (int i = 1; i <= 8; i++) {
      Slip slip = new Slip.Builder().title("Z REPORT " + i).build("Z REPORT " + i, false);
      SlipBook slips = window.device().slips();
      slips.printing(slips.owe("Z REPORT " + i, slip.encode()));
    }
    window.press(KeyCode.R, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("Papers that were not printed");
    camera.picture(window, "owed-papers");
    assertThat(camera.defects()).isEmpty();
  }

  @Test
  void aDrawerOpensOnASupervisorsWordAndIsCountedOnTheReport() throws Exception {
    atTheCounter(false, null);
    window.press(KeyCode.F8);
    window.awaitText("Only open");
    window.press(KeyCode.F8);
    window.press(KeyCode.F8);
    window.press(KeyCode.ENTER);
    window.awaitText("Say why");
    window.type("coins");
    window.press(KeyCode.ENTER);
    approve("Opening the drawer without a sale");
    window.awaitText("The drawer was opened");
    virtual.awaitText("DRAWER OPENED");
    assertThat(virtual.roll()).filteredOn(Printed.Kick.class::isInstance).hasSize(1);
    assertThat(
            window
                .device()
                .ledger()
                .shiftReport(Shelf.FIRST_USER)
                .orElseThrow()
                .figures()
                .openings())
        .isEqualTo(1);
  }
}
