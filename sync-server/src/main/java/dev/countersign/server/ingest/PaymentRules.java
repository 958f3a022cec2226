package dev.countersign.server.ingest;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.PaymentReturned;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.sale.TenderKind;
import java.time.Instant;
import java.util.List;

/**
 * How a sale was paid, against what the store takes today. A setting may have changed since the
 * till last heard of it, and the customer is gone: what does not agree is flagged and counts. Pure.
 */
final class PaymentRules {
  /** Rounded by the worth of the smallest coin or more. */
  static final String ROUNDING = "rounding";

  /** By something that the store does not take. */
  static final String NOT_TAKEN = "tender-not-taken";

  /** Change was given of something of which the store gives none. */
  static final String CHANGE_GIVEN = "change-not-given";

  /** The tip is more than what was sold. */
  static final String LARGE_TIP = "tip-large";

  /** Nobody but the cashier says that the terminal had taken nothing. */
  static final String UNCONFIRMED = "payment-unconfirmed";

  /** Nobody but the cashier says that the terminal had sent nothing back. */
  static final String REFUND_UNCONFIRMED = "refund-unconfirmed";

  private PaymentRules() {}

  /** Whether it was paid in cash alone, with no rounding: nothing of it depends on a setting. */
  static boolean isPlain(SaleCompleted sale) {
    return sale.rounding() == 0
        && sale.tip() == 0
        && sale.tenders().stream().allMatch(paid -> paid.means() == Means.CASH);
  }

  static void check(SaleCompleted sale, Ground ground, List<String> flags) {
    if (isPlain(sale)) {
      return;
    }
    Ground.Paying store = ground.paying();
    if (sale.rounding() != 0 && Math.abs(sale.rounding()) >= store.cashIncrement()) {
      flags.add(ROUNDING);
    }
    long giving = 0;
    boolean taken = true;
    for (Paid paid : sale.tenders()) {
      TenderKind kind = TenderKind.valueOf(paid.means().name());
      // Money goes back the way it came also where the store takes that way no more.
      taken &= paid.amount() <= 0 || store.rules().takes(kind);
      giving += store.rules().givesChange(kind) ? Math.max(0, paid.amount()) : 0;
    }
    if (!taken) {
      flags.add(NOT_TAKEN);
    }
    if (sale.change() > giving) {
      flags.add(CHANGE_GIVEN);
    }
    if (sale.tip() != 0 && sale.tip() > sale.due()) {
      flags.add(LARGE_TIP);
    }
  }

  static Judgement returned(
      Change change,
      PaymentReturned payment,
      Post post,
      Ground ground,
      Instant received,
      List<String> flags) {
    if (!Judge.isAt(post, payment.store(), payment.register())) {
      return Judgement.quarantined(Judge.WRONG_REGISTER);
    }
    if (!payment.currency().equals(post.currency()) || payment.amount() <= 0) {
      return Judgement.quarantined(Judge.SUMS);
    }
    if (!SaleSums.believable(payment.amount())) {
      return Judgement.quarantined(Judge.OUT_OF_RANGE);
    }
    if (payment.how() == PaymentReturned.How.NOT_CHARGED) {
      flags.add(UNCONFIRMED);
    } else if (payment.how() == PaymentReturned.How.NOT_REFUNDED) {
      flags.add(REFUND_UNCONFIRMED);
    }
    Judge.addShift(flags, ground, payment.shift());
    Judge.addClock(flags, change.at(), received);
    return Judgement.flagged(flags);
  }
}
