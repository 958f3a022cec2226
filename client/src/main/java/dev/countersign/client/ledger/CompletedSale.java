package dev.countersign.client.ledger;

import dev.countersign.common.change.SaleCompleted;
import java.time.Instant;
import java.util.UUID;

/**
 * A sale as it is stored: what a receipt is printed from.
 *
 * @param change the number of the change that records it
 * @param cashierName as it is known on this device now
 */
public record CompletedSale(
    UUID id, long change, Instant at, UUID cashier, String cashierName, SaleCompleted body) {}
