package dev.countersign.client.ledger;

import dev.countersign.common.sale.Basket;
import java.time.Instant;
import java.util.UUID;

/**
 * A sale that was put aside for a while.
 *
 * @param name what somebody called it; may be empty
 * @param by who put it aside
 */
public record ParkedSale(UUID id, String name, Basket basket, Instant at, UUID by) {}
