package dev.countersign.client.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.flow.Refunding.Picked;
import dev.countersign.client.ledger.CatalogueHit;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.FoundSale;
import dev.countersign.client.ledger.NotPermittedException;
import dev.countersign.client.ledger.SoldBefore;
import dev.countersign.client.ledger.TillFixture;
import dev.countersign.common.catalogue.BarcodePattern;
import dev.countersign.common.catalogue.BarcodeRule;
import dev.countersign.common.catalogue.BarcodeRule.Meaning;
import dev.countersign.common.catalogue.Gs1Parser;
import dev.countersign.common.catalogue.Gtin;
import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.change.ShiftFigures;
import dev.countersign.common.change.ShiftTally;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.FeedBody.Barcode;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.BasketLine;
import dev.countersign.common.sale.LineFacts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

// Long because every way of a label to say how much it is has its case.
/** What stands on goods, scanned and typed, where they are sold and where they come back. */
class LabelsTest {
  private static final UUID CHEESE = new UUID(5, 1);
  private static final UUID HAM = new UUID(5, 2);
  private static final String HAM_GTIN = checked("9952123454321");
  private static final BarcodeRule[] RULES = {
    new BarcodeRule("weight", new BarcodePattern("21.....{NNDDD}."), Meaning.WEIGHT),
    new BarcodeRule("price", new BarcodePattern("22.....{NNNDD}."), Meaning.PRICE)
  };

  @TempDir Path temp;
  private TillFixture till;
  private Selling selling;
  private Refunding refunding;

  @BeforeEach
  void open() throws Exception {
    till = TillFixture.in(temp);
    cheese(2000);
    till.hear(
        HAM,
        new ProductItem(
            "4002",
            "Ham",
            "",
            "",
            3000,
            List.of(TillFixture.TAX),
            List.of(new Barcode(HAM_GTIN, Quantity.ONE)),
            Handling.NONE.withWeighed(true)));
    till.openShift();
    selling = till.selling(RULES);
    refunding =
        new Refunding(
            till.ledger(),
            till.device().books(),
            till.device().catalogue(),
            _ -> {
              throw new AssertionError("it is this till's own");
            },
            selling);
  }

  @AfterEach
  void close() {
    till.close();
  }

  /** By the kilogram; two codes of its own, one for labels of a weight and one for a price. */
  private void cheese(long price) throws Exception {
    till.hear(
        CHEESE,
        new ProductItem(
            "4001",
            "Cheese",
            "",
            "",
            price,
            List.of(TillFixture.TAX),
            List.of(
                new Barcode("0" + weight("00000"), Quantity.ONE),
                new Barcode("0" + price("00000"), Quantity.ONE)),
            Handling.NONE.withWeighed(true)));
  }

  private static String checked(String digits) {
    return digits + Gtin.checkDigit(digits);
  }

  private static String weight(String grams) {
    return checked("2100001" + grams);
  }

  private static String price(String cents) {
    return checked("2200001" + cents);
  }

  private static Quantity kilograms(String decimal) {
    return Quantity.parse(decimal);
  }

  private static Basket basket(ScanOutcome outcome) {
    return ((ScanOutcome.Added) outcome).running().basket();
  }

  private static BasketLine last(ScanOutcome outcome) {
    return basket(outcome).lines().getLast();
  }

  /** Sells these labels in one sale. */
  private SoldBefore sold(String... labels) {
    for (String label : labels) {
      basket(selling.scan(label));
    }
    CompletedSale sale =
        till.ledger().complete(TillFixture.cashier(), TillFixture.draft(selling.basket()));
    selling.next();
    return till.ledger().soldBefore(sale.id()).orElseThrow();
  }

  private Map<Integer, Quantity> room(SoldBefore sold) {
    return new TreeMap<>(Refunding.left(sold, selling.running()));
  }

