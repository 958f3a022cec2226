package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ui.kit.Look;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.sale.BasketLine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.event.EventType;
import javafx.geometry.Point2D;
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
  private static final PseudoClass GOING = PseudoClass.getPseudoClass("going");

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

  @Test
  void theProductThatWasScannedWhileALineIsDrawnStays() {
    for (ListCell<?> cell : drawnAndGivenAway()) {
      letGo(cell, 200, 0);
    }
    assertThat(window.device().ledger().draft().orElseThrow().lines())
        .hasSize(14)
        .noneMatch(BasketLine::voided);
  }

  @Test
  void theProductThatWasScannedWhileALineIsDrawnDoesNotMoveWithTheFinger() {
    for (ListCell<?> cell : drawnAndGivenAway()) {
      assertThat(cell.getPseudoClassStates()).doesNotContain(GOING);
      assertThat(cell.getGraphic().getTranslateX()).isZero();
      fire(cell, MouseEvent.MOUSE_DRAGGED, 210, 0);
      assertThat(cell.getPseudoClassStates()).doesNotContain(GOING);
      assertThat(cell.getGraphic().getTranslateX()).isZero();
    }
  }

  /**
   * Draws every line in view, then scans: what comes into view at the end stands in the cells of
   * lines that went out of view at the top.
   */
  private List<ListCell<?>> drawnAndGivenAway() {
    for (int more = 0; more < 10; more++) {
      window.scan(more % 2 == 0 ? Shelf.JAMESON : Shelf.VODKA);
    }
    window.awaitText("Sale · 12 items");
    List<ListCell<?>> drawn = cells();
    List<Integer> before = drawn.stream().map(ListCell::getIndex).toList();
    drawn.forEach(cell -> draw(cell, 200, 0));
    assertThat(drawn).allMatch(cell -> cell.getPseudoClassStates().contains(GOING));
    window.scan(Shelf.JAMESON);
    window.scan(Shelf.VODKA);
    window.awaitText("Sale · 14 items");
    List<ListCell<?>> others = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      if (drawn.get(i).getIndex() != before.get(i)) {
        others.add(drawn.get(i));
      }
    }
    assertThat(others).isNotEmpty();
    return others;
  }

  /** The finger is lifted from a line that is no longer on the screen. */
  @Test
  void aLineOfATillThatWasLockedMeanwhileStays() {
    ListCell<?> cell = cell(0);
    draw(cell, 200, 0);
    window.press(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    window.awaitText("Kofi B.");
    letGo(cell, 200, 0);
    window.unlock("Ama K.");
    window.awaitText("Sale · 2 items");
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
    draw(cell(line), across, down);
  }

  private void draw(ListCell<?> cell, int across, int down) {
    fire(cell, MouseEvent.MOUSE_PRESSED, 0, 0);
    for (int step = 1; step <= 10; step++) {
      fire(cell, MouseEvent.MOUSE_DRAGGED, across * step / 10.0, down * step / 10.0);
    }
    window.settle();
  }

  private void letGo(int line, int across, int down) {
    letGo(cell(line), across, down);
  }

  private void letGo(ListCell<?> cell, int across, int down) {
    fire(cell, MouseEvent.MOUSE_RELEASED, across, down);
    window.settle();
  }

  private void fire(ListCell<?> cell, EventType<MouseEvent> type, double across, double down) {
    window.onScreen(
        () -> {
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
    List<ListCell<?>> found = cells().stream().filter(cell -> cell.getIndex() == index).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private List<ListCell<?>> cells() {
    return window.onScreen(
        () ->
            window.scene().getRoot().lookupAll(".lines .list-cell").stream()
                .<ListCell<?>>map(node -> (ListCell<?>) node)
                .filter(cell -> cell.isVisible() && !cell.isEmpty())
                .toList());
  }
}
