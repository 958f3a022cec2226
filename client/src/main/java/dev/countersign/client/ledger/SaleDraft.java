package dev.countersign.client.ledger;

import dev.countersign.common.money.Money;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.PricedBasket;
import dev.countersign.common.sale.Settlement;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sale that is settled and not yet recorded.
 *
 * @param businessDate the day it counts for, which need not be the calendar's
 * @param original where it came from when it was not rung up by hand, such as an invoice number
 * @param giftCards what is put on new gift cards with it, one amount a card, each above 0; the
 *     settlement pays for them as well
 */
public record SaleDraft(
    Basket basket,
    PricedBasket priced,
    Settlement.Settled settlement,
    LocalDate businessDate,
    @Nullable String original,
    List<Money> giftCards) {
  public SaleDraft {
    giftCards = List.copyOf(giftCards);
  }

  /** A sale with which no gift card is sold. */
  public SaleDraft(
      Basket basket,
      PricedBasket priced,
      Settlement.Settled settlement,
      LocalDate businessDate,
      @Nullable String original) {
    this(basket, priced, settlement, businessDate, original, List.of());
  }
}