  @Test
  void aLabelThatIsTypedSellsWhatItSellsWhenScanned() {
    BasketLine byWeight = last(selling.typed(" " + weight("00432")));
    assertThat(byWeight.quantity()).isEqualTo(kilograms("0.432"));
    assertThat(byWeight.amount()).isEqualTo(Money.of(864, TillFixture.USD));
    BasketLine byPrice = last(selling.typed(price("01050")));
    assertThat(byPrice.quantity()).isEqualTo(kilograms("0.525"));
    assertThat(byPrice.amount()).isEqualTo(Money.of(1050, TillFixture.USD));
    assertThat(selling.typed(weight("00000"))).isInstanceOf(ScanOutcome.NothingIn.class);
    assertThat(selling.typed("4001")).as("no label").isInstanceOf(ScanOutcome.Weigh.class);
  }

  @Test
  void aSymbolIsTypedAsItIsPrinted() {
    String typed = "(01)" + HAM_GTIN + " (3103)000250 (10)L-7 (17)260401";
    BasketLine line = last(selling.typed(typed));
    assertThat(line.quantity()).isEqualTo(kilograms("0.25"));
    assertThat(line.facts().batch()).isEqualTo("L-7");
    assertThat(line.facts().lastDay()).isEqualTo(LocalDate.of(2026, 4, 1));
    assertThat(selling.typed(typed.replace("260401", "260303")))
        .isInstanceOfSatisfying(
            ScanOutcome.Expired.class,
            expired -> assertThat(expired.last()).isEqualTo(LocalDate.of(2026, 3, 3)));
    assertThat(selling.typed("(01)" + HAM_GTIN.substring(1) + "0"))
        .isInstanceOf(ScanOutcome.Unreadable.class);
    String scan = "]C101" + HAM_GTIN + "310300025010L-7" + Gs1Parser.FNC1 + "17260401";
    assertThat(Gs1Parser.printed(scan)).isEqualTo(typed.replace(" ", ""));
    assertThat(Gs1Parser.printed(weight("00432"))).isEqualTo(weight("00432"));
  }

  @Test
  void aNumberOfTheShopsOwnMayLookLikeACodeWithAWrongDigit() throws Exception {
    till.hear(
        new UUID(5, 3),
        new ProductItem("12345678", "Bowl", "", "", 500, List.of(TillFixture.TAX), List.of()));
    assertThat(selling.scan("12345678")).isInstanceOf(ScanOutcome.Unreadable.class);
    assertThat(last(selling.typed("12345678")).item().name()).isEqualTo("Bowl");
  }

  @Test
  void theLabelPicksTheLineOfItsOwnWeight() {
    SoldBefore sold = sold(weight("00432"), weight("00250"), weight("00300"));
    Map<Integer, Quantity> room = room(sold);
    assertThat(room).hasSize(3);
    assertThat(refunding.pick(sold, room, weight("00250")))
        .isEqualTo(new Picked.Piece(2, kilograms("0.25")));
    room.put(2, Quantity.ZERO);
    assertThat(refunding.pick(sold, room, weight("00300")))
        .isEqualTo(new Picked.Piece(3, kilograms("0.3")));
    assertThat(refunding.pick(sold, room, weight("00100")))
        .as("a part of the first that has room")
        .isEqualTo(new Picked.Piece(1, kilograms("0.1")));
    room.replaceAll((_, _) -> Quantity.ZERO);
    assertThat(refunding.pick(sold, room, weight("00300"))).isEqualTo(new Picked.NoMore("Cheese"));
    assertThat(refunding.pick(sold, room, "(01)" + HAM_GTIN + "(3103)000250"))
        .isEqualTo(new Picked.NotOnIt("Ham"));
    assertThat(refunding.pick(sold, room, "9")).isEqualTo(new Picked.Nothing());
  }

