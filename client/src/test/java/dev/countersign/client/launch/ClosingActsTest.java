package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.device.EscPosPrinter;
import dev.countersign.client.device.EscPosReceipt;
import dev.countersign.client.device.PrintFonts;
import dev.countersign.client.device.Printed;
import dev.countersign.client.device.PrinterProfile;
import dev.countersign.client.device.ReceiptTemplate;
import dev.countersign.client.device.ReceiptWords;
import dev.countersign.client.device.VirtualPrinter;
import dev.countersign.client.port.Place;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody.SettingsItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.ShiftSettings;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever presses a key too often, scans at the wrong moment or is locked out in the middle closes
 * one shift, and rightly.
 */
class ClosingActsTest {
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

  private void open(boolean blind) throws Exception {
    PrinterProfile wide = PrinterProfile.wide();
    PrintFonts fonts = PrintFonts.bundled();
    var format = new EscPosReceipt(wide, ReceiptWords.english(), ReceiptTemplate.usual(), fonts);
    Place place = new Place.Network("127.0.0.1", virtual.port());
    window =
        new Window(directory)
            .printingOn(new EscPosPrinter(place, wide, format, fonts, System::nanoTime))
            .enrolled(DeviceKind.TILL, 0, List.of(counting(blind)))
            .open();
  }

  private void atTheCounter(boolean blind) throws Exception {
    open(blind);
    window.atTheCounter();
  }

  private static FeedItem counting(boolean blind) {
    return FeedItem.of(
        1,
        Shelf.id("settings"),
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
            .with(
                new ShiftSettings(blind, true, null, List.of(), List.of(), List.of(), List.of())));
  }

  private void count() {
    window.press(KeyCode.F10);
    window.awaitText("Opening float");
    window.type("z");
  }

  private void counting() {
    count();
    window.awaitText("Count the drawer · shift 1");
  }

  private long zReports() {
    return virtual.roll().stream()
        .filter(each -> each instanceof Printed.Text text && text.text().contains("Z REPORT 1"))
        .count();
  }

  @Test
  void oneEnterTooManyOpensNoShiftWithAnEmptyDrawer() throws Exception {
    open(false);
    window.unlock("Ama K.");
    window.awaitText("Open a shift");
    window.press(KeyCode.ENTER);
    window.awaitText("Type the float first");
    assertThat(window.device().ledger().currentShift()).isEmpty();
    window.type("5");
    window.press(KeyCode.ESCAPE);
    window.press(KeyCode.ENTER);
    assertThat(window.device().ledger().currentShift()).isEmpty();
    window.type("0");
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
    assertThat(window.device().ledger().currentShift().orElseThrow().openingFloat().isZero())
        .isTrue();
  }

  @Test
  void aKeyThatStaysDownGoesOnOnce() throws Exception {
    atTheCounter(false);
    counting();
    window.press(KeyCode.F12);
    window.awaitText("Type what is there first");
    window.type("1");
    window.hold(KeyCode.ENTER, 30);
    window.assertSees("Count the drawer · shift 1");
    assertThat(window.device().ledger().currentShift()).isPresent();
  }

  @Test
  void goodsThatAreScannedWhileTheDrawerIsCountedAreNoMoney() throws Exception {
    atTheCounter(true);
    counting();
    window.type("1");
    window.awaitText("100.00");
    window.scan(Shelf.VODKA);
    window.awaitText("the drawer is being counted");
    window.press(KeyCode.F12);
    window.awaitText("The drawer is right");
    assertThat(window.device().ledger().told().orElseThrow().count().total().minor())
        .isEqualTo(10_000);
  }

  @Test
  void whatWasCountedIsThereAfterTheLock() throws Exception {
    atTheCounter(true);
    counting();
    window.type("1");
    window.awaitText("100.00");
    window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("enter your PIN");
    window.unlock("Ama K.");
    window.awaitText("Ready for the next customer");
    counting();
    window.assertSees("100.00");
    window.press(KeyCode.F12);
    window.awaitText("The drawer is right");
    // One that is on record is no beginning of another.
    window.press(KeyCode.ESCAPE);
    window.awaitText("Ready for the next customer");
  }

  @Test
  void aKeyPressedTwiceCountsAndClosesOnce() throws Exception {
    atTheCounter(true);
    counting();
    window.type("1");
    window.twice(KeyCode.F12);
    window.awaitText("The drawer is right");
    assertThat(window.sees("A supervisor approves")).isFalse();
    window.twice(KeyCode.ENTER);
    window.awaitText("Shift 1 is closed");
    virtual.awaitText("Z REPORT 1");
    window.calm();
    assertThat(zReports()).isEqualTo(1);
    assertThat(window.device().ledger().lastReport().orElseThrow().figures().counts())
        .containsExactly(10_000L);
  }

  @Test
  void parkedSalesAreSaidBeforeAnybodyCounts() throws Exception {
    atTheCounter(true);
    window.scan(Shelf.VODKA);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F5);
    window.awaitText("Park this sale");
    window.press(KeyCode.ENTER);
    window.awaitText("The sale is parked");
    count();
    window.awaitText("Sales are parked");
    assertThat(window.sees("Count the drawer")).isFalse();
  }

  @Test
  void whatNobodyCountedIsSaidSo() throws Exception {
    atTheCounter(false);
    window.scan(Shelf.VODKA);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.type("c");
    window.awaitText("Card · 19.50");
    window.click("Card paid 19.50");
    window.awaitText("Receipt R2-000001");
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
    counting();
    window.type("1");
    window.press(KeyCode.F12);
    window.awaitText("The drawer is right");
    window.assertSees("not counted");
    window.assertFits();
    window.press(KeyCode.ENTER);
    window.awaitText("Shift 1 is closed");
    virtual.awaitText("not counted");
  }

  /** Whoever agrees hears twenty and reads two hundred. */
  @Test
  void theSupervisorSeesWhatTheCashierTyped() throws Exception {
    atTheCounter(false);
    window.press(KeyCode.F8);
    window.awaitText("Cash out");
    window.press(KeyCode.F8);
    window.type("20000");
    window.awaitText("Take 200.00 out");
    window.type("milk");
    window.press(KeyCode.ENTER);
    window.awaitText("A supervisor approves");
    window.assertSees("Take 200.00 out: milk");
    window.assertFits();
  }

  /** Its paper is owed before anything else: nobody takes it out twice after a power cut. */
  @Test
  void thePaperOfAnActIsOwedWithIt() throws Exception {
    atTheCounter(false);
    window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    window.unlock("Esi L.");
    window.awaitText("Ready for the next customer");
    window.press(KeyCode.F8);
    window.awaitText("Cash out");
    window.type("500");
    window.awaitText("Put 5.00 in");
    window.type("change");
    Runnable later = window.holdAnswers();
    window.press(KeyCode.ENTER);
    window.await(() -> !window.device().slips().owed().isEmpty());
    assertThat(window.device().slips().owed().getFirst().mayBeOut())
        .as("nothing was sent to the printer")
        .isFalse();
    later.run();
    virtual.awaitText("CASH IN");
    window.await(() -> window.device().slips().owed().isEmpty());
  }
}
