package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ui.kit.Amounts;
import dev.countersign.client.ui.kit.Language;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.client.ui.kit.Speech;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody.TaxItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.tax.Tax;
import dev.countersign.common.tax.TaxRate;
import dev.countersign.common.tax.TaxRule;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A manager writes taxes and their rates; no server is needed for it. */
class TaxesPageTest {
  @TempDir Path directory;
  private Window window;

  private Tax named(String name) {
    return window.device().catalogue().taxes().values().stream()
        .filter(tax -> tax.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private void field(String id, String text) {
    window.onScreen(
        () -> {
          ((TextField) window.scene().lookup("#" + id)).setText(text);
          return true;
        });
  }

  /** The table in front, where a sheet with one lies over the page. */
  private TableView<?> table(boolean sheet) {
    var tables = window.scene().getRoot().lookupAll(".table-view").toArray();
    return (TableView<?>) tables[sheet ? tables.length - 1 : 0];
  }

  private void choose(boolean sheet, int row) {
    window.onScreen(
        () -> {
          TableView<?> table = table(sheet);
          table.getSelectionModel().select(row);
          table.requestFocus();
          return true;
        });
  }

  private LocalDate today() {
    return LocalDate.ofInstant(window.clock.instant(), ZoneOffset.UTC);
  }

  private void opened() {
    window.unlock("Esi L.");
    window.awaitText("Sales by hour");
    window.click("Taxes");
    window.awaitText("VAT 20 %");
  }

  @Test
  void aTaxIsAddedAndGetsRatesAndANameOfItsOwn() throws Exception {
    try (Window office = new Window(directory).enrolled(DeviceKind.OFFICE, 0).open()) {
      window = office;
      opened();
      window.click("New tax");
      window.awaitText("How it is charged");
      field("tax-name", "vat 20 %");
      field("tax-rate", "9,5");
      window.click("Save");
      window.awaitText("There is a tax of this name already");
      field("tax-name", "City");
      window.click("Save");
      window.awaitText("9.5 %");
      assertThat(named("City").rate()).isEqualByComparingTo("9.5");
      assertThat(named("City").included()).isTrue();

      choose(false, 0);
      window.click("Change");
      window.awaitText("Since always");
      rate("10", today().minusDays(1).toString());
      window.awaitText("Sales were made on that day already");
      rate("10", "soon");
      window.awaitText("A rate and a day are needed");
      window.awaitText("Change City");
      rate(
          "10",
          new Amounts(new Speech(Language.ENGLISH), () -> ZoneOffset.UTC)
              .date(today().plusDays(40)));
      rate("12", today().plusDays(80).toString());
      choose(true, 0);
      window.click("Take away");
      window.awaitText("This rate has begun");
      choose(true, 2);
      window.press(KeyCode.DELETE);
      field("tax-name", "Town");
      window.click("Save");
      window.await(() -> named("Town") != null);
      assertThat(named("Town").rates())
          .containsExactly(new TaxRate(today().plusDays(40), BigDecimal.TEN));
      window.awaitText("10 % from");
      assertThat(window.device().outbox().state().waiting()).isEqualTo(2);
    }
  }

  private void rate(String rate, String from) {
    field("tax-rate", rate);
    field("tax-from", from);
    window.click("Set");
  }

  @Test
  void aRateFromTodayIsAskedAboutTwice() throws Exception {
    try (Window office = new Window(directory).enrolled(DeviceKind.OFFICE, 0).open()) {
      window = office;
      opened();
      choose(false, 0);
      window.press(KeyCode.ENTER);
      window.awaitText("Since always");
      rate("21", today().toString());
      window.click("Save");
      window.awaitText("A rate begins today");
      assertThat(named("VAT 20 %").version()).isEqualTo(1);
      window.click("Save, from today");
      window.await(() -> named("VAT 20 %").version() == 2);
      assertThat(named("VAT 20 %").on(today())).isEqualByComparingTo("21");
      window.awaitText("21 %");
    }
  }

  @Test
  void whatIsTypedIsSavedOrRefusedAndAnotherRateOfTodayIsAskedAboutAgain() throws Exception {
    try (Window office = new Window(directory).enrolled(DeviceKind.OFFICE, 0).open()) {
      window = office;
      opened();
      choose(false, 0);
      window.press(KeyCode.ENTER);
      window.awaitText("Since always");
      field("tax-rate", "21");
      window.click("Save");
      window.awaitText("A rate and a day are needed");
      field("tax-from", today().toString());
      window.click("Save");
      window.awaitText("A rate begins today");
      rate("22", today().toString());
      window.click("Save");
      window.awaitText("A rate begins today");
      assertThat(named("VAT 20 %").version()).isEqualTo(1);
      window.click("Save, from today");
      window.await(() -> named("VAT 20 %").version() == 2);
      assertThat(named("VAT 20 %").on(today())).isEqualByComparingTo("22");
    }
  }

  @Test
  void taxesAreChosenForAProduct() throws Exception {
    try (Window office = new Window(directory).enrolled(DeviceKind.OFFICE, 0).open()) {
      window = office;
      opened();
      window.click("Products");
      window.awaitText("Black Velvet");
      choose(false, 0);
      window.press(KeyCode.ENTER);
      window.awaitText("Its deposits");
      window.onScreen(
          () -> {
            CheckBox box = (CheckBox) window.scene().lookup("#product-tax-" + Shelf.TAX);
            assertThat(box.isSelected()).isTrue();
            box.fire();
            return true;
          });
      window.click("Save");
      window.await(
          () ->
              window.device().catalogue().page(1, 0).getFirst().taxIds().isEmpty()
                  && window.device().outbox().state().waiting() == 1);
    }
  }

  private static final List<FeedItem> SEVERAL =
      List.of(
          FeedItem.of(
              1,
              Shelf.TAX,
              TaxItem.of(
                  Tax.since(
                          "VAT 20 %", TaxRule.Kind.PERCENT, new BigDecimal("20"), true, false, true)
                      .from(LocalDate.of(2027, 1, 1), new BigDecimal("22.5"))
                      .from(LocalDate.of(2028, 1, 1), new BigDecimal("23")))),
          FeedItem.of(
              2,
              Shelf.id("levy"),
              TaxItem.of(
                  Tax.since(
                      "Bag levy",
                      TaxRule.Kind.PER_UNIT,
                      new BigDecimal("0.10"),
                      false,
                      false,
                      true))));

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1920,1080"})
  void taxesFit(Look look, int width, int height) throws Exception {
    Camera camera = new Camera(look, width, height);
    try (Window office =
        new Window(directory).enrolled(DeviceKind.OFFICE, 0, SEVERAL).open(look, 1024, 768)) {
      window = office;
      opened();
      window.awaitText("22.5 % from");
      camera.picture(window, "office-taxes");
      window.click("New tax");
      window.awaitText("How it is charged");
      field("tax-name", "City");
      field("tax-rate", "1.5");
      camera.picture(window, "office-tax-new");
      window.click("Cancel");
      choose(false, 1);
      window.click("Change");
      window.awaitText("Since always");
      rate("21", today().toString());
      window.click("Save");
      window.awaitText("A rate begins today");
      camera.picture(window, "office-tax");
    }
    assertThat(camera.defects()).isEmpty();
  }
}
