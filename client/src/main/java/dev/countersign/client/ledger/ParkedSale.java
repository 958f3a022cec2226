package dev.countersign.client.ledger;

import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.ParkedBasket;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A sale that was put aside for a while, on this till or another one of the store.
 *
 * @param name what somebody called it; may be empty
 * @param basket null for one of another till that goods, prices or taxes of here make none: it can
 *     only be thrown away here
 * @param by who put it aside
 * @param elsewhere the name of the till that it was put aside on (may be empty), or null for this
 *     one
 * @param onlyHere whether no other till can take it up
 * @param told what another till told of it, or null when it is of this one
 */
public record ParkedSale(
    UUID id,
    String name,
    @Nullable Basket basket,
    Instant at,
    UUID by,
    @Nullable String elsewhere,
    boolean onlyHere,
    @Nullable ParkedBasket told) {}
