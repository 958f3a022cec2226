package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.device.Receipt;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.FeedItem;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.collections.ListChangeListener;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

// Long because every act of the selling screen is tried from the same counter.
class SellingTest {
  @TempDir Path directory;
  private Window window;
  private final List<Receipt> paper = new CopyOnWriteArrayList<>();

  @BeforeEach
  void atTheCounter() throws Exception {
    window =
        new Window(directory)
            .printingInto(paper)
            .enrolled(DeviceKind.TILL, 0)
            .open()
            .atTheCounter();
  }

  @AfterEach
  void close() {
    window.close();
  }

  @Test
  void aScanAddsALineWhereverTheFocusIs() {
    window.onScreen(
        () -> {
          window.scene().getRoot().requestFocus();
          return true;
        });
    window.scan(Shelf.JAMESON);
    window.awaitText("Jameson Irish Whiskey");
    window.awaitText("32.99");
    window.press(KeyCode.F2);
    window.scan(Shelf.VODKA);
    window.awaitText("52.49");
    assertThat(searchText()).isEmpty();
  }

  /** What begins a scan looks like typing: it must not be searched for beside the sale. */
  @Test
  void aScanLeavesCategoriesAndTilesAsTheyAre() {
    window.awaitText("Jim Beam");
    List<String> changes = new ArrayList<>();
    window.onScreen(
        () -> {
          ListChangeListener<String> listener = change -> changes.add(change.toString());
          window.scene().lookup(".chip.on").getStyleClass().addListener(listener);
          return true;
        });
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    window.settle();
    assertThat(changes).isEmpty();
    window.assertSees("Jim Beam");
  }

  @Test
  void afterASearchTheTilesOfTheCategoryAreBack() {
    window.awaitText("Jim Beam");
    window.type("zzz");
    window.awaitText("Nothing found");
    assertThat(chosenCategory()).isEmpty();
    window.press(KeyCode.ESCAPE);
    window.awaitText("Jim Beam");
    assertThat(chosenCategory()).isPresent();
  }

  private Optional<Node> chosenCategory() {
    return window.onScreen(() -> Optional.ofNullable(window.scene().lookup(".chip.on")));
  }

  @Test
  void theSameAgainRaisesTheQuantity() {
    window.scan(Shelf.VODKA);
    window.scan(Shelf.VODKA);
    window.awaitText("19.50 each");
    window.awaitText("39.00");
  }

  @Test
  void sixTimesSellsSix() {
    window.type("6*");
    window.awaitText("6 ×");
    window.scan(Shelf.VODKA);
    window.awaitText("117.00");
    assertThat(window.sees("6 ×")).isFalse();
  }

  @Test
  void theNewestLineIsInViewHoweverLongTheBasketIs() {
    List<String> names =
        List.of(
            "Black Velvet",
            "Bulleit",
            "Canadian Club",
            "Chivas Regal 12 Years",
            "Crown Royal",
            "Fireball",
            "Glenlivet",
            "Jack Daniel",
            "Jameson",
            "Jim Beam",
            "Maker",
            "Southern",
            "Tullamore",
            "Wild Turkey",
            "Woodford");
    for (int i = 0; i < names.size(); i++) {
      int newest = i;
      window.click(names.get(i));
      window.await(() -> basket().getItems().size() == newest + 1);
      window.await(() -> isWhollyInView(newest));
    }
    window.press(KeyCode.DELETE);
    window.await(() -> isWhollyInView(names.size() - 1));
  }

  private ListView<?> basket() {
    return (ListView<?>) window.scene().lookup(".lines");
  }

  private boolean isWhollyInView(int line) {
    return window.onScreen(
        () -> {
          Bounds list = basket().localToScene(basket().getBoundsInLocal());
          return basket().lookupAll(".list-cell").stream()
              .filter(node -> node instanceof ListCell<?> cell && cell.getIndex() == line)
              .filter(node -> node.isVisible() && !((ListCell<?>) node).isEmpty())
              .map(node -> node.localToScene(node.getBoundsInLocal()))
              .anyMatch(at -> at.getMinY() >= list.getMinY() && at.getMaxY() <= list.getMaxY() + 1);
        });
  }

