package dev.countersign.client.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.flow.Paying;
import dev.countersign.client.flow.Running;
import dev.countersign.client.flow.ScanOutcome;
import dev.countersign.client.flow.Selling;
import dev.countersign.client.launch.TestClock;
import dev.countersign.client.ledger.OpenPayment;
import dev.countersign.client.ledger.SaleView;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Tax;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.FeedBody.TaxItem;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.tax.TaxRounding;
import dev.countersign.common.tax.TaxRule;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.catalogue.ImportReport;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tax that is set up at the server is charged at a till, at the rate that it last heard of. */
class TaxesTest {
  private static final String ROWS =
      "item_number,description,category,vendor,bottle_ml,pack,proof,upc,scc,bottle_cost,case_cost,"
          + "bottle_retail,list_date\n"
          + "1,Gin,GIN,V,750,6,80,,,1,6,11.90,2020-01-01\n";

  static final class Quiet implements ImportReport.Listener {
    @Override
    public void warned(ImportReport.Remark remark) {}

    @Override
    public void refused(ImportReport.Remark remark) {}
  }

  @TempDir Path folder;
  private Shop shop;

  @BeforeEach
  void open() throws Exception {
    shop = Shop.open(folder);
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  private void tax(String name, String rate, boolean included) throws Exception {
    shop.server
        .provisioning()
        .addTax(
            shop.tenant.id(),
            new TaxItem(name, "PERCENT", new BigDecimal(rate), included, false, true));
  }

  private ImportReport bring(@Nullable String taxes) throws Exception {
    Path file = Files.writeString(folder.resolve("goods.csv"), ROWS);
    return shop.server.provisioning().importCatalogue(shop.tenant.id(), file, taxes, new Quiet());
  }

  private static List<TaxRule> taxes(TillDevice till) {
    return till.open.catalogue().taxes(gin(till), LocalDate.now(ZoneOffset.UTC));
  }

  private static Product gin(TillDevice till) {
    return till.open.catalogue().bySku("1").orElseThrow();
  }

  /** What a bottle costs, and how much of it is tax. */
  private static List<Long> charged(TillDevice till) {
    Basket basket =
        Basket.empty(TillDevice.USD)
            .add(
                new LineItem(gin(till).id(), "", "Gin", "", taxes(till)),
                Quantity.ONE,
                new LinePrice.Each(gin(till).price()));
    var priced = Pricing.price(basket, TaxRounding.perLine(TillDevice.USD));
    return List.of(priced.total().minor(), priced.tax().minor());
  }

  @Test
  void whatAFileSaysNothingOfIsTaxedAsUsualAndAtTheNewRateOnceItIsHeard() throws Exception {
    tax("VAT", "19", true);
    tax("City", "1", false);
    assertThat(bring("VAT; City").refusedCount()).isZero();
    try (TillDevice till = shop.till()) {
      till.pull();
      assertThat(taxes(till)).extracting(TaxRule::name).containsExactly("VAT", "City");
      // 11.90 holds 1.90; a hundredth of what is left comes on top.
      assertThat(charged(till)).containsExactly(1_200L, 200L);
      shop.server.provisioning().changeTaxRate(shop.tenant.id(), "vat", new BigDecimal("21"), null);
      assertThat(charged(till)).as("not heard yet").containsExactly(1_200L, 200L);
      till.pull();
      assertThat(charged(till)).containsExactly(1_200L, 217L);
      // Said of nothing: as it was. Said of none: none.
      assertThat(bring(null).changed()).isZero();
      bring("");
      till.pull();
      assertThat(charged(till)).containsExactly(1_190L, 0L);
    }
  }

  @Test
  void aTaxThatThereIsNotStopsTheImportBeforeItsFirstRow() throws Exception {
    assertThatThrownBy(() -> bring("VAT"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("no tax named 'VAT'");
  }

  private static final ZoneId AUCKLAND = ZoneId.of("Pacific/Auckland");
  private static final LocalDate NEW_YEAR = LocalDate.of(2027, 1, 1);

  /** What the server said of the newest sale of a till, once it is sent. */
  private static SaleView judged(TillDevice till, LocalDate day) {
    assertThat(till.push()).isInstanceOf(PushOutcome.AllSent.class);
    return till.open.books().salesOn(day).getFirst();
  }

  private static SaleCompleted newest(TillDevice till) {
    return till.open.books().lastSale().orElseThrow().body();
  }

  private static List<String> rates(SaleCompleted sale) {
    return sale.lines().stream().flatMap(line -> line.taxes().stream()).map(Tax::rate).toList();
  }

  private static Selling selling(TillDevice till, Clock wall) {
    return new Selling(
        till.open.ledger(),
        till.open.catalogue(),
        till.open.settings()::barcodeRules,
        TillDevice.USD,
        TaxRounding.perLine(TillDevice.USD),
        wall);
  }

  private static Paying paying(TillDevice till, Clock wall, Selling selling, Running running) {
    return new Paying(
        till.open.ledger(),
        wall,
        Paying.Terms.of(till.open.settings()),
        running,
        OpenPayment.none(Money.zero(TillDevice.USD)),
        selling);
  }

  /** An office writes a rate for the new year, and the till changes over by itself, offline. */
  @Test
  void aTillThatIsOfflineChangesOverAtMidnightOfItsStore() throws Exception {
    shop.close();
    TestClock clock =
        new TestClock(NEW_YEAR.minusDays(2).atTime(9, 0).atZone(AUCKLAND).toInstant());
    Clock wall = clock.withZone(AUCKLAND);
    shop = Shop.open(Files.createDirectory(folder.resolve("south")), clock, AUCKLAND);
    tax("VAT", "19", true);
    tax("City", "10", false);
    bring("VAT; City");
    try (TillDevice till = shop.till(clock);
        TillDevice office = shop.office(clock)) {
      office.pull();
      writeFromNewYear(office, wall);
      till.pull();
      till.openShift(LocalDate.now(wall));
      clock.set(NEW_YEAR.atStartOfDay(AUCKLAND).minusMinutes(1).toInstant());
      Selling selling = selling(till, wall);
      selling.sell(gin(till));
      pay(till, wall, selling, 1_290);
      assertThat(rates(newest(till))).containsExactly("19", "10");
      UUID old = till.open.books().lastSale().orElseThrow().id();

      // Rung up before midnight, paid after it: the last evening of the year where it is UTC.
      selling.next();
      assertThat(selling.sell(gin(till))).isInstanceOf(ScanOutcome.Added.class);
      Running evening = selling.running();
      assertThat(selling.isAsShown(evening)).isTrue();
      clock.forward(Duration.ofMinutes(2));
      assertThat(LocalDate.now(clock)).isEqualTo(NEW_YEAR.minusDays(1));
      assertThat(selling.isAsShown(evening)).isFalse();
      Running now = selling.current(evening);
      assertThat(now.former()).isEqualTo(evening.total());
      assertThat(now.total().minor()).isEqualTo(1_288);
      assertThat(selling.running().former()).as("said once").isNull();
      pay(till, wall, selling, 1_288);
      assertThat(rates(newest(till))).containsExactly("21", "10");
      assertThat(newest(till).businessDate()).isEqualTo(NEW_YEAR);
      assertThat(judged(till, NEW_YEAR).standing()).isEqualTo(SaleView.Standing.ACCEPTED);
      assertThat(till.open.books().salesOn(NEW_YEAR.minusDays(1)).getFirst().standing())
          .isEqualTo(SaleView.Standing.ACCEPTED);

      // By hand at the rate of the day before: it counts, and somebody looks.
      till.complete(with(till, NEW_YEAR.minusDays(1)), NEW_YEAR);
      SaleView wrong = judged(till, NEW_YEAR);
      assertThat(wrong.standing()).isEqualTo(SaleView.Standing.FLAGGED);
      assertThat(wrong.code()).isEqualTo("tax-rate");

      till.takeBack(old);
      SaleCompleted refund = newest(till);
      assertThat(refund.total()).isEqualTo(-1_290);
      assertThat(rates(refund)).containsExactly("19", "10");
      till.push();
      assertThat(till.open.books().needsManager()).hasSize(1);
      assertThat(
              till
                  .open
                  .ledger()
                  .shiftReport(till.actor().user())
                  .orElseThrow()
                  .figures()
                  .taxes()
                  .stream()
                  .map(each -> each.name() + " " + each.rate()))
          .as("both rates stand apart")
          .containsExactlyInAnyOrder("VAT 19", "VAT 21", "City 10");
    }
  }

  /** What a customer was asked for is taken, also when midnight passes over it. */
  @Test
  void whatIsBeingPaidAtMidnightKeepsItsTotal() throws Exception {
    shop.close();
    TestClock clock = new TestClock(NEW_YEAR.atStartOfDay(AUCKLAND).minusMinutes(1).toInstant());
    Clock wall = clock.withZone(AUCKLAND);
    shop = Shop.open(Files.createDirectory(folder.resolve("south")), clock, AUCKLAND);
    tax("VAT", "19", true);
    tax("City", "10", false);
    bring("VAT; City");
    try (TillDevice till = shop.till(clock);
        TillDevice office = shop.office(clock)) {
      office.pull();
      writeFromNewYear(office, wall);
      till.pull();
      till.openShift(LocalDate.now(wall));
      Selling selling = selling(till, wall);
      selling.sell(gin(till));
      Paying dearer = paying(till, wall, selling, selling.running());
      dearer.cash(dearer.leftInCash());
      clock.forward(Duration.ofMinutes(2));
      dearer.finish(till.actor().user(), null, LocalDate.now(wall));
      assertThat(newest(till).businessDate()).isEqualTo(NEW_YEAR.minusDays(1));
      assertThat(rates(newest(till))).containsExactly("19", "10");

      // In the price: the total is the same, and so the sale takes the day on which it is paid.
      clock.set(NEW_YEAR.atStartOfDay(AUCKLAND).minusMinutes(1).toInstant());
      bring("VAT");
      till.pull();
      selling.next();
      selling.sell(gin(till));
      Paying same = paying(till, wall, selling, selling.running());
      same.cash(same.leftInCash());
      clock.forward(Duration.ofMinutes(2));
      same.finish(till.actor().user(), null, LocalDate.now(wall));
      assertThat(newest(till).total()).isEqualTo(1_190);
      assertThat(newest(till).businessDate()).isEqualTo(NEW_YEAR);
      assertThat(rates(newest(till))).containsExactly("21");
      till.push();
      assertThat(till.open.books().needsManager()).isEmpty();
    }
  }

  private static void writeFromNewYear(TillDevice office, Clock wall) {
    var vat =
        office.open.catalogue().taxes().entrySet().stream()
            .filter(each -> each.getValue().name().equals("VAT"))
            .findFirst()
            .orElseThrow();
    office
        .open
        .ledger()
        .writeTax(
            office.actor(),
            vat.getKey(),
            vat.getValue().from(NEW_YEAR, new BigDecimal("21")),
            LocalDate.now(wall));
    office.push();
    assertThat(office.open.books().needsManager()).isEmpty();
  }

  private void pay(TillDevice till, Clock wall, Selling selling, long total) {
    Paying paying = paying(till, wall, selling, selling.running());
    assertThat(paying.due().minor()).isEqualTo(total);
    paying.cash(paying.leftInCash());
    paying.finish(till.actor().user(), null, LocalDate.now(wall));
  }

  private static Basket with(TillDevice till, LocalDate day) {
    Product gin = gin(till);
    return Basket.empty(TillDevice.USD)
        .add(
            new LineItem(gin.id(), "", "Gin", "", till.open.catalogue().taxes(gin, day)),
            Quantity.ONE,
            new LinePrice.Each(gin.price()));
  }
}
