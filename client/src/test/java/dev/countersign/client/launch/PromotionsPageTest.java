package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ui.kit.Look;
import dev.countersign.common.promotion.Caps;
import dev.countersign.common.promotion.Coupon;
import dev.countersign.common.promotion.Dated;
import dev.countersign.common.promotion.Offer;
import dev.countersign.common.promotion.Promotion;
import dev.countersign.common.promotion.Selection;
import dev.countersign.common.promotion.Validity;
import dev.countersign.common.protocol.DeviceKind;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A manager writes promotions; no server is needed for it. */
class PromotionsPageTest {
  @TempDir Path directory;
  private Window window;

  private Promotion only() {
    List<Dated> all = window.device().deals().promotions();
    return all.size() == 1 ? all.getFirst().promotion() : null;
  }

  private void field(String id, String text) {
    window.onScreen(
        () -> {
          ((TextField) window.scene().lookup("#" + id)).setText(text);
          return true;
        });
  }

  /** Chooses what it gives by its place in the list. */
  private void kind(int index) {
    window.onScreen(
        () -> {
          ComboBox<?> kind =
              window.scene().getRoot().lookupAll(".combo-box").stream()
                  .map(ComboBox.class::cast)
                  .filter(each -> "What it gives".equals(each.getAccessibleText()))
                  .findFirst()
                  .orElseThrow();
          kind.getSelectionModel().select(index);
          return true;
        });
  }

  private void opened() {
    window.unlock("Esi L.");
    window.awaitText("Sales by hour");
    window.click("Promotions");
    window.awaitText("Nothing is on offer");
  }

  @Test
  void aPromotionIsAddedChangedAndEnded() throws Exception {
    try (Window office = new Window(directory).enrolled(DeviceKind.OFFICE, 0).open()) {
      window = office;
      opened();
      window.click("New promotion");
      window.awaitText("Name on the receipt");
      field("promotion-name", "Three for two");
      kind(3);
      field("promotion-take", "three");
      field("promotion-pay", "2");
      window.click("Save");
      window.awaitText("The figures are needed");
      field("promotion-take", "3");
      window.click("Save");
      window.awaitText("3 for 2");
      assertThat(only().terms().offer()).contains(new Offer.PayFor(3, 2));
      assertThat(only().version()).isEqualTo(1);

      choose();
      window.click("Change");
      window.awaitText("Name on the receipt");
      kind(0);
      field("promotion-figure", "12,5");
      leaf("Limits");
      field("promotion-coupon", "winter");
      window.click("Save");
      window.awaitText("12.5 % off");
      assertThat(only().terms().offer()).contains(new Offer.PercentOff(1250));
      assertThat(only().coupon().code()).isEqualTo("WINTER");

      choose();
      window.click("End today");
      window.await(() -> only() != null && only().version() == 3);
      LocalDate today = LocalDate.ofInstant(window.clock.instant(), ZoneOffset.UTC);
      assertThat(only().validity().to()).isBetween(today.minusDays(1), today.plusDays(1));
      assertThat(window.device().outbox().state().waiting()).isEqualTo(3);
    }
  }

  @Test
  void aSheetThatIsReadyOnceTheOfficeIsLockedStaysBehindTheLock() throws Exception {
    try (Window office = new Window(directory).enrolled(DeviceKind.OFFICE, 0).open()) {
      window = office;
      opened();
      Runnable answers = window.holdBack();
      window.click("New promotion");
      window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
      answers.run();
      window.calm();
      window.assertSees("enter your PIN");
      assertThat(window.sees("Name on the receipt")).isFalse();
    }
  }

  /** It would be on at every till until midnight. */
  @Test
  void aPromotionThatIsOverIsNotEndedAgain() throws Exception {
    try (Window office = new Window(directory).enrolled(DeviceKind.OFFICE, 0).open()) {
      window = office;
      opened();
      window.click("New promotion");
      window.awaitText("Name on the receipt");
      field("promotion-name", "Christmas");
      kind(0);
      field("promotion-figure", "50");
      LocalDate today = LocalDate.ofInstant(window.clock.instant(), ZoneOffset.UTC);
      leaf("When and where");
      field("promotion-from", today.minusDays(60).toString());
      field("promotion-to", today.minusDays(30).toString());
      window.click("Save");
      window.awaitText("50 % off");
      choose();
      window.click("End today");
      window.calm();
      assertThat(only().version()).isEqualTo(1);
      assertThat(only().validity().to()).isEqualTo(today.minusDays(30));
    }
  }

