package dev.countersign.client.ledger;

import dev.countersign.common.sale.CreditKind;

/**
 * What is left on a gift card or a credit slip with a sale, as its receipt says.
 *
 * @param ending the last four characters of the code: enough to tell two cards apart, and not to
 *     spend from either
 * @param left minor units
 */
public record CreditLeft(CreditKind kind, String ending, long left) {}
