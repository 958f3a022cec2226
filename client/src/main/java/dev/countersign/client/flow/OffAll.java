package dev.countersign.client.flow;

import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.Users;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.sale.Agreed;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.BasketLine;
import dev.countersign.common.sale.Discount;
import dev.countersign.common.sale.LinePrice;
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
    boolean stretched =
        isPercentOff(next.discounts())
            && (goods(next) > goods(before) || isWithoutList(before, next));
    stretched |= ofLineStretched(before, next);
    return stretched ? next.withoutWords(PermissionKey.SALE_DISCOUNT) : next;
  }

  /** Whether nobody answers for the percentage as it stands. */
  static boolean isOpen(Basket basket) {
    boolean some =
        isPercentOff(basket.discounts())
            || basket.liveLines().stream().anyMatch(line -> isPercentOff(line.discounts()));
    return some
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

  private static boolean isPercentOff(List<Discount> discounts) {
    return discounts.stream().anyMatch(each -> each instanceof Discount.PercentOff);
  }

  /** A percentage off a line was allowed of a lower price than it has now. */
  private static boolean ofLineStretched(Basket before, Basket next) {
    boolean noList = isWithoutList(before, next);
    for (BasketLine line : before.liveLines()) {
      if (isPercentOff(line.discounts())
          && line.no() <= next.lines().size()
          && isPercentOff(next.line(line.no()).discounts())
          && (noList || isDearer(line, next.line(line.no())))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDearer(BasketLine before, BasketLine next) {
    return before.price() instanceof LinePrice.Each was
        && next.price() instanceof LinePrice.Each is
        && is.unit().compareTo(was.unit()) > 0;
  }

  /** The prices of the customer's list are not those of this sale any more: it may be dearer. */
  private static boolean isWithoutList(Basket before, Basket next) {
    UUID list = listOf(before);
    return list != null && !list.equals(listOf(next));
  }

  private static @Nullable UUID listOf(Basket basket) {
    return basket.buyer() == null ? null : basket.buyer().priceList();
  }

  /** What is sold costs before discounts, in minor units; what comes back does not make it less. */
  private static long goods(Basket basket) {
    return basket.liveLines().stream().mapToLong(line -> Math.max(0, line.amount().minor())).sum();
  }
}
