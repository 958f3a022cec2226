package dev.countersign.client.launch;

import dev.countersign.client.flow.Wiping;
import dev.countersign.client.keys.Remains;
import dev.countersign.client.ui.entry.WipedController;
import dev.countersign.client.ui.kit.Frame;
import dev.countersign.client.ui.kit.Surface;
import java.util.concurrent.Callable;

/** Shows a device that is wiped; nothing else is shown until it is set up again. */
final class WipeDesk {
  private final Surface surface;
  private final Frame frame;
  private final Wiping wiping;
  private final Remains remains;
  private final Runnable setUp;

  /**
   * @param setUp makes this a new device
   */
  WipeDesk(Surface surface, Frame frame, Wiping wiping, Remains remains, Runnable setUp) {
    this.surface = surface;
    this.frame = frame;
    this.wiping = wiping;
    this.remains = remains;
    this.setUp = setUp;
  }

  /** Whether this folder's device was wiped, or was about to be when the machine stopped. */
  boolean isWiped() {
    return remains.isSealed() || remains.noted().isPresent();
  }

  /** Finishes what was broken off, and says how it stands. */
  void show() {
    show(wiping::standingOrFail);
  }

  /** Whoever is in the middle of a sale sees why it ended. */
  void show(Callable<Remains.Wiped> work) {
    surface.strip().clear();
    WipedController screen =
        new WipedController(
            surface.speaking(WipedController.class), wiping::standingOrFail, this::setUpAgain);
    frame.show(screen, true);
    surface.desk().run(work, screen::stands, surface::trouble);
  }

  private void setUpAgain() {
    surface
        .desk()
        .run(
            () -> {
              remains.forget();
              return true;
            },
            _ -> setUp.run(),
            surface::trouble);
  }
}
