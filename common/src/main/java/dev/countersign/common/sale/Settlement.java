package dev.countersign.common.sale;

import dev.countersign.common.money.CashRounding;
import dev.countersign.common.money.Money;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Whether the tenders pay for the sale. */
public sealed interface Settlement {
  /**
   * It is paid. Always: tenders - change = due + tip + rounding.
   *
   * @param due the total of the goods
   * @param tip what the customer gives on top, zero or more; not the shop's turnover
   * @param rounding the cash rounding difference; positive when the shop gains
   * @param change what goes back to the customer in cash, zero or more
   */
  record Settled(Money due, Money tip, Money rounding, Money change, List<Tender> tenders)
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
    /** More is paid than is due with something of which no change is given. */
    OVER_TENDER,
    /** More would be paid out than is owed to the customer. */
    PAID_OUT_TOO_MUCH
  }

  /** Settles what is due where change is given of cash alone, with no tip. */
  static Settlement of(Money due, List<Tender> tenders, @Nullable CashRounding rounding) {
    return of(due, Money.zero(due.currency()), tenders, rounding, TenderRules.USUAL);
  }

  /**
   * Settles what is due with these tenders.
   *
   * <p>Change comes only from what gives change, and is cash: with cash rounding it is rounded, as
   * is what remains for cash after the other tenders, or always when the rounding is for all
   * tenders. A negative amount due is paid out exactly, by negative tenders.
   *
   * @param tip paid together with what is due; zero where that is negative
   * @throws IllegalArgumentException on another tip
   */
  static Settlement of(
      Money due,
      Money tip,
      List<Tender> tenders,
      @Nullable CashRounding rounding,
      TenderRules rules) {
    boolean paidOut = due.isNegative();
    if (tip.isNegative() || (tip.isPositive() && paidOut)) {
      throw new IllegalArgumentException("a tip of " + tip + " on " + due);
    }
    Optional<Reason> wrong = wrong(due, tip, tenders);
    if (wrong.isPresent()) {
      return new Refused(wrong.get());
    }
    var toPay = due.plus(tip);
    var exact = sum(toPay, tenders, t -> !rules.givesChange(t.kind()));
    var cash = sum(toPay, tenders, t -> t instanceof CashTender);
    var beside = sum(toPay, tenders, t -> !(t instanceof CashTender));
    var remaining = toPay.minus(beside);
    var none = Money.zero(due.currency());
    if (remaining.isZero() && cash.isZero()) {
      return new Settled(due, tip, none, none, tenders);
    }
    // A card may pay the rounded-up amount where the rounding is for all tenders.
    boolean overByRounding =
        rounding != null
            && rounding.scope() == CashRounding.Scope.ALL
            && cash.isZero()
            && beside.equals(rounding.round(toPay).toPay());
    if (overByRounding) {
      return new Settled(due, tip, beside.minus(toPay), none, tenders);
    }
    boolean over = !remaining.isZero() && remaining.isNegative() != paidOut;
    if (over && (paidOut || exact.compareTo(toPay) > 0)) {
      return new Refused(paidOut ? Reason.PAID_OUT_TOO_MUCH : Reason.OVER_TENDER);
    }
    boolean inCash = over || tenders.stream().anyMatch(CashTender.class::isInstance);
    var rounded = rounded(remaining, inCash, rounding);
    var change = cash.minus(rounded.toPay());
    if (paidOut) {
      return change.isZero()
          ? new Settled(due, tip, rounded.difference(), change, tenders)
          : change.isNegative()
              ? new Refused(Reason.PAID_OUT_TOO_MUCH)
              : new Short(change.negate());
    }
    return change.isNegative()
        ? new Short(change.negate())
        : new Settled(due, tip, rounded.difference(), change, tenders);
  }

  private static Optional<Reason> wrong(Money due, Money tip, List<Tender> tenders) {
    boolean foreign =
        !tip.currency().equals(due.currency())
            || tenders.stream().anyMatch(t -> !t.amount().currency().equals(due.currency()));
    if (foreign) {
      return Optional.of(Reason.OTHER_CURRENCY);
    }
    boolean wrongWay =
        tenders.stream()
            .anyMatch(t -> due.isNegative() ? t.amount().isPositive() : t.amount().isNegative());
    return wrongWay ? Optional.of(Reason.WRONG_DIRECTION) : Optional.empty();
  }

  private static Money sum(Money like, List<Tender> tenders, Predicate<Tender> which) {
    return Money.sum(like.currency(), tenders.stream().filter(which).map(Tender::amount).toList());
  }

  private static CashRounding.Rounded rounded(
      Money remaining, boolean inCash, @Nullable CashRounding rounding) {
    if (rounding == null || (!inCash && rounding.scope() == CashRounding.Scope.CASH)) {
      return new CashRounding.Rounded(remaining, Money.zero(remaining.currency()));
    }
    return rounding.round(remaining);
  }
}
