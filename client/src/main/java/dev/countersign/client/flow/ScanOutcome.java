package dev.countersign.client.flow;

import dev.countersign.client.ledger.CatalogueHit;
import dev.countersign.common.catalogue.UnreadableCode;
import dev.countersign.common.money.Money;
import dev.countersign.common.promotion.Promotions;
import java.time.LocalDate;
import java.util.List;

/**
 * What came of a scan or of something typed. {@link Added}, {@link CouponShown} and {@link
 * Recognised} changed the basket.
 */
public sealed interface ScanOutcome {

  /** Nothing was added, and a person is told why. */
  sealed interface Refused extends ScanOutcome {}

  /** A line was added or its quantity increased; {@link Running#touched} says which. */
  record Added(Running running) implements ScanOutcome {}

  /** Several products bear this code: a person chooses. */
  record Choose(String code, List<CatalogueHit> hits) implements ScanOutcome {
    public Choose {
      hits = List.copyOf(hits);
    }
  }

  /**
   * A coupon was shown, and counts from now on.
   *
   * @param off what it took off at once; zero while its goods are not in the basket
   */
  record CouponShown(Running running, String code, Money off) implements ScanOutcome {}

  /** A coupon that takes nothing off now, and why. */
  record CouponRefused(String code, Promotions.Showing why) implements Refused {}

  /** The card of a customer, who buys the basket from now on. */
  record Recognised(Running running, String name) implements ScanOutcome {}

  /** {@code 6 ×}: so many of what comes next. */
  record Multiplied(Running running) implements ScanOutcome {}

  /** No product bears this code. Nothing was added. */
  record Unknown(String code) implements Refused {}

  /**
   * The goods are past their last day. Nothing was added; a person decides.
   *
   * @param last the last day on which they could be sold
   */
  record Expired(String code, List<CatalogueHit> hits, LocalDate last) implements ScanOutcome {
    public Expired {
      hits = List.copyOf(hits);
    }
  }

  /** A label of a weight, a count or a price of nothing. Nothing was added. */
  record NothingIn(String code) implements Refused {}

  /** The code itself is wrong or cut off. Nothing was added. */
  record Unreadable(String code, UnreadableCode.Reason reason) implements Refused {}

  /** The number before × is zero, too large or not a number. */
  record WrongCount(String typed) implements Refused {}

  /** The basket holds as many lines as any receipt can; it must be paid or discarded. */
  record Full() implements Refused {}
}
