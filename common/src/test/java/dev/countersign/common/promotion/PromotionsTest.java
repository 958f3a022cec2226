package dev.countersign.common.promotion;

import static dev.countersign.common.promotion.Offers.id;
import static dev.countersign.common.promotion.Offers.now;
import static dev.countersign.common.promotion.Offers.on;
import static dev.countersign.common.promotion.Offers.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.money.Quantity;
import dev.countersign.common.promotion.Offer.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromotionsTest {
  private static final Selection WINE = Selection.ofCategories("wine");
  private static final Selection SNACKS = Selection.ofCategories("snacks");

  /** What each line has off in all. */
  private static List<Long> off(List<SaleRow> rows, Circumstances now, Dated... promotions) {
    return Promotions.of(List.of(promotions)).apply(rows, now).rows().stream()
        .map(line -> line.stream().mapToLong(PromotionOff::amount).sum())
        .toList();
  }

  private static List<Long> off(List<SaleRow> rows, Dated... promotions) {
    return off(rows, now(), promotions);
  }

  private static List<SaleRow> threeBottles() {
    return List.of(row(1, "wine", "1", 1000), row(2, "wine", "1", 800), row(3, "wine", "1", 600));
  }

  @Test
  void aPercentageIsOffWhatIsMeantAndNothingElse() {
    var rows = List.of(row(1, "wine", "2", 999), row(2, "snacks", "1", 500));
    assertThat(off(rows, on(WINE, new Offer.PercentOff(1000)).as(1))).containsExactly(100L, 0L);
    assertThat(off(rows, on(Selection.ofProducts(id(2)), new Offer.PercentOff(1000)).as(1)))
        .containsExactly(0L, 50L);
    assertThat(off(rows, on(Selection.EVERYTHING, new Offer.PercentOff(10_000)).as(1)))
        .containsExactly(999L, 500L);
  }

  @Test
  void aReceiptNamesThePromotionAndItsVersion() {
    var promotion = on(WINE, new Offer.AmountOff(50)).as(7);
    var applied = Promotions.of(List.of(promotion)).apply(threeBottles(), now());
    assertThat(applied.rows().getFirst())
        .containsExactly(new PromotionOff(id(7), 1, "Promotion 7", 50));
    assertThat(applied.total()).isEqualTo(150);
  }

  @Test
  void anAmountOffIsNeverMoreThanThePrice() {
    var rows = List.of(row(1, "wine", "2", 60), row(2, "wine", "1", 500));
    assertThat(off(rows, on(WINE, new Offer.AmountOff(40)).as(1))).containsExactly(60L, 40L);
  }

  @Test
  void aFixedPriceMakesNothingDearer() {
    assertThat(off(threeBottles(), on(WINE, new Offer.FixedPrice(700)).as(1)))
        .containsExactly(300L, 100L, 0L);
  }

  @Test
  void whatIsWeighedTakesAPriceAndAnAmountByItsWeight() {
    var rows = List.of(row(1, "cheese", "0.345", 690));
    var cheese = Selection.ofCategories("cheese");
    assertThat(off(rows, on(cheese, new Offer.FixedPrice(1500)).as(1))).containsExactly(172L);
    assertThat(off(rows, on(cheese, new Offer.AmountOff(100)).as(1))).containsExactly(35L);
    assertThat(off(rows, on(cheese, new Offer.PayFor(2, 1)).as(1))).containsExactly(0L);
  }

  @Test
  void threeForTwoGivesTheCheapestSpreadOverAllThree() {
    assertThat(off(threeBottles(), on(WINE, new Offer.PayFor(3, 2)).as(1)))
        .containsExactly(250L, 200L, 150L);
    assertThat(off(threeBottles().subList(0, 2), on(WINE, new Offer.PayFor(3, 2)).as(1)))
        .containsExactly(0L, 0L);
  }

  @Test
  void groupsOfThreeForTwoAreMadeOfTheDearestFirst() {
    var rows = List.of(row(1, "wine", "3", 300), row(2, "wine", "3", 3000), row(3, "wine", "1", 1));
    assertThat(off(rows, on(WINE, new Offer.PayFor(3, 2)).as(1))).containsExactly(100L, 1000L, 0L);
  }

  @Test
  void theCheapestOfAllIsFreeOnceForEveryThree() {
    var rows = List.of(row(1, "wine", "3", 300), row(2, "wine", "3", 3000), row(3, "wine", "1", 1));
    var applied =
        Promotions.of(List.of(on(WINE, new Offer.CheapestFree(3)).as(1))).apply(rows, now());
    assertThat(applied.total()).isEqualTo(101);
  }

  @Test
  void soManyForAPriceLeavesGroupsAloneThatAreCheaper() {
    var rows = List.of(row(1, "wine", "2", 1000), row(2, "wine", "2", 300));
    assertThat(off(rows, on(WINE, new Offer.PriceFor(2, 700)).as(1))).containsExactly(300L, 0L);
  }

  @Test
  void partsAreSoldTogetherForOnePrice() {
    var meal =
        new Offer.Together(
            List.of(new Part(Selection.ofCategories("bread"), 1), new Part(SNACKS, 2)), 500);
    var rows =
        List.of(row(1, "bread", "2", 800), row(2, "snacks", "1", 200), row(3, "snacks", "2", 300));
    var deal = on(Selection.EVERYTHING, meal).as(1);
    // 400 + 200 + 150 for 500; the second bread finds one snack only.
    assertThat(Promotions.of(List.of(deal)).apply(rows, now()).total()).isEqualTo(250);
    assertThat(off(rows.subList(0, 2), deal)).containsExactly(0L, 0L);
  }

  @Test
  void spendingIsMeasuredAfterWhatOthersTook() {
    var ten = on(Selection.EVERYTHING, new Offer.SpendAmount(2400, 500)).first().combining();
    assertThat(off(threeBottles(), ten.as(1))).containsExactly(208L, 167L, 125L);
    var wine = on(WINE, new Offer.AmountOff(1)).combining().as(2);
    assertThat(off(threeBottles(), ten.as(1), wine)).containsExactly(1L, 1L, 1L);
  }

  @Test
  void spendingGivesAgainForEveryTimeTheThresholdUnlessItIsOnce() {
    var each = on(Selection.EVERYTHING, new Offer.SpendAmount(1000, 100));
    assertThat(Promotions.of(List.of(each.as(1))).apply(threeBottles(), now()).total())
        .isEqualTo(200);
    assertThat(
            Promotions.of(List.of(each.atMost(1, 0, 10_000).as(1)))
                .apply(threeBottles(), now())
                .total())
        .isEqualTo(100);
    var percent = on(Selection.EVERYTHING, new Offer.SpendPercent(2401, 1000)).as(1);
    assertThat(off(threeBottles(), percent)).containsExactly(0L, 0L, 0L);
  }

  @Test
  void ofTheSamePriorityTheBestForTheCustomerComesFirst() {
    var small = on(WINE, new Offer.PercentOff(1000)).as(1);
    var large = on(WINE, new Offer.PercentOff(2000)).as(2);
    assertThat(off(threeBottles(), small, large)).containsExactly(200L, 160L, 120L);
    assertThat(off(threeBottles(), on(WINE, new Offer.PercentOff(1000)).first().as(1), large))
        .containsExactly(100L, 80L, 60L);
  }

  @Test
  void amongEqualsTheSmallerIdComesFirst() {
    var one = on(WINE, new Offer.PercentOff(1000)).as(1);
    var other = on(WINE, new Offer.PercentOff(1000)).as(2);
    var applied = Promotions.of(List.of(other, one)).apply(threeBottles(), now());
    assertThat(applied.rows().getFirst())
        .extracting(PromotionOff::promotion)
        .containsExactly(id(1));
  }

  @Test
  void onlyPromotionsThatBothCombineShareGoods() {
    var half = on(WINE, new Offer.PercentOff(5000));
    var tenth = on(WINE, new Offer.PercentOff(1000));
    assertThat(off(threeBottles(), half.combining().as(1), tenth.combining().as(2)))
        .containsExactly(550L, 440L, 330L);
    assertThat(off(threeBottles(), half.combining().as(1), tenth.as(2)))
        .containsExactly(500L, 400L, 300L);
    assertThat(off(threeBottles(), half.as(1), tenth.combining().as(2)))
        .containsExactly(500L, 400L, 300L);
  }

  @Test
  void whatAGroupDoesNotUseIsLeftForOthers() {
    var threeForTwo = on(WINE, new Offer.PayFor(3, 2)).first().as(1);
    var tenth = on(WINE, new Offer.PercentOff(1000)).as(2);
    var rows = List.of(row(1, "wine", "4", 4000));
    assertThat(off(rows, threeForTwo, tenth)).containsExactly(1100L);
  }

  @Test
  void aPromotionOnListPricesLeavesWhatIsReducedAlone() {
    var rows =
        List.of(new SaleRow(id(1), "wine", Quantity.ONE, 900, true), row(1, "wine", "1", 1000));
    var tenth = on(WINE, new Offer.PercentOff(1000));
    assertThat(off(rows, tenth.onListPriceOnly().as(1))).containsExactly(0L, 100L);
    assertThat(off(rows, tenth.as(1))).containsExactly(90L, 100L);
  }

  @Test
  void capsHoldForASaleAndForEveryPrice() {
    var half = on(WINE, new Offer.PercentOff(5000));
    assertThat(off(threeBottles(), half.atMost(0, 240, 10_000).as(1)))
        .containsExactly(100L, 80L, 60L);
    assertThat(off(threeBottles(), half.atMost(0, 0, 3000).as(1)))
        .containsExactly(300L, 240L, 180L);
    assertThat(off(threeBottles(), half.atMost(1, 0, 10_000).as(1))).containsExactly(500L, 0L, 0L);
  }

  @Test
  void theLimitOfAPriceCountsWhatOthersTookBefore() {
    var first = on(WINE, new Offer.PercentOff(4000)).first().combining().as(1);
    var second = on(WINE, new Offer.PercentOff(5000)).combining().atMost(0, 0, 5000).as(2);
    assertThat(off(threeBottles(), first, second)).containsExactly(500L, 400L, 300L);
  }

  @Test
  void aCouponCountsWhenItIsShownAndAsOftenAsItMay() {
    var coffee = on(WINE, new Offer.AmountOff(100)).atMost(1, 0, 10_000).withCoupon("WINE1", 2);
    var rows = List.of(row(1, "wine", "5", 5000));
    assertThat(off(rows, coffee.as(1))).containsExactly(0L);
    assertThat(off(rows, now("OTHER"), coffee.as(1))).containsExactly(0L);
    assertThat(off(rows, now("WINE1"), coffee.as(1))).containsExactly(100L);
    assertThat(off(rows, now("WINE1", "WINE1", "WINE1"), coffee.as(1))).containsExactly(200L);
    var all = Promotions.of(List.of(coffee.as(1)));
    assertThat(all.show(Coupon.normal(" wine1"), now())).isEqualTo(Promotions.Showing.COUNTS);
    assertThat(all.show("OTHER", now())).isEqualTo(Promotions.Showing.UNKNOWN);
  }

  @Test
  void goodsThatComeBackOrCostNothingAreLeftAlone() {
    var rows = List.of(row(1, "wine", "-1", -1000), row(2, "wine", "1", 0));
    assertThat(off(rows, on(Selection.EVERYTHING, new Offer.PercentOff(1000)).as(1)))
        .containsExactly(0L, 0L);
    assertThat(off(rows, on(WINE, new Offer.PayFor(2, 1)).as(1))).containsExactly(0L, 0L);
  }

  @Test
  void aKindThatIsNotKnownAndFiguresOutOfRangeGiveNothing() {
    var promotion = on(WINE, new Offer.PercentOff(1000)).as(1).promotion();
    for (var terms :
        List.of(
            new Terms("lottery", 5, 5, 5, 5, 5, List.of()),
            new Terms("percent-off", 0, 10_001, 0, 0, 0, List.of()),
            new Terms("pay-for", 0, 0, 2, 2, 0, List.of()),
            new Terms("pay-for", 0, 0, 100, 2, 0, List.of()),
            new Terms("amount-off", -5, 0, 0, 0, 0, List.of()),
            new Terms("spend-amount", 100, 0, 0, 0, 0, List.of()),
            new Terms("together", 100, 0, 0, 0, 0, List.of()))) {
      var odd =
          new Promotion(
              "Odd", 1, 0, true, true, terms, WINE, Caps.NONE, null, promotion.validity());
      assertThat(odd.fits()).isFalse();
      assertThat(off(threeBottles(), new Dated(id(1), odd))).containsExactly(0L, 0L, 0L);
    }
  }

  @Test
  void moreThanAnybodyCountsIsTakenAsAWhole() {
    var rows = List.of(row(1, "screws", "100000", 100_000));
    var screws = Selection.ofCategories("screws");
    assertThat(off(rows, on(screws, new Offer.PayFor(3, 2)).as(1))).containsExactly(0L);
    assertThat(off(rows, on(screws, new Offer.PercentOff(1000)).as(1))).containsExactly(10_000L);
  }

  @Test
  void theLargestAmountsAreReckonedExactly() {
    var rows = List.of(row(1, "wine", "999", 1_000_000_000_000L));
    assertThat(off(rows, on(WINE, new Offer.PercentOff(3333)).as(1)))
        .containsExactly(333_300_000_000L);
    assertThat(
            off(
                List.of(row(1, "wine", "1", Long.MAX_VALUE)),
                on(WINE, new Offer.PercentOff(9)).as(1)))
        .containsExactly(0L);
  }
}
