package dev.countersign.client.ledger;

import static dev.countersign.client.ledger.TillFixture.DAY;
import static dev.countersign.client.ledger.TillFixture.NOON;
import static dev.countersign.client.ledger.TillFixture.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.flow.GivingBack;
import dev.countersign.client.flow.Running;
import dev.countersign.common.change.MoneyBack;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.money.CashRounding;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.Decision;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.Discount;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.PricedBasket;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.sale.RefundableLine;
import dev.countersign.common.sale.Refunds;
import dev.countersign.common.sale.Settlement;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.tax.TaxRounding;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * Random sales with discounts, decimals, two means and coins of five come back in random pieces,
 * some of them against new goods: by the quantity and by the money never more than was sold, and
 * when all of it has come back exactly what was paid.
 */
class RefundPropertiesTest {
  private static final UUID REFUNDER = UUID.fromString("019c0000-0000-7000-8000-0000000000aa");
  private static final CashRounding COINS =
      new CashRounding(Money.of(5, USD), CashRounding.Mode.HALF_UP, CashRounding.Scope.CASH);

  /** May give money back the way it was paid and no other way. */
  private static final Role AS_PAID =
      new Role(
          "as-paid",
          Map.of(
              PermissionKey.SALE_RING, Decision.ALLOWED,
              PermissionKey.SALE_DISCOUNT, Decision.ALLOWED,
              PermissionKey.SALE_PRICE, Decision.ALLOWED,
              PermissionKey.SALE_REFUND, Decision.ALLOWED));

  private Path temp;
  private TillFixture till;

  @BeforeProperty
  void aTillWithAnOpenShift() throws Exception {
    temp = Files.createTempDirectory("refund-properties");
    till = TillFixture.in(temp);
    till.openShift();
    till.device()
        .replica()
        .apply(
            new FeedPage(
                TillFixture.EPOCH,
                11,
                false,
                List.of(TillFixture.user(11, REFUNDER, "Refunder Three", AS_PAID))));
  }

