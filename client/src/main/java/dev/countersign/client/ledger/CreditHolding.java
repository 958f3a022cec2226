package dev.countersign.client.ledger;

import dev.countersign.common.money.Money;
import dev.countersign.common.sale.CreditKind;
import java.time.Instant;
import java.util.UUID;

/**
 * A part of an account that the server keeps for this till.
 *
 * @param left what of it may still be spent, above 0
 * @param until after this it is given back
 */
public record CreditHolding(UUID id, UUID account, CreditKind kind, Money left, Instant until) {}
