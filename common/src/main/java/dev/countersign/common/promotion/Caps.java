package dev.countersign.common.promotion;

/**
 * How much a promotion gives at most.
 *
 * @param uses groups, or single goods where there are no groups, or times the threshold; in one
 *     sale, or for each coupon where one is needed; 0 for as many as there are
 * @param perSale minor units in one sale; 0 for no limit
 * @param ofPrice hundredths of a percent that may be off the price of any of the goods when this
 *     promotion is done with it, those before it included
 */
public record Caps(int uses, long perSale, int ofPrice) {
  public static final Caps NONE = new Caps(0, 0, Offer.ALL);

  /** Whether every limit is within its range. */
  public boolean fit() {
    return uses >= 0
        && uses <= 9_999
        && perSale >= 0
        && perSale <= Promotion.LARGEST
        && ofPrice >= 0
        && ofPrice <= Offer.ALL;
  }
}
