package dev.countersign.common.protocol;

import dev.countersign.common.protocol.FeedBody.RefundedItem;

/**
 * A sale that a device does not keep, asked for by its id or the number of its receipt.
 *
 * @param change the recorded change, base64, as its till signed it
 * @param refunded what came back of it on all tills
 */
public record OlderSale(String change, RefundedItem refunded) {}
