package dev.countersign.client.ui.till;

import dev.countersign.client.flow.Multiplier;
import dev.countersign.client.flow.ScanOutcome;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.kit.Words;

/** What came of a scan, in words. */
final class ScanWords {
  private ScanWords() {}

  /** What a coupon gave, or when it will. */
  static String of(Surface surface, ScanOutcome.CouponShown coupon) {
    Words words = surface.words();
    return coupon.off().isZero()
        ? words.say("coupon.waits", coupon.code())
        : words.say("coupon.gave", coupon.code(), surface.amounts().text(coupon.off()));
  }

  /** Says why nothing was added. */
  static void refuse(Surface surface, ScanOutcome.Refused refused) {
    Words words = surface.words();
    switch (refused) {
      case ScanOutcome.CouponRefused coupon -> surface.refuse(why(words, coupon), "COUPON");
      case ScanOutcome.NothingIn nothing ->
          surface.refuse(words.say("selling.nothing-in", nothing.code()), "SCAN-NOTHING-IN");
      case ScanOutcome.OtherCurrency other ->
          surface.refuse(
              words.say("selling.other-currency", other.code(), other.currency()), "SCAN-CURRENCY");
      case ScanOutcome.Unknown unknown ->
          surface.refuse(words.say("selling.unknown", unknown.code()), "SCAN-UNKNOWN");
      case ScanOutcome.Unreadable unreadable ->
          surface.refuse(
              words.say("selling.unreadable", unreadable.code()),
              "SCAN-" + unreadable.reason().name().replace('_', '-'));
      case ScanOutcome.WrongCount wrong ->
          surface.refuse(words.say("selling.wrong-count", wrong.typed(), Multiplier.MOST));
      case ScanOutcome.NoContainer none ->
          surface.refuse(words.say("empties.none", none.name()), "EMPTIES-NONE");
      case ScanOutcome.Full _ -> surface.refuse(words.say("selling.full"));
    }
  }

  private static String why(Words words, ScanOutcome.CouponRefused coupon) {
    return switch (coupon.why()) {
      case NOT_NOW -> words.say("coupon.not-now", coupon.code());
      case COUNTS, ENOUGH, UNKNOWN -> words.say("coupon.enough", coupon.code());
    };
  }
}
