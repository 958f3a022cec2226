package dev.countersign.client.ui.kit;

import java.util.function.BooleanSupplier;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.shape.Rectangle;

/**
 * Tells when what a window shows has been painted. The toolkit says when it has laid a scene out
 * and not when that was painted; what is painted behind it, by the same thread, says so.
 *
 * <p>Belongs to the screen's thread.
 */
public final class Painting {
  private final Scene scene;
  private final BooleanSupplier shown;
  private final Runnable painted;
  private final Runnable pulse = this::laidOut;

  private Painting(Scene scene, BooleanSupplier shown, Runnable painted) {
    this.scene = scene;
    this.shown = shown;
    this.painted = painted;
  }

  /**
   * Waits for the first pulse in which something is there, and then until that pulse is painted.
   *
   * @param shown looks for what is waited for; asked once in every pulse
   * @param painted told once
   */
  public static void await(Scene scene, BooleanSupplier shown, Runnable painted) {
    scene.addPostLayoutPulseListener(new Painting(scene, shown, painted).pulse);
    Platform.requestNextPulse();
  }

  private void laidOut() {
    if (!shown.getAsBoolean()) {
      // Where nothing changes the toolkit would not look again.
      Platform.requestNextPulse();
      return;
    }
    scene.removePostLayoutPulseListener(pulse);
    // The pulse hands its picture to the painter as soon as its listeners are through.
    Platform.runLater(this::paintBehind);
  }

  private void paintBehind() {
    new Rectangle(1, 1).snapshot(null, null);
    Platform.runLater(painted);
  }
}
