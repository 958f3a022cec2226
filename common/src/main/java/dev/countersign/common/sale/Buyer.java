package dev.countersign.common.sale;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customer whose basket it is.
 *
 * @param priceList the list by which they buy, or null for the usual prices
 */
public record Buyer(UUID id, String name, @Nullable UUID priceList) {}
