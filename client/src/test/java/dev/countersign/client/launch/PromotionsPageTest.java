package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ui.kit.Look;
import dev.countersign.common.promotion.Dated;
import dev.countersign.common.promotion.Offer;
import dev.countersign.common.promotion.Promotion;
import dev.countersign.common.protocol.DeviceKind;
import java.nio.file.Path;
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
      window.awaitText("figures and days are needed");
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

  private void choose() {
    window.onScreen(
        () -> {
          ((TableView<?>) window.scene().getRoot().lookup(".table-view"))
              .getSelectionModel()
              .select(0);
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
      kind(7);
      field("promotion-name", "Five off for every fifty");
      field("promotion-figure", "5.00");
      field("promotion-threshold", "50.00");
      camera.picture(window, "office-promotion");
      window.click("Save");
      window.awaitText("5.00 off for every 50.00");
      camera.picture(window, "office-promotions");
    }
    assertThat(camera.defects()).isEmpty();
  }
}
