package dev.countersign.common.sale;

import java.util.List;
import java.util.Map;

/**
 * The discounts given on a basket.
 *
 * @param onLines by line number, in the order they were given
 * @param onBasket in the order they were given
 */
public record BasketDiscounts(Map<Integer, List<Discount>> onLines, List<Discount> onBasket) {
  public static final BasketDiscounts NONE = new BasketDiscounts(Map.of(), List.of());

  public BasketDiscounts {
    onLines = Map.copyOf(onLines);
    onBasket = List.copyOf(onBasket);
  }
}
