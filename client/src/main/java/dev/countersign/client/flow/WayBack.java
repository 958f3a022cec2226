package dev.countersign.client.flow;

import dev.countersign.client.ledger.SoldBefore;
import dev.countersign.common.change.MoneyBack;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.money.Money;
import dev.countersign.common.sale.AccountTender;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.CreditKind;
import dev.countersign.common.sale.CreditTender;
import dev.countersign.common.sale.MobileTender;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.sale.VoucherTender;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The way a sale was paid, backwards. Amounts are negative. */
final class WayBack {
  private WayBack() {}

  /** In which order payments get back: what can be sent first, and what was paid on paper last. */
  private static int rank(Paid paid) {
    return switch (paid.means()) {
      case CARD -> 0;
      case MOBILE_MONEY -> 1;
      case GIFT_CARD, STORE_CREDIT, ON_ACCOUNT -> 2;
      case VOUCHER -> 3;
      // Cash is what remains.
      case CASH -> 4;
    };
  }

  /**
   * What goes back to the payments of this sale, at most so much; the rest is cash.
   *
   * @param slip the account of new store credit, for what vouchers paid; null where the store has
   *     none, and that is cash too
   */
  static List<Tender> of(SoldBefore sold, Money most, @Nullable Supplier<UUID> slip) {
    List<Paid> payments = sold.sale().body().tenders();
    List<Long> left = MoneyBack.byPayment(sold.sale().body(), sold.left());
    List<Tender> back = new ArrayList<>();
    long open = most.minor();
    for (int rank = 0; rank < 4; rank++) {
      for (int i = 0; i < payments.size(); i++) {
        long part = Math.min(open, left.get(i));
        if (rank(payments.get(i)) == rank && part > 0) {
          Money amount = Money.of(-part, most.currency());
          tender(payments.get(i), amount, slip).ifPresent(back::add);
          open -= part;
        }
      }
    }
    return back;
  }

  /** Empty where only cash is left for it. */
  private static Optional<Tender> tender(Paid paid, Money amount, @Nullable Supplier<UUID> slip) {
    return Optional.ofNullable(
        switch (paid.means()) {
          case CASH -> null;
          case CARD -> new CardTender(amount, paid.reference(), paid.lastFour());
          case MOBILE_MONEY -> new MobileTender(amount, paid.reference());
          // It was redeemed and stays with the shop.
          case VOUCHER ->
              slip == null ? null : new CreditTender(amount, CreditKind.STORE_CREDIT, slip.get());
          case GIFT_CARD -> new CreditTender(amount, CreditKind.GIFT_CARD, account(paid));
          case STORE_CREDIT -> new CreditTender(amount, CreditKind.STORE_CREDIT, account(paid));
          case ON_ACCOUNT -> new AccountTender(amount, account(paid));
        });
  }

  private static UUID account(Paid paid) {
    return Objects.requireNonNull(paid.account(), "account");
  }

  /** So much of it; the amount is negative. */
  static Tender part(Tender tender, Money amount) {
    return switch (tender) {
      case CashTender _ -> new CashTender(amount);
      case CardTender card -> new CardTender(amount, card.reference(), card.lastFour());
      case MobileTender mobile -> new MobileTender(amount, mobile.reference());
      case VoucherTender voucher -> new VoucherTender(amount, amount, voucher.reference());
      case CreditTender credit -> new CreditTender(amount, credit.credit(), credit.account());
      case AccountTender owed -> new AccountTender(amount, owed.customer());
    };
  }

  /** One account gets what it gets at once, however often it paid. */
  static void add(List<Tender> out, Tender tender) {
    for (int i = 0; i < out.size(); i++) {
      boolean same =
          switch (out.get(i)) {
            case CreditTender one ->
                tender instanceof CreditTender other && one.account().equals(other.account());
            case AccountTender one ->
                tender instanceof AccountTender other && one.customer().equals(other.customer());
            default -> false;
          };
      if (same) {
        out.set(i, part(tender, tender.amount().plus(out.get(i).amount())));
        return;
      }
    }
    out.add(tender);
  }

  /**
   * The cards and accounts of a proposal, without what has gone already, as far as so much.
   *
   * @param asPaid without cash
   * @param gone to cards, which get theirs in this order; not negative
   * @param most not negative
   */
  static List<Tender> less(List<Tender> asPaid, Money gone, Money most) {
    Money before = gone;
    Money open = most;
    List<Tender> out = new ArrayList<>();
    for (Tender tender : asPaid) {
      Money amount = tender.amount().negate();
      if (tender instanceof CardTender) {
        Money went = least(before, amount);
        before = before.minus(went);
        amount = amount.minus(went);
      }
      Money kept = least(amount, open);
      if (kept.isPositive()) {
        out.add(part(tender, kept.negate()));
        open = open.minus(kept);
      }
    }
    return out;
  }

  private static Money least(Money one, Money other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
