package dev.countersign.client.sync;

import static dev.countersign.client.sync.TillDevice.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.client.flow.Amending;
import dev.countersign.client.flow.Parking;
import dev.countersign.client.flow.Parking.Waiting;
import dev.countersign.client.flow.Running;
import dev.countersign.client.flow.Selling;
import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.ledger.ActRefusedException;
import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.NotPermittedException;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.OpenPayment;
import dev.countersign.client.ledger.ParkedSales.Reach;
import dev.countersign.client.ledger.Replica;
import dev.countersign.client.ledger.SaleDraft;
import dev.countersign.client.ledger.VerdictView;
import dev.countersign.common.catalogue.BarcodeRules;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.ShiftFigures;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.CustomerDetails;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.FeedBody.ParkedItem;
import dev.countersign.common.protocol.FeedBody.TaxItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sale.AgeCheck;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.Discount;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.ParkedBasket;
import dev.countersign.common.sale.ParkedBasket.Word;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.sale.Settlement;
import dev.countersign.common.tax.TaxRounding;
import dev.countersign.server.account.Register;
import dev.countersign.server.account.Store;
import dev.countersign.server.launch.Provisioning;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

// Long because every way of a basket between tills is gone once.
/** A sale is put aside at one till and taken up at another, over a real server. */
class ParkedAcrossTillsTest {
  private static final String ROWS =
      "item_number,description,category,vendor,bottle_ml,pack,proof,upc,scc,bottle_cost,case_cost,"
          + "bottle_retail,list_date\n1,Gin,GIN,V,750,6,80,,,1,6,11.90,2020-01-01\n"
          + "2,Rum,RUM,V,750,6,80,,,1,6,19.99,2020-01-01\n";

  @TempDir Path folder;
  private Shop shop;
  private Till first;
  private Till second;
  private final List<Till> opened = new ArrayList<>();

  /** A till with somebody at it. */
  private static final class Till {
    final TillDevice device;
    final Selling selling;
    final Amending amending;
    final Parking parking;
    final UUID who;

    Till(TillDevice device) {
      this.device = device;
      this.who = device.actor().user();
      device.pull();
      device.openShift();
      selling =
          new Selling(
              device.open.ledger(),
              device.open.catalogue(),
              () -> new BarcodeRules(List.of()),
              USD,
              TaxRounding.perLine(USD),
              Clock.systemUTC());
      amending = new Amending(selling, device.open.users(), Clock.systemUTC());
      parking = new Parking(selling, device.open.parked(), device.open.users());
    }

    Product product(String sku) {
      return device.open.catalogue().bySku(sku).orElseThrow();
    }

    void ring(String sku) {
      selling.sell(product(sku));
    }

    Parking.Aside park(String name) {
      return parking.park(who, null, name);
    }

    Running recall(UUID sale) {
      return parking.recall(who, null, sale).orElseThrow();
    }

    Waiting only() {
      assertThat(parking.waiting()).hasSize(1);
      return parking.waiting().getFirst();
    }

    /** Everything there is to tell and to hear, names too. */
    void meet() {
      assertThat(device.push()).isInstanceOf(PushOutcome.AllSent.class);
      try (ServerConnection connection = device.connect()) {
        var enrolled = device.open.ledger().enrolled();
        DeviceSignIn signIn =
            new DeviceSignIn(
                connection,
                enrolled.device(),
                enrolled.environment(),
                device.open.outbox()::sign,
                () -> {});
        Contact.Line line =
            (path, json) -> signIn.asking(token -> connection.postJson(path, json, token));
        new TellingCustomers(device.open.customers()).met(line);
        new TellingParked(device.open.parked()).met(line);
      }
      device.pull();
    }

    void pay() {
      device.complete(selling.running().basket(), TillDevice.DAY);
      selling.next();
    }

    /** The server tells of a basket of another till. */
    void hears(UUID id, String name, ParkedBasket told) throws Exception {
      Replica replica = device.open.replica();
      ParkedItem item = new ParkedItem(UUID.randomUUID(), "R9", who, Instant.EPOCH, name, told);
      replica.apply(
          new FeedPage(
              replica.epoch(), replica.cursor() + 1, false, List.of(FeedItem.of(1, id, item))));
    }

