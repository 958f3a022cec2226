package dev.countersign.common.promotion;

import java.util.UUID;

/**
 * What a promotion takes off a line.
 *
 * @param version of the promotion that was reckoned with
 * @param name as the receipt says it
 * @param amount minor units, above zero
 */
public record PromotionOff(UUID promotion, int version, String name, long amount) {}
