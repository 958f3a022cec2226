package dev.countersign.client.ledger;

import static dev.countersign.client.ledger.TillFixture.USD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.sale.Agreed;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.BasketLine;
import dev.countersign.common.sale.Discount;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.LinePrice;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

class SalePropertiesTest {
  private Path temp;
  private TillFixture till;

  @BeforeProperty
  void aTillWithAnOpenShift() throws Exception {
    temp = Files.createTempDirectory("sale-properties");
    till = TillFixture.in(temp);
    till.openShift();
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

  @Property(tries = 100)
  void whatIsStoredIsWhatTheBasketCame(@ForAll("baskets") Basket basket) {
    SaleDraft draft = TillFixture.draft(basket);
    CompletedSale sale =
        till.ledger().complete(new Actor(TillFixture.SUPERVISOR, null, TillFixture.NOON), draft);
    SaleCompleted stored = till.device().books().sale(sale.id()).orElseThrow().body();
    assertThat(stored).isEqualTo(sale.body());
    assertThat(stored.total()).isEqualTo(draft.priced().total().minor());
    assertThat(stored.lines().stream().mapToLong(SaleCompleted.Line::amount).sum())
        .isEqualTo(stored.total());
    assertThat(
            stored.lines().stream()
                .flatMap(line -> line.taxes().stream())
                .mapToLong(SaleCompleted.Tax::amount)
                .sum())
        .isEqualTo(stored.tax());
    long tendered = stored.tenders().stream().mapToLong(SaleCompleted.Paid::amount).sum();
    assertThat(tendered - stored.change()).isEqualTo(stored.total() + stored.rounding());
    assertThat(stored.lines()).hasSize(basket.liveLines().size());
    assertThat(stored.voided()).hasSize(basket.lines().size() - basket.liveLines().size());
  }

  @Property(tries = 100)
  void aDraftComesBackAsItWas(@ForAll("baskets") Basket basket) {
    till.ledger().saveDraft(basket);
    assertThat(till.ledger().draft()).contains(basket);
  }

  private record RandomLine(LineItem item, long millionths, long price, boolean whole) {
    Basket addTo(Basket basket) {
      Quantity quantity = new Quantity(millionths);
      return basket.add(
          item,
          quantity,
          whole
              ? new LinePrice.Total(Money.of(Long.signum(millionths) * price, USD))
              : new LinePrice.Each(Money.of(price, USD)));
    }
  }

  @Provide
  Arbitrary<Basket> baskets() {
    Arbitrary<LineItem> items =
        Arbitraries.of(
            TillFixture.rum(),
            TillFixture.gin(),
            new LineItem(null, "", "Corkscrew", "", List.of(TillFixture.VAT)),
            new LineItem(null, "7", "Bag", "", List.of()));
    Arbitrary<RandomLine> lines =
        Combinators.combine(
                items,
                Arbitraries.longs().between(-5_000_000, 20_000_000).filter(q -> q != 0),
                Arbitraries.longs().between(0, 500_000),
                Arbitraries.of(true, false))
            .as(RandomLine::new);
    return Combinators.combine(lines.list().ofMinSize(1).ofMaxSize(30), Arbitraries.integers())
        .as(
            (all, strike) -> {
              Basket basket = Basket.empty(USD);
              for (RandomLine line : all) {
                basket = line.addTo(basket);
              }
              int no = Math.floorMod(strike, all.size() * 2) + 1;
              return decorated(no < all.size() ? basket.voidLine(no) : basket, strike);
            });
  }

  private static Basket decorated(Basket basket, int seed) {
    Discount tenth = new Discount.PercentOff(new BigDecimal("10.50"), "Happy hour");
    Discount coupon = new Discount.AmountOff(Money.of(Math.floorMod(seed, 5_000), USD), "Coupon");
    Basket rich =
        basket.note("wrapped").agreed(new Agreed(PermissionKey.SALE_PRICE, TillFixture.RUM));
    for (BasketLine line : basket.liveLines()) {
      rich =
          switch (Math.floorMod(seed + line.no(), 5)) {
            case 0 -> rich.discount(line.no(), tenth);
            case 1 -> rich.discount(line.no(), coupon).note(line.no(), "the blue one");
            case 2 -> rich.setPrice(line.no(), new LinePrice.Each(Money.of(100, USD)));
            default -> rich;
          };
    }
    return Math.floorMod(seed, 3) == 0 ? rich.discount(tenth).discount(coupon) : rich;
  }
}
