package dev.countersign.common.sale;

import static dev.countersign.common.sale.Goods.USD;
import static dev.countersign.common.sale.Goods.each;
import static dev.countersign.common.sale.Goods.qty;
import static dev.countersign.common.sale.Goods.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.countersign.common.catalogue.PriceList;
import dev.countersign.common.promotion.Caps;
import dev.countersign.common.promotion.Coupon;
import dev.countersign.common.promotion.Dated;
import dev.countersign.common.promotion.Offer;
import dev.countersign.common.promotion.Promotion;
import dev.countersign.common.promotion.Promotions;
import dev.countersign.common.promotion.Selection;
import dev.countersign.common.promotion.Terms;
import dev.countersign.common.promotion.Validity;
import dev.countersign.common.tax.TaxRounding;
import dev.countersign.common.tax.TaxRule;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Promotions in a priced basket. */
class OfferingTest {
  private static final TaxRule VAT = Goods.tax("20", true);
  private static final UUID ID = new UUID(0, 1);

  private static LineItem wine(String name) {
    return new LineItem(
        UUID.nameUUIDFromBytes(name.getBytes()), name, name, "", List.of(VAT), "wine");
  }

  private static Offering offering(Offer offer, boolean onReduced, @Nullable Coupon coupon) {
    var promotion =
        new Promotion(
            "Wine week",
            4,
            5,
            false,
            onReduced,
            Terms.of(offer),
            Selection.ofCategories("wine"),
            Caps.NONE,
            coupon,
            Validity.from(LocalDate.of(2026, 1, 1), null));
    return new Offering(
        Promotions.of(List.of(new Dated(ID, promotion))),
        Map.of(),
        LocalDateTime.of(2026, 6, 1, 12, 0),
        new UUID(0, 9));
  }

  private static PricedBasket price(Basket basket, Offering offering) {
    return Pricing.price(basket, TaxRounding.perLine(USD), offering);
  }

  @Test
  void aPromotionComesBehindTheDiscountsOfALineAndBeforeThoseOnAll() {
    var basket =
        Basket.empty(USD)
            .add(wine("Red"), qty("1"), each("10.00"))
            .discount(1, new Discount.AmountOff(usd("2.00"), "scratched"))
            .discount(new Discount.PercentOff(new BigDecimal("50"), "friend"));
    var priced = price(basket, offering(new Offer.PercentOff(1000), true, null));
    assertThat(priced.lines().getFirst().off())
        .extracting(off -> off.discount().reason(), PricedLine.Off::amount)
        .containsExactly(
            tuple("scratched", usd("2.00")),
            tuple("Wine week", usd("0.80")),
            tuple("friend", usd("3.60")));
    assertThat(priced.total()).isEqualTo(usd("3.60"));
    assertThat(priced.tax()).isEqualTo(usd("0.60"));
  }

  @Test
  void aDiscountedLineOrAnotherPriceIsReduced() {
    var offering = offering(new Offer.PercentOff(1000), false, null);
    var basket =
        Basket.empty(USD)
            .add(wine("Red"), qty("1"), each("10.00"))
            .add(wine("White"), qty("1"), each("10.00"))
            .add(wine("Rosé"), qty("1"), each("10.00"))
            .discount(1, new Discount.AmountOff(usd("2.00"), "scratched"))
            .setPrice(2, each("9.00"));
    assertThat(price(basket, offering).total()).isEqualTo(usd("26.00"));
  }

  @Test
  void aVoidedLineIsAsIfItHadNeverBeenScanned() {
    var offering = offering(new Offer.PayFor(3, 2), true, null);
    var three =
        Basket.empty(USD)
            .add(wine("Red"), qty("2"), each("10.00"))
            .add(wine("White"), qty("1"), each("4.00"));
    assertThat(price(three, offering).total()).isEqualTo(usd("20.00"));
    var two = Basket.empty(USD).add(wine("Red"), qty("2"), each("10.00"));
    assertThat(price(three.voidLine(2), offering)).isEqualTo(price(two, offering));
  }

  @Test
  void aCouponCountsOnceItWasShown() {
    var offering = offering(new Offer.AmountOff(100), true, new Coupon("WINE", 1));
    var basket = Basket.empty(USD).add(wine("Red"), qty("1"), each("10.00"));
    assertThat(offering.show("WINE", List.of())).isEqualTo(Promotions.Showing.COUNTS);
    assertThat(offering.show("WINE", List.of("WINE"))).isEqualTo(Promotions.Showing.ENOUGH);
    var before =
        new Offering(
            offering.promotions(), Map.of(), offering.at().minusYears(1), offering.store());
    assertThat(before.show("WINE", List.of())).isEqualTo(Promotions.Showing.NOT_NOW);
    assertThat(price(basket, offering).total()).isEqualTo(usd("10.00"));
    assertThat(price(basket.coupon("WINE"), offering).total()).isEqualTo(usd("9.00"));
    assertThat(price(basket.coupon("WINE"), Offering.NONE).total()).isEqualTo(usd("10.00"));
  }