  @Test
  void aCaseSellsItsBottles() {
    window.scan(Shelf.CASE_OF_BEER);
    window.awaitText("42.00");
    window.awaitText("24 items");
  }

  @Test
  void twoProductsOnOneCodeOpenAChooserAndEscapeChoosesNone() {
    window.scan(Shelf.SHARED);
    window.awaitText("2 products have this code");
    window.press(KeyCode.ESCAPE);
    window.awaitText("Ready for the next customer");
    window.scan(Shelf.SHARED);
    window.awaitText("2 products have this code");
    window.click("Chivas Regal 12 Years, gift box");
    window.awaitText("35.49");
    window.scan(Shelf.SHARED);
    window.awaitText("2 products have this code");
    window.press(KeyCode.DOWN);
    window.press(KeyCode.ENTER);
    window.awaitText("Sale · 2 items");
  }

  @Test
  void anUnknownCodeSaysSoAndAddsNothingAndTheNextScanWorks() {
    double where = heightOfPay();
    window.scan("5012345678900");
    window.awaitText("Unknown code 5012345678900");
    assertThat(heightOfPay()).as("nothing moves under a finger").isEqualTo(where);
    window.assertSees("Ready for the next customer");
    window.scan(Shelf.VODKA);
    window.await(() -> !window.sees("Unknown code"));
    window.assertSees("Sale · one item");
  }

  private double heightOfPay() {
    Node pay = window.scene().getRoot().lookup(".loud");
    return pay.localToScene(pay.getBoundsInLocal()).getMinY();
  }

  @Test
  void aMisreadCodeAddsNothing() {
    window.scan("5012345678901");
    window.awaitText("was not read right");
    window.assertSees("Ready for the next customer");
  }

  @Test
  void aVoidedLineStaysVisibleAndUndoBringsItBack() {
    window.scan(Shelf.JAMESON);
    window.scan(Shelf.VODKA);
    window.press(KeyCode.DELETE);
    window.awaitText("voided");
    window.assertSees("Sale · one item");
    window.press(KeyCode.Z, KeyCombination.SHORTCUT_DOWN);
    window.await(() -> !window.sees("voided"));
    window.assertSees("52.49");
  }

  @Test
  void typingFindsProductsAndEnterAddsTheOnlyOne() {
    window.type("glenl");
    window.await(() -> !window.sees("Absolut") && window.sees("Glenlivet"));
    window.press(KeyCode.ENTER);
    window.awaitText("Sale · one item");
    assertThat(searchText()).isEmpty();
  }

  @Test
  void cashGivesChangeAndAReceiptOnlyAfterTheSaleIsRecorded() {
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.type("5000");
    window.awaitText("17.01");
    assertThat(paper).isEmpty();
    window.press(KeyCode.ENTER);
    window.awaitText("Receipt R2-000001");
    window.assertSees("17.01");
    window.await(() -> paper.size() == 1);
    assertThat(paper.getFirst().sale().change()).isEqualTo(1701);
    assertThat(window.device().receiptJobs().pending()).isEmpty();
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
  }

  @Test
  void theNextCustomerCanJustScan() {
    paidInFull();
    window.scan(Shelf.VODKA);
    window.awaitText("Sale · one item");
    window.awaitText("Tito's Handmade Vodka");
  }

  @Test
  void aSaleIsPaidPartlyByCardAndTheRestInCash() {
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.type("2000");
    window.type("c");
    window.awaitText("Card · 20.00");
    field("card-reference", "88 213");
    field("card-last-four", "4711");
    window.click("Card paid 20.00");
    window.awaitText("Card · ends 4711");
    window.awaitText("12.99");
    window.press(KeyCode.ENTER);
    window.awaitText("Receipt R2-000001");
    var totals = window.device().books().totals(LocalDate.of(2026, 11, 21));
    assertThat(totals.card().minor()).isEqualTo(2000);
    assertThat(totals.cash().minor()).isEqualTo(1299);
  }

  @Test
  void aCardNumberIsRefusedAndNothingIsTaken() {
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.type("c");
    window.awaitText("Terminal reference");
    field("card-reference", "4111 1111 1111 1111");
    window.click("Card paid 32.99");
    window.awaitText("never stored");
    assertThat(window.device().books().lastSale()).isEmpty();
  }

