package dev.countersign.client.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.catalogue.Product;
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
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
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

  private static final class Quiet implements ImportReport.Listener {
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
    return till.open.catalogue().taxes(gin(till), LocalDate.ofInstant(shop.clock.instant(), ZoneOffset.UTC));
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
}
