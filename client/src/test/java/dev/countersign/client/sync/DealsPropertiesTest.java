package dev.countersign.client.sync;

import static dev.countersign.client.sync.TillDevice.DAY;
import static dev.countersign.client.sync.TillDevice.USD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.Customer;
import dev.countersign.client.ledger.SaleDraft;
import dev.countersign.common.catalogue.PriceList;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.promotion.Caps;
import dev.countersign.common.promotion.Coupon;
import dev.countersign.common.promotion.Offer;
import dev.countersign.common.promotion.Promotion;
import dev.countersign.common.promotion.Selection;
import dev.countersign.common.promotion.Terms;
import dev.countersign.common.promotion.Validity;
import dev.countersign.common.protocol.CustomerDetails;
import dev.countersign.common.protocol.FeedBody.TaxItem;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.Buyer;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.CustomerTerms;
import dev.countersign.common.sale.Discount;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.PricedBasket;
import dev.countersign.common.sale.PricedLine;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.sale.Settlement;
import dev.countersign.common.tax.TaxRounding;
import dev.countersign.common.tax.TaxRule;
import dev.countersign.common.tax.TaxShare;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * Whatever is rung up under several promotions, a price list, discounts and coupons, and comes back
 * again: the till's figures agree, and a real server that reckons them again finds nothing.
 */
class DealsPropertiesTest {
  private static final String ROWS =
      "item_number,description,category,vendor,bottle_ml,pack,proof,upc,scc,bottle_cost,case_cost,"
          + "bottle_retail,list_date\n"
          + "1,Dry Gin,GIN,V,750,6,80,4006381333931,,1,6,10.00,2020-01-01\n"
          + "2,Old Gin,GIN,V,750,6,80,4006381333948,,1,6,17.77,2020-01-01\n"
          + "3,Dark Rum,RUM,V,750,6,80,4006381333955,,1,6,0.05,2020-01-01\n"
          + "4,White Rum,RUM,V,750,6,80,4006381333962,,1,6,8.99,2020-01-01\n";

  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

  private Path temp;
  private Shop shop;
  private TillDevice till;
  private List<Product> goods;
  private Buyer ada;
  private Buyer exempt;
  private UUID vat;
  private UUID levy;
  private UUID onTop;

  /** Of the promotions that are written next. */
  private boolean onReduced;

  private record Rung(int product, long thousandths, Deal deal) {}

  private enum Who {
    ANYBODY,
    ADA,
    EXEMPT
  }

  private enum Deal {
    NONE,
    TENTH_OFF,
    ALL_OFF,
    LABELLED,
    THREE_OFF,
    OTHER_PRICE,
    VOIDED
  }

  @BeforeProperty
  void aShopWithOffers() throws Exception {
    temp = Files.createTempDirectory("deals-properties");
    shop = Shop.open(temp);
    vat =
        shop.server
            .provisioning()
            .addTax(
                shop.tenant.id(),
                new TaxItem("VAT", "PERCENT", new BigDecimal("20"), true, false, true))
            .id();
    levy =
        shop.server
            .provisioning()
            .addTax(
                shop.tenant.id(),
                new TaxItem("Sugar", "PER_UNIT", new BigDecimal("0.21"), true, true, true))
            .id();
    onTop =
        shop.server
            .provisioning()
            .addTax(
                shop.tenant.id(),
                new TaxItem("City", "PERCENT", new BigDecimal("7.5"), false, false, false))
            .id();
    Path rows = Files.writeString(temp.resolve("rows.csv"), ROWS);
    shop.server.provisioning().importCatalogue(shop.tenant.id(), rows);
    till = shop.till();
    till.pull();
    goods =
        Stream.of("1", "2", "3", "4")
            .map(sku -> till.open.catalogue().bySku(sku).orElseThrow())
            .toList();
    till.openShift();
    Actor manager = till.actor();
    var ledger = till.open.ledger();
    onReduced = false;
    offer("Gin 3 for 2", 5, false, new Offer.PayFor(3, 2), "GIN", null);
    offer("Rum week", 5, true, new Offer.PercentOff(1234), "RUM", null);
    onReduced = true;
    offer("Two rums", 7, true, new Offer.PriceFor(2, 999), "RUM", null);
    offer("Coupon", 9, true, new Offer.AmountOff(150), "GIN", new Coupon("GIN", 2));
    together("Gin and rum", 6);
    offer("Five off fifty", 20, true, new Offer.SpendAmount(5000, 500), null, null);
    UUID list = UUID.randomUUID();
    ledger.writePriceList(
        manager,
        list,
        new PriceList(
            "Staff",
            1,
            FIRST,
            null,
            List.of(
                new PriceList.ListedPrice(goods.get(0).id(), 933),
                new PriceList.ListedPrice(goods.get(3).id(), 1500))));
    Customer known = ledger.addCustomer(manager, CustomerDetails.of("77", "Ada Nwosu", "", ""));
    ledger.grantTerms(manager, known.id(), new CustomerTerms(1, list, "", 0));
    CustomerTerms terms = till.open.customers().byId(known.id()).orElseThrow().terms();
    ada = new Buyer(known.id(), "Ada Nwosu", terms);
    Customer embassy = ledger.addCustomer(manager, CustomerDetails.of("78", "Embassy", "", ""));
    ledger.grantTerms(manager, embassy.id(), new CustomerTerms(1, list, "Vienna 1961", 0));
    exempt =
        new Buyer(
            embassy.id(),
            "Embassy",
            till.open.customers().byId(embassy.id()).orElseThrow().terms());
  }

