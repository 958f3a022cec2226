package dev.countersign.client.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.flow.ScanOutcome.AskPrice;
import dev.countersign.client.ledger.CatalogueHit;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.NotPermittedException;
import dev.countersign.client.ledger.TillFixture;
import dev.countersign.common.catalogue.BarcodePattern;
import dev.countersign.common.catalogue.BarcodeRule;
import dev.countersign.common.catalogue.BarcodeRule.Meaning;
import dev.countersign.common.catalogue.Deposit;
import dev.countersign.common.catalogue.Gtin;
import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.FeedBody.Barcode;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.BasketLine;
import dev.countersign.common.sale.Weighing;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goods whose price is open: asked for, and then the usual price of its line. */
class OpenPriceTest {
  private static final UUID FLOWERS = new UUID(6, 1);
  private static final UUID VASE = new UUID(6, 2);
  private static final UUID FRUIT = new UUID(6, 3);
  private static final UUID GIFT = new UUID(6, 4);
  private static final String FLOWERS_CODE = "00012345000010";
  private static final String FRUIT_CODE = "00012345000027";

  @TempDir Path temp;
  private TillFixture till;
  private Selling selling;
  private Amending amending;

  @BeforeEach
  void open() throws Exception {
    till = TillFixture.in(temp);
    tell(
        FLOWERS,
        "Flowers",
        0,
        FLOWERS_CODE,
        Handling.NONE.withOpenPrice(true).withDeposits(List.of(new Deposit(VASE, Quantity.ONE))));
    tell(VASE, "Vase", 200, "00012345000034", Handling.NONE.withContainer(true));
    tell(FRUIT, "Fruit", 0, FRUIT_CODE, Handling.NONE.withOpenPrice(true).withWeighed(true));
    tell(GIFT, "Sample", 0, "00012345000041", Handling.NONE);
    till.openShift();
    selling = fresh();
    amending = new Amending(selling, till.device().users(), () -> TillFixture.NOON);
  }

  @AfterEach
  void close() {
    till.close();
  }

  private Selling fresh() {
    BarcodeRule rule =
        new BarcodeRule("price", new BarcodePattern("22.....{NNNDD}."), Meaning.PRICE);
    return till.selling(rule);
  }

  private void tell(UUID id, String name, long price, String code, Handling handling)
      throws Exception {
    ProductItem product =
        new ProductItem(
            name,
            name,
            "Garden",
            "",
            price,
            List.of(TillFixture.TAX),
            List.of(new Barcode(code, Quantity.ONE)),
            handling);
    till.hear(id, product);
  }

  private static Money usd(long minor) {
    return Money.of(minor, TillFixture.USD);
  }

  private static Basket sold(ScanOutcome outcome) {
    return ((ScanOutcome.Added) outcome).running().basket();
  }

  private CompletedSale pay() {
    return till.ledger().complete(TillFixture.cashier(), TillFixture.draft(selling.basket()));
  }

  @Test
  void thePriceIsAskedForAndTakesNoRightBeyondRinging() {
    selling.typed("2*");
    AskPrice asked = (AskPrice) selling.scan(FLOWERS_CODE);
    assertThat(selling.running().basket().lines()).as("nothing so far").isEmpty();
    assertThat(selling.sellAt(asked, usd(0))).as("no price").isEqualTo(asked);
    Basket basket = sold(selling.sellAt(asked, usd(1250)));
    assertThat(basket.line(1).quantity()).isEqualTo(Quantity.of(2));
    assertThat(basket.line(1).item().productId()).isEqualTo(FLOWERS);
    assertThat(basket.line(1).item().category()).isEqualTo("Garden");
    assertThat(basket.line(1).item().taxes()).isNotEmpty();
    assertThat(basket.line(2).item().productId()).as("with its deposit").isEqualTo(VASE);
    assertThat(selling.running().total()).isEqualTo(usd(2 * 1250 + 2 * 200));
    CompletedSale sale = pay();
    assertThat(sale.body().requires()).containsExactly(PermissionKey.SALE_RING);
    Line line = sale.body().lines().getFirst();
    assertThat(line.unit()).isEqualTo(1250);
    assertThat(line.listed()).isNull();
  }

