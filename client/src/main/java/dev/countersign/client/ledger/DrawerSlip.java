package dev.countersign.client.ledger;

import dev.countersign.common.money.Money;
import java.time.Instant;

/**
 * The paper of what was done at a drawer without a sale.
 *
 * @param shift the number of the shift
 * @param by who did it
 * @param approver who agreed, or empty
 * @param amount what was put in, negative when taken out; zero when the drawer was only opened
 */
public record DrawerSlip(
    Instant at, long shift, String by, String approver, Money amount, String reason) {}
