package dev.countersign.client.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.ledger.ActRefusedException;
import dev.countersign.client.ledger.CompletedSale;
import dev.countersign.client.ledger.Customer;
import dev.countersign.client.ledger.NotPermittedException;
import dev.countersign.client.ledger.SaleDraft;
import dev.countersign.client.ledger.TillFixture;
import dev.countersign.common.catalogue.Deposit;
import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.CustomerDetails;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.FeedBody.Barcode;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.FeedBody.SettingsItem;
import dev.countersign.common.protocol.FeedBody.TaxItem;
import dev.countersign.common.protocol.GoodsSettings;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sale.AgeCheck;
import dev.countersign.common.sale.AgeCheck.How;
import dev.countersign.common.sale.Agreed;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.BasketLine;
import dev.countersign.common.sale.CustomerTerms;
import dev.countersign.common.sale.Discount;
import dev.countersign.common.sale.LineFacts;
import dev.countersign.common.sale.SaleHours;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

// Long because everything that is minded of goods is asked for here.
/** Ages, hours, containers and empties at a till whose clock says noon. */
class MindedGoodsTest {
  private static final UUID BEER = new UUID(4, 1);
  private static final UUID BOTTLE = new UUID(4, 2);
  private static final UUID SPIRIT = new UUID(4, 3);
  private static final String BEER_CODE = "00012345000010";
  private static final String BOTTLE_CODE = "00012345000027";
  private static final String SPIRIT_CODE = "00012345000034";
  private static final String RUM_CODE = "080480280024";

  @TempDir Path temp;
  private TillFixture till;
  private Selling selling;
  private Amending amending;

  @BeforeEach
  void open() throws Exception {
    till = TillFixture.in(temp);
    tell(
        BEER,
        "Beer",
        150,
        BEER_CODE,
        Handling.NONE
            .withLeastAge(16)
            .withRestricted("alcohol")
            .withDeposits(List.of(new Deposit(BOTTLE, Quantity.ONE))));
    tell(BOTTLE, "Bottle", 25, BOTTLE_CODE, Handling.NONE.withContainer(true));
    tell(SPIRIT, "Spirit", 2000, SPIRIT_CODE, Handling.NONE.withLeastAge(18));
    till.openShift();
    selling = till.selling();
    amending = new Amending(selling, till.device().users(), () -> TillFixture.NOON);
  }

  @AfterEach
  void close() {
    till.close();
  }

  private void tell(UUID id, String name, long price, String code, Handling handling)
      throws Exception {
    till.hear(
        id,
        new ProductItem(
            name,
            name,
            "",
            "",
            price,
            List.of(TillFixture.TAX),
            List.of(new Barcode(code, Quantity.ONE)),
            handling));
  }

  private void tell(GoodsSettings goods) throws Exception {
    FeedBody settings =
        new SettingsItem("T", "S", List.of(), List.of(), "USD", 0, "HALF_UP", "CASH", 180, "UTC")
            .with(goods);
    till.hear(new UUID(4, 9), settings);
  }

  private CompletedSale pay() {
    return till.ledger().complete(TillFixture.cashier(), TillFixture.draft(selling.basket()));
  }

  private Basket sold(ScanOutcome outcome) {
    return ((ScanOutcome.Added) outcome).running().basket();
  }

  @Test
  void theAgeIsAskedOnceAndStandsInTheSale() {
    ScanOutcome.AskAge asked = (ScanOutcome.AskAge) selling.scan(BEER_CODE);
    assertThat(asked.years()).isEqualTo(16);
    assertThat(asked.born()).as("sixteen today").isEqualTo(LocalDate.of(2010, 3, 4));
    assertThat(selling.running().basket().lines()).as("left out so far").isEmpty();
    sold(selling.sellTo(asked, How.LOOKED));
    sold(selling.scan(BEER_CODE));
    ScanOutcome.AskAge older = (ScanOutcome.AskAge) selling.scan(SPIRIT_CODE);
    assertThat(older.years()).isEqualTo(18);
    sold(selling.sellTo(older, How.DOCUMENT));
    CompletedSale sale = pay();
    assertThat(sale.body().age()).isEqualTo(new AgeCheck(18, How.DOCUMENT));
    selling.next();
    assertThat(selling.scan(BEER_CODE))
        .as("the next customer is asked again")
        .isInstanceOf(ScanOutcome.AskAge.class);
  }