  @Test
  void everyWayToRingItUpAsks() {
    assertThat(selling.typed("Flowers")).isInstanceOf(AskPrice.class);
    assertThat(selling.sell(till.device().catalogue().byId(FLOWERS).orElseThrow()))
        .isInstanceOf(AskPrice.class);
    AskPrice first = (AskPrice) selling.scan(FLOWERS_CODE);
    sold(selling.sellAt(first, usd(500)));
    AskPrice second = (AskPrice) selling.scan(FLOWERS_CODE);
    Basket basket = sold(selling.sellAt(second, usd(700)));
    assertThat(basket.lines())
        .filteredOn(line -> line.goesWith() == 0)
        .extracting(BasketLine::amount)
        .containsExactly(usd(500), usd(700));
  }

  @Test
  void whatCostsNothingAndIsNotOpenIsSoldForNothing() {
    assertThat(sold(selling.scan("00012345000041")).line(1).amount()).isEqualTo(usd(0));
  }

  @Test
  void byTheKilogramItIsWeighedBehindThePrice() {
    AskPrice asked = (AskPrice) selling.scan(FRUIT_CODE);
    ScanOutcome.Weigh weigh = (ScanOutcome.Weigh) selling.sellAt(asked, usd(400));
    assertThat(weigh.offered().product().price()).isEqualTo(usd(400));
    Basket basket = sold(selling.sellWeighed(weigh, 250, new Weighing(0, false)));
    assertThat(basket.line(1).amount()).isEqualTo(usd(100));
  }

  @Test
  void anotherPriceThanTheOneAskedForTakesItsRight() {
    sold(selling.sellAt((AskPrice) selling.scan(FLOWERS_CODE), usd(1250)));
    assertThatThrownBy(() -> amending.price(TillFixture.CASHIER, null, 1, usd(100)))
        .isInstanceOf(NotPermittedException.class);
    amending.price(TillFixture.CASHIER, TillFixture.SUPERVISOR, 1, usd(900));
    Line line = pay().body().lines().getFirst();
    assertThat(line.unit()).isEqualTo(900);
    assertThat(line.listed()).isEqualTo(1250);
  }

  @Test
  void aLabelSaysThePrice() throws Exception {
    String base = "220000700000";
    tell(
        FLOWERS,
        "Flowers",
        0,
        "0" + base + Gtin.checkDigit(base),
        Handling.NONE.withOpenPrice(true));
    String label = "220000701250" + Gtin.checkDigit("220000701250");
    Basket basket = sold(selling.scan(label));
    assertThat(basket.line(1).price()).isEqualTo(TillFixture.each(1250));
    assertThat(basket.line(1).quantity()).isEqualTo(Quantity.ONE);
    assertThat(refunding().products(label, 12))
        .extracting(CatalogueHit::product)
        .extracting("price")
        .containsExactly(usd(1250));
  }

  private Refunding refunding() {
    return new Refunding(
        till.ledger(),
        till.device().books(),
        till.device().catalogue(),
        _ -> {
          throw new AssertionError("nothing is asked elsewhere");
        },
        selling);
  }

  @Test
  void withoutAReceiptThereIsNothingToCompareItWith() {
    refunding()
        .bringBack(
            till.device().catalogue().byId(FLOWERS).orElseThrow(), Quantity.ONE, usd(500), "");
    CompletedSale sale =
        till.ledger().complete(TillFixture.approved(), TillFixture.draft(selling.basket()));
    assertThat(sale.body().requires()).contains(PermissionKey.SALE_PRICE);
  }

  @Test
  void itIsKeptOverARestart() {
    sold(selling.sellAt((AskPrice) selling.scan(FLOWERS_CODE), usd(1250)));
    till.reopen();
    selling = fresh();
    assertThat(selling.running().basket().line(1).item().handling().asksPrice()).isTrue();
    assertThat(pay().body().requires()).containsExactly(PermissionKey.SALE_RING);
  }
}
