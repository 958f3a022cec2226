package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ui.kit.Look;
import dev.countersign.common.catalogue.Deposit;
import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.FeedBody.UserItem;
import dev.countersign.common.protocol.FeedItem;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A manager says what is to be minded of a product, also without the server. */
class ProductSheetTest {
  private static final UUID BOTTLE = Shelf.id("deposit bottle");

  @TempDir Path directory;
  private Window window;

  private static List<FeedItem> withBottle() {
    return List.of(
        FeedItem.of(
            1,
            BOTTLE,
            new ProductItem(
                "9001",
                "Bottle deposit",
                "Deposits",
                "",
                25,
                List.of(Shelf.TAX),
                List.of(),
                Handling.NONE.withContainer(true))));
  }

  @Test
  void whatIsToBeMindedHoldsAtOnceAndIsSent() throws Exception {
    try (Window office =
        new Window(directory).enrolled(DeviceKind.OFFICE, 0, withBottle()).open()) {
      opened(office);
      field("product-age", "200");
      window.click("Save");
      window.awaitText("Something here does not fit");
      field("product-age", "18");
      field("product-deposits", "10002*1");
      window.click("Save");
      window.awaitText("Something here does not fit");
      field("product-deposits", "9001*2");
      field("product-restricted", "Alcohol");
      field("product-price", "20,50");
      window.click("Save");
      window.await(() -> product().handling().leastAge() == 18);
      assertThat(product().handling())
          .isEqualTo(
              new Handling(
                  18, "alcohol", false, false, List.of(new Deposit(BOTTLE, Quantity.of(2)))));
      assertThat(product().price().minor()).isEqualTo(2050);
      assertThat(window.device().outbox().state().waiting()).isEqualTo(1);
      choose();
      window.press(KeyCode.ENTER);
      window.awaitText("Product ");
      assertThat(text("product-deposits")).isEqualTo("9001*2");
      tick("product-weighed");
      window.click("Save");
      window.awaitText("Something here does not fit");
      field("product-deposits", "");
      window.click("Save");
      window.await(() -> product().handling().weighed());
      assertThat(product().handling().deposits()).isEmpty();
      choose();
      window.press(KeyCode.ENTER);
      window.awaitText("Product ");
      tick("product-open-price");
      window.click("Save");
      window.await(() -> product().handling().asksPrice());
      assertThat(product().handling().weighed()).isTrue();
    }
  }

  @Test
  void whoMayOnlyLookIsToldSoAndFindsNothingToPress() throws Exception {
    var looks =
        FeedItem.of(
            2, Shelf.SECOND_USER, UserItem.of(Shelf.SECOND_USER, "Kofi B.", Role.ACCOUNTANT));
    try (Window office =
        new Window(directory).enrolled(DeviceKind.OFFICE, 0, List.of(looks)).open()) {
      window = office;
      window.unlock("Kofi B.");
      window.awaitText("Sales by hour");
      window.click("Products");
      window.awaitText("Absolut");
      window.awaitText("Your role lets you look at products");
      assertThat(window.sees("Edit product")).isFalse();
      choose();
      window.press(KeyCode.ENTER);
      assertThat(window.sees("Product ")).isFalse();
      window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
      window.unlock("Esi L.");
      window.awaitText("Sales by hour");
      window.click("Products");
      window.awaitText("Edit product");
    }
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1024,768", "LIGHT,1920,1080", "DARK,1920,1080"})
  void theSheetFits(Look look, int width, int height) throws Exception {
    Camera camera = new Camera(look, width, height);
    try (Window office =
        new Window(directory).enrolled(DeviceKind.OFFICE, 0, withBottle()).open(look, 1024, 768)) {
      opened(office);
      field("product-age", "18");
      field("product-restricted", "alcohol");
      field("product-deposits", "9001*1");
      camera.picture(window, "office-product");
    }
    assertThat(camera.defects()).isEmpty();
  }

  private void opened(Window office) {
    window = office;
    window.unlock("Esi L.");
    window.awaitText("Sales by hour");
    window.click("Products");
    window.await(() -> table().getItems().size() > 3);
    choose();
    window.click("Edit product");
    window.awaitText("Product ");
  }

  private Product product() {
    return window.device().catalogue().byId(Shelf.id("Absolut")).orElseThrow();
  }

  private TableView<?> table() {
    return window.onScreen(
        () ->
            window.scene().getRoot().lookupAll(".table-view").stream()
                .filter(Node::isVisible)
                .filter(each -> each.getParent() != null && each.getParent().isVisible())
                .map(each -> (TableView<?>) each)
                .filter(each -> each.getItems().stream().anyMatch(Product.class::isInstance))
                .findFirst()
                .orElseGet(TableView::new));
  }

  private void choose() {
    window.onScreen(
        () -> {
          TableView<?> table = table();
          for (int i = 0; i < table.getItems().size(); i++) {
            if (table.getItems().get(i) instanceof Product each
                && each.id().equals(Shelf.id("Absolut"))) {
              table.getSelectionModel().select(i);
              table.requestFocus();
            }
          }
          return table;
        });
  }

  private void field(String id, String value) {
    window.onScreen(
        () -> {
          TextField field = (TextField) Objects.requireNonNull(window.scene().lookup("#" + id), id);
          field.setText(value);
          return field;
        });
  }

  private String text(String id) {
    return window.onScreen(
        () -> ((TextField) Objects.requireNonNull(window.scene().lookup("#" + id), id)).getText());
  }

  private void tick(String id) {
    window.onScreen(
        () -> {
          ((CheckBox) Objects.requireNonNull(window.scene().lookup("#" + id), id)).fire();
          return id;
        });
  }
}