    List<VerdictView> questioned() {
      return device.open.books().needsManager();
    }
  }

  @BeforeEach
  void open() throws Exception {
    shop = Shop.open(folder);
    Path file = Files.writeString(folder.resolve("goods.csv"), ROWS);
    assertThat(shop.server.provisioning().importCatalogue(shop.tenant.id(), file).refusedCount())
        .isZero();
    first = till(shop.till());
    second = till(shop.till());
  }

  @AfterEach
  void close() throws Exception {
    opened.forEach(till -> till.device.close());
    shop.close();
  }

  private Till till(TillDevice device) {
    Till till = new Till(device);
    opened.add(till);
    return till;
  }

  @Test
  void whatWasPutAsideAtOneTillGoesOnAtAnotherAsItWas() {
    first.ring("1");
    first.ring("2");
    first.amending.price(first.who, null, 2, Money.of(1500, USD));
    first.amending.discount(first.who, null, 1, new Discount.PercentOff(BigDecimal.TEN, "damaged"));
    first.amending.openItem(first.who, null, "Bag", Money.of(10, USD), List.of());
    first.amending.note("for the party");
    first.selling.addCustomer(first.who, null, CustomerDetails.of("77", "Ada", "", ""));
    first.device.open.ledger().saveDraft(first.selling.running().basket());
    Basket before = first.selling.running().basket();
    Money total = first.selling.running().total();
    assertThat(first.park("Ann").reach()).isEqualTo(Reach.EVERYWHERE);
    first.meet();
    assertThat(first.questioned()).isEmpty();
    second.meet();
    Waiting waiting = second.only();
    assertThat(waiting.name()).isEqualTo("Ann");
    assertThat(waiting.elsewhere()).isEqualTo("R1");
    assertThat(waiting.by()).isEqualTo("Robin");
    assertThat(waiting.items()).isEqualTo(3);
    assertThat(waiting.total()).isEqualTo(total);
    assertThat(waiting.isPricedAnew()).isFalse();
    assertThat(second.parking.count()).isEqualTo(1);
    Running taken = second.recall(waiting.id());
    assertThat(taken.total()).isEqualTo(total);
    assertThat(taken.basket().agreed()).isEqualTo(before.agreed());
    assertThat(taken.basket().note()).isEqualTo("for the party");
    assertThat(taken.basket().buyer()).isEqualTo(before.buyer());
    assertThat(taken.basket().lines()).hasSameSizeAs(before.lines());
    assertThat(second.parking.waiting()).as("not twice on this till").isEmpty();
    second.pay();
    second.meet();
    assertThat(second.questioned()).isEmpty();
    assertThat(first.parking.waiting()).as("not heard yet").hasSize(1);
    first.meet();
    assertThat(first.parking.waiting()).isEmpty();
    assertThat(first.parking.count()).isZero();
    assertThat(first.device.open.ledger().closeShift(first.device.actor(), Money.of(10_000, USD)))
        .isNotNull();
  }

  @Test
  void onceItWasHeardOfNoNetworkIsNeededAndTheOwnOneNeverNeedsAny() {
    first.ring("1");
    first.park("");
    UUID own = first.only().id();
    first.recall(own);
    first.park("again");
    first.meet();
    second.meet();
    // From here on the second till is alone.
    second.recall(second.only().id());
    second.pay();
    second.ring("2");
    second.park("its own");
    assertThat(second.recall(second.only().id()).total()).isEqualTo(Money.of(1999, USD));
    second.pay();
    assertThat(second.parking.waiting()).isEmpty();
    second.device.pull();
    assertThat(second.parking.waiting()).as("still told by the server").isEmpty();
    second.meet();
    first.meet();
    assertThat(first.parking.waiting()).isEmpty();
    assertThat(first.questioned()).isEmpty();
    assertThat(second.questioned()).isEmpty();
  }

