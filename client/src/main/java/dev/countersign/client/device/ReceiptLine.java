package dev.countersign.client.device;

/**
 * One line of a receipt, never wider than the paper in the usual characters.
 *
 * @param left what stands at the left edge, or in the middle when {@code place} says so
 * @param right what stands at the right edge; an amount is never cut
 * @param columns as many characters of this style as the paper is wide
 */
public record ReceiptLine(String left, String right, Place place, int columns, Style style) {
  /** How loud a line is. */
  public enum Style {
    NORMAL,
    BOLD,
    /** Twice as wide and as high, so that half as many characters fit. */
    LOUD
  }

  /** Where the text stands. */
  public enum Place {
    /** One part at each edge; either may be empty. */
    EDGES,
    CENTRE
  }

  /** The line with its spaces in it, for whatever prints characters of one width. */
  public String text() {
    return switch (place) {
      case CENTRE -> " ".repeat(Math.max(0, (columns - Columns.of(left)) / 2)) + left;
      case EDGES ->
          right.isEmpty()
              ? left
              : left
                  + " "
                      .repeat(
                          Math.max(
                              left.isEmpty() ? 0 : 1,
                              columns - Columns.of(left) - Columns.of(right)))
                  + right;
    };
  }
}
