package dev.countersign.common.promotion;

import dev.countersign.common.money.Quantity;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Promotions and goods that the tests of this package use. */
final class Offers {
  static final UUID STORE = id(900);
  static final LocalDateTime MONDAY_NOON = LocalDateTime.of(2026, 6, 1, 12, 0);

  private Offers() {}

  static UUID id(int number) {
    return new UUID(0, number);
  }

  static SaleRow row(int product, String category, String quantity, long amount) {
    return new SaleRow(id(product), category, Quantity.parse(quantity), amount, false);
  }

  static Circumstances now(String... coupons) {
    return new Circumstances(MONDAY_NOON, STORE, List.of(coupons));
  }

  static Builder on(Selection goods, Offer offer) {
    return new Builder(offer, goods, 5, false, true, Caps.NONE, null);
  }

  /** A promotion that can be told otherwise in one thing. */
  record Builder(
      Offer offer,
      Selection goods,
      int priority,
      boolean combines,
      boolean onReduced,
      Caps caps,
      @Nullable Coupon coupon) {
    Builder first() {
      return new Builder(offer, goods, 0, combines, onReduced, caps, coupon);
    }

    Builder combining() {
      return new Builder(offer, goods, priority, true, onReduced, caps, coupon);
    }

    Builder onListPriceOnly() {
      return new Builder(offer, goods, priority, combines, false, caps, coupon);
    }

    Builder atMost(int uses, long perSale, int ofPrice) {
      return new Builder(
          offer, goods, priority, combines, onReduced, new Caps(uses, perSale, ofPrice), coupon);
    }

    Builder withCoupon(String code, int perSale) {
      return new Builder(
          offer, goods, priority, combines, onReduced, caps, new Coupon(code, perSale));
    }

    Dated as(int id) {
      return new Dated(
          id(id),
          new Promotion(
              "Promotion " + id,
              1,
              priority,
              combines,
              onReduced,
              Terms.of(offer),
              goods,
              caps,
              coupon,
              Validity.from(LocalDate.of(2026, 1, 1), null)));
    }
  }
}