  @Test
  void whatIsThrownAwayWhereItWaitsIsGoneEverywhereAndTheRunningSaleStays() throws Exception {
    first.ring("1");
    first.park("Ann");
    first.meet();
    second.meet();
    second.ring("2");
    UUID waiting = second.only().id();
    assertThat(second.parking.discard(second.who, null, waiting)).isTrue();
    assertThat(second.parking.discard(second.who, null, waiting)).as("twice").isFalse();
    assertThat(second.parking.waiting()).isEmpty();
    assertThat(second.selling.running().total()).isEqualTo(Money.of(1999, USD));
    assertThat(
            second
                .device
                .open
                .ledger()
                .shiftReport(second.who)
                .orElseThrow()
                .figures()
                .voidedBaskets())
        .isEqualTo(new ShiftFigures.Sum(1, 1190));
    second.pay();
    second.meet();
    first.meet();
    assertThat(first.parking.waiting()).isEmpty();
    assertThat(second.questioned()).isEmpty();
    assertThat(first.questioned()).isEmpty();
  }

  @Test
  void whatCannotBeTakenUpHereIsCountedListedAndThrownAway() throws Exception {
    ParkedBasket told = ParkedBasket.of(TillDevice.with(second.product("1")), Money.of(1190, USD));
    UUID odd = UUID.randomUUID();
    // An act that only a newer program knows.
    second.hears(odd, "odd", with(told, told.lines(), new Word("sale.unheard-of", first.who)));
    UUID large = UUID.randomUUID();
    ParkedBasket.Line line = told.lines().getFirst();
    ParkedBasket.Line many = times(line, Quantity.of(9_000_000_000L));
    second.hears(large, "large", with(told, Collections.nCopies(1000, many)));
    assertThat(second.parking.count()).isEqualTo(2);
    assertThat(second.parking.waiting())
        .hasSize(2)
        .allSatisfy(
            waiting -> {
              assertThat(waiting.usable()).isFalse();
              assertThat(waiting.total()).isEqualTo(Money.of(1190, USD));
            });
    assertThat(second.parking.recall(second.who, null, odd)).isEmpty();
    assertThat(second.parking.discard(second.who, null, odd)).isTrue();
    assertThat(second.parking.discard(second.who, null, odd)).as("twice").isFalse();
    assertThat(second.parking.discard(second.who, null, large)).isTrue();
    assertThat(second.parking.count()).isZero();
    assertThat(second.parking.waiting()).isEmpty();
    assertThat(
            second
                .device
                .open
                .ledger()
                .shiftReport(second.who)
                .orElseThrow()
                .figures()
                .voidedBaskets())
        .isEqualTo(new ShiftFigures.Sum(2, 2380));
  }

  private static ParkedBasket with(
      ParkedBasket told, List<ParkedBasket.Line> lines, Word... agreed) {
    return new ParkedBasket(
        told.currency(),
        lines,
        told.discounts(),
        told.note(),
        List.of(agreed),
        told.coupons(),
        told.customer(),
        told.age(),
        told.total());
  }

  private static ParkedBasket.Line times(ParkedBasket.Line line, Quantity quantity) {
    return new ParkedBasket.Line(
        line.product(),
        line.code(),
        line.name(),
        line.size(),
        line.taxes(),
        quantity,
        1_000_000_000_000L,
        null,
        1190L,
        line.discounts(),
        line.note(),
        line.voided(),
        line.container(),
        line.facts());
  }

  @Test
  void twoTillsThatTookUpTheSameAreFlaggedAndBothSalesStand() throws Exception {
    first.ring("1");
    first.park("Ann");
    first.meet();
    second.meet();
    UUID sale = first.only().id();
    second.recall(sale);
    second.pay();
    first.recall(sale);
    first.pay();
    second.meet();
    assertThat(second.questioned()).isEmpty();
    first.meet();
    assertThat(first.questioned())
        .singleElement()
        .satisfies(
            view -> {
              assertThat(view.verdict()).isEqualTo(Verdict.FLAGGED);
              assertThat(view.code()).isEqualTo("recalled-twice");
            });
    assertThat(shop.sales()).hasSize(2);
    try (TillDevice office = shop.office()) {
      office.pull();
      assertThat(office.open.books().questions())
          .singleElement()
          .satisfies(question -> assertThat(question.code()).isEqualTo("recalled-twice"));
    }
  }

