package dev.countersign.client.ledger;

import dev.countersign.client.ledger.ActRefusedException.Reason;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.money.Money;
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
import dev.countersign.common.sale.Settlement;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.sale.VoucherTender;
import java.util.Currency;
import java.util.List;

/**
 * What a sale must be before it is recorded: of one currency, of one basket, and with sums that
 * agree. The same rules by which the server judges it.
 */
final class SaleChecks {
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
