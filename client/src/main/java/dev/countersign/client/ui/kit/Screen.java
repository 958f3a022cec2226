package dev.countersign.client.ui.kit;

import java.util.List;
import javafx.scene.Parent;
import javafx.scene.input.KeyEvent;

/** One thing on the window. It subscribes when it is shown and lets go when it is hidden. */
public interface Screen {
  Parent root();

  default void shown() {}

  default void hidden() {}

  /** A key that no control took first; consumes what it uses. */
  default void key(KeyEvent key) {}

  /** The keys that it knows, which F1 shows; none where it has no help. */
  default List<KeyAct> keys() {
    return List.of();
  }

  /** A scan, wherever the focus was. */
  default void scanned(String code) {}

  /** Remembers what is typed so far; what it returns puts it back. */
  default Runnable remember() {
    return () -> {};
  }
}
