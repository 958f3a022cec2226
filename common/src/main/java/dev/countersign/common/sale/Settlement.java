package dev.countersign.common.sale;

import dev.countersign.common.money.CashRounding;
import dev.countersign.common.money.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the tenders pay for the sale. */
public sealed interface Settlement {
  /**
   * It is paid. Always: tenders - change = due + rounding.
   *
   * @param due the total of the goods
   * @param rounding the cash rounding difference; positive when the shop gains
   * @param change what goes back to the customer in cash, zero or more
   */
  record Settled(Money due, Money rounding, Money change, List<Tender> tenders)
      implements Settlement {
    public Settled {
      tenders = List.copyOf(tenders);
    }
  }

  /**
   * More must be paid; or paid out, when it is negative.
   *
   * @param remaining after the tenders so far; already rounded once cash is among them
   */
  record Short(Money remaining) implements Settlement {}

  /** These tenders can never settle this sale. */
  record Refused(Reason reason) implements Settlement {}

  /** Why tenders are refused. */
  enum Reason {
    /** A tender in another currency than the sale's. */
    OTHER_CURRENCY,
    /** Money comes in where it should go out, or the other way round. */
    WRONG_DIRECTION,
    /** A card or credit pays more than is due, which would need change. */
    CARD_OVER_TENDER,
    /** More would be paid out than is owed to the customer. */
    PAID_OUT_TOO_MUCH
  }

  /**
   * Settles what is due with these tenders.
   *
   * <p>Change comes from cash only. With cash rounding, what remains after the cards is rounded
   * when cash is tendered, or always when the rounding is for all tenders. A negative amount due is
   * paid out exactly, by negative tenders.
   */
  static Settlement of(Money due, List<Tender> tenders, @Nullable CashRounding rounding) {
    if (tenders.stream().anyMatch(t -> !t.amount().currency().equals(due.currency()))) {
      return new Refused(Reason.OTHER_CURRENCY);
    }
    boolean paidOut = due.isNegative();
    boolean wrongWay =
        tenders.stream().anyMatch(t -> paidOut ? t.amount().isPositive() : t.amount().isNegative());
    if (wrongWay) {
      return new Refused(Reason.WRONG_DIRECTION);
    }
    var currency = due.currency();
    var cards =
        Money.sum(
            currency,
            tenders.stream()
                .filter(tender -> !(tender instanceof CashTender))
                .map(Tender::amount)
                .toList());
    var all = Money.sum(currency, tenders.stream().map(Tender::amount).toList());
    var cash = all.minus(cards);
    var remaining = due.minus(cards);
    if (remaining.isZero() && cash.isZero()) {
      return new Settled(due, Money.zero(currency), Money.zero(currency), tenders);
    }
    boolean hasCash = tenders.stream().anyMatch(CashTender.class::isInstance);
    var rounded = rounded(remaining, hasCash, rounding);
    // A card may pay the rounded-up amount where the rounding is for all tenders.
    boolean overByRounding =
        rounding != null
            && rounding.scope() == CashRounding.Scope.ALL
            && cash.isZero()
            && cards.equals(rounding.round(due).toPay());
    if (overByRounding) {
      return new Settled(due, cards.minus(due), Money.zero(currency), tenders);
    }
    if (!remaining.isZero() && remaining.isNegative() != paidOut) {
      return new Refused(paidOut ? Reason.PAID_OUT_TOO_MUCH : Reason.CARD_OVER_TENDER);
    }
    var over = cash.minus(rounded.toPay());
    if (paidOut) {
      return over.isZero()
          ? new Settled(due, rounded.difference(), over, tenders)
          : over.isNegative() ? new Refused(Reason.PAID_OUT_TOO_MUCH) : new Short(over.negate());
    }
    return over.isNegative()
        ? new Short(over.negate())
        : new Settled(due, rounded.difference(), over, tenders);
  }

  private static CashRounding.Rounded rounded(
      Money remaining, boolean hasCash, @Nullable CashRounding rounding) {
    if (rounding == null || (!hasCash && rounding.scope() == CashRounding.Scope.CASH)) {
      return new CashRounding.Rounded(remaining, Money.zero(remaining.currency()));
    }
    return rounding.round(remaining);
  }
}
