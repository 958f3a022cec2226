package dev.countersign.common.protocol;

import dev.countersign.common.sale.SaleHours;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a store minds of its goods.
 *
 * @param hours when restricted goods may be sold; what is not named may be at any time
 * @param emptiesLimit up to what empties of one sale take nobody's approval, in minor units, not
 *     negative; null while nobody has said
 */
public record GoodsSettings(List<SaleHours> hours, @Nullable Long emptiesLimit) {
  /** Everything is sold at any time. */
  public static final GoodsSettings USUAL = new GoodsSettings(List.of(), null);

  private static final long USUAL_LIMIT = 5_000;

  public GoodsSettings {
    hours = hours == null ? List.of() : List.copyOf(hours);
  }

  /** The limit for empties in minor units: what was said, else {@code 5000}. */
  public long limit() {
    return emptiesLimit == null ? USUAL_LIMIT : emptiesLimit;
  }

  /** The same with other hours. */
  public GoodsSettings with(List<SaleHours> others) {
    return new GoodsSettings(others, emptiesLimit);
  }

  /** The same with another limit for empties, in minor units. */
  public GoodsSettings with(long limit) {
    return new GoodsSettings(hours, limit);
  }
}
