package dev.countersign.client.ledger;

import dev.countersign.client.ledger.ActRefusedException.Reason;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.money.Money;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.GoodsSettings;
import dev.countersign.common.sale.AccountTender;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.BasketLine;
import dev.countersign.common.sale.CardNumbers;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.CreditTender;
import dev.countersign.common.sale.Discount;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.MobileTender;
import dev.countersign.common.sale.PricedBasket;
import dev.countersign.common.sale.PricedLine;
import dev.countersign.common.sale.SaleHours;
import dev.countersign.common.sale.Settlement;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.sale.VoucherTender;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a sale must be before it is recorded: of one currency, of one basket, and with sums that
 * agree. The same rules by which the server judges it.
 */
final class SaleChecks {
  /** From the goods to the payment: what was rung up in time may be paid a little later. */
  private static final Duration AT_THE_COUNTER = Duration.ofMinutes(30);

  private SaleChecks() {}

  static void check(SaleDraft draft, Currency currency) {
    PricedBasket priced = draft.priced();
    Settlement.Settled paid = draft.settlement();
    boolean paysOff =
        paid.tenders().stream()
            .anyMatch(tender -> tender instanceof AccountTender && tender.amount().isNegative());
    if (priced.lines().isEmpty() && draft.giftCards().isEmpty() && !paysOff) {
      throw new ActRefusedException(Reason.EMPTY_BASKET);
    }
    boolean foreign =
        !draft.basket().currency().equals(currency)
            || !priced.total().currency().equals(currency)
            || !paid.due().currency().equals(currency)
            || !paid.tip().currency().equals(currency)
            || draft.giftCards().stream().anyMatch(card -> !card.currency().equals(currency))
            || paid.tenders().stream().anyMatch(t -> !t.amount().currency().equals(currency));
    if (foreign) {
      throw new ActRefusedException(Reason.OTHER_CURRENCY);
    }
    if (!sumsAgree(draft, currency)) {
      throw new ActRefusedException(Reason.SUMS_DO_NOT_AGREE);
    }
    boolean asked =
        draft.basket().liveLines().stream()
            .filter(line -> line.quantity().isPositive())
            .allMatch(line -> draft.basket().isOldEnough(line.item().handling().leastAge()));
    if (!asked) {
      throw new ActRefusedException(Reason.AGE_NOT_CHECKED);
    }
    refuseCardNumbers(draft);
  }

  private static boolean sumsAgree(SaleDraft draft, Currency currency) {
    PricedBasket priced = draft.priced();
    Settlement.Settled paid = draft.settlement();
    List<BasketLine> sold = priced.lines().stream().map(PricedLine::line).toList();
    Money lines = Money.sum(currency, priced.lines().stream().map(PricedLine::gross).toList());
    Money taxes =
        Money.sum(currency, priced.lines().stream().map(line -> line.taxed().tax()).toList());
    Money tendered = Money.sum(currency, paid.tenders().stream().map(Tender::amount).toList());
    return sold.equals(draft.basket().liveLines())
        && lines.equals(priced.total())
        && taxes.equals(priced.tax())
        && draft.giftCards().stream().allMatch(Money::isPositive)
        && paid.due().equals(priced.total().plus(Money.sum(currency, draft.giftCards())))
        && !paid.change().isNegative()
        && !paid.tip().isNegative()
        && tendered.minus(paid.change()).equals(paid.due().plus(paid.tip()).plus(paid.rounding()));
  }

  /**
   * What the goods of a basket ask for: empties beyond the store's limit, and what is no container,
   * the right to returns; restricted goods outside their hours the right to that.
   *
   * @param priced as the sale is recorded
   * @param now by the clock on the store's wall; asked for restricted goods alone
   */
  static Set<PermissionKey> goodsRequire(
      PricedBasket priced, GoodsSettings goods, Supplier<LocalDateTime> now) {
    Set<PermissionKey> keys = EnumSet.noneOf(PermissionKey.class);
    Set<String> restricted = new HashSet<>();
    boolean other = false;
    for (PricedLine each : priced.lines()) {
      BasketLine line = each.line();
      other |= line.facts().empties() && !line.isContainer();
      if (line.quantity().isPositive() && !line.item().handling().restricted().isEmpty()) {
        restricted.add(line.item().handling().restricted());
      }
    }
    if (other || priced.empties().minor() > goods.limit()) {
      keys.add(PermissionKey.SALE_RETURN);
    }
    if (!restricted.isEmpty() && !inTime(restricted, goods.hours(), now.get())) {
      keys.add(PermissionKey.SALE_HOURS);
    }
    return keys;
  }

  private static boolean inTime(Set<String> kinds, List<SaleHours> hours, LocalDateTime now) {
    return kinds.stream()
        .allMatch(
            kind ->
                SaleHours.allow(hours, kind, now)
                    || SaleHours.allow(hours, kind, now.minus(AT_THE_COUNTER)));
  }

  /** Every text a person may have typed, also where the type before has looked already. */
  private static void refuseCardNumbers(SaleDraft draft) {
    String original = draft.original();
    boolean found = original != null && CardNumbers.isIn(original);
    for (Tender tender : draft.settlement().tenders()) {
      found |=
          switch (tender) {
            case CardTender card -> CardNumbers.isIn(card.reference());
            case MobileTender mobile -> CardNumbers.isIn(mobile.reference());
            case VoucherTender voucher -> CardNumbers.isIn(voucher.reference());
            case CashTender _, CreditTender _, AccountTender _ -> false;
          };
    }
    if (found) {
      throw new ActRefusedException(Reason.CARD_NUMBER);
    }
    refuseCardNumbers(draft.basket());
  }

  /** Everything a person may have typed into a basket. */
  static void refuseCardNumbers(Basket basket) {
    boolean found = CardNumbers.isIn(basket.note()) || isIn(basket.discounts());
    found |= basket.coupons().stream().anyMatch(CardNumbers::isIn);
    for (BasketLine line : basket.lines()) {
      found |= CardNumbers.isIn(line.note()) || isIn(line.discounts()) || isIn(line.item());
      found |= CardNumbers.isIn(SaleBody.reason(line.price()));
      found |= CardNumbers.isIn(line.facts().batch()) || CardNumbers.isIn(line.facts().serial());
    }
    if (found) {
      throw new ActRefusedException(Reason.CARD_NUMBER);
    }
  }

  private static boolean isIn(List<Discount> discounts) {
    return discounts.stream().anyMatch(discount -> CardNumbers.isIn(discount.reason()));
  }

  /**
   * Open items carry typed names and codes; a catalogue product's are the tenant's own, and its
   * GTIN may well satisfy Luhn's formula.
   */
  private static boolean isIn(LineItem item) {
    return item.productId() == null
        && (CardNumbers.isIn(item.name())
            || CardNumbers.isIn(item.size())
            || CardNumbers.isIn(item.code()));
  }

  /** What cash stayed in the drawer: tendered minus change. */
  static long cash(SaleCompleted sale) {
    return sum(sale, SaleCompleted.Means.CASH) - sale.change();
  }

  static long card(SaleCompleted sale) {
    return sum(sale, SaleCompleted.Means.CARD);
  }

  private static long sum(SaleCompleted sale, SaleCompleted.Means means) {
    return sale.tenders().stream()
        .filter(paid -> paid.means() == means)
        .mapToLong(SaleCompleted.Paid::amount)
        .reduce(0, Math::addExact);
  }
}
