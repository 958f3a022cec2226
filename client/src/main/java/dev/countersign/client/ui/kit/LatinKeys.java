package dev.countersign.client.ui.kit;

import java.util.HashMap;
import java.util.Map;
import javafx.event.Event;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/**
 * Lets the letters and figures that stand on buttons be pressed on an Arabic keyboard: what a key
 * writes there is taken for the Latin letter of the same key, but in a field for text.
 */
final class LatinKeys {
  /** The keys from Q to M, by rows, and what they write in the layout Arabic (101). */
  private static final String LATIN = "qwertyuiopasdfghjklzxcvnm";

  private static final String ARABIC = "ضصثقفغعهخحشسيبلاتنمئءؤرىة";
  private static final Map<String, String> LETTERS = letters();

  private LatinKeys() {}

  private static Map<String, String> letters() {
    Map<String, String> letters = new HashMap<>();
    for (int i = 0; i < LATIN.length(); i++) {
      letters.put(ARABIC.substring(i, i + 1), LATIN.substring(i, i + 1));
    }
    // One key for two letters: as two, and as the sign that joins them.
    letters.put("\u0644\u0627", "b");
    letters.put("\uFEFB", "b");
    for (int i = 0; i < 10; i++) {
      letters.put(String.valueOf((char) ('\u0660' + i)), String.valueOf(i));
    }
    return Map.copyOf(letters);
  }

  /** Listens before anybody else does. */
  static void listen(Scene scene) {
    scene.addEventFilter(KeyEvent.KEY_TYPED, LatinKeys::typed);
  }

  private static void typed(KeyEvent key) {
    String latin = LETTERS.get(key.getCharacter());
    if (latin != null && !(key.getTarget() instanceof TextInputControl)) {
      key.consume();
      Event.fireEvent(
          key.getTarget(),
          new KeyEvent(
              KeyEvent.KEY_TYPED,
              latin,
              "",
              KeyCode.UNDEFINED,
              key.isShiftDown(),
              key.isControlDown(),
              key.isAltDown(),
              key.isMetaDown()));
    }
  }
}
