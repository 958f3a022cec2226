package dev.countersign.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeBody;
import dev.countersign.common.change.ProductChanged;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Tax;
import dev.countersign.common.change.TaxWritten;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.Acknowledgement.Judged;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.FeedBody.TaxItem;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.tax.TaxRule;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.db.postgres.Stored;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A sale is judged by the rates of its business day; who writes them is looked at as well. */
@ParameterizedClass
@EnumSource(Stored.class)
class TaxedSalesTest {
  private static final UUID VAT = new UUID(7, 7);

  @Parameter Stored stored;
  @TempDir Path folder;
  private TestShop shop;
  private SellingTill till;
  private LocalDate today;

  /** 20 % until today, 25 % from today on, 10 % from tomorrow on. */
  @BeforeEach
  void open() throws Exception {
    shop = new TestShop(folder, stored);
    today = LocalDate.ofInstant(shop.now, ZoneOffset.UTC);
    shop.taxes.put(VAT, TaxItem.of(vat()));
    till = shop.enrol();
    send(till.opening());
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  private dev.countersign.common.tax.Tax vat() {
    return dev.countersign.common.tax.Tax.since(
            "VAT", TaxRule.Kind.PERCENT, new BigDecimal("20"), true, false, true)
        .from(today, new BigDecimal("25"))
        .from(today.plusDays(1), BigDecimal.TEN);
  }

  private Judged send(Change change) throws SQLException {
    return ((IngestOutcome.Stored) shop.accept(till.seal(List.of(change))))
        .acknowledgement()
        .verdicts()
        .getFirst();
  }

  /** By a manager. */
  private Judged write(UUID entity, ChangeBody body) throws SQLException {
    Change change = till.change(entity, body);
    return send(
        new Change(change.id(), change.number(), entity, shop.manager, null, change.at(), body));
  }

  private Judged sell(LocalDate day, Tax... taxes) throws SQLException {
    long tax = 0;
    for (Tax each : taxes) {
      tax += each.amount();
    }
    SaleCompleted plain = till.saleBody(shop.product, 1200);
    SaleCompleted.Line line =
        new SaleCompleted.Line(
            1, shop.product, "", "Gin", Quantity.ONE, 1200L, null, 1200, List.of(taxes));
    return send(
        till.change(
            till.id(),
            new SaleCompleted(
                plain.store(),
                plain.register(),
                plain.shift(),
                plain.receipt(),
                day,
                plain.currency(),
                List.of(line),
                plain.tenders(),
                1200,
                tax,
                0,
                0,
                List.of(),
                null)));
  }

  private static Tax at(String rate, long base, long tax) {
    return new Tax(VAT, "VAT", rate, base, tax);
  }

  @Test
  void aSaleAtTheRateOfItsDayIsAccepted() throws Exception {
    assertThat(sell(today, at("25", 960, 240)).code()).isEmpty();
    assertThat(sell(today.minusDays(1), at("20", 1000, 200)).code()).isEmpty();
    assertThat(sell(today.minusYears(9), at("20.00", 1000, 200)).code()).isEmpty();
    assertThat(sell(today.plusDays(1), at("10", 1091, 109)).code()).isEmpty();
  }

  @Test
  void aSaleAtAnotherDaysRateIsFlaggedAndCounts() throws Exception {
    Judged judged = sell(today, at("20", 1000, 200));
    assertThat(judged.verdict()).isEqualTo(Verdict.FLAGGED);
    assertThat(judged.code()).isEqualTo("tax-rate");
    assertThat(sell(today.minusDays(1), at("25", 960, 240)).code()).isEqualTo("tax-rate");
    assertThat(sell(today, at("1e9", 960, 240)).code()).isEqualTo("tax-rate");
    Tax unknown = new Tax(new UUID(1, 1), "VAT", "25", 960, 240);
    assertThat(sell(today, unknown).code()).isEqualTo("tax-rate");
  }

  @Test
  void aTaxThatDoesNotComeToItsRateIsFlagged() throws Exception {
    assertThat(sell(today, at("25", 960, 230)).code()).isEqualTo("tax-amount");
    assertThat(sell(today, at("25", 1150, 50)).code()).isEqualTo("tax-amount");
    assertThat(sell(today, at("25", 200, 50)).code()).isEqualTo("tax-amount");
    assertThat(sell(today, at("25", 961, 239)).code()).as("a cent of rounding").isEmpty();
  }

  @Test
  void aRateIsWrittenForDaysToComeAndNotForThoseThatAreOver() throws Exception {
    var next = vat().from(today.plusDays(9), new BigDecimal("30"));
    var base = vat();
    assertThat(send(till.change(VAT, new TaxWritten(next))).code()).isEqualTo("not-permitted");
    assertThat(write(VAT, new TaxWritten(next)).code()).isEmpty();
    assertThat(shop.told).contains(TaxItem.of(next));
    assertThat(write(VAT, new TaxWritten(base.named("Other"))).verdict())
        .as("made of what stood before")
        .isEqualTo(Verdict.SUPERSEDED);
    var past = next.from(today.minusDays(2), BigDecimal.ONE);
    assertThat(write(VAT, new TaxWritten(past)).code()).isEqualTo("tax-begun");
    var otherKind =
        new dev.countersign.common.tax.Tax(
            "VAT",
            next.version() + 1,
            TaxRule.Kind.PERCENT,
            next.rate(),
            false,
            false,
            true,
            next.rates());
    assertThat(write(VAT, new TaxWritten(otherKind)).code()).isEqualTo("tax-begun");
    var broken = next.from(today, new BigDecimal("1001"));
    assertThat(write(VAT, new TaxWritten(broken)).code()).isEqualTo("malformed");
    assertThat(write(VAT, new TaxWritten(next.named("Vat"))).code()).isEmpty();
  }

  @Test
  void aRateThatHadBegunBeforeTheServerHeardOfItIsLookedAt() throws Exception {
    var tomorrow = vat().from(today.plusDays(2), new BigDecimal("30"));
    Change change = till.change(VAT, new TaxWritten(tomorrow));
    Change managers =
        new Change(
            change.id(), change.number(), VAT, shop.manager, null, change.at(), change.body());
    shop.now = shop.now.plusSeconds(4 * 86_400);
    assertThat(send(managers).code()).isEqualTo("tax-late");
    assertThat(sell(today.plusDays(3), at("30", 923, 277)).code()).isEmpty();
  }

  @Test
  void aNewTaxIsChosenForAProductInTheSameBatch() throws Exception {
    shop.products.put(
        shop.product, new ProductItem("1", "Gin", "", "", 1200, List.of(), List.of()));
    UUID levy = new UUID(8, 8);
    var body =
        dev.countersign.common.tax.Tax.since(
            "Levy", TaxRule.Kind.PER_UNIT, new BigDecimal("0.25"), false, false, true);
    assertThat(write(shop.product, taxes("", VAT, levy)).code()).isEqualTo("unknown-tax");
    assertThat(write(levy, new TaxWritten(body)).code()).isEmpty();
    assertThat(write(shop.product, taxes("", VAT, levy)).code()).isEmpty();
    assertThat(shop.products.get(shop.product).taxes()).containsExactly(VAT, levy);
    assertThat(write(shop.product, taxes("", VAT)).code()).isEqualTo("superseded-taxes");
    assertThat(write(shop.product, taxes(VAT + " " + levy, VAT, VAT)).code())
        .isEqualTo("malformed");
  }

  private static ProductChanged taxes(String from, UUID... to) {
    return new ProductChanged(
        List.of(
            new ProductChanged.Edit(
                ProductChanged.Field.TAXES, from, ProductChanged.Field.ofTaxes(List.of(to)))));
  }
}
