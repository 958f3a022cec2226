package dev.countersign.common.promotion;

import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;

/**
 * What decides which promotions count for a sale, beside its goods.
 *
 * @param at by the clock on the store's wall
 * @param coupons the codes that were shown, each as often as it was, in their normal form
 */
public record Circumstances(LocalDateTime at, UUID store, List<String> coupons) {
  public Circumstances {
    coupons = List.copyOf(coupons);
  }
}
