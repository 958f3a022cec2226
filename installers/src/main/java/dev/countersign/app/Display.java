package dev.countersign.app;

import java.util.Locale;

/** Whether this machine has a screen to open a window on, or was told to do without. */
final class Display {
  private Display() {}

  static boolean isThere() {
    if ("Headless".equals(System.getProperty("glass.platform"))) {
      return true;
    }
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (system.contains("win") || system.contains("mac")) {
      return true;
    }
    return isSet("DISPLAY") || isSet("WAYLAND_DISPLAY");
  }

  private static boolean isSet(String variable) {
    String value = System.getenv(variable);
    return value != null && !value.isBlank();
  }
}
