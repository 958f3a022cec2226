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
 * @param emptiesInShift up to what the empties of a whole shift, those that somebody answered for
 *     left out, take nobody's approval, in minor units, not negative; null for no limit
 */
public record GoodsSettings(
    List<SaleHours> hours, @Nullable Long emptiesLimit, @Nullable Long emptiesInShift) {
  /** Everything is sold at any time. */
  public static final GoodsSettings USUAL = new GoodsSettings(List.of(), null, null);

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
    return new GoodsSettings(others, emptiesLimit, emptiesInShift);
  }

  /** The same with another limit for empties, in minor units. */
  public GoodsSettings with(long limit) {
    return new GoodsSettings(hours, limit, emptiesInShift);
  }

  /** The same with another limit for the empties of a shift, in minor units; null for none. */
  public GoodsSettings inShift(@Nullable Long limit) {
    return new GoodsSettings(hours, emptiesLimit, limit);
  }

  /** Whether so much for empties is beyond what a shift pays out without approval. */
  public boolean isBeyondShift(long minor) {
    return emptiesInShift != null && minor > emptiesInShift;
  }
}
