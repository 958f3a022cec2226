package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.device.Receipt;
import dev.countersign.client.device.ReceiptText;
import dev.countersign.client.device.ReceiptWords;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.Customer;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.common.promotion.Caps;
import dev.countersign.common.promotion.Coupon;
import dev.countersign.common.promotion.Offer;
import dev.countersign.common.promotion.Promotion;
import dev.countersign.common.promotion.Selection;
import dev.countersign.common.promotion.Terms;
import dev.countersign.common.promotion.Validity;
import dev.countersign.common.protocol.CustomerDetails;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody.CustomerItem;
import dev.countersign.common.protocol.FeedBody.CustomerTermsItem;
import dev.countersign.common.protocol.FeedBody.PromotionItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.CustomerTerms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** F3 at the counter, by keys alone. */
class CustomerAtTheTillTest {
  private static final CustomerDetails ADA =
      CustomerDetails.of("77-1", "Ada Nwosu", "+1 555 0100", "");
  private static final UUID GIN_WEEK = new UUID(7, 7);

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

  private Basket basket() {
    return window.device().ledger().draft().orElseThrow();
  }

  @Test
  void aNewCustomerIsAddedFoundAgainAndTakenOff() {
    window.scan(Shelf.VODKA);
    window.press(KeyCode.F3);
    window.awaitText("Nobody is found by this");
    window.type("Ada Nwosu");
    window.click("New customer");
    window.awaitText("A name is enough");
    window.press(KeyCode.ENTER);
    window.await(() -> window.sees("Ada Nwosu") && !window.sees("A name is enough"));
    Customer ada = window.device().customers().search("ada", 5).getFirst();
    assertThat(basket().buyer().id()).isEqualTo(ada.id());

    window.press(KeyCode.F3);
    window.awaitText("No customer");
    window.click("No customer");
    window.await(() -> !window.sees("Ada Nwosu"));
    assertThat(basket().buyer()).isNull();

    window.press(KeyCode.F3);
    window.type("nwo");
    window.await(() -> window.sees("Ada Nwosu"));
    window.press(KeyCode.ENTER);
    window.await(() -> window.sees("Ada Nwosu") && !window.sees("No customer"));
    assertThat(basket().buyer().id()).isEqualTo(ada.id());
  }

  @Test
  void escapeChangesNothing() {
    window.scan(Shelf.VODKA);
    window.press(KeyCode.F3);
    window.awaitText("New customer");
    window.press(KeyCode.ESCAPE);
    window.await(() -> !window.sees("New customer"));
    assertThat(basket().buyer()).isNull();
  }

  private void known(CustomerTerms terms) throws Exception {
    UUID id = UUID.randomUUID();
    hear(FeedItem.of(1, id, new CustomerItem("a".repeat(64), ADA)));
    hear(FeedItem.of(1, id, new CustomerTermsItem(terms)));
    hear(FeedItem.of(1, GIN_WEEK, new PromotionItem(coupon())));
  }

  private void hear(FeedItem item) throws Exception {
    var replica = window.device().replica();
    replica.apply(new FeedPage(replica.epoch(), replica.cursor() + 1, false, List.of(item)));
  }

  private static Promotion coupon() {
    return new Promotion(
        "Vodka voucher",
        1,
        5,
        true,
        true,
        Terms.of(new Offer.AmountOff(150)),
        Selection.ofCategories("Vodka"),
        Caps.NONE,
        new Coupon("VODKA150", 1),
        Validity.from(LocalDate.of(2020, 1, 1), null));
  }

  @Test
  void aCardIsScannedACouponSaysWhatItGaveAndTheSaleGoesOnAccount() throws Exception {
    known(new CustomerTerms(1, null, "", 50_000));
    window.scan("77-1");
    window.awaitText("The card of Ada Nwosu");
    window.scan("VODKA150");
    window.awaitText("is noted");
    window.scan("VODKA150");
    window.awaitText("as often as it counts");
    window.scan(Shelf.VODKA);
    window.awaitText("Vodka voucher");
    window.press(KeyCode.F12);
    window.awaitText("On account");
    window.type("a");
    window.await(() -> window.device().books().lastSale().isPresent());
    CompletedSale sale = window.device().books().lastSale().orElseThrow();
    UUID ada = window.device().customers().search("ada", 1).getFirst().id();
    assertThat(window.device().ledger().owed(ada)).isEqualTo(sale.body().total());
    window.await(() -> !paper.isEmpty());
    assertThat(paper.getFirst().debt())
        .isEqualTo(new Receipt.Debt("Ada Nwosu", sale.body().total()));
    window.awaitText("Next customer");
    window.assertSees("On account");
    assertThat(window.sees("Change")).isFalse();
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");

    window.press(KeyCode.F3);
    window.awaitText("owes ");
    window.press(KeyCode.ENTER);
    window.await(() -> window.sees("Ada Nwosu") && !window.sees("owes "));
    window.press(KeyCode.F12);
    window.awaitText("Pay off account");
    window.assertSees("Paying off the account of Ada Nwosu");
    window.type("500");
    window.press(KeyCode.ENTER);
    window.awaitText("There is nothing to pay yet");
    assertThat(window.sees("Change")).isFalse();
    window.type("b");
    // The notes that are proposed for it: the amount alone was on the screen while it was typed.
    window.awaitText("20.00");
    window.press(KeyCode.ENTER);
    window.await(() -> window.device().ledger().owed(ada) == sale.body().total() - 500);
    window.awaitText("Paid off the account");
    assertThat(ReceiptText.forScreen(42, ReceiptWords.of(Locale.ENGLISH)).lay(paper.getLast()))
        .extracting(line -> line.text().replaceAll(" +", " ").strip())
        .contains("PAID OFF USD 5.00", "Ada Nwosu")
        .noneMatch(line -> line.startsWith("TOTAL") || line.startsWith("On account"));
  }

