package dev.countersign.client.ui.kit;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/**
 * Listens to every key of a scene before any control does, and takes out what a scanner sent. The
 * first two characters of a scan have reached the focused control by the time they are recognised;
 * the screen is put back to what it was before them.
 */
public final class ScanFilter {
  private final Burst burst = new Burst();
  private final LongSupplier nanos;
  private final Supplier<Runnable> remember;
  private final Consumer<String> scanned;
  private Runnable restore = () -> {};
  private boolean swallowTypedEnter;

  /**
   * @param nanos a clock that only goes forward
   * @param remember called at the first character of what may become a scan; what it returns undoes
   *     the typing since
   * @param scanned takes the code
   */
  public ScanFilter(LongSupplier nanos, Supplier<Runnable> remember, Consumer<String> scanned) {
    this.nanos = nanos;
    this.remember = remember;
    this.scanned = scanned;
  }

  public void listen(Scene scene) {
    scene.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    scene.addEventFilter(KeyEvent.KEY_TYPED, this::typed);
  }

  private void pressed(KeyEvent key) {
    if (key.getCode() != KeyCode.ENTER) {
      if (burst.isScanning(nanos.getAsLong()) && !key.getCode().isModifierKey()) {
        key.consume();
      }
      return;
    }
    burst
        .ended(nanos.getAsLong())
        .ifPresent(
            code -> {
              key.consume();
              swallowTypedEnter = true;
              restore.run();
              scanned.accept(code);
            });
  }

  private void typed(KeyEvent key) {
    if (key.isConsumed()) {
      // It comes again as another letter.
      return;
    }
    String character = key.getCharacter();
    if (character.equals("\r") || character.equals("\n")) {
      if (swallowTypedEnter) {
        swallowTypedEnter = false;
        key.consume();
      }
      return;
    }
    if (!belongsToCodes(key)) {
      return;
    }
    boolean running = burst.isScanning(nanos.getAsLong());
    if (burst.typed(character, nanos.getAsLong())) {
      restore = remember.get();
    }
    if (running) {
      key.consume();
    }
  }

  /** Printable characters, and the separator inside GS1 codes, which arrives as a control key. */
  private static boolean belongsToCodes(KeyEvent key) {
    String character = key.getCharacter();
    return character.length() == 1
        && (character.charAt(0) == '\u001d'
            || (!Character.isISOControl(character.charAt(0))
                && !key.isAltDown()
                && !key.isShortcutDown()));
  }
}
