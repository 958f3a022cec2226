package dev.countersign.common.sale;

/**
 * How a line's weight came about. What is sold is the net weight, the line's quantity in kilograms.
 *
 * @param tareGrams what was taken off for the container, 0 to {@value #MOST_TARE}
 * @param typed true when a person typed the weight and no scale said it
 */
public record Weighing(int tareGrams, boolean typed) {
  /** In grams; beyond it the tare is heavier than what a counter's scale carries. */
  public static final int MOST_TARE = 30_000;

  public Weighing {
    if (tareGrams < 0 || tareGrams > MOST_TARE) {
      throw new IllegalArgumentException("a tare of 0 to " + MOST_TARE + " grams");
    }
  }
}
