package dev.countersign.client.device;

/**
 * One line of a receipt, laid out: spaces are already in it, and it is never wider than the paper.
 */
public record ReceiptLine(String text, Style style) {
  /** How loud a line is. */
  public enum Style {
    NORMAL,
    BOLD,
    /** Twice as wide and as high, so that half as many characters fit. */
    LOUD
  }
}
