package dev.countersign.client.flow;

import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.Users;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.sale.Agreed;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.Discount;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * By whose word a percentage off the whole sale stands. It was given for what was in the basket
 * then: with more goods it gives more money away, so the word is asked for once more before the
 * sale is paid or put aside. Without a word in the basket it is open, so that a restart or another
 * till asks as well.
 */
final class OffAll {
  private OffAll() {}

  /** The next state of a basket, without the words for discounts where they were for less. */
  static Basket after(Basket before, Basket next) {
    boolean stretched = isPercentOff(next) && goods(next) > goods(before);
    return stretched ? next.withoutWords(PermissionKey.SALE_DISCOUNT) : next;
  }

  /** Whether nobody answers for the percentage as it stands. */
  static boolean isOpen(Basket basket) {
    return isPercentOff(basket)
        && basket.agreed().stream().noneMatch(word -> word.act() == PermissionKey.SALE_DISCOUNT);
  }

  /**
   * The basket with somebody who answers for the percentage; this very one where it is not open, or
   * where the cashier needs nobody: a colleague who takes over is asked.
   *
   * @param approver the second person, or null when nobody was asked
   */
  static Basket answered(
      Selling selling, Users users, Basket basket, UUID cashier, @Nullable UUID approver) {
    if (!isOpen(basket)) {
      return basket;
    }
    PermissionKey act = PermissionKey.SALE_DISCOUNT;
    users.require(new Actor(cashier, approver, selling.now()), List.of(act));
    return approver == null ? basket : basket.agreed(new Agreed(act, approver));
  }

  private static boolean isPercentOff(Basket basket) {
    return basket.discounts().stream().anyMatch(each -> each instanceof Discount.PercentOff);
  }

  /** What is sold costs before discounts, in minor units; what comes back does not make it less. */
  private static long goods(Basket basket) {
    return basket.liveLines().stream().mapToLong(line -> Math.max(0, line.amount().minor())).sum();
  }
}
