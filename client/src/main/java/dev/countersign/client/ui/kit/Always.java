package dev.countersign.client.ui.kit;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/**
 * What somebody can do on every screen: by a key together with Ctrl, and by touching their own name
 * at the top.
 *
 * @param code the key; a screen that has an act of its own for it comes first
 * @param name what it does
 */
public record Always(KeyCode code, String name, Runnable act) {
  boolean isPressed(KeyEvent key) {
    return key.getEventType() == KeyEvent.KEY_PRESSED
        && key.getCode() == code
        && key.isShortcutDown()
        && !key.isShiftDown()
        && !key.isAltDown();
  }

  /** As on an English keyboard. */
  String key() {
    return "Ctrl " + code.getChar();
  }
}
