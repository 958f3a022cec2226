package dev.countersign.common.promotion;

import java.util.List;

/**
 * What a promotion gives. Amounts are minor units of the tenant's currency, percentages hundredths
 * of a percent. What is taken off a group of goods is spread over all of the group by their prices,
 * so that each of them is worth its share when it comes back.
 */
public sealed interface Offer {
  /** All, in hundredths of a percent. */
  int ALL = 10_000;

  /** Of all that is meant together, rounded once, halves up. */
  record PercentOff(int percent) implements Offer {}

  /** From each, or from each unit of what is weighed. */
  record AmountOff(long amount) implements Offer {}

  /** For each, or for each unit of what is weighed; nothing becomes dearer. */
  record FixedPrice(long price) implements Offer {}

  /** Three for two: of so many, the cheapest are free. Groups are made of the dearest first. */
  record PayFor(int take, int pay) implements Offer {}

  /** Three for five dollars; groups are made of the dearest first. */
  record PriceFor(int take, long price) implements Offer {}

  /** A sandwich, a drink and a fruit for one price; the dearest of each are taken first. */
  record Together(List<Part> parts, long price) implements Offer {
    public Together {
      parts = List.copyOf(parts);
    }
  }

  /** For every so many bought, one of the cheapest of all of them is free. */
  record CheapestFree(int take) implements Offer {}

  /** For every so much that is left to pay for what is meant, so much off it. */
  record SpendAmount(long threshold, long amount) implements Offer {}

  /** From so much on that is left to pay for what is meant, a percentage off it. */
  record SpendPercent(long threshold, int percent) implements Offer {}

  /**
   * A part of what is sold together.
   *
   * @param count 1 to 99
   */
  record Part(Selection goods, int count) {}

  /** Whether it looks at what is left to pay when all others have taken their part. */
  default boolean isOnBasket() {
    return this instanceof SpendAmount || this instanceof SpendPercent;
  }
}