  @Test
  void howManyGoesWithTheGoodsThatAreAskedAboutAndNotWithTheNextOnes() {
    selling.multiply(Quantity.of(6));
    ScanOutcome.AskAge asked = (ScanOutcome.AskAge) selling.scan(SPIRIT_CODE);
    Basket between = sold(selling.scan(RUM_CODE));
    assertThat(between.line(1).quantity()).isEqualTo(Quantity.ONE);
    Basket after = sold(selling.sellTo(asked, How.LOOKED));
    assertThat(after.line(after.lines().size()).item().code()).isEqualTo(SPIRIT_CODE);
    assertThat(after.line(after.lines().size()).quantity()).isEqualTo(Quantity.of(6));
    assertThat(selling.running().next()).isEqualTo(Quantity.ONE);
  }

  @Test
  void whatWasAskedSurvivesUndoAndARestart() {
    sold(selling.sellTo((ScanOutcome.AskAge) selling.scan(SPIRIT_CODE), How.LOOKED));
    selling.undo();
    assertThat(sold(selling.scan(BEER_CODE)).liveLines()).hasSize(2);
    till.reopen();
    selling = till.selling();
    assertThat(sold(selling.scan(SPIRIT_CODE)).age()).isEqualTo(new AgeCheck(18, How.LOOKED));
  }

  @Test
  void goodsThatNobodyAskedAnAgeForAreNotSold() {
    sold(selling.sellTo((ScanOutcome.AskAge) selling.scan(BEER_CODE), How.LOOKED));
    SaleDraft draft = TillFixture.draft(new Basket(TillFixture.USD, selling.basket().lines()));
    assertThatThrownBy(() -> till.ledger().complete(TillFixture.cashier(), draft))
        .isInstanceOfSatisfying(
            ActRefusedException.class,
            refused ->
                assertThat(refused.reason()).isEqualTo(ActRefusedException.Reason.AGE_NOT_CHECKED));
  }

  @Test
  void outsideTheirHoursRestrictedGoodsTakeSomebodyWhoAnswers() throws Exception {
    tell(GoodsSettings.USUAL.with(List.of(hours(13, 22))));
    ScanOutcome.OutOfHours outside = (ScanOutcome.OutOfHours) selling.scan(BEER_CODE);
    assertThat(outside.now().getHour()).isEqualTo(12);
    assertThat(selling.scan(SPIRIT_CODE))
        .as("is not of that kind")
        .isInstanceOf(ScanOutcome.AskAge.class);
    assertThatThrownBy(() -> amending.sellOutOfHours(TillFixture.CASHIER, null, outside))
        .isInstanceOfSatisfying(
            NotPermittedException.class,
            denied -> assertThat(denied.key()).isEqualTo(PermissionKey.SALE_HOURS));
    ScanOutcome.AskAge asked =
        (ScanOutcome.AskAge)
            amending.sellOutOfHours(TillFixture.CASHIER, TillFixture.SUPERVISOR, outside);
    Basket basket = sold(selling.sellTo(asked, How.LOOKED));
    assertThat(basket.agreed())
        .containsExactly(new Agreed(PermissionKey.SALE_HOURS, TillFixture.SUPERVISOR));
    tell(GoodsSettings.USUAL.with(List.of(hours(8, 22))));
    selling.next();
    assertThat(selling.scan(BEER_CODE)).isInstanceOf(ScanOutcome.AskAge.class);
  }

  @Test
  void aClockThatWasSetBackLetsNobodySellAfterHours() throws Exception {
    tell(GoodsSettings.USUAL.with(List.of(hours(8, 22))));
    till.acknowledge(TillFixture.NOON.plus(Duration.ofHours(11)), Verdict.ACCEPTED, "");
    ScanOutcome.OutOfHours outside = (ScanOutcome.OutOfHours) selling.scan(BEER_CODE);
    assertThat(outside.now().getHour()).as("the server's last word").isEqualTo(23);
    assertThat(till.ledger().knownTime(TillFixture.NOON.plus(Duration.ofHours(30))))
        .isEqualTo(TillFixture.NOON.plus(Duration.ofHours(30)));
  }