  @Test
  void aScanWhilePayingAddsNothingAndLeavesTheAmountAsItWas() {
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.type("50");
    window.scan(Shelf.VODKA);
    window.awaitText("this sale is being paid");
    window.assertSees("0.50");
    window.press(KeyCode.ESCAPE);
    window.awaitText("Sale · one item");
  }

  @Test
  void moneyThatWasTakenIsNotForgottenByLeavingOrLocking() {
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.type("2000");
    window.press(KeyCode.ENTER);
    window.awaitText("12.99");
    window.press(KeyCode.ESCAPE);
    window.awaitText("Part of this sale is paid already");
    window.click("Go on paying");
    window.client().lock();
    window.unlock("Kofi B.");
    window.awaitText("Cash received");
    window.assertSees("12.99");
    window.click("Give the last one back");
    window.await(() -> !window.sees("Give the last one back"));
    window.press(KeyCode.ESCAPE);
    window.awaitText("Sale · one item");
  }

  /** The receipt names a person and says what is to be given out: neither is for the lock. */
  @Test
  void whatIsRecordedWhileTheTillIsBeingLockedIsShownToWhoeverUnlocks() {
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.type("5000");
    Runnable answers = window.holdBack();
    window.press(KeyCode.ENTER);
    window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    answers.run();
    window.await(() -> window.device().books().lastSale().isPresent());
    window.assertSees("Ama K.");
    assertThat(window.sees("Receipt R2-000001")).isFalse();
    window.unlock("Ama K.");
    window.awaitText("Receipt R2-000001");
    window.assertSees("17.01");
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
  }

  @Test
  void aCardPaymentSurvivesAPowerCutInTheMiddleOfPaying() throws Exception {
    window.scan(Shelf.JAMESON);
    window.scan(Shelf.VODKA);
    window.awaitText("Sale · 2 items");
    window.press(KeyCode.DELETE);
    window.awaitText("voided");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    assertThat(window.sees("voided")).as("noise while paying").isFalse();
    window.type("2000");
    window.type("c");
    window.awaitText("Terminal reference");
    field("card-reference", "88 213");
    field("card-last-four", "4711");
    window.click("Card paid 20.00");
    window.awaitText("Card · ends 4711");
    window.await(
        () -> !window.device().ledger().kept().orElseThrow().payment().tenders().isEmpty());
    window.reopen();
    window.unlock("Kofi B.");
    window.awaitText("Card · ends 4711");
    window.assertSees("12.99");
    window.press(KeyCode.ENTER);
    window.awaitText("Receipt R2-000001");
    var totals = window.device().books().totals(LocalDate.of(2026, 11, 21));
    assertThat(totals.card().minor()).isEqualTo(2000);
    window.reopen();
    window.unlock("Ama K.");
    window.awaitText("Ready for the next customer");
  }

  @Test
  void aPaymentGivenBackBeforeAPowerCutIsNotCountedAfterIt() throws Exception {
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.type("2000");
    window.press(KeyCode.ENTER);
    window.awaitText("12.99");
    window.click("Give the last one back");
    window.await(() -> window.device().ledger().kept().orElseThrow().payment().tenders().isEmpty());
    window.reopen();
    window.unlock("Ama K.");
    window.awaitText("Sale · one item");
    window.assertSees("32.99");
  }

  @Test
  void whoeverUnlocksAfterAReceiptDoesNotFindThePaidGoods() {
    paidInFull();
    window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    window.unlock("Kofi B.");
    window.awaitText("Ready for the next customer");
  }

  @Test
  void aGs1CodeFindsItsProductWithOrWithoutSeparator() {
    window.scan("]C101" + Shelf.VODKA + "17271231" + "10AB-1");
    window.awaitText("Tito's Handmade Vodka");
    window.scan("\u001d01" + Shelf.VODKA + "10AB-1\u001d17271231");
    window.awaitText("39.00");
    window.scan("]d202" + Shelf.VODKA + "376");
    window.awaitText("Sale · 8 items");
  }

