package dev.countersign.client.ledger;

import dev.countersign.common.money.Quantity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How much of a product this device's store has.
 *
 * @param quantity negative when more left than ever came
 * @param counted when it was last counted, or null
 * @param pending whether something of it was done here that the server's level does not hold yet
 */
public record StockLevel(
    UUID product, Quantity quantity, @Nullable Instant counted, boolean pending) {}