  @Test
  void aPriceOnALabelStandsForWhatItBoughtThen() throws Exception {
    SoldBefore sold = sold(price("01050"), price("00400"));
    cheese(1600);
    assertThat(refunding.pick(sold, room(sold), price("00400")))
        .isEqualTo(new Picked.Piece(2, kilograms("0.2")));
  }

  @Test
  void goodsPastTheirDayComeBackByTheirSymbol() {
    String symbol = "]C101" + HAM_GTIN + "310300025017260304";
    SoldBefore sold = sold(symbol);
    assertThat(refunding.pick(sold, room(sold), symbol.replace("260304", "260303")))
        .isEqualTo(new Picked.Piece(1, kilograms("0.25")));
  }

  @Test
  void theSaleOfALabelIsFound() {
    SoldBefore sold = sold(weight("00432"));
    Refunding.Found.Several found = (Refunding.Found.Several) refunding.find(weight("00300"));
    assertThat(found.goods()).extracting(CatalogueHit::product).extracting("id").contains(CHEESE);
    List<UUID> sales = new ArrayList<>();
    for (FoundSale each : found.sales()) {
      sales.add(each.id());
    }
    assertThat(sales).containsExactly(sold.sale().id());
  }

  @Test
  void goodsWithoutAReceiptAreKnownByTheirLabel() {
    assertThat(refunding.products(weight("00432"), 12))
        .singleElement()
        .satisfies(
            hit -> {
              assertThat(hit.product().id()).isEqualTo(CHEESE);
              assertThat(hit.pack()).isEqualTo(kilograms("0.432"));
            });
    assertThat(refunding.products(price("01050"), 12))
        .extracting(CatalogueHit::pack)
        .containsExactly(kilograms("0.525"));
    assertThat(refunding.products("chee", 12))
        .extracting(CatalogueHit::pack)
        .containsExactly(Quantity.ONE);
  }

  private static String ham(String rest) {
    return "]C101" + HAM_GTIN + rest;
  }

  private ScanOutcome.Expired expired(String rest) {
    return (ScanOutcome.Expired) selling.scan(ham(rest));
  }

  @Test
  void pastItsBestIsAskedAboutInItsOwnWay() {
    assertThat(last(selling.scan(ham("310300025015260304"))).facts().lastDay())
        .as("the day itself is a good one")
        .isEqualTo(LocalDate.of(2026, 3, 4));
    ScanOutcome.Expired best = expired("310300025015260303");
    assertThat(best.bestBefore()).isTrue();
    assertThat(best.last()).isEqualTo(LocalDate.of(2026, 3, 3));
    assertThat(expired("31030002501526030317260303").bestBefore())
        .as("past its last day as well")
        .isFalse();
    assertThat(expired("31030002501526030317260401").bestBefore()).isTrue();
  }

  @Test
  void anExpiryWithItsTimeEndsWithTheMinute() {
    assertThat(last(selling.scan(ham("310300025070032603041200"))).facts().lastDay())
        .isEqualTo(LocalDate.of(2026, 3, 4));
    ScanOutcome.Expired over = expired("310300025070032603041159");
    assertThat(over.bestBefore()).isFalse();
    assertThat(over.last()).isEqualTo(LocalDate.of(2026, 3, 4));
    assertThat(over.time()).contains(LocalTime.of(11, 59));
  }

  @Test
  void whoSellsGoodsPastTheirDayStandsWithTheLine() {
    ScanOutcome.Expired over = expired("310300025017260303");
    BasketLine line = last(selling.sellExpired(TillFixture.CASHIER, over));
    assertThat(line.facts().soldPast()).isEqualTo(TillFixture.CASHIER);
    assertThat(till.ledger().draft()).contains(selling.basket());
    LineFacts told =
        till.ledger()
            .complete(TillFixture.cashier(), TillFixture.draft(selling.basket()))
            .body()
            .lines()
            .getFirst()
            .beside();
    assertThat(told.soldPast()).isEqualTo(TillFixture.CASHIER);
    assertThat(told.lastDay()).isEqualTo(LocalDate.of(2026, 3, 3));
    selling.next();
    ScanOutcome.Expired best = expired("31030002501526030217260401");
    assertThat(last(selling.sellExpired(TillFixture.CASHIER, best)).facts().lastDay())
        .as("the day that was asked about")
        .isEqualTo(LocalDate.of(2026, 3, 2));
    assertThat(last(selling.scan(ham("3103000250"))).facts().soldPast()).isNull();
  }

