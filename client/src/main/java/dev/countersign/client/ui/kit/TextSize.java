package dev.countersign.client.ui.kit;

/** How large everything is written. */
public enum TextSize {
  USUAL(1),
  /** For eyes that are tired or far away. */
  LARGE(1.15);

  private final double factor;

  TextSize(double factor) {
    this.factor = factor;
  }

  double factor() {
    return factor;
  }
}
