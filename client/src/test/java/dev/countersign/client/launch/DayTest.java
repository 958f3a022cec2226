package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.device.Receipt;
import dev.countersign.client.ledger.ShiftReport;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.ShiftFigures.Tendered;
import dev.countersign.common.protocol.DeviceKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day at one till from the float to the Z report, by keys and scanner, and what it comes to. */
class DayTest {
  @TempDir Path directory;
  private Window window;
  private final List<Receipt> paper = new CopyOnWriteArrayList<>();

  @BeforeEach
  void open() throws Exception {
    window =
        new Window(directory)
            .printingInto(paper, new ArrayList<>())
            .enrolled(DeviceKind.TILL, 0)
            .open()
            .atTheCounter();
  }

  @AfterEach
  void close() {
    window.close();
  }

  @Test
  void theDrawerIsRightAfterADayOfEverything() throws Exception {
    twoBottlesAndOneTakenBackBeforePaying();
    byCard();
    oneWaitsWhileAnotherIsServedAtAnOffer();
    aBottleComesBack();
    aBottleIsExchanged();
    milk();
    window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    window.unlock("Kofi B.");
    window.awaitText("Ready for the next customer");
    scan(Shelf.VODKA, "Sale · one item");
    payInCash(7);
    // A power cut before closing time.
    window.reopen();
    window.unlock("Kofi B.");
    window.awaitText("Ready for the next customer");
    closed();

    assertThat(paper)
        .extracting(receipt -> receipt.sale().receipt())
        .containsExactly(
            "R2-000001",
            "R2-000002",
            "R2-000003",
            "R2-000004",
            "R2-000005",
            "R2-000006",
            "R2-000007");
    assertThat(paper)
        .extracting(receipt -> receipt.sale().total())
        .containsExactly(5249L, 2100L, 1890L, 1950L, -1950L, -1199L, 1950L);
    ShiftReport z = window.device().ledger().lastReport().orElseThrow();
    assertThat(z.expected()).isEqualTo(17_390);
    assertThat(z.count()).isNotNull();
    assertThat(z.count().total()).isEqualTo(17_390);
    assertThat(z.figures().tenders()).contains(new Tendered(Means.CARD, 2100));
    assertThat(z.figures().firstReceipt()).isEqualTo("R2-000001");
    assertThat(z.figures().lastReceipt()).isEqualTo("R2-000007");
    assertThat(z.figures().voidedLines().count()).isEqualTo(1);
    assertThat(z.figures().discounts().amount()).isEqualTo(210);
    assertThat(z.figures().refunds().count()).isEqualTo(2);
    assertThat(z.figures().paidOut().count()).isEqualTo(1);
    assertThat(z.figures().cashiers()).hasSize(2);
    assertThat(paper.stream().map(Receipt::sale).mapToLong(SaleCompleted::total).sum())
        .isEqualTo(z.figures().cashiers().stream().mapToLong(each -> each.total()).sum());
  }

  private void twoBottlesAndOneTakenBackBeforePaying() {
    scan(Shelf.JAMESON, "Sale · one item");
    scan(Shelf.VODKA, "Sale · 2 items");
    scan(Shelf.FIREBALL, "Sale · 3 items");
    window.press(KeyCode.DELETE);
    window.awaitText("voided");
    payInCash(1);
  }

  private void byCard() {
    window.clock.forward(Duration.ofMinutes(20));
    scan(Shelf.FIREBALL, "Sale · one item");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.type("c");
    window.awaitText("Terminal reference");
    window.click("Card paid 21.00");
    done(2);
  }

  private void oneWaitsWhileAnotherIsServedAtAnOffer() {
    window.clock.forward(Duration.ofMinutes(20));
    scan(Shelf.VODKA, "Sale · one item");
    window.press(KeyCode.F5);
    window.awaitText("Park this sale");
    window.type("Ann");
    window.press(KeyCode.ENTER);
    window.awaitText("Recall · 1");
    scan(Shelf.FIREBALL, "Sale · one item");
    window.press(KeyCode.F4);
    window.awaitText("Off what?");
    window.type("10");
    window.press(KeyCode.ENTER);
    approved();
    window.awaitText("18.90");
    payInCash(3);
    window.press(KeyCode.F6);
    window.awaitText("One parked sale");
    window.press(KeyCode.ENTER);
    window.awaitText("Sale · one item");
    payInCash(4);
  }

  private void aBottleComesBack() {
    window.clock.forward(Duration.ofHours(2));
    found();
    window.press(KeyCode.DOWN);
    window.type("+");
    window.awaitText("To give back");
    window.press(KeyCode.F12);
    window.awaitText("Why does it come back?");
    window.type("1");
    window.awaitText("Cash out of the drawer");
    window.press(KeyCode.ENTER);
    approved();
    done(5);
  }

  private void aBottleIsExchanged() {
    scan(Shelf.FIREBALL, "Sale · one item");
    found();
    window.type("+");
    window.press(KeyCode.F9);
    window.awaitText("Why does it come back?");
    window.type("3");
    window.awaitText("Exchange · 2 items");
    window.assertSees("To give back");
    window.assertSees("11.99");
    window.press(KeyCode.F12);
    window.awaitText("Cash out of the drawer");
    window.press(KeyCode.ENTER);
    approved();
    done(6);
  }

  /** The first receipt of the day. */
  private void found() {
    window.press(KeyCode.F7);
    window.awaitText("R2-000001 ·");
    window.type("R2-000001");
    window.press(KeyCode.ENTER);
    window.awaitText("1 sold for 32.99");
  }

  private void milk() {
    window.press(KeyCode.F8);
    window.awaitText("Cash out");
    window.press(KeyCode.F8);
    window.type("500");
    window.awaitText("Take 5.00 out");
    window.type("milk");
    window.press(KeyCode.ENTER);
    approved();
    window.awaitText("5.00 was taken out of the drawer");
  }

  private void closed() {
    window.press(KeyCode.F10);
    window.awaitText("Opening float");
    window.type("z");
    window.awaitText("Count the drawer · shift 1");
    window.press(KeyCode.F2);
    window.type("17390");
    window.awaitText("173.90");
    window.press(KeyCode.F12);
    window.awaitText("The drawer is right.");
    window.press(KeyCode.ENTER);
    window.awaitText("Shift 1 is closed");
  }

  private void scan(String code, String then) {
    window.scan(code);
    window.awaitText(then);
  }

  private void approved() {
    window.awaitText("A supervisor approves");
    window.type(Window.PIN);
    window.press(KeyCode.ENTER);
    window.await(() -> !window.sees("A supervisor approves"));
  }

  private void payInCash(int receipt) {
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.press(KeyCode.ENTER);
    done(receipt);
  }

  private void done(int receipt) {
    window.awaitText("Receipt R2-00000" + receipt);
    window.await(() -> paper.size() == receipt);
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
  }
}