  private static SaleHours hours(int from, int to) {
    return new SaleHours("alcohol", List.of(), from * 60, to * 60);
  }

  @Test
  void containersComeWithTheGoodsAndGoWithThem() {
    Basket one = sold(selling.sellTo((ScanOutcome.AskAge) selling.scan(BEER_CODE), How.LOOKED));
    assertThat(one.lines()).extracting(BasketLine::goesWith).containsExactly(0, 1);
    assertThat(selling.running().items()).isEqualTo(1);
    Basket two = sold(selling.scan(BEER_CODE));
    assertThat(two.line(2).quantity()).isEqualTo(Quantity.of(2));
    assertThat(selling.running().touched()).isEqualTo(1);
    Basket six = amending.count(TillFixture.CASHIER, null, 1, Quantity.of(6)).basket();
    assertThat(six.line(2).quantity()).isEqualTo(Quantity.of(6));
    Basket fewer = amending.count(TillFixture.CASHIER, null, 1, Quantity.of(4)).basket();
    assertThat(fewer.liveLines())
        .extracting(BasketLine::quantity)
        .containsExactly(Quantity.of(4), Quantity.of(4));
    assertThat(selling.running().total()).isEqualTo(Money.of(700, TillFixture.USD));
    Basket tenth =
        amending
            .discountAll(
                TillFixture.CASHIER,
                TillFixture.SUPERVISOR,
                new Discount.PercentOff(BigDecimal.TEN, ""))
            .basket();
    assertThat(tenth.discounts()).hasSize(1);
    assertThat(selling.running().total()).as("off the beer alone").isEqualTo(usd(640));
    assertThat(selling.voidLine(4).basket().liveLines())
        .as("the container stands for its goods")
        .isEmpty();
    assertThat(selling.undo().basket().liveLines()).hasSize(2);
    till.reopen();
    assertThat(till.selling().running().basket()).isEqualTo(selling.basket());
  }

  private static Money usd(long minor) {
    return Money.of(minor, TillFixture.USD);
  }

  @Test
  void aSaleSaysWhichContainersWentWithWhatAndTheyComeBackWithIt() {
    sold(selling.sellTo((ScanOutcome.AskAge) selling.scan(BEER_CODE), How.LOOKED));
    sold(selling.scan(BEER_CODE));
    CompletedSale sale = pay();
    assertThat(sale.body().lines())
        .extracting(line -> line.beside().deposit())
        .containsExactly(null, new LineFacts.Of(1, Quantity.ONE));
    assertThat(sale.body().lines()).extracting(Line::listed).containsOnlyNulls();
    selling.next();
    var known = till.ledger().soldBefore(sale.id()).orElseThrow();
    assertThat(known.containersOf(1)).containsOnlyKeys(2);
    Refunding refunding =
        new Refunding(
            till.ledger(),
            till.device().books(),
            till.device().catalogue(),
            _ -> {
              throw new AssertionError("it is this till's own");
            },
            selling);
    Basket back =
        refunding.bringBack(known, Map.of(1, Quantity.ONE, 2, Quantity.ONE), "flat").basket();
    assertThat(back.lines()).extracting(BasketLine::goesWith).containsExactly(0, 1);
    assertThat(selling.running().total()).isEqualTo(usd(-175));
    assertThat(selling.voidLine(1).basket().liveLines()).isEmpty();
    selling.undo();
    selling.next();
    assertThat(refunding.bringBack(known, Map.of(1, Quantity.ONE), "").basket().lines())
        .as("whoever keeps the bottle")
        .hasSize(1);
  }