  @Test
  void aBuyersPriceListIsOffFirstAndMakesNothingDearer() {
    UUID list = new UUID(0, 5);
    var staff =
        new PriceList(
            "Staff",
            3,
            LocalDate.of(2026, 1, 1),
            LocalDate.of(2026, 6, 1),
            List.of(
                new PriceList.ListedPrice(wine("Red").productId(), 800),
                new PriceList.ListedPrice(wine("White").productId(), 1500)));
    var promotions = offering(new Offer.PercentOff(1000), false, null);
    var offering =
        new Offering(
            promotions.promotions(), Map.of(list, staff), promotions.at(), promotions.store());
    var basket =
        Basket.empty(USD)
            .add(wine("Red"), qty("2"), each("10.00"))
            .add(wine("White"), qty("1"), each("10.00"));
    assertThat(price(basket, offering).total()).isEqualTo(usd("27.00"));
    var staffs =
        basket.boughtBy(new Buyer(new UUID(0, 6), "Ada", new CustomerTerms(1, list, "", 0)));
    var priced = price(staffs, offering);
    // Red at the list's price, which the promotion leaves alone; white a tenth off.
    assertThat(priced.total()).isEqualTo(usd("25.00"));
    assertThat(priced.lines().getFirst().off())
        .extracting(off -> off.discount().reason())
        .containsExactly("Staff");
    var ended =
        new Offering(
            Promotions.of(List.of()),
            Map.of(list, staff),
            promotions.at().plusDays(1),
            promotions.store());
    assertThat(price(staffs, ended).total()).isEqualTo(usd("30.00"));
    assertThat(price(staffs.boughtBy(null), offering).total()).isEqualTo(usd("27.00"));
  }

  /** Ten cents off by a list are worth less than half off: the list is left alone. */
  @Test
  void whoeverIsOnAPriceListGetsThePromotionThatGivesMore() {
    UUID list = new UUID(0, 5);
    var staff =
        new PriceList(
            "Staff",
            3,
            LocalDate.of(2026, 1, 1),
            null,
            List.of(
                new PriceList.ListedPrice(wine("Red").productId(), 990),
                new PriceList.ListedPrice(wine("White").productId(), 100)));
    var half = offering(new Offer.PercentOff(5000), false, null);
    var offering = new Offering(half.promotions(), Map.of(list, staff), half.at(), half.store());
    var basket =
        Basket.empty(USD)
            .add(wine("Red"), qty("1"), each("10.00"))
            .add(wine("White"), qty("1"), each("10.00"))
            .boughtBy(new Buyer(new UUID(0, 6), "Ada", new CustomerTerms(1, list, "", 0)));
    var priced = price(basket, offering);
    assertThat(priced.lines())
        .extracting(line -> line.off().getFirst().discount().reason(), PricedLine::gross)
        .containsExactly(tuple("Wine week", usd("5.00")), tuple("Staff", usd("1.00")));
  }

  /** A bag at a counter: the price that was typed last is its own. */
  @Test
  void whatNoCatalogueKnowsIsNotReducedByTypingItsPriceAgain() {
    var offering = offering(new Offer.PercentOff(1000), false, null);
    var bag = new LineItem(null, "", "Bag", "", List.of(VAT), "wine");
    var basket = Basket.empty(USD).add(bag, qty("1"), each("5.00")).setPrice(1, each("4.00"));
    assertThat(price(basket, offering).total()).isEqualTo(usd("3.60"));
  }

  @Test
  void theSameIsOnOfferWhileNothingBeginsOrEnds() {
    var offering = offering(new Offer.PercentOff(1000), true, null);
    var first = LocalDate.of(2026, 1, 1).atStartOfDay();
    assertThat(offering.isAs(at(offering, offering.at().plusDays(1)))).isTrue();
    assertThat(at(offering, first).isAs(offering)).isTrue();
    assertThat(at(offering, first.minusMinutes(1)).isAs(offering)).isFalse();
    assertThat(offering.isAs(offering(new Offer.PercentOff(1000), true, null))).isFalse();
  }

  private static Offering at(Offering offering, LocalDateTime moment) {
    return new Offering(offering.promotions(), offering.lists(), moment, offering.store());
  }

  private static Basket byExempt(Basket basket) {
    return basket.boughtBy(
        new Buyer(new UUID(0, 6), "Ada", new CustomerTerms(1, null, "Charity 12", 0)));
  }

  @Test
  void whoeverIsExemptPaysWhatTheGoodsCostWithoutTax() {
    var offering = offering(new Offer.PercentOff(1000), true, null);
    var basket = Basket.empty(USD).add(wine("Red"), qty("2"), each("10.00"));
    var priced = price(byExempt(basket), offering);
    // 20.00, a tenth off, a fifth of tax in it.
    assertThat(priced.total()).isEqualTo(usd("15.00"));
    assertThat(priced.tax()).isEqualTo(usd("0.00"));
    assertThat(priced.lines().getFirst().exempted())
        .extracting(share -> share.amount())
        .containsExactly(usd("3.00"));
  }

  @Test
  void taxOnTopIsNotAddedForWhoeverIsExempt() {
    var item =
        new LineItem(new UUID(0, 8), "1", "Gin", "", List.of(Goods.tax("8", false)), "spirits");
    var basket = Basket.empty(USD).add(item, qty("1"), each("10.00"));
    assertThat(price(basket, Offering.NONE).total()).isEqualTo(usd("10.80"));
    assertThat(price(byExempt(basket), Offering.NONE).total()).isEqualTo(usd("10.00"));
  }

  @Test
  void goodsThatComeBackTakeNoPromotion() {
    var offering = offering(new Offer.PercentOff(1000), true, null);
    var basket = Basket.empty(USD).add(wine("Red"), qty("-1"), each("10.00"));
    assertThat(price(basket, offering).total()).isEqualTo(usd("-10.00"));
  }
}
