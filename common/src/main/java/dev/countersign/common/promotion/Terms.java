package dev.countersign.common.promotion;

import dev.countersign.common.promotion.Offer.Part;
import java.util.List;
import java.util.Optional;

/**
 * An {@link Offer} as it is kept and sent. A program that does not know the kind knows that there
 * is a promotion and leaves it alone.
 *
 * @param kind see {@link #offer}
 * @param amount minor units: off each, or the price, or off the basket; else 0
 * @param percent hundredths of a percent, else 0
 * @param take how many make a group, else 0
 * @param pay how many of them are paid for, else 0
 * @param threshold minor units, else 0
 * @param parts of what is sold together, else none
 */
public record Terms(
    String kind, long amount, int percent, int take, int pay, long threshold, List<Part> parts) {
  /** As many of one thing as anybody bundles. */
  static final int MOST_TAKEN = 99;

  private static final int MOST_PARTS = 9;

  public Terms {
    kind = kind == null ? "" : kind;
    parts = parts == null ? List.of() : List.copyOf(parts);
  }

  /** The form of an offer. */
  public static Terms of(Offer offer) {
    return switch (offer) {
      case Offer.PercentOff o -> simple("percent-off", 0, o.percent(), 0, 0, 0);
      case Offer.AmountOff o -> simple("amount-off", o.amount(), 0, 0, 0, 0);
      case Offer.FixedPrice o -> simple("fixed-price", o.price(), 0, 0, 0, 0);
      case Offer.PayFor o -> simple("pay-for", 0, 0, o.take(), o.pay(), 0);
      case Offer.PriceFor o -> simple("price-for", o.price(), 0, o.take(), 0, 0);
      case Offer.CheapestFree o -> simple("cheapest-free", 0, 0, o.take(), 0, 0);
      case Offer.SpendAmount o -> simple("spend-amount", o.amount(), 0, 0, 0, o.threshold());
      case Offer.SpendPercent o -> simple("spend-percent", 0, o.percent(), 0, 0, o.threshold());
      case Offer.Together o -> new Terms("together", o.price(), 0, 0, 0, 0, o.parts());
    };
  }

  private static Terms simple(
      String kind, long amount, int percent, int take, int pay, long threshold) {
    return new Terms(kind, amount, percent, take, pay, threshold, List.of());
  }

  /** What is given; empty for a kind that this program does not know, or figures out of range. */
  public Optional<Offer> offer() {
    boolean some = percent >= 1 && percent <= Offer.ALL;
    boolean group = take >= 2 && take <= MOST_TAKEN;
    boolean price = amount >= 0 && amount <= Promotion.LARGEST;
    boolean off = price && amount > 0;
    boolean from = threshold >= 1 && threshold <= Promotion.LARGEST;
    return switch (kind) {
      case "percent-off" -> when(some, new Offer.PercentOff(percent));
      case "amount-off" -> when(off, new Offer.AmountOff(amount));
      case "fixed-price" -> when(price, new Offer.FixedPrice(amount));
      case "pay-for" -> when(group && pay >= 0 && pay < take, new Offer.PayFor(take, pay));
      case "price-for" -> when(group && price, new Offer.PriceFor(take, amount));
      case "cheapest-free" -> when(group, new Offer.CheapestFree(take));
      case "spend-amount" -> when(off && from, new Offer.SpendAmount(threshold, amount));
      case "spend-percent" -> when(some && from, new Offer.SpendPercent(threshold, percent));
      case "together" -> when(price && partsFit(), new Offer.Together(parts, amount));
      default -> Optional.empty();
    };
  }

  private boolean partsFit() {
    return !parts.isEmpty()
        && parts.size() <= MOST_PARTS
        && parts.stream()
            .allMatch(p -> p.count() >= 1 && p.count() <= MOST_TAKEN && p.goods().fits());
  }

  private static Optional<Offer> when(boolean fits, Offer offer) {
    return fits ? Optional.of(offer) : Optional.empty();
  }
}