  @Test
  void emptiesComeBackByTheirOwnCodeAndByThatOfTheirGoods() {
    selling.empties(true);
    sold(selling.scan(BOTTLE_CODE));
    selling.typed("5*");
    Basket basket = sold(selling.scan(BEER_CODE));
    assertThat(basket.lines()).extracting(BasketLine::quantity).containsExactly(Quantity.of(-6));
    assertThat(selling.running().total()).isEqualTo(usd(-150));
    assertThat(selling.running().givesBack()).isTrue();
    assertThat(selling.scan(RUM_CODE)).isEqualTo(new ScanOutcome.NoContainer("Añejo Rum"));
    selling.empties(false);
    sold(selling.scan(RUM_CODE));
    assertThat(selling.running().total()).as("netted out").isEqualTo(usd(1999 - 150));
    CompletedSale sale = pay();
    assertThat(sale.body().requires()).containsExactly(PermissionKey.SALE_RING);
    assertThat(sale.body().lines().getFirst().beside().empties()).isTrue();
    assertThat(selling.next().empties()).isFalse();
  }

  @Test
  void beyondTheLimitSomebodyAnswersForEmpties() throws Exception {
    tell(GoodsSettings.USUAL.with(100));
    selling.empties(true);
    selling.typed("4*");
    sold(selling.scan(BOTTLE_CODE));
    ScanOutcome.TooManyEmpties many = (ScanOutcome.TooManyEmpties) selling.scan(BOTTLE_CODE);
    assertThat(selling.running().total()).as("nothing was added").isEqualTo(usd(-100));
    assertThatThrownBy(() -> amending.takeBack(TillFixture.CASHIER, null, many))
        .isInstanceOf(NotPermittedException.class);
    sold(amending.takeBack(TillFixture.CASHIER, TillFixture.SUPERVISOR, many));
    sold(selling.scan(BOTTLE_CODE));
    assertThat(selling.running().total()).isEqualTo(usd(-150));
    assertThat(pay().body().answering(PermissionKey.SALE_RETURN))
        .containsExactly(TillFixture.SUPERVISOR);
  }

  /** 0.25 and 8 % on top: 27 cents are paid out for one. */
  private void taxedOnTop() throws Exception {
    UUID onTop = new UUID(4, 8);
    till.hear(onTop, new TaxItem("Sales tax", "PERCENT", new BigDecimal("8"), false, false, true));
    till.hear(
        BOTTLE,
        new ProductItem(
            "Bottle",
            "Bottle",
            "",
            "",
            25,
            List.of(onTop),
            List.of(new Barcode(BOTTLE_CODE, Quantity.ONE)),
            Handling.NONE.withContainer(true)));
  }

  @Test
  void theLimitIsForWhatIsPaidOutWithItsTaxes() throws Exception {
    taxedOnTop();
    tell(GoodsSettings.USUAL.with(2500));
    ScanOutcome.TooManyEmpties many = (ScanOutcome.TooManyEmpties) empties(100);
    assertThat(many.limit()).isEqualTo(usd(2500));
    sold(empties(92));
    assertThat(selling.running().total()).isEqualTo(usd(-2484));
    tell(GoodsSettings.USUAL.with(2483));
    assertThatThrownBy(this::pay).as("the ledger too").isInstanceOf(NotPermittedException.class);
    tell(GoodsSettings.USUAL.with(2484));
    pay();
    assertThat(till.ledger().emptiesPaid()).as("as the server counts it").isEqualTo(2484);
  }

  @Test
  void theLimitOfAShiftIsForWhatIsPaidOutWithItsTaxes() throws Exception {
    taxedOnTop();
    tell(GoodsSettings.USUAL.inShift(2600L));
    assertThat(empties(100)).isInstanceOf(ScanOutcome.TooManyEmpties.class);
    sold(empties(96));
    pay();
    assertThat(till.ledger().emptiesPaid()).isEqualTo(2592);
  }

  /** In 25 cents are 4.17 of a tax that they do not pay and do not get back. */
  @Test
  void whoeverIsExemptGetsBackWhatTheyPaid() throws Exception {
    tell(GoodsSettings.USUAL.with(2100));
    selling.attach(
        new Customer(
            new UUID(4, 7),
            "",
            new CustomerDetails("", "Charity", "", "", false, false, "", ""),
            new CustomerTerms(1, null, "Charity 12", 0)));
    selling.empties(true);
    selling.typed("100*");
    sold(selling.scan(BOTTLE_CODE));
    assertThat(selling.running().total()).isEqualTo(usd(-2083));
  }