  /** A scanner at the desk writes into the field for products; what is sold is what was meant. */
  @Test
  void aMealOfThreePartsIsWrittenWithItsHoursDaysAndLimits() throws Exception {
    try (Window office = new Window(directory).enrolled(DeviceKind.OFFICE, 0).open()) {
      window = office;
      opened();
      var catalogue = window.device().catalogue();
      var goods = catalogue.page(4, 0);
      String category = catalogue.categories().getFirst();
      window.click("New promotion");
      window.awaitText("Name on the receipt");
      field("promotion-name", "Lunch");
      kind(5);
      field("promotion-figure", "4.50");
      window.click("Save");
      window.awaitText("together at least two parts");
      choice("promotion-category", category);
      field("promotion-count", "2");
      window.click("Add the category");
      window.awaitText("Part 1: 2 of these");
      window.scan(goods.get(0).sku());
      window.click("Add the product");
      window.awaitText("Part 2: 1 of these");
      choice("promotion-part", 2);
      field("promotion-product", goods.get(1).sku());
      window.click("Add the product");
      window.awaitText(goods.get(1).name());
      field("promotion-count", "3");
      window.awaitText("Part 2: 3 of these");
      field("promotion-product", "no such thing");
      window.click("Add the product");
      window.awaitText("No product is found");

      limitsOfTheMeal();
      Promotion written = only();
      assertThat(written.terms().offer())
          .contains(
              new Offer.Together(
                  List.of(
                      new Offer.Part(Selection.ofCategories(category), 2),
                      new Offer.Part(
                          Selection.ofProducts(goods.get(0).id(), goods.get(1).id()), 3)),
                  450));
      assertThat(written.caps()).isEqualTo(new Caps(2, 0, 5000));
      assertThat(written.priority()).isEqualTo(7);
      assertThat(written.coupon()).isEqualTo(new Coupon("LUNCH", 2));
      assertThat(written.validity())
          .isEqualTo(
              new Validity(
                  written.validity().from(),
                  null,
                  List.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                  11 * 60 + 30,
                  14 * 60,
                  List.of(window.device().ledger().enrolled().store())));

      choose();
      window.click("Change");
      window.awaitText("Name on the receipt");
      leaf("Goods");
      window.awaitText("Part 2: 3 of these");
      window.click("Save");
      window.await(() -> only() != null && only().version() == 2);
      Promotion again = only();
      assertThat(again.terms()).isEqualTo(written.terms());
      assertThat(again.caps()).isEqualTo(written.caps());
      assertThat(again.validity()).isEqualTo(written.validity());
    }
  }

  private void limitsOfTheMeal() {
    leaf("When and where");
    LocalDate today = LocalDate.ofInstant(window.clock.instant(), ZoneOffset.UTC);
    field("promotion-to", today.minusDays(1).toString());
    window.click("Save");
    window.awaitText("The last day is not before the first");
    field("promotion-to", "");
    field("promotion-from-time", "11:30");
    field("promotion-to-time", "14");
    window.click("Monday");
    window.click("Friday");
    window.click("Central City Liquor");
    leaf("Limits");
    field("promotion-uses", "2");
    field("promotion-of-price", "50");
    field("promotion-priority", "7");
    field("promotion-coupon", "lunch");
    field("promotion-coupon-per-sale", "100");
    window.click("Save");
    window.awaitText("Limits are numbers");
    field("promotion-coupon-per-sale", "2");
    window.click("Save");
    window.awaitText("Together for 4.50");
    window.awaitText("Mon Fri, 11:30 – 14:00, in one store");
  }

  @Test
  void severalGoodsAndCategoriesAreOnOneOffer() throws Exception {
    try (Window office = new Window(directory).enrolled(DeviceKind.OFFICE, 0).open()) {
      window = office;
      opened();
      var catalogue = window.device().catalogue();
      var product = catalogue.page(1, 0).getFirst();
      String category = catalogue.categories().getFirst();
      window.click("New promotion");
      window.awaitText("Name on the receipt");
      field("promotion-name", "Week");
      field("promotion-figure", "10");
      leaf("Goods");
      window.assertSees("All goods");
      choice("promotion-category", category);
      window.click("Add the category");
      field("promotion-product", product.sku());
      window.click("Add the product");
      window.awaitText(product.name());
      window.click("Save");
      window.awaitText("10 % off");
      assertThat(only().goods()).isEqualTo(new Selection(List.of(product.id()), List.of(category)));

      choose();
      window.click("Change");
      window.awaitText("Name on the receipt");
      leaf("Goods");
      window.awaitText(product.name());
      select("#promotion-goods", 0);
      window.click("Take off");
      window.click("Save");
      window.await(() -> only() != null && only().version() == 2);
      assertThat(only().goods()).isEqualTo(Selection.ofProducts(product.id()));
    }
  }

  private void leaf(String name) {
    window.click(name);
  }

  private void choice(String id, Object value) {
    window.onScreen(
        () -> {
          @SuppressWarnings("unchecked")
          ComboBox<Object> box = (ComboBox<Object>) window.scene().lookup("#" + id);
          box.setValue(value);
          return true;
        });
  }

  private void choose() {
    select(".table-view", 0);
  }

  private void select(String table, int row) {
    window.onScreen(
        () -> {
          ((TableView<?>) window.scene().getRoot().lookup(table)).getSelectionModel().select(row);
          return true;
        });
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1920,1080"})
  void promotionsFit(Look look, int width, int height) throws Exception {
    Camera camera = new Camera(look, width, height);
    try (Window office =
        new Window(directory).enrolled(DeviceKind.OFFICE, 0).open(look, 1024, 768)) {
      window = office;
      opened();
      camera.picture(window, "office-promotions-empty");
      window.click("New promotion");
      window.awaitText("Name on the receipt");
      kind(8);
      field("promotion-name", "Five off for every fifty");
      field("promotion-figure", "5.00");
      field("promotion-threshold", "50.00");
      camera.picture(window, "office-promotion");
      leaf("When and where");
      camera.picture(window, "office-promotion-when");
      leaf("Limits");
      camera.picture(window, "office-promotion-limits");
      leaf("Goods");
      kind(5);
      for (String category : window.device().catalogue().categories()) {
        choice("promotion-category", category);
        window.click("Add the category");
      }
      field("promotion-product", "no such thing");
      window.click("Add the product");
      window.awaitText("No product is found");
      camera.picture(window, "office-promotion-goods");
      kind(8);
      window.click("Save");
      window.awaitText("5.00 off for every 50.00");
      camera.picture(window, "office-promotions");
    }
    assertThat(camera.defects()).isEmpty();
  }
}