  /** The word of whoever answered goes with the basket, and is good for that act alone. */
  @Test
  void aCashierTakesUpWhatAManagerAnsweredForAndMayDoNoMore() throws Exception {
    UUID cashier =
        shop.server
            .provisioning()
            .addUser(shop.tenant.id(), "Sam", "cashier", shop.store.id())
            .id();
    first.meet();
    second.meet();
    Discount tenth = new Discount.PercentOff(BigDecimal.TEN, "damaged");
    first.ring("1");
    first.amending.discount(cashier, first.who, 1, tenth);
    first.parking.park(cashier, null, "");
    first.meet();
    assertThat(first.questioned()).isEmpty();
    second.meet();
    UUID sale = second.only().id();
    second.parking.recall(cashier, null, sale);
    assertThatExceptionOfType(NotPermittedException.class)
        .isThrownBy(() -> second.amending.price(cashier, null, 1, Money.of(1, USD)));
    Basket basket = second.selling.running().basket();
    Actor asking = new Actor(cashier, null, Clock.systemUTC().instant());
    assertThatExceptionOfType(NotPermittedException.class)
        .as("without that word")
        .isThrownBy(() -> second.device.open.ledger().complete(asking, paid(unanswered(basket))));
    second.device.open.ledger().complete(asking, paid(basket));
    second.meet();
    assertThat(second.questioned()).isEmpty();
    assertThat(second.device.open.books().lastSale().orElseThrow().body().agreed())
        .extracting(SaleCompleted.Agreed::person)
        .containsExactly(first.who);
  }

  private static Basket unanswered(Basket basket) {
    return new Basket(
        basket.currency(),
        basket.lines(),
        basket.discounts(),
        basket.note(),
        List.of(),
        basket.coupons(),
        basket.buyer(),
        basket.age());
  }

  private static SaleDraft paid(Basket basket) {
    var priced = Pricing.price(basket, TaxRounding.perLine(USD));
    if (Settlement.of(priced.total(), List.of(new CashTender(priced.total())), null)
        instanceof Settlement.Settled settled) {
      return new SaleDraft(basket, priced, settled, TillDevice.DAY, null);
    }
    throw new AssertionError("cash in full settles");
  }

  @Test
  void pricesOfWhereItIsTakenUpCount() {
    first.ring("1");
    first.park("");
    first.meet();
    UUID gin = second.product("1").id();
    second.device.price(gin, 1250);
    second.meet();
    Waiting waiting = second.only();
    assertThat(waiting.total()).isEqualTo(Money.of(1250, USD));
    assertThat(waiting.then()).contains(Money.of(1190, USD));
    assertThat(waiting.isPricedAnew()).isTrue();
    second.recall(waiting.id());
    second.pay();
    second.meet();
    assertThat(second.questioned()).isEmpty();
  }

  @Test
  void aTaxIsThatOfTheDayAndNobodyIsToldOfAnotherTotalThatNobodyWasAskedFor() throws Exception {
    Provisioning server = shop.server.provisioning();
    server.addTax(
        shop.tenant.id(), new TaxItem("VAT", "PERCENT", BigDecimal.TEN, false, false, true));
    Path file = Files.writeString(folder.resolve("goods.csv"), ROWS);
    server.importCatalogue(shop.tenant.id(), file, "VAT", new TaxesTest.Quiet());
    server.changeTaxRate(
        shop.tenant.id(), "VAT", new BigDecimal("20"), LocalDate.now(ZoneOffset.UTC));
    first.meet();
    second.meet();
    assertThat(second.device.open.catalogue().taxRules(LocalDate.EPOCH).getFirst().rate())
        .isEqualByComparingTo("10");
    first.ring("1");
    first.park("");
    first.meet();
    second.meet();
    Waiting waiting = second.only();
    assertThat(waiting.total()).isEqualTo(Money.of(1428, USD));
    assertThat(waiting.isPricedAnew()).isFalse();
    Running taken = second.recall(waiting.id());
    assertThat(taken.total()).isEqualTo(Money.of(1428, USD));
    assertThat(taken.former()).isNull();
    assertThat(second.device.open.ledger().draft()).contains(taken.basket());
  }

