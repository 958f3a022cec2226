package dev.countersign.app.simulate;

/** A machine lost its power at this statement; nothing in it runs on. */
final class PowerCut extends Error {
  private static final long serialVersionUID = 1L;

  PowerCut() {
    super("power cut", null, false, false);
  }
}
