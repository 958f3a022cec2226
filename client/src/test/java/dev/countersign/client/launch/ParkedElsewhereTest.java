package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ui.kit.Language;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.client.ui.kit.Speech;
import dev.countersign.client.ui.kit.TextSize;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.client.ui.till.TillController;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.FeedBody.ParkedItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.ParkedBasket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sales that wait at other tills, in the list of this one. */
class ParkedElsewhereTest {
  private static final UUID ANN = UUID.randomUUID();
  private static final UUID OLD = UUID.randomUUID();

  @TempDir Path directory;
  private Window window;

  @AfterEach
  void close() {
    window.close();
  }

  private void open() throws Exception {
    window = new Window(directory).enrolled(DeviceKind.TILL, 0).open().atTheCounter();
    window.awaitText("Jim Beam");
  }

  private void hear(FeedItem item) throws Exception {
    var replica = window.device().replica();
    replica.apply(new FeedPage(replica.epoch(), replica.cursor() + 1, false, List.of(item)));
  }

  /** Put aside at another till some days ago, when the goods cost so much. */
  private void heard(UUID id, String register, String name, int days, long price) throws Exception {
    Product product = window.device().catalogue().page(1, 0).getFirst();
    Basket basket =
        Basket.empty(product.price().currency())
            .add(
                new LineItem(product.id(), "", product.name(), product.size(), List.of()),
                Quantity.of(2),
                new LinePrice.Each(Money.of(price, product.price().currency())));
    hear(
        FeedItem.of(
            1,
            id,
            new ParkedItem(
                UUID.randomUUID(),
                register,
                Shelf.SECOND_USER,
                window.clock.instant().minus(Duration.ofDays(days)),
                name,
                ParkedBasket.of(basket, Money.of(2 * price, basket.currency())))));
  }

  private long price() {
    return window.device().catalogue().page(1, 0).getFirst().price().minor();
  }

  @Test
  void aSaleOfAnotherTillIsTakenUpByKeysAndItsPriceHereIsSaid() throws Exception {
    open();
    heard(ANN, "R4", "Ann", 0, price() - 100);
    window.awaitText("Recall · 1");
    window.press(KeyCode.F6);
    window.awaitText("One parked sale");
    window.awaitText("At till R4");
    window.assertSees("Kofi B.");
    window.press(KeyCode.ENTER);
    window.awaitText("Prices differ from where it was parked");
    window.awaitText("Sale · 2 items");
    window.await(() -> !window.sees("Recall · 1"));
  }

  @Test
  void aParkedSaleIsThrownAwayWithoutTakingItUp() throws Exception {
    open();
    heard(ANN, "R4", "Ann", 0, price());
    window.awaitText("Recall · 1");
    window.press(KeyCode.F6);
    window.awaitText("One parked sale");
    window.click("Discard");
    window.awaitText("Void the whole sale?");
    window.click("Keep the sale");
    window.press(KeyCode.F6);
    window.awaitText("One parked sale");
    window.click("Discard");
    window.awaitText("Void the whole sale?");
    window.click("Void the sale");
    window.awaitText("The parked sale was voided.");
    window.await(() -> !window.sees("Recall · 1"));
    window.press(KeyCode.F6);
    window.awaitText("No parked sales");
    assertThat(window.sees("Cancel")).as("nothing is cancelled").isFalse();
    window.assertSees("Close");
  }

  @Test
  void whatCannotBeTakenUpHereSaysSoAndCanOnlyBeThrownAway() throws Exception {
    open();
    ParkedBasket told =
        new ParkedBasket(
            window.device().catalogue().page(1, 0).getFirst().price().currency().getCurrencyCode(),
            List.of(),
            List.of(),
            "",
            List.of(new ParkedBasket.Word("sale.unheard-of", ANN)),
            List.of(),
            null,
            null,
            500);
    Instant now = window.clock.instant();
    hear(
        FeedItem.of(
            1, OLD, new ParkedItem(UUID.randomUUID(), "R3", Shelf.SECOND_USER, now, "Ben", told)));
    heard(ANN, "R4", "Ann", 0, price());
    window.awaitText("Recall · 2");
    window.press(KeyCode.F6);
    window.awaitText("2 parked sales");
    window.assertSees("Cannot be taken up here");
    // The keys pass it by, whichever stands first.
    window.press(KeyCode.UP);
    window.press(KeyCode.ENTER);
    window.awaitText("Sale · 2 items");
    window.awaitText("Recall · 1");
    window.press(KeyCode.F6);
    window.awaitText("One parked sale");
    window.click("Discard");
    window.awaitText("Void the whole sale?");
    window.click("Void the sale");
    window.awaitText("The parked sale was voided.");
    window.await(() -> !window.sees("Recall · 1"));
  }

  @Test
  void whatIsTakenUpElsewhereLeavesTheOpenList() throws Exception {
    open();
    heard(ANN, "R4", "Ann", 0, price());
    heard(OLD, "R3", "Ben", 4, price());
    window.awaitText("Recall · 2");
    window.press(KeyCode.F6);
    window.awaitText("2 parked sales");
    window.awaitText("waits for 4 days");
    hear(new FeedItem(2, FeedBody.PARKED, OLD, true, null));
    window.awaitText("One parked sale");
    assertThat(window.sees("Ben")).isFalse();
    // The one that is left is chosen.
    window.press(KeyCode.ENTER);
    window.awaitText("Sale · 2 items");
  }

  @ParameterizedTest
  @CsvSource({
    "ENGLISH,LIGHT,1366,768",
    "ENGLISH,DARK,1920,1080",
    "GERMAN,LIGHT,1366,768",
    "GERMAN,DARK,1920,1080",
    "ARABIC,LIGHT,1366,768",
    "ARABIC,DARK,1920,1080"
  })
  void theListFitsInEveryLanguage(Language language, Look look, int width, int height)
      throws Exception {
    Words till = Words.beside(TillController.class, new Speech(language));
    Camera camera = Camera.asSpoken(look, width, height);
    window =
        new Window(directory)
            .enrolled(DeviceKind.TILL, 0)
            .speaking(language, TextSize.USUAL)
            .open(look, 1024, 768)
            .unlock("Ama K.");
    window.awaitText(till.say("opening.title"));
    window.type("10000");
    window.press(KeyCode.ENTER);
    window.awaitText(till.say("selling.empty.title"));
    heard(ANN, "R4", "Ann", 0, price());
    heard(OLD, "R3", "", 4, price() - 250);
    window.scan(Shelf.VODKA);
    window.awaitText(till.say("selling.items", 1));
    window.press(KeyCode.F5);
    window.awaitText(till.say("park.title"));
    window.type("Kim");
    window.press(KeyCode.ENTER);
    window.awaitText(till.say("selling.act.recall-some", 3));
    window.press(KeyCode.F6);
    window.awaitText(till.say("recall.title", 3));
    camera.picture(window, "recall-of-others-" + language.code());
    assertThat(camera.defects()).isEmpty();
  }
}
