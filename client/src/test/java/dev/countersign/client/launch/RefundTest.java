package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.countersign.client.device.Receipt;
import dev.countersign.client.device.ReceiptLine;
import dev.countersign.client.device.ReceiptText;
import dev.countersign.client.device.ReceiptWords;
import dev.countersign.client.device.Slip;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.change.SaleCompleted.Returned;
import dev.countersign.common.change.SaleCompleted.Sold;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody.SettingsItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.PaymentSettings;
import dev.countersign.common.sale.ReceiptNumber;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

// Long because every way back at a counter has its case.
/** Goods come back to a cashier whose role asks for a second person, by keys and scanner alone. */
class RefundTest {
  @TempDir Path directory;
  private Window window;
  private final List<Receipt> paper = new CopyOnWriteArrayList<>();
  private final List<Slip> slips = new CopyOnWriteArrayList<>();

  @BeforeEach
  void atTheCounter() throws Exception {
    window =
        new Window(directory)
            .printingInto(paper, slips)
            .enrolled(DeviceKind.TILL, 0)
            .open()
            .atTheCounter();
  }

  @AfterEach
  void close() {
    window.close();
  }

  @Test
  void oneOfTwoLinesComesBackAndItsMoneyWithBothNumbersOnThePaper() {
    sold(Shelf.JAMESON, Shelf.VODKA);
    window.press(KeyCode.F7);
    window.awaitText("The last receipts");
    window.awaitText("R2-000001 ·");
    window.type("R2-000001");
    window.press(KeyCode.ENTER);
    window.awaitText("Tito's Handmade Vodka 750 ml");
    window.assertSees("1 sold for 19.50");
    window.assertFits();
    window.press(KeyCode.DOWN);
    window.type("+");
    window.awaitText("To give back");
    window.press(KeyCode.F12);
    reason("1");
    window.awaitText("Cash out of the drawer");
    window.assertSees("19.50");
    window.press(KeyCode.ENTER);
    approved("Taking goods back on a receipt");
    window.awaitText("Given back in cash");
    window.assertSees("Receipt R2-000002");
    window.await(() -> paper.size() == 2);
    SaleCompleted refund = paper.getLast().sale();
    assertThat(refund.total()).isEqualTo(-1950);
    assertThat(refund.tenders()).containsExactly(new Paid(Means.CASH, -1950, "", ""));
    UUID sale = id("R2-000001");
    assertThat(refund.lines())
        .extracting(Line::refunds, Line::returned)
        .containsExactly(tuple(new Sold(sale, 2), new Returned("Damaged or faulty", "R2-000001")));
    List<String> lines =
        ReceiptText.forScreen(ReceiptText.WIDE, ReceiptWords.english())
            .lay(paper.getLast())
            .stream()
            .map(ReceiptLine::text)
            .toList();
    assertThat(lines)
        .anyMatch(line -> line.startsWith("Receipt R2-000002"))
        .anyMatch(line -> line.contains("Refund of R2-000001"))
        .anyMatch(line -> line.startsWith("Cash") && line.endsWith("-19.50"));
    assertThat(paper.getLast().opensDrawer()).isTrue();
  }

  @Test
  void neverMoreComesBackThanIsLeft() {
    sold(Shelf.JAMESON, Shelf.VODKA);
    window.press(KeyCode.F7);
    window.awaitText("R2-000001 ·");
    window.scan(paper.getFirst().check());
    window.awaitText("1 sold for 19.50");
    window.scan(Shelf.VODKA);
    window.await(() -> window.sees("19.50"));
    window.scan(Shelf.VODKA);
    window.awaitText("No more of Tito's Handmade Vodka");
    window.scan(Shelf.FIREBALL);
    window.awaitText("is not on this receipt");
    window.type("+");
    window.press(KeyCode.F12);
    reason("2");
    window.awaitText("Cash out of the drawer");
    window.press(KeyCode.ENTER);
    approved("Taking goods back on a receipt");
    window.awaitText("Given back in cash");
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
    window.press(KeyCode.F7);
    window.awaitText("R2-000001 ·");
    assertThat(window.sees("R2-000002 ·")).as("nothing comes back of a refund").isFalse();
    window.press(KeyCode.ENTER);
    window.awaitText("nothing is left to come back");
    window.scan(Shelf.VODKA);
    window.awaitText("No more of Tito's Handmade Vodka");
    window.press(KeyCode.F12);
    window.awaitText("Choose what comes back first");
  }

  @Test
  void howMuchComesBackIsTypedWithAFinger() {
    sold(Shelf.JAMESON, Shelf.JAMESON);
    window.press(KeyCode.F7);
    window.awaitText("R2-000001 ·");
    window.press(KeyCode.ENTER);
    window.awaitText("2 sold for");
    window.type("q");
    window.awaitText("How much of");
    // What is proposed is chosen, and goes with the first digit.
    window.click("1");
    window.click("Take back");
    window.await(() -> !window.sees("How much of"));
    window.press(KeyCode.F12);
    reason("3");
    window.awaitText("Cash out of the drawer");
    window.assertSees("32.99");
  }

