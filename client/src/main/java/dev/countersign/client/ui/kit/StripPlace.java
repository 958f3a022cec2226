package dev.countersign.client.ui.kit;

import javafx.scene.layout.StackPane;

/**
 * A screen's root that has room for the strip: it lies over a part of the screen, so that nothing
 * moves under a finger when it comes and goes. On any other screen it stands below and takes its
 * height.
 */
public interface StripPlace {
  /** What the strip lies over, at its foot. */
  StackPane stripPlace();
}
