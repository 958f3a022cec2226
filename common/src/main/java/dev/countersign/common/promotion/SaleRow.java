package dev.countersign.common.promotion;

import dev.countersign.common.money.Quantity;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of a sale as promotions see it.
 *
 * @param product null for an open item, which only a promotion on everything takes
 * @param category may be empty
 * @param amount minor units, what the line costs after the discounts on it; promotions leave alone
 *     what is not above zero
 * @param reduced whether that is less than the list price
 */
public record SaleRow(
    @Nullable UUID product, String category, Quantity quantity, long amount, boolean reduced) {}