  @AfterProperty
  void close() throws Exception {
    till.close();
    try (Stream<Path> files = Files.walk(temp)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property(tries = 60)
  void whatComesBackInPiecesIsWhatWasPaid(@ForAll long seed) {
    Random random = new Random(seed);
    CompletedSale sale = sell(random);
    Map<Means, Long> cameIn = MoneyBack.cameIn(sale.body());
    Map<Means, Long> wentOut = new EnumMap<>(Means.class);
    Map<Integer, Long> gross = new HashMap<>();
    Map<Integer, Long> tax = new HashMap<>();
    while (left(sale).stream().anyMatch(line -> line.remaining().isPositive())) {
      Basket back = pieces(sale, random);
      CompletedSale refund = giveBack(back);
      MoneyBack.goesOut(refund.body())
          .forEach((means, amount) -> wentOut.merge(means, amount, Math::addExact));
      for (SaleCompleted.Line line : refund.body().lines()) {
        gross.merge(line.refunds().line(), -line.amount(), Math::addExact);
        long taxes = line.taxes().stream().mapToLong(SaleCompleted.Tax::amount).sum();
        tax.merge(line.refunds().line(), -taxes, Math::addExact);
      }
      wentOut.forEach(
          (means, amount) ->
              assertThat(amount).as("by %s", means).isLessThanOrEqualTo(cameIn.get(means)));
    }
    for (SaleCompleted.Line line : sale.body().lines()) {
      assertThat(gross.getOrDefault(line.no(), 0L)).isEqualTo(line.amount());
      assertThat(tax.getOrDefault(line.no(), 0L))
          .isEqualTo(line.taxes().stream().mapToLong(SaleCompleted.Tax::amount).sum());
    }
    assertThat(wentOut).isEqualTo(cameIn);
    assertNothingMore(sale);
  }

  private void assertNothingMore(CompletedSale sale) {
    RefundableLine line = left(sale).getFirst();
    Refunds.Part again =
        new Refunds.Part(
            line.lineNo(), Quantity.ONE, RefundableLine.of(1, Quantity.ONE, line.paid()).paid());
    SoldBefore sold = till.ledger().soldBefore(sale.id()).orElseThrow();
    Basket more = sold.bringBack(Basket.empty(USD), again, "");
    PricedBasket priced = Pricing.price(more, TaxRounding.perLine(USD));
    List<Tender> cash = List.of(new CashTender(priced.total()));
    if (Settlement.of(priced.total(), cash, null) instanceof Settlement.Settled settled) {
      assertThatThrownBy(
              () ->
                  till.ledger()
                      .complete(
                          TillFixture.approved(), new SaleDraft(more, priced, settled, DAY, null)))
          .isInstanceOf(ActRefusedException.class);
    }
  }

  /** Goods that come back stay in a kept basket as they are. */
  @Property(tries = 40)
  void aKeptBasketKeepsWhatComesBack(@ForAll long seed) {
    Random random = new Random(seed);
    Basket basket =
        pieces(sell(random), random)
            .add(
                TillFixture.gin(),
                Quantity.of(-1),
                new LinePrice.Returned(Money.of(random.nextInt(2_000), USD), "torn"))
            .add(TillFixture.rum(), Quantity.ONE, TillFixture.each(1999));
    till.ledger().saveDraft(basket);
    assertThat(till.ledger().draft()).contains(basket);
    till.ledger().saveDraft(Basket.empty(USD));
  }

  private CompletedSale sell(Random random) {
    Basket basket = Basket.empty(USD);
    int lines = 1 + random.nextInt(4);
    for (int i = 0; i < lines; i++) {
      Quantity quantity =
          random.nextBoolean()
              ? Quantity.of(1 + random.nextInt(6))
              : new Quantity(1 + random.nextInt(5_000_000));
      basket =
          basket.add(
              random.nextBoolean() ? TillFixture.rum() : TillFixture.gin(),
              quantity,
              TillFixture.each(1 + random.nextInt(3_000)));
      if (random.nextInt(3) == 0) {
        basket = basket.discount(i + 1, new Discount.PercentOff(new BigDecimal("33.33"), "Old"));
      }
    }
    if (random.nextInt(3) == 0) {
      basket = basket.discount(new Discount.PercentOff(new BigDecimal("7.5"), "Regular"));
    }
    PricedBasket priced = Pricing.price(basket, TaxRounding.perLine(USD));
    List<Tender> tenders = new ArrayList<>();
    long total = priced.total().minor();
    if (total > 0 && random.nextBoolean()) {
      long card = 1 + random.nextLong(total);
      tenders.add(new CardTender(Money.of(card, USD), "T" + random.nextInt(1_000), "4711"));
      total -= card;
    }
    if (total > 0) {
      tenders.add(new CashTender(Money.of(total + 10 + random.nextInt(2_000), USD)));
    }
    if (Settlement.of(priced.total(), tenders, COINS) instanceof Settlement.Settled settled) {
      return till.ledger().complete(actor(), new SaleDraft(basket, priced, settled, DAY, null));
    }
    throw new IllegalStateException("not settled");
  }

  private static Actor actor() {
    return new Actor(REFUNDER, null, NOON);
  }

  private List<RefundableLine> left(CompletedSale sale) {
    return till.ledger().refundable(sale.id());
  }

  /** A piece of some of its lines, or all that is left of them. */
  private Basket pieces(CompletedSale sale, Random random) {
    SoldBefore sold = till.ledger().soldBefore(sale.id()).orElseThrow();
    Basket basket = Basket.empty(USD);
    while (basket.lines().isEmpty()) {
      for (RefundableLine line : sold.lines()) {
        long most = line.remaining().millionths();
        if (most > 0 && random.nextBoolean()) {
          long part = random.nextBoolean() ? most : 1 + random.nextLong(most);
          basket =
              sold.bringBack(
                  basket, (Refunds.Part) Refunds.refund(line, new Quantity(part)), "too many");
        }
      }
    }
    return basket;
  }

  private CompletedSale giveBack(Basket basket) {
    PricedBasket priced = Pricing.price(basket, TaxRounding.perLine(USD));
    GivingBack giving =
        new GivingBack(
            till.ledger(),
            Clock.fixed(NOON, ZoneOffset.UTC),
            COINS,
            new Running(basket, priced, 0, Quantity.ONE, false),
            UUID::randomUUID);
    giving.propose();
    return giving.finish(REFUNDER, null, DAY);
  }
}
