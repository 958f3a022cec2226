package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.Customer;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.common.catalogue.PriceList;
import dev.countersign.common.protocol.CustomerDetails;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.sale.CustomerTerms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A manager writes a price list, adds a customer and grants it to them, without a server. */
class CustomersPageTest {
  @TempDir Path directory;
  private Window window;

  private void field(String id, String text) {
    window.onScreen(
        () -> {
          ((TextField) window.scene().lookup("#" + id)).setText(text);
          return true;
        });
  }

  private void choose() {
    window.onScreen(
        () -> {
          window.scene().getRoot().lookupAll(".table-view").stream()
              .map(TableView.class::cast)
              .filter(Window::shown)
              .forEach(table -> table.getSelectionModel().select(0));
          return true;
        });
  }

  private Customer ada() {
    return window.device().customers().search("ada", 2).stream().findFirst().orElse(null);
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1920,1080"})
  void aCustomerIsAddedAndGrantedAListExemptionAndALimit(Look look, int width, int height)
      throws Exception {
    Camera camera = new Camera(look, width, height);
    try (Window office =
        new Window(directory).enrolled(DeviceKind.OFFICE, 0).open(look, 1024, 768)) {
      window = office;
      window.unlock("Esi L.");
      window.awaitText("Sales by hour");
      UUID list = listed(camera);
      window.click("Customers");
      window.awaitText("No customers");
      window.click("New customer");
      window.awaitText("May be called about offers");
      window.click("Save");
      window.awaitText("A customer needs a name");
      field("customer-name", "Ada Nwosu");
      field("customer-number", "77-1");
      field("customer-phone", "+1 555 0100");
      window.await(() -> !window.sees("A customer needs a name"));
      window.settle();
      assertThat(wide("customer-email")).isEqualTo(wide("customer-language"));
      window.onScreen(
          () -> {
            ComboBox<?> language = (ComboBox<?>) window.scene().lookup("#customer-language");
            assertThat(language.getItems()).hasSize(1 + CustomerDetails.LANGUAGES.size());
            language.getSelectionModel().select(2);
            return true;
          });
      camera.picture(window, "office-customer");
      window.click("Save");
      window.await(() -> ada() != null && window.sees("Ada Nwosu"));
      assertThat(ada().details().number()).isEqualTo("77-1");
      assertThat(ada().details().language()).isEqualTo("fr");

      choose();
      window.click("Terms");
      window.awaitText("stands in the signed log");
      window.onScreen(
          () -> {
            ComboBox<?> lists =
                window.scene().getRoot().lookupAll(".combo-box").stream()
                    .map(ComboBox.class::cast)
                    .filter(each -> "Price list".equals(each.getAccessibleText()))
                    .findFirst()
                    .orElseThrow();
            lists.getSelectionModel().select(1);
            return true;
          });
      field("customer-exemption", "Charity 12-345");
      field("customer-limit", "much");
      window.click("Save");
      window.awaitText("A limit is an amount");
      field("customer-limit", "250,00");
      camera.picture(window, "office-customer-terms");
      window.click("Save");
      window.await(() -> ada().terms() != null);
      assertThat(ada().terms()).isEqualTo(new CustomerTerms(1, list, "Charity 12-345", 25_000));
      window.await(() -> window.sees("Charity 12-345") && window.sees("250.00"));
      camera.picture(window, "office-customers");
    }
    assertThat(camera.defects()).isEmpty();
  }

  private UUID listed(Camera camera) throws Exception {
    window.click("Price lists");
    window.awaitText("No price lists");
    window.click("New price list");
    window.awaitText("Nothing is on this list");
    field("list-name", "Staff");
    field("list-product", "no such thing");
    field("list-price", "8,50");
    window.click("Set price");
    window.awaitText("No product is found by");
    field("list-product", Shelf.VODKA);
    window.click("Set price");
    window.await(() -> window.sees("8.50"));
    camera.picture(window, "office-price-list");
    fromFile(camera);
    window.click("Save");
    window.await(() -> !window.device().deals().priceLists().isEmpty());
    Map<UUID, PriceList> lists = window.device().deals().priceLists();
    PriceList staff = lists.values().iterator().next();
    assertThat(staff.name()).isEqualTo("Staff");
    assertThat(staff.prices())
        .extracting(PriceList.ListedPrice::price)
        .containsExactly(925L, 2_999L);
    window.await(() -> window.sees("Staff"));
    camera.picture(window, "office-price-lists");
    return lists.keySet().iterator().next();
  }

  /** What stands on the list already is replaced; what is not taken is said, each row. */
  private void fromFile(Camera camera) throws Exception {
    Path file = Files.createTempFile(directory, "prices", ".csv");
    Files.writeString(
        file,
        "code,price\n"
            + (Shelf.VODKA + ",9.25\n")
            + "no such thing,1.00\n"
            + (Shelf.JAMESON + ",\"29,99\"\n")
            + (Shelf.JAMESON + ",much\n"));
    window.click("From a file");
    window.awaitText("Nothing counts before the list is saved");
    field("list-file", file + ".not");
    window.click("Read it");
    window.awaitText("This file cannot be read");
    field("list-file", file.toString());
    window.click("Read it");
    window.awaitText("2 prices were taken, 2 rows were refused:");
    String refused =
        window.onScreen(
            () ->
                window.scene().getRoot().lookupAll(".text-area").stream()
                    .filter(Window::shown)
                    .map(area -> ((TextArea) area).getText())
                    .findFirst()
                    .orElse(""));
    assertThat(refused)
        .isEqualTo("Line 3: nothing has the code no such thing.\nLine 5: “much” is no price.");
    field("list-file", "/home/esi/staff-prices.csv");
    camera.picture(window, "office-prices-from-file");
    window.click("Back to the list");
    window.await(() -> window.sees("9.25") && window.sees("29.99") && !window.sees("8.50"));
    assertThat(window.device().deals().priceLists()).as("not saved yet").isEmpty();
  }

  @Test
  void aCustomerIsErasedOnceItWasSaidWhatGoesAndWhatStays() throws Exception {
    try (OfficeDesk desk = new OfficeDesk(directory)) {
      desk.giveFactor(desk.owner);
      window = desk.enrolled(desk.owner, Look.LIGHT).window;
      window.awaitText("Sales by hour");
      var here = new Actor(desk.owner.id(), null, window.clock.instant());
      window
          .device()
          .ledger()
          .addCustomer(here, CustomerDetails.of("77-1", "Ada Nwosu", "+1 555 0100", ""));
      window.await(() -> window.device().outbox().state().waiting() == 0);
      window.await(() -> window.device().customers().unsent().isEmpty());
      window.click("Customers");
      desk.openRow("Ada Nwosu", "Erase");
      window.awaitText("Nobody can bring them back");
      window.assertFits();
      window.press(KeyCode.ESCAPE);
      assertThat(ada()).as("nothing goes unless it is said").isNotNull();
      desk.openRow("Ada Nwosu", "Erase");
      window.awaitText("Nobody can bring them back");
      window.click("Erase for good");
      desk.signIn("Esi L.", OfficeDesk.PASSWORD, desk.code());
      window.awaitText("Ada Nwosu is erased.");
      window.await(() -> ada() == null && desk.rows() == 0);
    }
  }

  @Test
  void withoutTheServerNobodyIsErased() throws Exception {
    try (OfficeDesk desk = new OfficeDesk(directory)) {
      window = desk.enrolled(desk.owner, Look.LIGHT).window;
      window.awaitText("Sales by hour");
      desk.server.close();
      var here = new Actor(desk.owner.id(), null, window.clock.instant());
      window
          .device()
          .ledger()
          .addCustomer(here, CustomerDetails.of("77-1", "Ada Nwosu", "+1 555 0100", ""));
      window.click("Customers");
      desk.openRow("Ada Nwosu", "Erase");
      window.click("Erase for good");
      desk.signIn("Esi L.", OfficeDesk.PASSWORD, "");
      window.awaitText("server");
      assertThat(ada()).isNotNull();
    }
  }

  private double wide(String id) {
    return window.onScreen(
        () -> Math.rint(((Region) window.scene().lookup("#" + id)).getWidth() / 2));
  }
}