  @Test
  void ofAnotherStoreAndAnOfficeNobodyHearsOfIt() throws Exception {
    Store other =
        shop.server.provisioning().addStore(shop.tenant.id(), "2", "Hill", ZoneOffset.UTC);
    Register register = shop.server.provisioning().addRegister(shop.tenant.id(), other.id(), "H1");
    Till there =
        till(
            shop.device(
                shop.server
                    .provisioning()
                    .tillTicket(shop.tenant.id(), register.id(), shop.manager.id()),
                Clock.systemUTC()));
    first.ring("1");
    first.park("Ann");
    first.meet();
    there.meet();
    assertThat(there.parking.waiting()).isEmpty();
    try (TillDevice office = shop.office()) {
      office.pull();
      assertThat(office.open.parked().list()).isEmpty();
    }
    second.meet();
    assertThat(second.parking.waiting()).hasSize(1);
  }

  @Test
  void aTillThatIsGoneLeavesItsCustomersToTheOthers() throws Exception {
    first.ring("1");
    first.park("Ann");
    first.meet();
    shop.server
        .provisioning()
        .revokeDevice(shop.tenant.id(), first.device.open.ledger().enrolled().device());
    Till third = till(shop.till());
    third.meet();
    assertThat(third.recall(third.only().id()).total()).isEqualTo(Money.of(1190, USD));
    third.pay();
    third.meet();
    assertThat(third.questioned()).isEmpty();
  }

  @Test
  void whatACutOffTillTookUpStaysWithTheOthers() throws Exception {
    second.ring("1");
    second.park("");
    second.meet();
    first.meet();
    shop.server
        .provisioning()
        .revokeDevice(shop.tenant.id(), first.device.open.ledger().enrolled().device());
    first.recall(first.only().id());
    first.device.push();
    second.meet();
    assertThat(second.parking.waiting()).hasSize(1);
  }

  @Test
  void othersBasketsDoNotHoldTheShiftOpenAndTheOwnDo() {
    first.ring("1");
    first.park("");
    first.meet();
    second.meet();
    assertThat(second.parking.waiting()).hasSize(1);
    second.device.open.ledger().closeShift(second.device.actor(), Money.of(10_000, USD));
    assertThatExceptionOfType(ActRefusedException.class)
        .isThrownBy(
            () ->
                first.device.open.ledger().closeShift(first.device.actor(), Money.of(10_000, USD)))
        .satisfies(
            refused ->
                assertThat(refused.reason()).isEqualTo(ActRefusedException.Reason.SALES_PARKED));
    assertThat(second.parking.waiting()).hasSize(1);
  }

  @Test
  void goodsThatComeBackStayOnTheirTillAndItSaysSo() {
    first.device.open.ledger().saveDraft(returned());
    Selling again =
        new Selling(
            first.device.open.ledger(),
            first.device.open.catalogue(),
            () -> new BarcodeRules(List.of()),
            USD,
            TaxRounding.perLine(USD),
            Clock.systemUTC());
    Parking parking = new Parking(again, first.device.open.parked(), first.device.open.users());
    assertThat(parking.park(first.who, null, "").reach()).isEqualTo(Reach.COMES_BACK);
    assertThat(parking.waiting()).singleElement().matches(Waiting::onlyHere);
    first.meet();
    second.meet();
    assertThat(second.parking.waiting()).isEmpty();
    UUID id = parking.waiting().getFirst().id();
    assertThat(parking.recall(first.who, null, id).orElseThrow().basket()).isEqualTo(returned());
    first.meet();
    assertThat(first.questioned()).as("nothing was told of it").isEmpty();
  }

  private static Basket returned() {
    return Basket.empty(USD)
        .add(
            new LineItem(null, "", "Torn coat", "", List.of()),
            Quantity.of(-1),
            new LinePrice.Returned(Money.of(5000, USD), "torn"))
        .checked(new AgeCheck(18, AgeCheck.How.LOOKED));
  }

  @Test
  void aLongBasketStaysOnItsTillAndIsNotCut() {
    for (int i = 0; i < 400; i++) {
      first.amending.openItem(first.who, null, "Thing " + i, Money.of(i + 1, USD), List.of());
    }
    assertThat(first.park("").reach()).isEqualTo(Reach.LARGE);
    first.meet();
    second.meet();
    assertThat(second.parking.waiting()).isEmpty();
    assertThat(first.recall(first.only().id()).basket().lines()).hasSize(400);
  }