  private void together(String name, int priority) {
    offer(
        name,
        priority,
        true,
        new Offer.Together(
            List.of(
                new Offer.Part(Selection.ofCategories(goods.get(0).category()), 1),
                new Offer.Part(Selection.ofProducts(goods.get(3).id()), 1)),
            2000),
        null,
        null);
  }

  private void offer(
      String name, int priority, boolean combines, Offer offer, String category, Coupon coupon) {
    till.open
        .ledger()
        .writePromotion(
            till.actor(),
            UUID.randomUUID(),
            new Promotion(
                name,
                1,
                priority,
                combines,
                onReduced,
                Terms.of(offer),
                category == null
                    ? Selection.EVERYTHING
                    : Selection.ofCategories(goods.get(category.equals("GIN") ? 0 : 2).category()),
                Caps.NONE,
                coupon,
                Validity.from(FIRST, null)));
  }

  @AfterProperty
  void close() throws Exception {
    till.close();
    shop.close();
    try (Stream<Path> files = Files.walk(temp)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property(tries = 80)
  void tillAndServerAgreeOnEveryBasket(
      @ForAll("baskets") List<Rung> rung,
      @ForAll("buyers") Who who,
      @ForAll boolean coupon,
      @ForAll boolean basketDiscount,
      @ForAll boolean comesBack)
      throws Exception {
    Basket basket = basket(rung);
    basket =
        switch (who) {
          case ANYBODY -> basket;
          case ADA -> basket.boughtBy(ada);
          case EXEMPT -> basket.boughtBy(exempt);
        };
    basket = coupon ? basket.coupon("GIN") : basket;
    basket =
        basketDiscount
            ? basket.discount(new Discount.PercentOff(new BigDecimal("7.5"), "friend"))
            : basket;
    if (basket.liveLines().isEmpty()) {
      return;
    }
    PricedBasket priced = price(basket);
    assertAgrees(priced);
    if (who == Who.ADA && !basketDiscount) {
      assertThat(beforeTaxes(priced))
          .as("a price list makes nothing dearer: %s", basket)
          .isLessThanOrEqualTo(beforeTaxes(price(basket.boughtBy(null))));
    }
    Settlement.Settled paid =
        (Settlement.Settled)
            Settlement.of(priced.total(), List.of(new CashTender(priced.total())), null);
    var sold =
        till.open.ledger().complete(till.actor(), new SaleDraft(basket, priced, paid, DAY, null));
    if (comesBack) {
      till.takeBack(sold.id());
    }
    assertThat(till.push()).isInstanceOf(PushOutcome.AllSent.class);
    assertThat(shop.server.provisioning().books(shop.tenant.id()).salesByVerdict().keySet())
        .as("%s %s", basket, sold.body())
        .containsExactly(Verdict.ACCEPTED);
    assertNothingIsLeft(sold.body(), comesBack, sold.id());
  }

  private PricedBasket price(Basket basket) {
    return Pricing.price(
        basket, TaxRounding.perLine(USD), till.open.deals().at(LocalDateTime.now(ZoneOffset.UTC)));
  }

  private static long beforeTaxes(PricedBasket priced) {
    return priced.lines().stream()
        .mapToLong(line -> line.amount().minus(line.discount()).minor())
        .sum();
  }

  /** What comes back gives back exactly what was paid. */
  private void assertNothingIsLeft(SaleCompleted body, boolean back, UUID sale) {
    long left =
        till.open.ledger().refundable(sale).stream()
            .mapToLong(line -> line.remaining().millionths())
            .sum();
    long sold = body.lines().stream().mapToLong(line -> line.quantity().millionths()).sum();
    assertThat(left).isEqualTo(back ? 0 : sold);
    if (back) {
      var refund = till.open.books().lastSale().orElseThrow();
      assertThat(refund.body().total()).isEqualTo(-body.total());
    }
  }

  private void assertAgrees(PricedBasket priced) {
    Money sum = Money.zero(USD);
    for (PricedLine line : priced.lines()) {
      assertThat(line.gross().isNegative()).as("never below zero").isFalse();
      assertThat(line.off()).allSatisfy(off -> assertThat(off.amount().isPositive()).isTrue());
      Money left = Money.zero(USD);
      for (TaxShare share : line.exempted()) {
        left = share.ruleId().equals(onTop) ? left : left.plus(share.amount());
      }
      for (TaxShare share : line.taxes()) {
        left = share.ruleId().equals(onTop) ? left.minus(share.amount()) : left;
      }
      assertThat(line.gross().plus(left)).isEqualTo(line.amount().minus(line.discount()));
      sum = sum.plus(line.gross());
    }
    assertThat(priced.total()).isEqualTo(sum);
  }

  private Basket basket(List<Rung> rung) {
    Basket basket = Basket.empty(USD);
    TaxRule sugar =
        new TaxRule(levy, "Sugar", TaxRule.Kind.PER_UNIT, new BigDecimal("0.21"), true, true, true);
    TaxRule city =
        new TaxRule(
            onTop, "City", TaxRule.Kind.PERCENT, new BigDecimal("7.5"), false, false, false);
    TaxRule tax =
        new TaxRule(vat, "VAT", TaxRule.Kind.PERCENT, new BigDecimal("20"), true, false, true);
    for (Rung each : rung) {
      Quantity quantity = new Quantity(each.thousandths() * 1_000);
      if (each.product() == goods.size()) {
        // Of no catalogue; the second price that is typed is as much its own as the first.
        LineItem bag = new LineItem(null, "", "Bag", "", List.of(city));
        basket =
            basket
                .add(bag, quantity, new LinePrice.Each(Money.of(350, USD)))
                .setPrice(basket.lines().size() + 1, new LinePrice.Each(Money.of(299, USD)));
        continue;
      }
      Product product = goods.get(each.product());
      List<TaxRule> taxes = each.product() == 3 ? List.of(sugar, city) : List.of(sugar, tax);
      LineItem item =
          new LineItem(product.id(), "", product.name(), product.size(), taxes, product.category());
      LinePrice unit = new LinePrice.Each(product.price());
      boolean labelled = each.deal() == Deal.LABELLED;
      basket =
          basket.add(item, quantity, labelled ? new LinePrice.Total(unit.amount(quantity)) : unit);
      int no = basket.lines().size();
      basket =
          switch (each.deal()) {
            case NONE, LABELLED -> basket;
            case TENTH_OFF ->
                basket.discount(no, new Discount.PercentOff(BigDecimal.TEN, "short date"));
            case ALL_OFF ->
                basket.discount(no, new Discount.PercentOff(new BigDecimal("100"), "short date"));
            case THREE_OFF ->
                basket.discount(no, new Discount.AmountOff(Money.of(300, USD), "scratched"));
            case OTHER_PRICE -> basket.setPrice(no, new LinePrice.Each(Money.of(499, USD)));
            case VOIDED -> basket.voidLine(no);
          };
    }
    return basket;
  }

  @Provide
  Arbitrary<Who> buyers() {
    return Arbitraries.of(Who.class);
  }

  @Provide
  Arbitrary<List<Rung>> baskets() {
    Arbitrary<Long> quantities =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.longs().between(1, 9).map(n -> n * 1_000)),
            Tuple.of(1, Arbitraries.longs().between(1, 5_000)));
    return Combinators.combine(
            Arbitraries.integers().between(0, 4), quantities, Arbitraries.of(Deal.class))
        .as(Rung::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(7);
  }
}