  private ScanOutcome empties(int bottles) {
    selling = till.selling();
    amending = new Amending(selling, till.device().users(), () -> TillFixture.NOON);
    selling.empties(true);
    selling.typed(bottles + "*");
    return selling.scan(BOTTLE_CODE);
  }

  @Test
  void beyondWhatAShiftPaysOutSomebodyAnswersForEmptiesAndThatUsesNothingUp() throws Exception {
    tell(GoodsSettings.USUAL.inShift(100L));
    sold(empties(3));
    pay();
    ScanOutcome.TooManyEmpties many = (ScanOutcome.TooManyEmpties) empties(2);
    assertThat(many.limited()).isEqualTo(ScanOutcome.Limited.SHIFT);
    assertThat(many.limit()).isEqualTo(usd(100));
    assertThatThrownBy(() -> amending.takeBack(TillFixture.CASHIER, null, many))
        .isInstanceOf(NotPermittedException.class);
    sold(amending.takeBack(TillFixture.CASHIER, TillFixture.SUPERVISOR, many));
    pay();
    assertThat(till.ledger().emptiesPaid()).isEqualTo(75);
    till.reopen();
    sold(empties(1));
    pay();
    assertThat(till.ledger().emptiesPaid()).isEqualTo(100);
    assertThat(empties(1)).isInstanceOf(ScanOutcome.TooManyEmpties.class);
  }

  @Test
  void theLedgerItselfPaysNoMoreForEmptiesThanAShiftDoes() throws Exception {
    sold(empties(4));
    tell(GoodsSettings.USUAL.inShift(75L));
    assertThatThrownBy(this::pay)
        .isInstanceOfSatisfying(
            NotPermittedException.class,
            denied -> assertThat(denied.key()).isEqualTo(PermissionKey.SALE_RETURN));
    assertThat(till.ledger().emptiesPaid()).isZero();
    tell(GoodsSettings.USUAL);
    pay();
    assertThat(till.ledger().emptiesPaid()).as("counted without a limit too").isEqualTo(100);
  }

  @Test
  void theLedgerItselfTakesNoEmptiesBeyondTheLimitAndNothingElseAsEmpties() throws Exception {
    selling.empties(true);
    selling.typed("4*");
    sold(selling.scan(BOTTLE_CODE));
    tell(GoodsSettings.USUAL.with(50));
    assertThatThrownBy(this::pay)
        .isInstanceOfSatisfying(
            NotPermittedException.class,
            denied -> assertThat(denied.key()).isEqualTo(PermissionKey.SALE_RETURN));
    tell(GoodsSettings.USUAL);
    assertThat(pay().body().total()).isEqualTo(-100);
  }

  @Test
  void aSymbolsBatchAndLastDayStandInTheSale() {
    String plain = "]C101" + RUM_CODE_14 + "17270131" + "10LOT7";
    Basket basket = sold(selling.scan(plain));
    assertThat(basket.line(1).facts()).isEqualTo(LineFacts.of("LOT7", LocalDate.of(2027, 1, 31)));
    sold(selling.scan(plain));
    Basket other = sold(selling.scan("]C101" + RUM_CODE_14 + "15270228" + "10LOT8"));
    assertThat(other.lines()).as("another batch is another line").hasSize(2);
    assertThat(other.line(2).facts().lastDay()).isEqualTo(LocalDate.of(2027, 2, 28));
    Basket card = sold(selling.scan("]C101" + RUM_CODE_14 + "104111111111111111"));
    assertThat(card.lines().getLast().facts())
        .as("what could be a card number is not kept")
        .isEqualTo(LineFacts.NONE);
    assertThat(pay().body().lines().getFirst().beside().batch()).isEqualTo("LOT7");
  }

  private static final String RUM_CODE_14 = "00080480280024";
}
