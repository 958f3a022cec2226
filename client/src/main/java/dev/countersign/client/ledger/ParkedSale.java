package dev.countersign.client.ledger;

import dev.countersign.common.sale.Basket;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A sale that was put aside for a while, on this till or another one of the store.
 *
 * @param name what somebody called it; may be empty
 * @param by who put it aside
 * @param elsewhere the name of the till that it was put aside on (may be empty), or null for this
 *     one
 * @param onlyHere whether no other till can take it up
 * @param then what it came to where it was put aside, in minor units, or null when it is this till
 */
public record ParkedSale(
    UUID id,
    String name,
    Basket basket,
    Instant at,
    UUID by,
    @Nullable String elsewhere,
    boolean onlyHere,
    @Nullable Long then) {}
