package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ledger.StockLevel;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.FeedBody.Counted;
import dev.countersign.common.protocol.FeedBody.StockItem;
import dev.countersign.common.protocol.FeedBody.StockMarkItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A manager receives goods and counts them; no server is needed for it. */
class StockPageTest {
  private static final Instant MORNING = Instant.parse("2026-11-21T08:12:00Z");

  @TempDir Path directory;
  private Window window;
  private Product absolut;

  @Test
  void whatIsReceivedAndCountedShowsAtOnceAndIsSent() throws Exception {
    try (Window office = new Window(directory).enrolled(DeviceKind.OFFICE, 0).open()) {
      opened(office);
      window.click("Stock");
      search("Absolut");
      choose(absolut);
      window.click("Receive or move");
      window.awaitText("Delivery");
      field("stock-quantity", "none");
      window.click("Record it");
      window.awaitText("Type how many there are");
      field("stock-quantity", "6");
      field("stock-note", "invoice 44");
      window.click("Record it");
      window.await(() -> level().equals(Quantity.of(9)));
      choose(absolut);
      window.click("Receive or move");
      window.awaitText("Delivery");
      reason("Broken or spoilt");
      field("stock-quantity", "0,5");
      window.click("Record it");
      window.await(() -> level().equals(Quantity.parse("8.5")));
      choose(absolut);
      window.click("Count");
      window.awaitText("How many are there");
      field("stock-quantity", "7");
      window.click("Record the count");
      window.await(() -> level().equals(Quantity.of(7)));
      window.awaitText("Not sent yet");
      assertThat(window.device().outbox().state().waiting()).isEqualTo(3);
    }
  }

  @Test
  void whatIsBelowNothingStandsInTheWorklistUntilItIsMadeGood() throws Exception {
    try (Window office = new Window(directory).enrolled(DeviceKind.OFFICE, 0).open()) {
      opened(office);
      hear(new StockItem(absolut.id(), Quantity.of(-2), null));
      window.awaitText("Worklist · 1");
      worklist();
      window.awaitText("Stock below zero");
      choose(absolut);
      window.click("Show in stock");
      window.awaitText("In stock");
      choose(absolut);
      window.click("Count");
      field("stock-quantity", "0");
      window.click("Record the count");
      window.await(() -> !window.sees("Worklist ·"));
    }
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1024,768", "LIGHT,1920,1080", "DARK,1920,1080"})
  void stockFits(Look look, int width, int height) throws Exception {
    Camera camera = new Camera(look, width, height);
    try (Window office =
        new Window(directory).enrolled(DeviceKind.OFFICE, 0).open(look, 1024, 768)) {
      window = office;
      window.clock.set(Instant.parse("2026-11-21T19:40:00Z"));
      window.unlock("Esi L.");
      window.awaitText("Sales by hour");
      stocked();
      window.click("Stock");
      window.await(() -> table().getItems().size() > 3);
      choose(absolut);
      camera.picture(window, "office-stock");
      window.click("Receive or move");
      window.awaitText("Delivery");
      field("stock-quantity", "6");
      field("stock-note", "invoice 4711, Harbour Wines");
      camera.picture(window, "office-stock-move");
      window.press(KeyCode.ESCAPE);
      window.click("Count");
      window.awaitText("How many are there");
      camera.picture(window, "office-stock-count");
      window.press(KeyCode.ESCAPE);
      worklist();
      window.awaitText("Stock below zero");
      camera.picture(window, "office-worklist-stock");
    }
    assertThat(camera.defects()).isEmpty();
  }

  private void opened(Window office) throws Exception {
    window = office;
    window.unlock("Esi L.");
    window.awaitText("Sales by hour");
    absolut = window.device().catalogue().search("Absolut", 1).getFirst();
    hear(new StockItem(absolut.id(), Quantity.of(3), null));
    window.await(() -> level().equals(Quantity.of(3)));
  }

  private void stocked() throws Exception {
    absolut = window.device().catalogue().search("Absolut", 1).getFirst();
    List<FeedBody> levels = new ArrayList<>();
    List<Product> products = window.device().catalogue().page(40, 0);
    for (int i = 0; i < products.size(); i++) {
      Counted counted = i % 3 == 0 ? null : new Counted(MORNING, UUID.randomUUID());
      Quantity quantity = i % 7 == 5 ? Quantity.of(-i) : Quantity.of(i * 37L % 60);
      levels.add(new StockItem(products.get(i).id(), quantity, counted));
    }
    hear(levels.toArray(FeedBody[]::new));
  }

  private void hear(FeedBody... levels) throws Exception {
    var replica = window.device().replica();
    List<FeedItem> items = new ArrayList<>();
    long next = replica.cursor();
    for (FeedBody level : levels) {
      items.add(FeedItem.of(++next, UUID.randomUUID(), level));
    }
    items.add(FeedItem.of(++next, UUID.randomUUID(), new StockMarkItem(next, List.of())));
    replica.apply(new FeedPage(replica.epoch(), next, false, items));
  }

  private Quantity level() {
    StockLevel level = window.device().stock().level(absolut.id());
    return level.quantity();
  }

  private void worklist() {
    window.onScreen(
        () -> {
          window.scene().getRoot().lookupAll(".side .button").stream()
              .map(javafx.scene.control.Button.class::cast)
              .filter(button -> button.getText().startsWith("Worklist"))
              .forEach(javafx.scene.control.Button::fire);
          return true;
        });
  }

  private void search(String text) {
    window.onScreen(
        () -> {
          window.scene().getRoot().lookupAll(".search .text-field").stream()
              .filter(Window::shown)
              .map(TextField.class::cast)
              .forEach(field -> field.setText(text));
          return text;
        });
  }

  private void field(String id, String text) {
    window.onScreen(
        () -> {
          ((TextField) Objects.requireNonNull(window.scene().lookup("#" + id), id)).setText(text);
          return text;
        });
  }

  private void reason(String shown) {
    window.onScreen(
        () -> {
          choose((ComboBox<?>) window.scene().lookup("#stock-reason"), shown);
          return shown;
        });
  }

  private static <T> void choose(ComboBox<T> box, String shown) {
    box.getItems().stream()
        .filter(each -> box.getConverter().toString(each).equals(shown))
        .forEach(box.getSelectionModel()::select);
  }

  /** Chooses the row of a product in a table in view. */
  private void choose(Product product) {
    window.await(() -> row(product) >= 0);
    window.onScreen(
        () -> {
          withRow(product).getSelectionModel().clearAndSelect(row(product));
          return true;
        });
  }

  private TableView<?> withRow(Product product) {
    return tables().stream()
        .filter(table -> row(table, product) >= 0)
        .findFirst()
        .orElseGet(TableView::new);
  }

  private int row(Product product) {
    return row(withRow(product), product);
  }

  private static int row(TableView<?> table, Product product) {
    for (int i = 0; i < table.getItems().size(); i++) {
      int row = i;
      if (table.getColumns().stream()
          .anyMatch(column -> product.name().equals(column.getCellData(row)))) {
        return i;
      }
    }
    return -1;
  }

  private TableView<?> table() {
    return tables().stream().findFirst().orElseGet(TableView::new);
  }

  private List<TableView<?>> tables() {
    List<TableView<?>> tables = new ArrayList<>();
    for (Node node : window.scene().getRoot().lookupAll(".table-view")) {
      if (node instanceof TableView<?> table && Window.shown(table)) {
        tables.add(table);
      }
    }
    return tables;
  }
}
