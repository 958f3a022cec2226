package dev.countersign.common.promotion;

import static dev.countersign.common.promotion.Offers.id;
import static dev.countersign.common.promotion.Offers.now;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.money.Quantity;
import dev.countersign.common.promotion.Offer.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds for any promotions on any goods. */
class PromotionsPropertyTest {
  private static final Circumstances NOW = now("CODE", "CODE");

  @Provide
  static Arbitrary<List<SaleRow>> sales() {
    var pieces =
        Combinators.combine(
                Arbitraries.integers().between(0, 7),
                Arbitraries.integers().between(1, 6),
                Arbitraries.longs().between(0, 700),
                Arbitraries.of(true, false, false))
            .as(
                (product, many, price, reduced) ->
                    new SaleRow(
                        id(product), "c" + product % 3, Quantity.of(many), price * many, reduced));
    var weighed =
        Combinators.combine(
                Arbitraries.longs().between(1, 3_000_000), Arbitraries.longs().between(1, 900))
            .as((weight, amount) -> new SaleRow(id(9), "c1", new Quantity(weight), amount, false));
    return Arbitraries.frequencyOf(Tuple.of(5, pieces), Tuple.of(1, weighed)).list().ofMaxSize(12);
  }

  private static Arbitrary<Selection> selections() {
    return Arbitraries.of(
        Selection.EVERYTHING,
        Selection.ofCategories("c0"),
        Selection.ofCategories("c1", "c2"),
        Selection.ofProducts(id(0), id(1), id(2)),
        new Selection(List.of(id(3)), List.of("c1")));
  }

  private static Arbitrary<Offer> offers() {
    var amounts = Arbitraries.longs().between(1, 900);
    var percents = Arbitraries.integers().between(1, 10_000);
    var takes = Arbitraries.integers().between(2, 5);
    return Arbitraries.oneOf(
        percents.map(Offer.PercentOff::new),
        amounts.map(Offer.AmountOff::new),
        amounts.map(Offer.FixedPrice::new),
        takes.map(take -> new Offer.PayFor(take, take - 1)),
        takes.map(Offer.CheapestFree::new),
        Combinators.combine(takes, amounts).as(Offer.PriceFor::new),
        Combinators.combine(amounts, amounts).as(Offer.SpendAmount::new),
        Combinators.combine(amounts, percents).as(Offer.SpendPercent::new),
        Combinators.combine(selections(), selections(), takes, amounts)
            .as(
                (one, other, count, price) ->
                    new Offer.Together(List.of(new Part(one, 1), new Part(other, count)), price)));
  }

  @Provide
  static Arbitrary<List<Dated>> promotions() {
    var caps =
        Combinators.combine(
                Arbitraries.of(0, 0, 1, 2),
                Arbitraries.of(0L, 0L, 100L),
                Arbitraries.of(10_000, 10_000, 5_000))
            .as(Caps::new);
    var one =
        Combinators.combine(
                offers(),
                selections(),
                Arbitraries.integers().between(0, 2),
                Arbitraries.of(true, false),
                Arbitraries.of(true, false),
                caps,
                Arbitraries.of(true, false))
            .as(
                (offer, goods, priority, combines, onReduced, cap, coupon) ->
                    new Offers.Builder(
                        offer,
                        goods,
                        priority,
                        combines,
                        onReduced,
                        cap,
                        coupon ? new Coupon("CODE", 1) : null));
    return one.list().ofMaxSize(8).map(PromotionsPropertyTest::numbered);
  }

  private static List<Dated> numbered(List<Offers.Builder> builders) {
    var numbered = new ArrayList<Dated>();
    for (var builder : builders) {
      numbered.add(builder.as(100 + numbered.size()));
    }
    return numbered;
  }

  private static Applied apply(List<Dated> promotions, List<SaleRow> rows) {
    return Promotions.of(promotions).apply(rows, NOW);
  }

  private static long off(List<PromotionOff> line) {
    return line.stream().mapToLong(PromotionOff::amount).sum();
  }

  @Property
  void noLineFallsBelowZeroAndNothingIsTakenTwice(
      @ForAll("promotions") List<Dated> promotions, @ForAll("sales") List<SaleRow> rows) {
    var applied = apply(promotions, rows);
    assertThat(applied.rows()).hasSameSizeAs(rows);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(off(applied.rows().get(i))).isBetween(0L, rows.get(i).amount());
      assertThat(applied.rows().get(i)).allMatch(each -> each.amount() > 0);
      assertThat(applied.rows().get(i)).extracting(PromotionOff::promotion).doesNotHaveDuplicates();
    }
  }

  @Property
  void theOrderOfScanningDoesNotChangeTheTotal(
      @ForAll("promotions") List<Dated> promotions,
      @ForAll("sales") List<SaleRow> rows,
      @ForAll long seed) {
    var shuffled = new ArrayList<SaleRow>();
    for (var row : rows) {
      shuffled.addAll(oneByOne(row));
    }
    Collections.shuffle(shuffled, new Random(seed));
    var known = new ArrayList<>(promotions);
    Collections.shuffle(known, new Random(seed));
    assertThat(byPromotion(apply(known, shuffled))).isEqualTo(byPromotion(apply(promotions, rows)));
  }

  /** Three of something, or something three times. */
  private static List<SaleRow> oneByOne(SaleRow row) {
    long many = row.quantity().millionths() / Quantity.ONE.millionths();
    if (!row.quantity().isWhole() || row.amount() % many != 0) {
      return List.of(row);
    }
    return Collections.nCopies(
        (int) many,
        new SaleRow(
            row.product(), row.category(), Quantity.ONE, row.amount() / many, row.reduced()));
  }

  private static Map<UUID, Long> byPromotion(Applied applied) {
    return applied.rows().stream()
        .flatMap(List::stream)
        .collect(Collectors.toMap(PromotionOff::promotion, PromotionOff::amount, Long::sum));
  }

  @Property
  void whatASaleNamesGivesTheSameWithoutAllOtherPromotions(
      @ForAll("promotions") List<Dated> promotions, @ForAll("sales") List<SaleRow> rows) {
    var applied = apply(promotions, rows);
    Set<UUID> named = new HashSet<>(byPromotion(applied).keySet());
    var those = promotions.stream().filter(each -> named.contains(each.id())).toList();
    assertThat(apply(those, rows)).isEqualTo(applied);
  }

  @Property
  void goodsThatComeLaterMakeNothingDearerThanItWasWithoutPromotions(
      @ForAll("promotions") List<Dated> promotions,
      @ForAll("sales") List<SaleRow> rows,
      @ForAll("sales") List<SaleRow> more) {
    var all = new ArrayList<>(rows);
    all.addAll(more);
    var applied = apply(promotions, all);
    long before = rows.stream().mapToLong(SaleRow::amount).sum();
    long after = before - applied.rows().stream().limit(rows.size()).mapToLong(l -> off(l)).sum();
    assertThat(after).isBetween(0L, before);
  }

  @Property
  void noPromotionGivesMoreThanItMayInOneSale(
      @ForAll("promotions") List<Dated> promotions, @ForAll("sales") List<SaleRow> rows) {
    var given = byPromotion(apply(promotions, rows));
    for (var dated : promotions) {
      long most = dated.promotion().caps().perSale();
      if (most > 0) {
        assertThat(given.getOrDefault(dated.id(), 0L)).isLessThanOrEqualTo(most);
      }
    }
  }
}
