package dev.countersign.app.bench;

import dev.countersign.app.demo.HeldTime;
import dev.countersign.client.ui.kit.Painting;
import java.util.concurrent.CompletableFuture;
import javafx.application.Platform;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** One scan at the selling screen, until its line is painted. Belongs to the screen's thread. */
final class ScanToPaint {
  private final Scene scene;
  private final ListView<?> lines;
  private final int before;
  private final CompletableFuture<Moments> done;
  private final ListChangeListener<Object> changed = _ -> Platform.runLater(this::shown);
  private final Runnable pulse = this::pulse;
  private long began;
  private long shown;
  private long pulsed;

  private ScanToPaint(Scene scene, ListView<?> lines, CompletableFuture<Moments> done) {
    this.scene = scene;
    this.lines = lines;
    this.before = lines.getItems().size();
    this.done = done;
  }

  /**
   * What it took, nanoseconds.
   *
   * @param whole from the last key until the line was painted
   * @param work without the wait from when the screen had been told until the pulse that paints it
   * @param lines how many the sale has now
   */
  record Moments(long whole, long work, int lines) {}

  /**
   * Sends a code as a scanner does.
   *
   * @param time by which the window tells a scanner from a person
   * @param done takes what it took
   */
  static void begin(Scene scene, HeldTime time, String code, CompletableFuture<Moments> done) {
    if (scene.getRoot().lookup(".lines") instanceof ListView<?> lines) {
      new ScanToPaint(scene, lines, done).scan(time, code);
    } else {
      done.completeExceptionally(new IllegalStateException("this is not the selling screen"));
    }
  }

  private void scan(HeldTime time, String code) {
    lines.getItems().addListener(changed);
    scene.addPreLayoutPulseListener(pulse);
    Painting.await(scene, this::isLaidOut, this::painted);
    time.hold();
    for (int i = 0; i < code.length(); i++) {
      fire(KeyEvent.KEY_TYPED, code.substring(i, i + 1), KeyCode.UNDEFINED);
    }
    began = System.nanoTime();
    fire(KeyEvent.KEY_PRESSED, "", KeyCode.ENTER);
    fire(KeyEvent.KEY_TYPED, "\r", KeyCode.UNDEFINED);
    fire(KeyEvent.KEY_RELEASED, "", KeyCode.ENTER);
    time.goOn();
  }

  private void fire(javafx.event.EventType<KeyEvent> type, String character, KeyCode code) {
    Node owner = scene.getFocusOwner();
    (owner == null ? scene.getRoot() : owner)
        .fireEvent(new KeyEvent(type, character, "", code, false, false, false, false));
  }

  private void shown() {
    if (shown == 0 && lines.getItems().size() > before) {
      shown = System.nanoTime();
    }
  }

  private void pulse() {
    pulsed = System.nanoTime();
  }

  /** The new line has its place, not only its row. */
  private boolean isLaidOut() {
    int last = lines.getItems().size() - 1;
    return last >= before
        && lines.lookupAll(".list-cell").stream()
            .anyMatch(
                node ->
                    node instanceof ListCell<?> cell
                        && cell.getIndex() == last
                        && !cell.isEmpty()
                        && cell.isVisible()
                        && cell.getHeight() > 0);
  }

  private void painted() {
    long end = System.nanoTime();
    scene.removePreLayoutPulseListener(pulse);
    lines.getItems().removeListener(changed);
    long waited = shown == 0 ? 0 : Math.max(0, pulsed - shown);
    done.complete(new Moments(end - began, end - began - waited, lines.getItems().size()));
  }
}
