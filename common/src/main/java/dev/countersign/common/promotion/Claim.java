package dev.countersign.common.promotion;

import java.util.Arrays;

/**
 * What a promotion would take, as things stand.
 *
 * @param pieces those it uses up, whether anything comes off them or not
 * @param off how much comes off each
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Claim(int[] pieces, long[] off, long total) {
  static final Claim NONE = new Claim(new int[0], new long[0], 0);

  static Claim of(int[] pieces, long[] off) {
    long total = Arrays.stream(off).sum();
    return total == 0 ? NONE : new Claim(pieces, off, total);
  }

  /** With no more than the promotion may give. */
  Claim within(Caps caps, Pieces goods) {
    var capped = off;
    if (caps.ofPrice() < Offer.ALL) {
      capped = off.clone();
      for (int i = 0; i < pieces.length; i++) {
        capped[i] = Math.min(capped[i], goods.room(pieces[i], caps.ofPrice()));
      }
    }
    long all = Arrays.stream(capped).sum();
    if (caps.perSale() > 0 && all > caps.perSale()) {
      capped = Shares.spread(caps.perSale(), capped);
    }
    return capped == off ? this : of(pieces, capped);
  }
}
