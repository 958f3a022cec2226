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
import dev.countersign.common.sale.LineFacts;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.MobileTender;
import dev.countersign.common.sale.PricedBasket;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.sale.RefundableLine;
import dev.countersign.common.sale.Refunds;
import dev.countersign.common.sale.Settlement;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.sale.TenderKind;
import dev.countersign.common.sale.TenderRules;
import dev.countersign.common.sale.VoucherTender;
import dev.countersign.common.tax.TaxRounding;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
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
 * Random sales with discounts by percent, by amount and of promotions, deposits, decimals, tips,
 * coins of five and every means that takes no account come back in random pieces: by the quantity
 * and by the money never more than was sold, to no payment more than it paid, and when all of it
 * has come back exactly what the goods cost.
 */
class RefundPropertiesTest {
  private static final UUID REFUNDER = UUID.fromString("019c0000-0000-7000-8000-0000000000aa");

  private static final LineItem BOTTLE = new LineItem(null, "", "Bottle", "", List.of());

  /** May give money back the way it was paid and no other way. */
  private static final Role AS_PAID =
      new Role(
          "as-paid",
          Map.of(
              PermissionKey.SALE_RING, Decision.ALLOWED,
              PermissionKey.SALE_OPEN_ITEM, Decision.ALLOWED,
              PermissionKey.SALE_DISCOUNT, Decision.ALLOWED,
              PermissionKey.SALE_PRICE, Decision.ALLOWED,
              PermissionKey.SALE_REFUND, Decision.ALLOWED,
              PermissionKey.CREDIT_ISSUE, Decision.ALLOWED));

  /** A shop that gives cash for what is too much on a voucher or a telephone. */
  private static final TenderRules GENEROUS =
      new TenderRules(
          EnumSet.allOf(TenderKind.class),
          EnumSet.of(TenderKind.CASH, TenderKind.MOBILE_MONEY, TenderKind.VOUCHER));

  private Path temp;
  private TillFixture till;

  /** How this shop rounds: cash alone, or everything, when one card pays. */
  private CashRounding coins;

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

  @Property(tries = 120)
  void whatComesBackInPiecesIsWhatWasPaid(@ForAll long seed) {
    Random random = new Random(seed);
    CompletedSale sale = sell(random);
    Map<Means, Long> cameIn = MoneyBack.cameIn(sale.body());
    Map<Means, Long> wentOut = new EnumMap<>(Means.class);
    Map<Means, Long> handedOut = new EnumMap<>(Means.class);
    Map<String, Long> byReference = new HashMap<>();
    Map<Integer, Long> gross = new HashMap<>();
    Map<Integer, Long> tax = new HashMap<>();
    while (left(sale).stream().anyMatch(line -> line.remaining().isPositive())) {
      CompletedSale refund = giveBack(pieces(sale, random));
      add(refund, wentOut, byReference, gross, tax);
      addHanded(refund, handedOut);
      handedOut.forEach(
          (means, amount) ->
              assertThat(amount).as("by %s", means).isLessThanOrEqualTo(paidBy(cameIn, means)));
    }
    for (SaleCompleted.Paid paid : sale.body().tenders()) {
      assertThat(byReference.getOrDefault(paid.reference(), 0L))
          .as("to %s", paid)
          .isLessThanOrEqualTo(paid.amount());
    }
    for (SaleCompleted.Line line : sale.body().lines()) {
      assertThat(gross.getOrDefault(line.no(), 0L)).isEqualTo(line.amount());
      assertThat(tax.getOrDefault(line.no(), 0L))
          .isEqualTo(line.taxes().stream().mapToLong(SaleCompleted.Tax::amount).sum());
    }
    assertThat(sum(wentOut)).isEqualTo(sale.body().total());
    assertThat(sum(cameIn)).isEqualTo(sale.body().total() + sale.body().tip());
    // Where everything is rounded, cents that nobody paid come back by some means.
    if (sale.body().tip() == 0 && coins.scope() == CashRounding.Scope.CASH) {
      for (Means means : Means.values()) {
        assertThat(wentOut.getOrDefault(means, 0L))
            .as("by %s", means)
            .isEqualTo(means == Means.VOUCHER ? 0 : paidBy(cameIn, means));
      }
    }
    assertNothingMore(sale);
  }

