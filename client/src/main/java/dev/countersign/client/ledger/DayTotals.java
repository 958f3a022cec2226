package dev.countersign.client.ledger;

import dev.countersign.common.money.Money;

/**
 * A business day so far. Quarantined sales do not count.
 *
 * @param cash what stayed in the drawer of it, change deducted; zero in an office, which does not
 *     know
 * @param card as {@code cash}
 */
public record DayTotals(long sales, Money total, Money tax, Money cash, Money card) {}
