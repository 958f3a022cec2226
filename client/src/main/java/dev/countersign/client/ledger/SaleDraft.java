package dev.countersign.client.ledger;

import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.PricedBasket;
import dev.countersign.common.sale.Settlement;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A sale that is settled and not yet recorded.
 *
 * @param businessDate the day it counts for, which need not be the calendar's
 * @param original where it came from when it was not rung up by hand, such as an invoice number
 */
public record SaleDraft(
    Basket basket,
    PricedBasket priced,
    Settlement.Settled settlement,
    LocalDate businessDate,
    @Nullable String original) {}
