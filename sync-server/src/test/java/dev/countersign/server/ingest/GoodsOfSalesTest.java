package dev.countersign.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.catalogue.Deposit;
import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.change.SaleCompleted.Returned;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.Acknowledgement.Judged;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.GoodsSettings;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sale.AgeCheck;
import dev.countersign.common.sale.LineFacts;
import dev.countersign.common.sale.SaleHours;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.db.postgres.Stored;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Ages, hours and containers are judged again by the catalogue, whatever a till claims. */
@ParameterizedClass
@EnumSource
class GoodsOfSalesTest {
  private static final AgeCheck CHECKED = new AgeCheck(18, AgeCheck.How.DOCUMENT);

  @Parameter Stored stored;
  @TempDir Path folder;
  private final UUID bottle = UUID.randomUUID();
  private final UUID water = UUID.randomUUID();
  private TestShop shop;
  private SellingTill till;

  @BeforeEach
  void open() throws Exception {
    shop = new TestShop(folder, stored);
    shop.catalogue.addAll(List.of(bottle, water));
    put(shop.product, "Gin", 1000, Handling.NONE.withLeastAge(18).withRestricted("alcohol"));
    put(bottle, "Bottle", 25, Handling.NONE.withContainer(true));
    put(
        water,
        "Water",
        100,
        Handling.NONE.withDeposits(List.of(new Deposit(bottle, Quantity.ONE))));
    till = shop.enrol();
    assertThat(send(till.opening()).verdict()).isEqualTo(Verdict.ACCEPTED);
  }

