package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ui.kit.Look;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.sale.BasketLine;
import java.nio.file.Path;
import java.util.List;
import javafx.event.EventType;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.ListCell;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A finger that draws a line of the basket to its side. */
class SwipeTest {
  private static final String LET_GO = "Let go to take it off the sale";

  @TempDir Path directory;
  private Window window;

  @BeforeEach
  void twoLines() throws Exception {
    window = new Window(directory).enrolled(DeviceKind.TILL, 0).open().atTheCounter();
    window.scan(Shelf.JAMESON);
    window.awaitText("Sale · one item");
    window.scan(Shelf.VODKA);
    window.awaitText("Sale · 2 items");
  }

  @AfterEach
  void close() {
    window.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {-200, 200})
  void aLineThatIsDrawnFarIsTakenOffAndCanComeBack(int across) {
    draw(0, across, 0);
    assertThat(window.sees(LET_GO)).isTrue();
    window.assertFits();
    letGo(0, across, 0);
    window.awaitText("Sale · one item");
    assertThat(window.device().ledger().draft().orElseThrow().lines())
        .extracting(BasketLine::voided)
        .containsExactly(true, false);
    assertThat(window.sees(LET_GO)).isFalse();
    window.press(KeyCode.Z, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("Sale · 2 items");
  }

  @ParameterizedTest
  @CsvSource({"60,0", "-60,10", "0,200", "150,190"})
  void aFingerThatSlipsOrScrollsTakesNothingOff(int across, int down) {
    draw(0, across, down);
    assertThat(window.sees(LET_GO)).isFalse();
    letGo(0, across, down);
    window.assertSees("Sale · 2 items");
    assertThat(cell(0).getGraphic().getTranslateX()).isZero();
  }

  @Test
  void aLineThatIsOffAlreadyStaysWhereItIs() {
    draw(0, 200, 0);
    letGo(0, 200, 0);
    window.awaitText("Sale · one item");
    draw(0, 200, 0);
    assertThat(window.sees(LET_GO)).isFalse();
    letGo(0, 200, 0);
    window.assertSees("Sale · one item");
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1024,768", "DARK,1024,768", "LIGHT,1920,1080", "DARK,1920,1080"})
  void itLooksLikeThis(Look look, int width, int height) throws Exception {
    Camera camera = new Camera(look, width, height);
    window.close();
    window.open(look, 1024, 768).unlock("Ama K.");
    window.awaitText("Sale · 2 items");
    draw(1, -170, 0);
    camera.picture(window, "swipe");
    letGo(1, 0, 0);
    assertThat(camera.defects()).isEmpty();
  }

  private void draw(int line, int across, int down) {
    fire(line, MouseEvent.MOUSE_PRESSED, 0, 0);
    for (int step = 1; step <= 10; step++) {
      fire(line, MouseEvent.MOUSE_DRAGGED, across * step / 10.0, down * step / 10.0);
    }
    window.settle();
  }

  private void letGo(int line, int across, int down) {
    fire(line, MouseEvent.MOUSE_RELEASED, across, down);
    window.settle();
  }

  private void fire(int line, EventType<MouseEvent> type, double across, double down) {
    window.onScreen(
        () -> {
          Node cell = cell(line);
          Point2D at = cell.localToScene(cell.getLayoutBounds().getWidth() / 2, 20);
          double x = at.getX() + across;
          double y = at.getY() + down;
          boolean pressed = type != MouseEvent.MOUSE_RELEASED;
          cell.fireEvent(
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
                  pressed,
                  false,
                  false,
                  true,
                  false,
                  false,
                  new PickResult(cell, x, y)));
          return cell;
        });
  }

  private ListCell<?> cell(int index) {
    List<ListCell<?>> cells =
        window.scene().getRoot().lookupAll(".lines .list-cell").stream()
            .<ListCell<?>>map(node -> (ListCell<?>) node)
            .filter(cell -> cell.getIndex() == index && !cell.isEmpty())
            .toList();
    assertThat(cells).hasSize(1);
    return cells.getFirst();
  }
}