  /** What a voucher paid goes back as store credit. */
  private static long paidBy(Map<Means, Long> cameIn, Means means) {
    return cameIn.getOrDefault(means == Means.STORE_CREDIT ? Means.VOUCHER : means, 0L);
  }

  private static long sum(Map<Means, Long> amounts) {
    return amounts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static void add(
      CompletedSale refund,
      Map<Means, Long> wentOut,
      Map<String, Long> byReference,
      Map<Integer, Long> gross,
      Map<Integer, Long> tax) {
    MoneyBack.goesOut(refund.body())
        .forEach((means, amount) -> wentOut.merge(means, amount, Math::addExact));
    for (SaleCompleted.Paid paid : refund.body().tenders()) {
      if (!paid.reference().isEmpty()) {
        byReference.merge(paid.reference(), -paid.amount(), Math::addExact);
      }
    }
    for (SaleCompleted.Line line : refund.body().lines()) {
      gross.merge(line.refunds().line(), -line.amount(), Math::addExact);
      long taxes = line.taxes().stream().mapToLong(SaleCompleted.Tax::amount).sum();
      tax.merge(line.refunds().line(), -taxes, Math::addExact);
    }
  }

  /** Whoever gives it another way alone gives by no means more than it paid; all else is asked. */
  @Property(tries = 60)
  void anotherWayTakesAnothersWordWhereverItIsMoreThanWasPaid(@ForAll long seed) {
    Random random = new Random(seed);
    CompletedSale sale = sell(random);
    Map<Means, Long> cameIn = MoneyBack.cameIn(sale.body());
    Map<Means, Long> alone = new EnumMap<>(Means.class);
    long all = 0;
    while (left(sale).stream().anyMatch(line -> line.remaining().isPositive())) {
      GivingBack giving = giving(pieces(sale, random));
      giving.choose(
          random.nextBoolean() ? GivingBack.Way.CASH : GivingBack.Way.STORE_CREDIT,
          random.nextBoolean() ? null : Money.of(random.nextLong(giving.owed().minor() + 1), USD));
      CompletedSale refund;
      try {
        refund = giving.finish(REFUNDER, null, DAY);
        addHanded(refund, alone);
      } catch (NotPermittedException refused) {
        assertThat(refused.key()).isEqualTo(PermissionKey.SALE_REFUND_MEANS);
        refund = giving.finish(TillFixture.CASHIER, TillFixture.SUPERVISOR, DAY);
      }
      all -= refund.body().total();
    }
    alone.forEach(
        (means, amount) -> {
          if (means != Means.STORE_CREDIT) {
            assertThat(amount).as("by %s", means).isLessThanOrEqualTo(paidBy(cameIn, means));
          }
        });
    assertThat(all).isEqualTo(sale.body().total());
  }

  /** What rounding made nothing of was not handed out. */
  private static void addHanded(CompletedSale refund, Map<Means, Long> to) {
    Map<Means, Long> out = MoneyBack.goesOut(refund.body());
    for (SaleCompleted.Paid paid : refund.body().tenders()) {
      long most = out.getOrDefault(paid.means(), 0L);
      long handed = Math.min(most, -paid.amount());
      out.put(paid.means(), most - handed);
      to.merge(paid.means(), handed, Math::addExact);
    }
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
    boolean byOneCard = random.nextInt(4) == 0;
    CashRounding.Mode[] modes = CashRounding.Mode.values();
    coins =
        new CashRounding(
            Money.of(5, USD),
            byOneCard ? modes[random.nextInt(modes.length)] : CashRounding.Mode.HALF_UP,
            byOneCard ? CashRounding.Scope.ALL : CashRounding.Scope.CASH);
    Basket basket = goods(random);
    PricedBasket priced = Pricing.price(basket, TaxRounding.perLine(USD));
    Money tip =
        priced.total().isPositive() && random.nextInt(3) == 0
            ? Money.of(1 + random.nextInt(500), USD)
            : Money.zero(USD);
    Money toPay = priced.total().plus(tip);
    List<Tender> tenders =
        byOneCard && toPay.isPositive()
            ? List.of(new CardTender(coins.round(toPay).toPay(), "P1", "4711"))
            : tenders(priced, tip, random);
    Settlement settlement = Settlement.of(priced.total(), tip, tenders, coins, GENEROUS);
    if (settlement instanceof Settlement.Settled settled) {
      return till.ledger().complete(actor(), new SaleDraft(basket, priced, settled, DAY, null));
    }
    throw new IllegalStateException("not settled: " + settlement);
  }

  private static Basket goods(Random random) {
    Basket basket = Basket.empty(USD);
    int lines = 1 + random.nextInt(4);
    for (int i = 0; i < lines; i++) {
      Quantity quantity =
          random.nextBoolean()
              ? Quantity.of(1 + random.nextInt(6))
              : new Quantity(1 + random.nextInt(5_000_000));
      int no = basket.lines().size() + 1;
      basket =
          basket.addOrIncrease(
              random.nextBoolean() ? TillFixture.rum() : TillFixture.gin(),
              quantity,
              TillFixture.each(1 + random.nextInt(3_000)),
              LineFacts.of("L" + i, null),
              random.nextInt(3) == 0
                  ? List.of(new Basket.Container(BOTTLE, Money.of(25, USD), Quantity.of(2)))
                  : List.of());
      Discount off =
          switch (random.nextInt(6)) {
            case 0 -> new Discount.PercentOff(new BigDecimal("33.33"), "Old");
            case 1 -> new Discount.AmountOff(Money.of(random.nextInt(900), USD), "Torn");
            case 2 ->
                new Discount.Promoted(
                    TillFixture.TAX, 1, Money.of(1 + random.nextInt(900), USD), "Two for one");
            default -> null;
          };
      basket = off == null ? basket : basket.discount(no, off);
    }
    return switch (random.nextInt(4)) {
      case 0 -> basket.discount(new Discount.PercentOff(new BigDecimal("7.5"), "Regular"));
      case 1 -> basket.discount(new Discount.AmountOff(Money.of(random.nextInt(400), USD), "Fair"));
      default -> basket;
    };
  }

  /** By as many means as it takes; what gives change is sometimes too much. */
  private static List<Tender> tenders(PricedBasket priced, Money tip, Random random) {
    List<Tender> tenders = new ArrayList<>();
    long open = priced.total().plus(tip).minor();
    for (int i = random.nextInt(4); i > 0 && open > 0; i--) {
      long part = 1 + random.nextLong(open);
      Money paid = Money.of(part, USD);
      String reference = "P" + i;
      tenders.add(
          switch (random.nextInt(3)) {
            case 0 -> new CardTender(paid, reference, "4711");
            case 1 -> new MobileTender(paid, reference);
            default ->
                new VoucherTender(paid, Money.of(part + random.nextInt(500), USD), reference);
          });
      open -= part;
    }
    if (open > 0) {
      Money more = Money.of(open + 10 + random.nextInt(2_000), USD);
      tenders.add(
          switch (random.nextInt(5)) {
            case 0 -> new MobileTender(more, "P9");
            case 1 -> new VoucherTender(more, more, "P9");
            default -> new CashTender(more);
          });
    }
    return tenders;
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
    return giving(basket).finish(REFUNDER, null, DAY);
  }

  private GivingBack giving(Basket basket) {
    PricedBasket priced = Pricing.price(basket, TaxRounding.perLine(USD));
    GivingBack giving =
        new GivingBack(
            till.ledger(),
            Clock.fixed(NOON, ZoneOffset.UTC),
            coins,
            new Running(basket, priced, 0, Quantity.ONE, false),
            UUID::randomUUID);
    giving.propose();
    return giving;
  }
}