  @Test
  void anExchangeIsOneSaleAndTheCustomerGetsTheDifference() {
    sold(Shelf.JAMESON);
    window.scan(Shelf.VODKA);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F7);
    window.awaitText("R2-000001 ·");
    window.press(KeyCode.ENTER);
    window.awaitText("1 sold for 32.99");
    window.type("a");
    window.press(KeyCode.F9);
    reason("3");
    window.awaitText("Exchange · 2 items");
    window.assertSees("To give back");
    assertThat(window.sees("−13.49")).as("it says that it goes back").isFalse();
    window.press(KeyCode.F12);
    window.awaitText("Cash out of the drawer");
    window.assertSees("13.49");
    window.press(KeyCode.ENTER);
    approved("Taking goods back on a receipt");
    window.awaitText("Receipt R2-000002");
    window.await(() -> paper.size() == 2);
    SaleCompleted exchange = paper.getLast().sale();
    assertThat(exchange.lines()).extracting(Line::amount).containsExactly(1950L, -3299L);
    assertThat(exchange.tenders()).containsExactly(new Paid(Means.CASH, -1349, "", ""));
  }

  @Test
  void anExchangeForSomethingDearerIsPaidForAndSurvivesAPowerCut() throws Exception {
    sold(Shelf.VODKA);
    window.press(KeyCode.F7);
    window.awaitText("R2-000001 ·");
    window.press(KeyCode.ENTER);
    window.awaitText("1 sold for 19.50");
    window.press(KeyCode.ENTER);
    window.press(KeyCode.F9);
    reason("2");
    window.awaitText("−19.50");
    window.reopen();
    window.unlock("Ama K.");
    window.awaitText("−19.50");
    window.scan(Shelf.JAMESON);
    window.awaitText("13.49");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.press(KeyCode.ENTER);
    approved("Taking goods back on a receipt");
    window.awaitText("Receipt R2-000002");
    window.await(() -> paper.size() == 2);
    SaleCompleted exchange = paper.getLast().sale();
    assertThat(exchange.total()).isEqualTo(1349);
    assertThat(exchange.lines().getFirst().refunds()).isEqualTo(new Sold(id("R2-000001"), 1));
  }

  @Test
  void goodsWithoutAReceiptComeBackAtAChosenPrice() {
    window.press(KeyCode.F7);
    window.awaitText("No receipt fits");
    window.press(KeyCode.F8);
    window.awaitText("Goods without a receipt");
    window.type("tito");
    window.press(KeyCode.ENTER);
    window.awaitText("How many come back");
    window.assertFits();
    field("return-price", "10.00");
    window.press(KeyCode.ENTER);
    window.press(KeyCode.ENTER);
    reason("5");
    window.awaitText("−10.00");
    window.press(KeyCode.F12);
    window.awaitText("Cash out of the drawer");
    window.press(KeyCode.ENTER);
    approved("Taking goods back without their receipt");
    window.awaitText("Receipt R2-000001");
    window.await(() -> paper.size() == 1);
    Line line = paper.getFirst().sale().lines().getFirst();
    assertThat(line.amount()).isEqualTo(-1000);
    assertThat(line.refunds()).isNull();
    assertThat(line.listed()).as("less than today's price is nobody's loss").isNull();
    assertThat(line.returned()).isEqualTo(new Returned("Rung up by mistake", ""));
  }

  @Test
  void whatWasPaidByCardGoesBackToItAndInCashOnlyOnASecondWord() {
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.type("c");
    window.awaitText("Terminal reference");
    field("card-reference", "88 213");
    field("card-last-four", "4711");
    window.click("Card paid 32.99");
    window.awaitText("Receipt R2-000001");
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
    window.press(KeyCode.F7);
    window.awaitText("R2-000001 ·");
    window.type("4711");
    window.press(KeyCode.ENTER);
    window.awaitText("Receipts that fit");
    window.press(KeyCode.ENTER);
    window.awaitText("1 sold for 32.99");
    window.type("a");
    window.press(KeyCode.F12);
    reason("1");
    window.awaitText("on the card terminal, payment 88 213");
    window.assertSees("Card · ends 4711");
    window.press(KeyCode.F6);
    window.awaitText("out of the drawer");
    window.press(KeyCode.F5);
    window.awaitText("on the card terminal, payment 88 213");
    window.type("1000");
    window.press(KeyCode.F6);
    window.awaitText("22.99");
    window.press(KeyCode.ENTER);
    approved("Taking goods back on a receipt");
    window.awaitText("Receipt R2-000002");
    window.await(() -> paper.size() == 2);
    assertThat(paper.getLast().sale().tenders())
        .containsExactly(
            new Paid(Means.CARD, -2299, "88 213", "4711"), new Paid(Means.CASH, -1000, "", ""));
  }

  @Test
  void storeCreditIsWorthACodeThatIsShownUntilTheCustomerHasIt() throws Exception {
    sold(Shelf.VODKA);
    window.press(KeyCode.F7);
    window.awaitText("R2-000001 ·");
    window.press(KeyCode.ENTER);
    window.awaitText("1 sold for 19.50");
    window.type("a");
    window.press(KeyCode.F12);
    reason("2");
    window.awaitText("Cash out of the drawer");
    window.press(KeyCode.F7);
    window.awaitText("a new code for the customer");
    window.press(KeyCode.ENTER);
    approved("Taking goods back on a receipt");
    window.awaitText("Store credit · 19.50");
    String code = window.device().purse().slips().getFirst().code();
    window.assertSees(code);
    window.assertFits();
    window.reopen();
    window.unlock("Ama K.");
    window.awaitText("Store credit · 19.50");
    window.assertSees(code);
    window.type("p");
    window.await(() -> slips.size() == 1);
    assertThat(slips.getFirst().lay())
        .extracting(line -> line.text().strip().replaceAll(" {2,}", " | "))
        .contains("Store credit USD | 19.50", code);
    window.assertFits();
    window.click("The customer has it");
    window.await(() -> window.device().purse().slips().isEmpty());
    window.awaitText("Ready for the next customer");
  }

  @Test
  void noStoreCreditIsOfferedWhereTheShopTakesNone() throws Exception {
    window.close();
    window =
        new Window(directory.resolve("other"))
            .printingInto(paper, slips)
            .enrolled(DeviceKind.TILL, 0, List.of(withoutCredit()))
            .open()
            .atTheCounter();
    window.scan(Shelf.VODKA);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.type("v");
    window.awaitText("Number of the voucher");
    window.type("V-1");
    window.press(KeyCode.ENTER);
    window.awaitText("Receipt R2-000001");
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
    window.press(KeyCode.F7);
    window.awaitText("R2-000001 ·");
    window.press(KeyCode.ENTER);
    window.awaitText("1 sold for 19.50");
    window.type("a");
    window.press(KeyCode.F12);
    reason("2");
    window.awaitText("Cash out of the drawer");
    window.assertFits();
    assertThat(window.sees("Store credit")).isFalse();
    window.press(KeyCode.F7);
    window.awaitText("This shop does not take that.");
    window.press(KeyCode.ENTER);
    approved("Taking goods back on a receipt");
    window.awaitText("Receipt R2-000002");
    window.await(() -> paper.size() == 2);
    assertThat(paper.getLast().sale().tenders())
        .containsExactly(new Paid(Means.CASH, -1950, "", ""));
    assertThat(window.device().purse().slips()).isEmpty();
  }

  private static FeedItem withoutCredit() {
    FeedItem usual =
        Shelf.items(0).stream()
            .filter(item -> item.id().equals(Shelf.id("settings")))
            .findFirst()
            .orElseThrow();
    SettingsItem settings = (SettingsItem) Objects.requireNonNull(usual.typed());
    PaymentSettings payments =
        new PaymentSettings(List.of("CASH", "CARD", "VOUCHER"), List.of(), List.of());
    return FeedItem.of(900, usual.id(), settings.with(payments, 0));
  }

  @Test
  void aReceiptThatIsNotKnownHereAndOneOfAnotherBusinessSaySo() {
    window.press(KeyCode.F7);
    window.awaitText("No receipt fits");
    window.scan("R9-000007");
    window.awaitText("is not known at this till");
    window.scan(
        "https://127.0.0.1:1/receipt/%s/%s/%s/%s"
            .formatted(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), "0".repeat(64)));
    window.awaitText("another business");
    window.press(KeyCode.ESCAPE);
    window.awaitText("Ready for the next customer");
  }

  private void sold(String... codes) {
    for (String code : codes) {
      window.scan(code);
    }
    window.awaitText(codes.length == 1 ? "Sale · one item" : "Sale · " + codes.length + " items");
    int before = paper.size();
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.press(KeyCode.ENTER);
    window.await(() -> paper.size() == before + 1);
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
  }

  private void reason(String number) {
    window.awaitText("Why does it come back?");
    window.assertFits();
    window.type(number);
  }

  private void approved(String act) {
    window.awaitText("A supervisor approves");
    window.assertSees(act);
    window.type(Window.PIN);
    window.press(KeyCode.ENTER);
  }

  private UUID id(String receipt) {
    return window
        .device()
        .ledger()
        .soldBefore(ReceiptNumber.parse(receipt).orElseThrow())
        .orElseThrow()
        .sale()
        .id();
  }

  private void field(String id, String text) {
    window.onScreen(
        () -> {
          ((TextField) window.scene().lookup("#" + id)).setText(text);
          return id;
        });
  }
}
