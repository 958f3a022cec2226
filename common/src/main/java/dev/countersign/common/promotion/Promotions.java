package dev.countersign.common.promotion;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All promotions of a business, found by the goods they are on. Made once and asked for every sale;
 * immutable.
 *
 * <p>The order: first those on goods, then those on what is left of the basket; among them the
 * smaller priority; among the same priority whichever gives the customer most as things stand, and
 * the smaller id where two give the same. What a promotion that does not combine has used, nobody
 * else uses; one that combines leaves its goods, at what is left to pay for them, to others that
 * do. Whoever never had a part in a sale did not change it: the promotions that a sale names give
 * the same again without all others.
 */
public final class Promotions {
  private static final Comparator<Contender> ORDER =
      Comparator.<Contender, Boolean>comparing(c -> c.ready.offer().isOnBasket())
          .thenComparing(c -> c.ready.promotion().priority())
          .thenComparing(c -> c.ready.id());

  private final List<Ready> all;
  private final Map<UUID, List<Ready>> byProduct = new HashMap<>();
  private final Map<String, List<Ready>> byCategory = new HashMap<>();
  private final List<Ready> onEverything = new ArrayList<>();

  private record Ready(UUID id, Promotion promotion, Offer offer, List<Wanted> wanted) {}

  /** A promotion that means some of the goods of this sale. */
  private static final class Contender {
    final Ready ready;
    final Reckoning reckoning;
    final BitSet pieces = new BitSet();
    @Nullable Claim claim;

    Contender(Ready ready, Reckoning reckoning) {
      this.ready = ready;
      this.reckoning = reckoning;
    }

    Claim claim() {
      var known = claim;
      if (known == null) {
        known = reckoning.claim(ready.offer(), pieces.stream().toArray());
        claim = known;
      }
      return known;
    }
  }

  private Promotions(List<Ready> all) {
    this.all = all;
    for (var ready : all) {
      for (var goods : ready.wanted()) {
        if (goods.everything()) {
          onEverything.add(ready);
        }
        goods.products().forEach(p -> add(byProduct, p, ready));
        goods.categories().forEach(c -> add(byCategory, c, ready));
      }
    }
  }

  private static <K> void add(Map<K, List<Ready>> index, K key, Ready ready) {
    index.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(ready);
  }

  /** Those that this program understands; others are left out. */
  public static Promotions of(Collection<Dated> promotions) {
    return new Promotions(
        promotions.stream()
            .filter(dated -> dated.promotion().fits())
            .flatMap(dated -> ready(dated).stream())
            .toList());
  }