  private void put(UUID id, String name, long price, Handling handling) {
    shop.products.put(
        id, new ProductItem(name, name, "", "", price, List.of(), List.of(), handling));
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  private Judged send(Change change) throws SQLException {
    return ((IngestOutcome.Stored) shop.accept(till.seal(List.of(change))))
        .acknowledgement()
        .verdicts()
        .getFirst();
  }

  private Judged sell(@Nullable AgeCheck age, Line... lines) throws SQLException {
    return sell(shop.now, age, lines);
  }

  private Judged sell(Instant at, @Nullable AgeCheck age, Line... lines) throws SQLException {
    return send(change(at, age, lines));
  }

  private Change change(Instant at, @Nullable AgeCheck age, Line... lines) {
    SaleCompleted plain = till.saleBody(shop.product, 1);
    long total = List.of(lines).stream().mapToLong(Line::amount).sum();
    SaleCompleted sale =
        new SaleCompleted(
            plain.store(),
            plain.register(),
            plain.shift(),
            plain.receipt(),
            plain.businessDate(),
            plain.currency(),
            List.of(lines),
            List.of(new Paid(Means.CASH, total, "", "")),
            total,
            0,
            0,
            0,
            List.of(),
            null,
            List.of(),
            "",
            List.of(),
            0,
            List.of(),
            null,
            age);
    Change change = till.change(till.id(), sale);
    return new Change(
        change.id(), change.number(), change.entity(), change.actor(), null, at, sale);
  }

  private static Line line(int no, UUID product, int quantity, long unit, LineFacts facts) {
    return new Line(
        no,
        product,
        "",
        "goods",
        Quantity.of(quantity),
        unit,
        null,
        quantity * unit,
        List.of(),
        null,
        List.of(),
        "",
        quantity < 0 ? new Returned("", "") : null,
        List.of(),
        facts);
  }

  private Line gin() {
    return line(1, shop.product, 1, 1000, LineFacts.NONE);
  }

  private Line withGoods(int no, int goods, int quantity) {
    LineFacts facts = new LineFacts(new LineFacts.Of(goods, Quantity.ONE), false, null, "", null);
    return line(no, bottle, quantity, 25, facts);
  }

  @Test
  void goodsWithALeastAgeTakeSomebodyWhoLooked() throws Exception {
    assertThat(sell(CHECKED, gin()).verdict()).isEqualTo(Verdict.ACCEPTED);
    Judged unchecked = sell(null, gin());
    assertThat(unchecked.verdict()).isEqualTo(Verdict.FLAGGED);
    assertThat(unchecked.code()).isEqualTo("age-not-checked");
    assertThat(sell(new AgeCheck(16, AgeCheck.How.LOOKED), gin()).code())
        .isEqualTo("age-not-checked");
    assertThat(sell(null, line(1, bottle, 1, 25, LineFacts.NONE)).verdict())
        .as("what nobody asks an age for")
        .isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void anOpenPriceIsNoOtherThanTheListedOne() throws Exception {
    UUID flowers = UUID.randomUUID();
    shop.catalogue.add(flowers);
    put(flowers, "Flowers", 0, Handling.NONE.withOpenPrice(true));
    assertThat(sell(null, line(1, flowers, 1, 1250, LineFacts.NONE)).verdict())
        .isEqualTo(Verdict.ACCEPTED);
    Line typed =
        new Line(
            1,
            flowers,
            "",
            "goods",
            Quantity.ONE,
            900L,
            1250L,
            900,
            List.of(),
            null,
            List.of(),
            "",
            null,
            List.of(),
            null);
    assertThat(sell(null, typed).code())
        .as("another in the place of the one asked for")
        .contains("not-permitted");
  }

  @Test
  void restrictedGoodsAreSoldWithinTheHoursOfTheStore() throws Exception {
    LocalTime now = LocalTime.ofInstant(shop.now, ZoneOffset.UTC);
    int minute = now.getHour() * 60 + now.getMinute();
    shop.goods = hours(minute - 240, minute - 120);
    assertThat(sell(CHECKED, gin()).code()).isEqualTo("out-of-hours");
    assertThat(sell(shop.now.minus(Duration.ofMinutes(180)), CHECKED, gin()).verdict())
        .as("by the time of the sale, not by when it came")
        .isEqualTo(Verdict.ACCEPTED);
    assertThat(sell(shop.now.minus(Duration.ofMinutes(110)), CHECKED, gin()).verdict())
        .as("rung up in time, paid a little later")
        .isEqualTo(Verdict.ACCEPTED);
    assertThat(sell(null, line(1, bottle, 1, 25, LineFacts.NONE)).verdict())
        .isEqualTo(Verdict.ACCEPTED);
    shop.goods = hours(minute - 60, minute + 60);
    assertThat(sell(CHECKED, gin()).verdict()).isEqualTo(Verdict.ACCEPTED);
  }

  private static GoodsSettings hours(int from, int to) {
    return GoodsSettings.USUAL.with(
        List.of(
            new SaleHours(
                "alcohol",
                List.of(),
                Math.floorMod(from, 1440),
                Math.max(1, Math.floorMod(to, 1440)))));
  }

  @Test
  void containersGoWithTheirGoodsAsManyAsTheCatalogueSays() throws Exception {
    Line two = line(1, water, 2, 100, LineFacts.NONE);
    assertThat(sell(null, two, withGoods(2, 1, 2)).verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(sell(null, two).code()).as("left out").isEqualTo("deposit-differs");
    assertThat(sell(null, two, withGoods(2, 1, 1)).code())
        .as("one too few")
        .isEqualTo("deposit-differs");
    assertThat(sell(null, two, withGoods(2, 7, 2)).code())
        .as("of goods that are not there")
        .isEqualTo("deposit-differs");
    assertThat(sell(null, two, withGoods(2, 1, 2), withGoods(3, 1, 2)).code())
        .as("twice")
        .isEqualTo("deposit-differs");
    assertThat(sell(CHECKED, gin(), withGoods(2, 1, 1)).code())
        .as("of goods that have none")
        .isEqualTo("deposit-differs");
  }

  @Test
  void nothingIsGivenOffAContainer() throws Exception {
    Line sold = line(1, bottle, 4, 25, LineFacts.NONE);
    Line less =
        new Line(
            1,
            bottle,
            "",
            "bottle",
            Quantity.of(4),
            25L,
            null,
            90,
            List.of(),
            null,
            List.of(new SaleCompleted.Off("", null, 10, true)),
            "");
    assertThat(sell(null, sold).verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(sell(null, less).code()).contains("not-permitted");
    assertThat(approved(less).code()).contains("deposit-differs");
  }

  private Judged approved(Line line) throws SQLException {
    SaleCompleted plain = till.saleBody(shop.product, line.amount());
    SaleCompleted sale =
        new SaleCompleted(
            plain.store(),
            plain.register(),
            plain.shift(),
            plain.receipt(),
            plain.businessDate(),
            plain.currency(),
            List.of(line),
            List.of(new Paid(Means.CASH, line.amount(), "", "")),
            line.amount(),
            0,
            0,
            0,
            List.of(),
            null);
    Change change = till.change(till.id(), sale);
    return send(
        new Change(
            change.id(),
            change.number(),
            change.entity(),
            change.actor(),
            shop.manager,
            change.at(),
            sale));
  }

  @Test
  void emptiesComeBackWithoutARightUpToTheLimitAndBeyondItSomebodyAnswers() throws Exception {
    shop.goods = GoodsSettings.USUAL.with(100);
    assertThat(sell(null, line(1, bottle, -4, 25, LineFacts.EMPTIES)).verdict())
        .isEqualTo(Verdict.ACCEPTED);
    Judged more = sell(null, line(1, bottle, -5, 25, LineFacts.EMPTIES));
    assertThat(more.verdict()).isEqualTo(Verdict.FLAGGED);
    assertThat(more.code()).isEqualTo("empties-limit");
    assertThat(approved(line(1, bottle, -5, 25, LineFacts.EMPTIES)).verdict())
        .isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void inAShiftEmptiesComeBackUpToItsLimitAndBeyondItSomebodyAnswers() throws Exception {
    shop.goods = GoodsSettings.USUAL.inShift(100L);
    assertThat(back(2).verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(approved(line(1, bottle, -40, 25, LineFacts.EMPTIES)).verdict())
        .as("what somebody answers for uses nothing up")
        .isEqualTo(Verdict.ACCEPTED);
    assertThat(back(2).verdict()).as("up to the limit").isEqualTo(Verdict.ACCEPTED);
    assertThat(back(1).code()).isEqualTo("empties-shift-limit");
    assertThat(approved(line(1, bottle, -1, 25, LineFacts.EMPTIES)).verdict())
        .isEqualTo(Verdict.ACCEPTED);
    assertThat(sell(null, line(1, bottle, 1, 25, LineFacts.NONE)).verdict())
        .as("nothing comes back")
        .isEqualTo(Verdict.ACCEPTED);
    shop.db().update("UPDATE shift SET closed_at = 1 WHERE id = ?", till.shift());
    assertThat(back(1).code()).as("it comes late").contains("empties-shift-limit");

    shop.goods = GoodsSettings.USUAL;
    till = shop.enrol();
    send(till.opening());
    assertThat(back(5).verdict()).as("nobody has said a limit").isEqualTo(Verdict.ACCEPTED);
    shop.goods = GoodsSettings.USUAL.inShift(125L);
    assertThat(back(1).code()).as("and it was added up").isEqualTo("empties-shift-limit");
    shop.goods = GoodsSettings.USUAL.inShift(0L);
    till = shop.enrol();
    send(till.opening());
    assertThat(back(1).code()).as("a shift of its own").isEqualTo("empties-shift-limit");
  }

  private Judged back(int bottles) throws SQLException {
    return sell(null, line(1, bottle, -bottles, 25, LineFacts.EMPTIES));
  }

  /** One batch or many: each sale is judged by those before it. */
  @Test
  void emptiesOfOneBatchAreAddedUpAsTheyStand() throws Exception {
    shop.goods = GoodsSettings.USUAL.inShift(100L);
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      changes.add(change(shop.now, null, line(1, bottle, -2, 25, LineFacts.EMPTIES)));
    }
    assertThat(
            ((IngestOutcome.Stored) shop.accept(till.seal(changes))).acknowledgement().verdicts())
        .extracting(Judged::verdict)
        .containsExactly(Verdict.ACCEPTED, Verdict.ACCEPTED, Verdict.FLAGGED);
  }

  @Test
  void whatIsNoContainerComesBackByItsRightAlone() throws Exception {
    assertThat(sell(null, line(1, water, -1, 100, LineFacts.EMPTIES)).code())
        .as("water as empties")
        .isEqualTo("not-permitted");
    assertThat(sell(null, line(1, bottle, -1, 25, LineFacts.NONE)).code())
        .as("a bottle that is not said to be empty")
        .isEqualTo("not-permitted");
    assertThat(sell(null, line(1, UUID.randomUUID(), -1, 25, LineFacts.EMPTIES)).code())
        .as("nobody knows it")
        .isEqualTo("not-permitted");
    assertThat(sell(null, line(1, bottle, 1, 25, LineFacts.EMPTIES)).code())
        .as("empties that are sold")
        .isEqualTo("sums-do-not-agree");
  }

  @Test
  void moreForAnEmptyThanItCostsIsLookedAt() throws Exception {
    assertThat(sell(null, line(1, bottle, -1, 30, LineFacts.EMPTIES)).code())
        .isEqualTo("return-price");
  }

  @Test
  void aBatchThatIsACardNumberIsQuarantined() throws Exception {
    LineFacts facts = LineFacts.of("4111111111111111", null);
    assertThat(sell(null, line(1, bottle, 1, 25, facts)).code()).isEqualTo("card-number");
    LineFacts serial = LineFacts.NONE.with("4111111111111111");
    assertThat(sell(null, line(1, bottle, 1, 25, serial)).code()).isEqualTo("card-number");
    LineFacts known = LineFacts.of("B", shop.now.atZone(ZoneOffset.UTC).toLocalDate()).with("S-1");
    assertThat(sell(null, line(1, bottle, 1, 25, known)).verdict()).isEqualTo(Verdict.ACCEPTED);
  }
}