  @Test
  void aCustomerIsGivenTheirReceiptInTheirOwnLanguage() throws Exception {
    UUID id = UUID.randomUUID();
    hear(FeedItem.of(1, id, new CustomerItem("a".repeat(64), ADA.speaking("fr"))));
    window.scan("77-1");
    window.awaitText("The card of Ada Nwosu");
    window.scan(Shelf.VODKA);
    window.await(() -> !basket().lines().isEmpty());
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.press(KeyCode.ENTER);
    window.awaitText("Next customer");
    window.awaitText("Espèces");
    assertThat(paper.getFirst().language()).isEqualTo("fr");
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");

    window.scan(Shelf.VODKA);
    window.await(() -> !basket().lines().isEmpty());
    window.press(KeyCode.F12);
    window.awaitText("Cash received");
    window.press(KeyCode.ENTER);
    window.await(() -> paper.size() == 2);
    assertThat(paper.getLast().language()).isEmpty();
  }

  /** A customer with an account, in a shop that takes everything and tips. */
  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1920,1080"})
  void everyWayToPayIsThereAndFits(Look look, int width, int height) throws Exception {
    window.close();
    Camera camera = new Camera(look, width, height);
    window =
        new Window(Files.createDirectories(directory.resolve("pictures")))
            .enrolled(DeviceKind.TILL, 0, List.of(PaymentScreenTest.tipping()))
            .open(look, 1024, 768)
            .atTheCounter();
    known(new CustomerTerms(1, null, "", 50_000));
    window.scan("77-1");
    window.awaitText("The card of Ada Nwosu");
    window.scan(Shelf.VODKA);
    window.press(KeyCode.F12);
    window.awaitText("On account");
    for (String way : List.of("Card", "Mobile money", "Voucher", "Gift card", "Store credit")) {
      assertThat(window.sees(way)).as(way).isTrue();
    }
    assertThat(window.sees("Tip")).isTrue();
    camera.picture(window, "paying-every-way");
    window.type("2500");
    window.click("Sell gift card, K");
    window.await(() -> window.sees("44.50"));
    assertThat(camera.defects()).isEmpty();
  }

  /** It stands there until it is paid with or taken back, also where its goods were not found. */
  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1920,1080"})
  void aCouponStandsInTheBasketAndIsTakenBack(Look look, int width, int height) throws Exception {
    window.close();
    Camera camera = new Camera(look, width, height);
    window =
        new Window(Files.createDirectories(directory.resolve("pictures")))
            .enrolled(DeviceKind.TILL, 0)
            .open(look, 1024, 768)
            .atTheCounter();
    known(new CustomerTerms(1, null, "", 50_000));
    window.scan("VODKA150");
    window.awaitText("is noted");
    window.scan(Shelf.VODKA);
    window.awaitText("Vodka voucher");
    window.awaitText("Coupon · VODKA150");
    window.assertSees("18.00");
    camera.picture(window, "selling-coupon");
    window.press(KeyCode.F4);
    window.awaitText("Off what?");
    window.type("10");
    window.press(KeyCode.ENTER);
    window.awaitText("A supervisor approves");
    window.type(Window.PIN);
    window.press(KeyCode.ENTER);
    window.awaitText("16.05");
    window.press(KeyCode.F4);
    window.awaitText("Off what?");
    camera.picture(window, "discount-coupon");
    window.click("Take coupons back");
    window.await(() -> !window.sees("Coupon · VODKA150"));
    window.awaitText("17.55");
    assertThat(basket().coupons()).isEmpty();
    assertThat(camera.defects()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1024,768", "LIGHT,1920,1080", "DARK,1920,1080"})
  void whatIsThereOfACustomerFits(Look look, int width, int height) throws Exception {
    window.close();
    Camera camera = new Camera(look, width, height);
    window =
        new Window(Files.createDirectories(directory.resolve("pictures")))
            .enrolled(DeviceKind.TILL, 0)
            .open(look, 1024, 768)
            .atTheCounter();
    known(new CustomerTerms(1, null, "Charity 12-345", 50_000));
    window.scan(Shelf.VODKA);
    window.scan("VODKA150");
    window.awaitText("Vodka voucher");
    window.press(KeyCode.F3);
    window.awaitText("owes ");
    camera.picture(window, "customer");
    window.press(KeyCode.ENTER);
    window.awaitText("Charity 12-345");
    camera.picture(window, "selling-to-a-customer");
    window.press(KeyCode.F3);
    window.awaitText("New customer");
    window.click("New customer");
    window.awaitText("A name is enough");
    camera.picture(window, "customer-new");
    window.press(KeyCode.ESCAPE);
    window.await(() -> !window.sees("A name is enough"));
    window.press(KeyCode.F12);
    window.awaitText("On account");
    camera.picture(window, "paying-on-account");
    window.type("a");
    window.awaitText("Next customer");
    camera.picture(window, "receipt-of-a-customer");
    window.press(KeyCode.ENTER);
    window.awaitText("Ready for the next customer");
    window.press(KeyCode.F3);
    window.awaitText("owes ");
    window.press(KeyCode.ENTER);
    window.await(() -> window.sees("Ada Nwosu") && !window.sees("owes "));
    camera.picture(window, "customer-who-owes");
    window.press(KeyCode.F12);
    window.awaitText("Pay off account");
    window.type("500");
    camera.picture(window, "paying-off");
    window.type("b");
    window.awaitText("20.00");
    camera.picture(window, "paying-off-cash");
    window.press(KeyCode.ENTER);
    window.awaitText("Next customer");
    camera.picture(window, "receipt-of-paying-off");
    assertThat(camera.defects()).isEmpty();
  }
}