  @Test
  void aPriceInTheMoneyOfTheShopIsOne() {
    BasketLine line = last(selling.scan(ham("3932840" + "600")));
    assertThat(line.amount()).isEqualTo(Money.of(600, TillFixture.USD));
    assertThat(line.quantity()).isEqualTo(kilograms("0.2"));
    assertThat(selling.scan(ham("3932978" + "600")))
        .isEqualTo(new ScanOutcome.OtherCurrency(HAM_GTIN, "EUR"));
    assertThat(selling.scan(ham("3932007" + "600")))
        .isEqualTo(new ScanOutcome.OtherCurrency(HAM_GTIN, "007"));
    selling.next();
    assertThat(last(selling.scan(ham("31030002503932978" + "600"))).quantity())
        .as("its weight says enough")
        .isEqualTo(kilograms("0.25"));
  }

  @Test
  void theSerialNumberStandsInTheSale() {
    String one = ham("310300025021S-1");
    assertThat(last(selling.scan(one)).facts().serial()).isEqualTo("S-1");
    assertThat(basket(selling.scan(ham("310300025021S-2"))).lines())
        .as("another piece is another line")
        .hasSize(2);
    assertThat(last(selling.scan(ham("3103000250214111111111111111"))).facts().serial())
        .as("what could be a card number is not kept")
        .isEmpty();
    CompletedSale sale =
        till.ledger().complete(TillFixture.cashier(), TillFixture.draft(selling.basket()));
    assertThat(sale.body().lines().getFirst().beside().serial()).isEqualTo("S-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3103000000", "3200000000", "3922000", "3923004", "3932840000"})
  void aWeightOrAPriceOfNothingSellsNothing(String said) {
    assertThat(selling.scan(ham(said))).isEqualTo(new ScanOutcome.NothingIn(HAM_GTIN));
    assertThat(selling.scan(ham(said + Gs1Parser.FNC1 + "17260303")))
        .as("past its day as well")
        .isInstanceOf(ScanOutcome.NothingIn.class);
    assertThat(
            selling.typed("(01)" + HAM_GTIN + "(" + said.substring(0, 4) + ")" + said.substring(4)))
        .isInstanceOf(ScanOutcome.NothingIn.class);
    assertThat(selling.basket().lines()).isEmpty();
  }

  @Test
  void aWeightCountsWhateverPriceStandsBesideIt() {
    assertThat(last(selling.scan(ham("31030002503922000"))).quantity())
        .as("a labeller that knows no price")
        .isEqualTo(kilograms("0.25"));
    assertThat(selling.scan(ham("31030000003922600"))).isInstanceOf(ScanOutcome.NothingIn.class);
  }

  @Test
  void aClockThatWasSetBackSellsNothingPastItsDayUnasked() throws Exception {
    String good = ham("310300025017260305");
    assertThat(last(selling.scan(good)).facts().soldPast()).isNull();
    selling.next();
    till.acknowledge(TillFixture.NOON.plus(Duration.ofDays(2)), Verdict.ACCEPTED, "");
    assertThat(selling.scan(good))
        .isInstanceOfSatisfying(
            ScanOutcome.Expired.class,
            expired -> assertThat(expired.last()).isEqualTo(LocalDate.of(2026, 3, 5)));
    assertThat(selling.scan(ham("31030002507003" + "2603061159")))
        .as("by the minute")
        .isInstanceOf(ScanOutcome.Expired.class);
    assertThat(last(selling.scan(ham("31030002507003" + "2603061200"))).quantity())
        .isEqualTo(kilograms("0.25"));
  }

