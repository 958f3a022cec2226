package dev.countersign.common.sale;

import dev.countersign.common.catalogue.PriceList;
import dev.countersign.common.promotion.Circumstances;
import dev.countersign.common.promotion.Promotions;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The promotions and price lists under which a basket is priced.
 *
 * @param at by the clock on the store's wall
 */
public record Offering(
    Promotions promotions, Map<UUID, PriceList> lists, LocalDateTime at, UUID store) {
  /** Where nothing is on offer. */
  public static final Offering NONE =
      new Offering(Promotions.of(List.of()), Map.of(), LocalDateTime.MIN, new UUID(0, 0));

  public Offering {
    lists = Map.copyOf(lists);
  }

  /** Whether the same is on offer under both, so that a basket costs the same. */
  public boolean isAs(Offering other) {
    return promotions == other.promotions
        && lists.equals(other.lists)
        && store.equals(other.store)
        && (at.truncatedTo(ChronoUnit.MINUTES).equals(other.at.truncatedTo(ChronoUnit.MINUTES))
            || (promotions.alike(store, at, other.at)
                && lists.values().stream()
                    .allMatch(l -> l.on(at.toLocalDate()) == l.on(other.at.toLocalDate()))));
  }

  /**
   * What comes of showing a coupon now.
   *
   * @param code in its normal form
   * @param before those that were shown already
   */
  public Promotions.Showing show(String code, List<String> before) {
    return promotions.show(code, with(before));
  }

  Circumstances with(List<String> coupons) {
    return new Circumstances(at, store, coupons);
  }

  /** The list by which somebody buys now. */
  Optional<PriceList> listOf(@Nullable Buyer buyer) {
    UUID list = buyer == null ? null : buyer.priceList();
    return list == null
        ? Optional.empty()
        : Optional.ofNullable(lists.get(list)).filter(found -> found.on(at.toLocalDate()));
  }
}