  private static Optional<Ready> ready(Dated dated) {
    var promotion = dated.promotion();
    return promotion
        .terms()
        .offer()
        .map(
            offer -> {
              var goods =
                  offer instanceof Offer.Together together
                      ? together.parts().stream().map(Offer.Part::goods).toList()
                      : List.of(promotion.goods());
              return new Ready(
                  dated.id(), promotion, offer, goods.stream().map(Wanted::of).toList());
            });
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** Whether any of them leaves alone what costs less than the list price already. */
  public boolean spareReduced() {
    return all.stream().anyMatch(ready -> !ready.promotion().onReduced());
  }

  /** Whether in a store the same of them count at two moments by the clock on its wall. */
  public boolean alike(UUID store, LocalDateTime one, LocalDateTime other) {
    return all.stream()
        .map(ready -> ready.promotion().validity())
        .allMatch(validity -> !validity.in(store) || validity.at(one) == validity.at(other));
  }

  /** What comes of showing a coupon. */
  public enum Showing {
    COUNTS,
    /** It counts in another store, on another day or at another hour. */
    NOT_NOW,
    /** It counts for as many as were shown already, and for no more. */
    ENOUGH,
    UNKNOWN
  }

  /**
   * What comes of showing one more coupon.
   *
   * @param code in its normal form
   * @param now with those that were shown before
   */
  public Showing show(String code, Circumstances now) {
    var named =
        all.stream()
            .map(Ready::promotion)
            .filter(p -> p.coupon() != null && p.coupon().code().equals(code))
            .toList();
    if (named.isEmpty()) {
      return Showing.UNKNOWN;
    }
    var counting =
        named.stream()
            .filter(p -> p.validity().in(now.store()) && p.validity().at(now.at()))
            .toList();
    if (counting.isEmpty()) {
      return Showing.NOT_NOW;
    }
    long shown = now.coupons().stream().filter(code::equals).count();
    return counting.stream().anyMatch(p -> p.coupon() != null && shown < p.coupon().perSale())
        ? Showing.COUNTS
        : Showing.ENOUGH;
  }

  /**
   * What comes off the lines of a sale.
   *
   * @throws ArithmeticException when the lines together do not fit in 64 bits
   */
  public Applied apply(List<SaleRow> rows, Circumstances now) {
    var off = new ArrayList<List<PromotionOff>>();
    rows.forEach(_ -> off.add(new ArrayList<>(0)));
    if (!all.isEmpty() && !rows.isEmpty()) {
      var goods = new Pieces(rows);
      var run = new ArrayList<Contender>();
      for (var contender : contenders(goods, now)) {
        if (!run.isEmpty() && !isSameRank(run.getFirst(), contender)) {
          settle(run, goods, off);
          run.clear();
        }
        run.add(contender);
      }
      settle(run, goods, off);
    }
    return new Applied(off.stream().map(List::copyOf).toList());
  }

  private static boolean isSameRank(Contender one, Contender other) {
    return one.ready.offer().isOnBasket() == other.ready.offer().isOnBasket()
        && one.ready.promotion().priority() == other.ready.promotion().priority();
  }

  /** Whoever means some of the goods and counts now, in their order. */
  private List<Contender> contenders(Pieces goods, Circumstances now) {
    var coupons =
        now.coupons().stream().collect(Collectors.groupingBy(c -> c, Collectors.counting()));
    var found = new LinkedHashMap<UUID, Optional<Contender>>();
    var meant = new HashMap<Optional<UUID>, Map<String, List<Contender>>>();
    for (int piece = 0; piece < goods.size(); piece++) {
      var product = goods.product(piece);
      var category = goods.category(piece);
      var ofKind = meant.computeIfAbsent(Optional.ofNullable(product), _ -> new HashMap<>(2));
      var on = ofKind.get(category);
      if (on == null) {
        on =
            on(product, category).stream()
                .flatMap(
                    ready ->
                        found
                            .computeIfAbsent(ready.id(), _ -> contender(ready, goods, now, coupons))
                            .stream())
                .toList();
        ofKind.put(category, on);
      }
      for (var contender : on) {
        contender.pieces.set(piece);
      }
    }
    return found.values().stream().flatMap(Optional::stream).sorted(ORDER).toList();
  }

  /** Who is on goods by both is named twice. */
  private List<Ready> on(@Nullable UUID product, String category) {
    var on = new ArrayList<>(onEverything);
    if (product != null) {
      on.addAll(byProduct.getOrDefault(product, List.of()));
    }
    on.addAll(byCategory.getOrDefault(category, List.of()));
    return on;
  }

  private static Optional<Contender> contender(
      Ready ready, Pieces goods, Circumstances now, Map<String, Long> coupons) {
    var promotion = ready.promotion();
    if (!promotion.validity().in(now.store()) || !promotion.validity().at(now.at())) {
      return Optional.empty();
    }
    int times = 1;
    var coupon = promotion.coupon();
    if (coupon != null) {
      times = (int) Math.min(coupon.perSale(), coupons.getOrDefault(coupon.code(), 0L));
    }
    int uses = promotion.caps().uses() * times;
    return times == 0
        ? Optional.empty()
        : Optional.of(new Contender(ready, new Reckoning(goods, promotion, ready.wanted(), uses)));
  }

  /** One after the other takes what it can, of the same rank whoever gives most. */
  private static void settle(List<Contender> rank, Pieces goods, List<List<PromotionOff>> off) {
    var left = new ArrayList<>(rank);
    left.removeIf(contender -> contender.claim().total() == 0);
    while (!left.isEmpty()) {
      var best = left.getFirst();
      for (var contender : left) {
        if (contender.claim().total() > best.claim().total()) {
          best = contender;
        }
      }
      left.remove(best);
      var used = take(best, goods, off);
      for (var contender : left) {
        if (contender.pieces.intersects(used)) {
          contender.claim = null;
        }
      }
      left.removeIf(contender -> contender.claim().total() == 0);
    }
  }

  private static BitSet take(Contender winner, Pieces goods, List<List<PromotionOff>> off) {
    var claim = winner.claim();
    var promotion = winner.ready.promotion();
    var used = new BitSet();
    var ofRow = new long[off.size()];
    for (int i = 0; i < claim.pieces().length; i++) {
      int piece = claim.pieces()[i];
      used.set(piece);
      goods.take(piece, claim.off()[i], promotion.combines());
      ofRow[goods.row(piece)] += claim.off()[i];
    }
    for (int row : Arrays.stream(claim.pieces()).map(goods::row).distinct().toArray()) {
      if (ofRow[row] > 0) {
        off.get(row)
            .add(
                new PromotionOff(
                    winner.ready.id(), promotion.version(), promotion.name(), ofRow[row]));
      }
    }
    return used;
  }
}