  @Test
  void productsComeInWholeRowsAndPagesAreTurnedByKey() {
    window.click("Whisky");
    window.awaitText("Black Velvet");
    window.onScreen(
        () -> {
          window.scene().getRoot().resize(1024, 640);
          window.scene().getRoot().layout();
          return true;
        });
    window.awaitText("1–8 of 16");
    window.assertFits();
    assertThat(window.sees("Woodford Reserve")).isFalse();
    window.press(KeyCode.PAGE_DOWN);
    window.awaitText("9–16 of 16");
    window.awaitText("Woodford Reserve");
    assertThat(window.sees("Black Velvet")).isFalse();
    window.press(KeyCode.PAGE_DOWN);
    window.assertSees("9–16 of 16");
    window.click("The page before");
    window.awaitText("1–8 of 16");
  }

  @Test
  void categoriesWithLongNamesAreWholeAndTheOthersAreAlwaysInReach() throws Exception {
    window.close();
    List<FeedItem> more = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String category = "Imported Straight Bourbon Whiskies of shelf " + i;
      for (int j = 0; j < 20; j++) {
        String name = "Bottle " + i + "-" + j;
        more.add(
            FeedItem.of(
                1_000 + more.size(),
                Shelf.id(name),
                new ProductItem(
                    name, name, category, "750 ml", 1_000, List.of(Shelf.TAX), List.of())));
      }
    }
    window = new Window(directory.resolve("long")).enrolled(DeviceKind.TILL, 0, more).open();
    window.atTheCounter();
    window.awaitText("More…");
    window.assertFits();
    window.click("More…");
    window.awaitText("All categories");
    window.click("Imported Straight Bourbon Whiskies of shelf 11");
    window.awaitText("Bottle 11-0");
    window.assertSees("Imported Straight Bourbon Whiskies of shelf 11");
    window.assertSees("More…");
    window.assertFits();
  }

  @Test
  void theFocusStaysOnAnOpenSheetAndGoesBackWhenItCloses() {
    window.press(KeyCode.F1);
    window.awaitText("Every key has a button");
    window.onScreen(
        () -> {
          window.scene().lookup(".search .text-field").requestFocus();
          return true;
        });
    window.await(() -> window.onScreen(() -> window.scene().getFocusOwner() instanceof Button));
    window.press(KeyCode.ESCAPE);
    window.await(() -> window.onScreen(() -> window.scene().getFocusOwner() instanceof TextField));
  }

  @Test
  void aLockedTillKeepsTheSaleForWhoeverUnlocks() {
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("a sale with one item is kept");
    window.unlock("Kofi B.");
    window.awaitText("Sale · one item");
    window.assertSees("Kofi B.");
  }

  @Test
  void aScanOnTheLockScreenIsNoPin() {
    window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("enter your PIN");
    window.scan("2580");
    window.scan(Shelf.JAMESON);
    window.assertSees("enter your PIN");
    window.unlock("Ama K.");
    window.awaitText("Ready for the next customer");
  }

  @Test
  void aWrongPinSaysHowManyTriesAreLeft() {
    window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("enter your PIN");
    window.type("9731");
    window.press(KeyCode.ENTER);
    window.awaitText("9 tries are left");
  }

  @Test
  void theBasketSurvivesARestart() throws Exception {
    window.scan(Shelf.JAMESON);
    window.scan(Shelf.VODKA);
    window.awaitText("Sale · 2 items");
    window.reopen();
    window.unlock("Ama K.");
    window.awaitText("Sale · 2 items");
    window.assertSees("52.49");
  }

  @Test
  void voidingTheWholeSaleIsAskedOnce() {
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    window.press(KeyCode.DELETE, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("Void the whole sale?");
    window.click("Void the sale");
    window.awaitText("Ready for the next customer");
    assertThat(window.device().outbox().state().waiting()).isEqualTo(2);
  }

  @Test
  void whatWaitsIsSaidInWordsWithTheReason() {
    paidInFull();
    window.await(() -> window.sees("2 waiting since 08:02"));
    window.awaitText("server not reachable");
    window.click("2 waiting since");
    window.awaitText("go on selling");
  }

  private void paidInFull() {
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.press(KeyCode.ENTER);
    window.awaitText("Receipt R2-000001");
  }

  private void field(String id, String text) {
    window.onScreen(
        () -> {
          ((TextField) window.scene().lookup("#" + id)).setText(text);
          return id;
        });
  }

  private String searchText() {
    return window.onScreen(
        () -> ((TextField) window.scene().lookup(".search .text-field")).getText());
  }
}
