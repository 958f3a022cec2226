package dev.countersign.common.promotion;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Reckons what one promotion takes of the goods that others have left for it. */
final class Reckoning {
  private final Pieces goods;
  private final Promotion promotion;
  private final int uses;
  private final List<Wanted> parts;

  /**
   * @param parts what is meant by each part of goods that are sold together
   * @param uses see {@link Caps#uses}, for all coupons together; 0 for as many as there are
   */
  Reckoning(Pieces goods, Promotion promotion, List<Wanted> parts, int uses) {
    this.parts = parts;
    this.goods = goods;
    this.promotion = promotion;
    this.uses = uses;
  }

  /**
   * The claim on these pieces.
   *
   * @param meant in the order of {@link Pieces}
   */
  Claim claim(Offer offer, int[] meant) {
    int[] free = Arrays.stream(meant).filter(p -> goods.isFreeFor(p, promotion)).toArray();
    var claim =
        switch (offer) {
          case Offer.PercentOff o -> {
            var some = some(free);
            yield spread(some, Shares.of(sum(some), o.percent(), Offer.ALL, true));
          }
          case Offer.AmountOff o -> each(free, o.amount(), false);
          case Offer.FixedPrice o -> each(free, o.price(), true);
          case Offer.PayFor o -> payFor(dearestFirst(free), o);
          case Offer.PriceFor o -> priceFor(dearestFirst(free), o);
          case Offer.CheapestFree o -> cheapestFree(dearestFirst(free), o.take());
          case Offer.Together o -> together(dearestFirst(free), o);
          case Offer.SpendAmount o -> {
            long sum = sum(free);
            long times = uses == 0 ? sum / o.threshold() : Math.min(uses, sum / o.threshold());
            yield spread(free, times > sum / o.amount() ? sum : times * o.amount());
          }
          case Offer.SpendPercent o -> {
            long sum = sum(free);
            long off = sum < o.threshold() ? 0 : Shares.of(sum, o.percent(), Offer.ALL, true);
            yield spread(free, off);
          }
        };
    return claim.within(promotion.caps(), goods);
  }

  private long sum(int[] pieces) {
    long sum = 0;
    for (int piece : pieces) {
      sum += goods.left(piece);
    }
    return sum;
  }

  private Claim spread(int[] pieces, long off) {
    return Claim.of(pieces, Shares.spread(off, left(pieces)));
  }

  private long[] left(int[] pieces) {
    return Arrays.stream(pieces).mapToLong(goods::left).toArray();
  }

  /** The dearest, as many as may; what is weighed has no number and is left out of a limit. */
  private int[] some(int[] free) {
    return uses == 0 ? free : Arrays.copyOf(dearestFirst(free), Math.min(uses, singles(free)));
  }

  private int singles(int[] free) {
    return (int) Arrays.stream(free).filter(goods::isSingle).count();
  }

  private Claim each(int[] free, long amount, boolean asPrice) {
    int[] some = some(free);
    var off = new long[some.length];
    for (int i = 0; i < some.length; i++) {
      long left = goods.left(some[i]);
      long figure = goods.times(some[i], amount);
      off[i] = asPrice ? Math.max(0, left - figure) : Math.min(left, figure);
    }
    // What gains nothing stays for others.
    int[] gain = IntStream.range(0, off.length).filter(i -> off[i] > 0).toArray();
    return Claim.of(
        Arrays.stream(gain).map(i -> some[i]).toArray(),
        Arrays.stream(gain).mapToLong(i -> off[i]).toArray());
  }

  /** Those that can be counted, by what is left to pay for them. */
  private int[] dearestFirst(int[] free) {
    long[] keys =
        Arrays.stream(free)
            .filter(goods::isSingle)
            .mapToLong(piece -> (Promotion.LARGEST - goods.left(piece)) << 20 | piece)
            .sorted()
            .toArray();
    return Arrays.stream(keys).mapToInt(key -> (int) (key & 0xFFFFF)).toArray();
  }

  private int groups(int pieces, int take) {
    int most = pieces / take;
    return uses == 0 ? most : Math.min(uses, most);
  }

  private Claim payFor(int[] free, Offer.PayFor offer) {
    int groups = groups(free.length, offer.take());
    return grouped(
        Arrays.copyOf(free, groups * offer.take()),
        offer.take(),
        group -> sum(Arrays.copyOfRange(group, offer.pay(), group.length)));
  }

  private Claim priceFor(int[] free, Offer.PriceFor offer) {
    int groups = groups(free.length, offer.take());
    int worth = 0;
    while (worth < groups
        && sum(Arrays.copyOfRange(free, worth * offer.take(), (worth + 1) * offer.take()))
            > offer.price()) {
      worth++;
    }
    return grouped(
        Arrays.copyOf(free, worth * offer.take()),
        offer.take(),
        group -> sum(group) - offer.price());
  }

  private interface OffGroup {
    long off(int[] group);
  }

  private Claim grouped(int[] pieces, int take, OffGroup offGroup) {
    var off = new long[pieces.length];
    for (int from = 0; from < pieces.length; from += take) {
      int[] group = Arrays.copyOfRange(pieces, from, from + take);
      System.arraycopy(Shares.spread(offGroup.off(group), left(group)), 0, off, from, take);
    }
    return Claim.of(pieces, off);
  }

  private Claim cheapestFree(int[] free, int take) {
    int groups = groups(free.length, take);
    int[] pieces = Arrays.copyOfRange(free, free.length - groups * take, free.length);
    return spread(pieces, sum(Arrays.copyOfRange(pieces, pieces.length - groups, pieces.length)));
  }

  /** Bundles until a part is missing or the goods are no dearer than the bundle. */
  private Claim together(int[] free, Offer.Together offer) {
    int size = offer.parts().stream().mapToInt(Offer.Part::count).sum();
    int most = groups(free.length, size);
    var used = new boolean[free.length];
    var pieces = new int[most * size];
    int bundles = 0;
    while (bundles < most) {
      int[] bundle = bundle(free, used, offer, size);
      if (bundle.length < size || sum(bundle) <= offer.price()) {
        break;
      }
      System.arraycopy(bundle, 0, pieces, bundles * size, size);
      bundles++;
    }
    return grouped(
        Arrays.copyOf(pieces, bundles * size), size, group -> sum(group) - offer.price());
  }

  /** The dearest of every part, one part after the other; too few when one is missing. */
  private int[] bundle(int[] free, boolean[] used, Offer.Together offer, int size) {
    var bundle = new int[size];
    int got = 0;
    for (int part = 0; part < offer.parts().size(); part++) {
      int wanted = got + offer.parts().get(part).count();
      for (int i = 0; i < free.length && got < wanted; i++) {
        if (!used[i] && goods.isMeant(free[i], parts.get(part))) {
          used[i] = true;
          bundle[got++] = free[i];
        }
      }
      if (got < wanted) {
        return new int[0];
      }
    }
    return bundle;
  }
}
