package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.FeedItem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.event.EventType;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ListCell;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A finger that the system takes for a mouse draws lists up and down. */
class DrawnTest {
  @TempDir Path directory;
  private Window window;

  @BeforeEach
  void manyCategories() throws Exception {
    List<FeedItem> more = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String name = "Bottle " + i;
      more.add(
          FeedItem.of(
              1_000 + i,
              Shelf.id(name),
              new ProductItem(
                  name, name, "Shelf " + i, "750 ml", 1_000, List.of(Shelf.TAX), List.of())));
    }
    window = new Window(directory).enrolled(DeviceKind.TILL, 0, more).open().atTheCounter();
  }

  @AfterEach
  void close() {
    window.close();
  }

  @Test
  void aLongBasketIsDrawnDownToItsFirstLine() {
    for (int i = 0; i < 24; i++) {
      window.scan(i % 2 == 0 ? Shelf.JAMESON : Shelf.VODKA);
    }
    window.awaitText("Sale · 24 items");
    window.calm();
    assertThat(shownLines()).doesNotContain(0).contains(23);
    ListCell<?> line = cells().getFirst();
    draw(line, 30, 2_000);
    assertThat(shownLines()).contains(0).doesNotContain(23);
    assertThat(window.device().ledger().draft().orElseThrow().lines())
        .hasSize(24)
        .noneMatch(each -> each.voided());
  }

  @Test
  void aButtonThatIsDrawnIsNotPressedAndOneThatIsTouchedIs() {
    window.awaitText("More…");
    window.click("More…");
    window.awaitText("All categories");
    draw(chip("Shelf 12"), 0, -160);
    window.assertSees("All categories");
    assertThat(pane().getVvalue()).isPositive();
    draw(chip("Shelf 20"), 0, 300);
    assertThat(pane().getVvalue()).isZero();
    // Not quite still.
    draw(chip("Shelf 12"), 3, 5);
    window.await(() -> !window.sees("All categories"));
    window.awaitText("Bottle 12");
  }

  /** To the side it is for the line itself. */
  @Test
  void aFingerThatBeganToTheSideScrollsNothing() {
    window.awaitText("More…");
    window.click("More…");
    window.awaitText("All categories");
    Node chip = chip("Shelf 30");
    hold(chip, window.onScreen(() -> chip.localToScene(8, 8)), -200, -60);
    assertThat(pane().getVvalue()).isZero();
  }

  private void draw(Node node, int across, int down) {
    Point2D from = window.onScreen(() -> node.localToScene(8, 8));
    hold(node, from, across, down);
    fire(node, MouseEvent.MOUSE_RELEASED, from, across, down);
    window.calm();
  }

  private void hold(Node node, Point2D from, int across, int down) {
    fire(node, MouseEvent.MOUSE_PRESSED, from, 0, 0);
    for (int step = 1; step <= 10; step++) {
      fire(node, MouseEvent.MOUSE_DRAGGED, from, across * step / 10.0, down * step / 10.0);
    }
  }

  private void fire(
      Node node, EventType<MouseEvent> type, Point2D from, double across, double down) {
    double x = from.getX() + across;
    double y = from.getY() + down;
    boolean held = type != MouseEvent.MOUSE_RELEASED;
    window.onScreen(
        () -> {
          node.fireEvent(
              new MouseEvent(
                  type,
                  x,
                  y,
                  x,
                  y,
                  MouseButton.PRIMARY,
                  1,
                  false,
                  false,
                  false,
                  false,
                  held,
                  false,
                  false,
                  false,
                  false,
                  false,
                  new PickResult(node, x, y)));
          return node;
        });
  }

  private ScrollPane pane() {
    return window.onScreen(() -> around(chip("Shelf 12")));
  }

  /** One of the sheet: some stand behind it as well. */
  private ButtonBase chip(String text) {
    return window.onScreen(
        () ->
            window.scene().getRoot().lookupAll(".chip").stream()
                .filter(ButtonBase.class::isInstance)
                .map(ButtonBase.class::cast)
                .filter(each -> text.equals(each.getText()) && around(each) != null)
                .findFirst()
                .orElseThrow());
  }

  private static ScrollPane around(Node chip) {
    Node node = chip;
    while (node != null && !(node instanceof ScrollPane)) {
      node = node.getParent();
    }
    return (ScrollPane) node;
  }

  private List<ListCell<?>> cells() {
    return window.onScreen(
        () -> {
          List<ListCell<?>> cells = new ArrayList<>();
          for (Node node : window.scene().getRoot().lookupAll(".list-cell")) {
            if (node instanceof ListCell<?> cell && cell.isVisible() && !cell.isEmpty()) {
              cells.add(cell);
            }
          }
          return cells;
        });
  }

  private List<Integer> shownLines() {
    return cells().stream().map(ListCell::getIndex).toList();
  }
}