  private static final String PATE_GTIN = checked("9952123454338");

  private static String pate(String rest) {
    return "]C101" + PATE_GTIN + rest;
  }

  private void pateOfOpenPrice() throws Exception {
    till.hear(
        new UUID(5, 4),
        new ProductItem(
            "4003",
            "Pate",
            "",
            "",
            2000,
            List.of(TillFixture.TAX),
            List.of(new Barcode(PATE_GTIN, Quantity.ONE)),
            Handling.NONE.withWeighed(true).withOpenPrice(true)));
  }

  /** 0.310 kg for 12.40 are 40.00 a kilogram. */
  @Test
  void anotherPriceThanTheLabelsTakesItsRightAndIsRecorded() throws Exception {
    pateOfOpenPrice();
    Amending amending = new Amending(selling, till.device().users(), () -> TillFixture.NOON);
    basket(selling.scan(pate("31030003103922" + "1240")));
    Basket cheaper =
        amending
            .price(TillFixture.CASHIER, TillFixture.SUPERVISOR, 1, Money.of(1, TillFixture.USD))
            .basket();
    Basket unsaid = new Basket(TillFixture.USD, cheaper.lines());
    assertThatThrownBy(
            () -> till.ledger().complete(TillFixture.cashier(), TillFixture.draft(unsaid)))
        .as("nobody answers for it")
        .isInstanceOfSatisfying(
            NotPermittedException.class,
            denied -> assertThat(denied.key()).isEqualTo(PermissionKey.SALE_PRICE));
    CompletedSale sale = till.ledger().complete(TillFixture.cashier(), TillFixture.draft(cheaper));
    assertThat(sale.body().lines().getFirst().unit()).isEqualTo(1);
    assertThat(sale.body().lines().getFirst().listed()).isEqualTo(4000);
    assertThat(sale.body().requires()).contains(PermissionKey.SALE_PRICE);
    ShiftTally tally = new ShiftTally();
    tally.add(TillFixture.CASHIER, sale.body());
    assertThat(tally.figures().repriced()).isEqualTo(new ShiftFigures.Sum(1, 1240));
  }

  @Test
  void anOpenPriceIsTheOneOnTheLabel() throws Exception {
    pateOfOpenPrice();
    String label = pate("31030004323922" + "1049");
    BasketLine line = last(selling.scan(label));
    assertThat(line.quantity()).isEqualTo(kilograms("0.432"));
    assertThat(line.amount()).isEqualTo(Money.of(1049, TillFixture.USD));
    selling.multiply(Quantity.of(3));
    BasketLine three = last(selling.scan(label));
    assertThat(three.quantity()).isEqualTo(kilograms("1.296"));
    assertThat(three.amount()).isEqualTo(Money.of(3147, TillFixture.USD));
    assertThat(last(selling.scan(pate("31030004323932840" + "700"))).amount())
        .isEqualTo(Money.of(700, TillFixture.USD));
    assertThat(last(selling.scan(pate("3922500"))).amount())
        .as("no weight: one of them")
        .isEqualTo(Money.of(500, TillFixture.USD));
    assertThat(selling.scan(pate("3103000432"))).isInstanceOf(ScanOutcome.AskPrice.class);
    assertThat(last(selling.scan(ham("31030002503922" + "100"))).amount())
        .as("the catalogue's price counts before the label's")
        .isEqualTo(Money.of(750, TillFixture.USD));
    assertThat(till.ledger().draft()).contains(selling.basket());
    selling.next();
    SoldBefore sold = sold(label);
    assertThat(sold.sale().body().lines().getFirst().unit()).isNull();
    assertThat(refunding.pick(sold, room(sold), label))
        .isEqualTo(new Picked.Piece(1, kilograms("0.432")));
  }
}
