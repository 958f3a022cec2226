package dev.countersign.client.ledger;

import dev.countersign.client.store.TillStore;
import dev.countersign.common.catalogue.PriceList;
import dev.countersign.common.promotion.Dated;
import dev.countersign.common.promotion.Promotions;
import dev.countersign.common.protocol.FeedBody.PriceListItem;
import dev.countersign.common.protocol.FeedBody.PromotionItem;
import dev.countersign.common.sale.Offering;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The promotions and price lists of the business, as the server last said and as they were written
 * here since. Kept in memory. Safe for any thread.
 */
public final class Deals {
  private final TillStore store;
  private final Enrolled enrolled;
  private volatile @Nullable Ready ready;

  private record Ready(Promotions promotions, Map<UUID, PriceList> lists) {}

  Deals(TillStore store, Enrolled enrolled) {
    this.store = store;
    this.enrolled = enrolled;
  }

  /** Every promotion that is not over everywhere, by name. */
  public List<Dated> promotions() {
    return store.read(db -> Written.read(db, "promotion", PromotionItem.class)).entrySet().stream()
        .map(each -> new Dated(each.getKey(), each.getValue().promotion()))
        .sorted(
            Comparator.comparing((Dated each) -> each.promotion().name()).thenComparing(Dated::id))
        .toList();
  }

  /** Every price list that is not over everywhere. */
  public Map<UUID, PriceList> priceLists() {
    Map<UUID, PriceList> lists = new HashMap<>();
    store
        .read(db -> Written.read(db, "price-list", PriceListItem.class))
        .forEach((id, item) -> lists.put(id, item.list()));
    return lists;
  }

  /** What is offered in this device's store at a moment by the clock on its wall. */
  public Offering at(LocalDateTime moment) {
    Ready current = ready;
    Ready known = current == null ? refresh() : current;
    return offering(known, moment);
  }

  /** As {@link #at}, without reading; empty where that would be needed. */
  public Optional<Offering> atHand(LocalDateTime moment) {
    return Optional.ofNullable(ready).map(known -> offering(known, moment));
  }

  private Offering offering(Ready known, LocalDateTime moment) {
    return new Offering(known.promotions(), known.lists(), moment, enrolled.store());
  }

  /** Under one lock with {@link #forget}, so that nothing read before a commit is kept after it. */
  private synchronized Ready refresh() {
    Ready fresh = new Ready(Promotions.of(promotions()), Map.copyOf(priceLists()));
    ready = fresh;
    return fresh;
  }

  synchronized void forget() {
    ready = null;
  }
}