  @Test
  void whatIsPartlyPaidIsNeverPutAside() {
    first.ring("1");
    Money some = Money.of(500, USD);
    first
        .device
        .open
        .ledger()
        .keepPayment(
            first.selling.running().basket(),
            OpenPayment.none(Money.zero(USD)).with(new CashTender(some)));
    assertThatExceptionOfType(ActRefusedException.class)
        .isThrownBy(() -> first.park(""))
        .satisfies(
            refused ->
                assertThat(refused.reason()).isEqualTo(ActRefusedException.Reason.PARTLY_PAID));
    first.meet();
    second.meet();
    assertThat(second.parking.waiting()).isEmpty();
  }

  @Test
  void whoeverLearnsSeesNoCustomerOfTheRealTillAndTellsNobodyOfTheirs() throws Exception {
    first.ring("1");
    first.park("Ann");
    first.meet();
    second.meet();
    DeviceFolder beside = new DeviceFolder(folder.resolve("training"));
    beside.create();
    try (OpenDevice training =
        second.device.open.training(
            beside,
            new OpenDevice.Surroundings(Clock.systemUTC(), System::nanoTime, new SecureRandom()))) {
      assertThat(training.parked().list()).isEmpty();
      training.ledger().saveDraft(TillDevice.with(second.product("1")));
      training.parked().park(second.device.actor(), "nobody", Money.of(1190, USD));
      assertThat(training.parked().list()).hasSize(1);
    }
    assertThat(second.parking.waiting()).extracting(Waiting::name).containsExactly("Ann");
    second.meet();
    first.meet();
    assertThat(first.parking.waiting()).extracting(Waiting::name).containsExactly("Ann");
  }

  /** A snapshot names what waits and says nothing of what was taken up. */
  @Test
  void aTillThatBeginsAnewForgetsWhatWasTakenUpElsewhereAndNothingElse() throws Exception {
    first.ring("1");
    first.park("taken");
    first.ring("2");
    first.park("waits");
    first.meet();
    first.ring("2");
    first.park("not told");
    first.ring("1");
    first.park("gone");
    second.meet();
    UUID taken =
        second.parking.waiting().stream()
            .filter(sale -> sale.name().equals("taken"))
            .findFirst()
            .orElseThrow()
            .id();
    second.recall(taken);
    second.meet();
    Waiting waits =
        first.parking.waiting().stream()
            .filter(sale -> sale.name().equals("waits"))
            .findFirst()
            .orElseThrow();
    Replica replica = first.device.open.replica();
    ParkedItem named =
        new ParkedItem(
            first.device.open.ledger().enrolled().device(),
            "R1",
            first.who,
            waits.since(),
            "waits",
            ParkedBasket.of(TillDevice.with(first.product("2")), Money.of(1999, USD)));
    FeedItem item = FeedItem.of(1, waits.id(), named);
    replica.replaceAll(
        new FeedPage(UUID.randomUUID(), 0, false, List.of()), List.<FeedItem>of().iterator());
    assertThat(first.parking.waiting())
        .as("a server that was put back may not have heard of them yet")
        .extracting(Waiting::name)
        .containsExactly("taken", "waits", "not told", "gone");
    UUID gone = first.parking.waiting().getLast().id();
    replica.replaceAll(
        new FeedPage(UUID.randomUUID(), 0, false, List.of()),
        List.of(new FeedItem(1, FeedBody.PARKED, gone, true, null)).iterator());
    assertThat(first.parking.waiting())
        .extracting(Waiting::name)
        .containsExactly("taken", "waits", "not told");
    replica.replaceAll(
        new FeedPage(replica.epoch(), 1, false, List.of()), List.of(item).iterator());
    assertThat(first.parking.waiting())
        .extracting(Waiting::name)
        .containsExactly("waits", "not told");
  }

  @Test
  void howLongItWaitsIsSaid() {
    first.ring("1");
    first.park("");
    first.meet();
    second.meet();
    Selling later =
        new Selling(
            second.device.open.ledger(),
            second.device.open.catalogue(),
            () -> new BarcodeRules(List.of()),
            USD,
            TaxRounding.perLine(USD),
            Clock.offset(Clock.systemUTC(), Duration.ofDays(100)));
    Parking parking = new Parking(later, second.device.open.parked(), second.device.open.users());
    assertThat(parking.waiting().getFirst().days()).isEqualTo(100);
  }
}
