package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.json.Json;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.FeedBody.Barcode;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.FeedBody.TaxItem;
import dev.countersign.server.catalogue.ImportReport;
import dev.countersign.server.feed.FeedTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Products from a file: what is right goes in, what is wrong is named and nothing else suffers. */
class CatalogueImportTest {
  private static final String HEADER =
      "item_number,description,category,vendor,bottle_ml,pack,proof,upc,scc,bottle_cost,case_cost,"
          + "bottle_retail,list_date";

  @TempDir Path data;
  @TempDir Path files;
  private Backroom backroom;
  private UUID tenant;

  @BeforeEach
  void open() throws Exception {
    backroom = Backroom.open(data, Surroundings.real());
    tenant = backroom.provisioning().addTenant("Shop", "USD", "demo").id();
  }

  @AfterEach
  void close() throws Exception {
    backroom.close();
  }

  private ImportReport load(String... rows) throws Exception {
    Path file = files.resolve("catalogue.csv");
    Files.writeString(file, HEADER + "\n" + String.join("\n", rows) + "\n");
    return backroom.provisioning().importCatalogue(tenant, file);
  }

  private List<ProductItem> products() throws Exception {
    return backroom
        .tenants()
        .<List<ProductItem>, Exception>read(
            tenant,
            scope ->
                scope
                    .db()
                    .list(
                        "SELECT body FROM feed WHERE kind = 'product' ORDER BY seq",
                        row -> Json.decode(row.bytes(1), ProductItem.class)));
  }

  private ImportReport loadMinded(String... rows) throws Exception {
    Path file = files.resolve("minded.csv");
    String header = HEADER + ",least_age,restricted,by_weight,is_deposit,deposits";
    Files.writeString(file, header + "\n" + String.join("\n", rows) + "\n");
    return backroom.provisioning().importCatalogue(tenant, file);
  }

  @Test
  void whatIsToBeMindedStandsInColumnsOfItsOwnAndStaysWithoutThem() throws Exception {
    ImportReport report =
        loadMinded(
            "1,Beer,BEER,V,500,1,,,,,,1.50,,16,Alcohol,no,,90*20 91",
            "90,Bottle,DEPOSIT,V,,1,,,,,,0.08,,,,,yes,",
            "2,Apples,FRUIT,V,,1,,,,,,2.99,,,,yes,no,",
            "3,Odd,BEER,V,,1,,,,,,1.00,,150,,,,",
            "4,Odd,BEER,V,,1,,,,,,1.00,,,,maybe,,",
            "5,Odd,BEER,V,,1,,,,,,1.00,,,,,,90*0",
            "6,Odd,BEER,V,,1,,,,,,1.00,,,,,,90 90",
            "7,Odd,BEER,V,,1,,,,,,1.00,,,,,yes,90");
    assertThat(report.refused())
        .extracting(ImportReport.Remark::line)
        .containsExactly(5L, 6L, 7L, 8L, 9L);
    ProductItem beer = products().getFirst();
    assertThat(beer.handled().leastAge()).isEqualTo(16);
    assertThat(beer.handled().restricted()).isEqualTo("alcohol");
    assertThat(beer.handled().deposits())
        .extracting(d -> d.each().toDecimalString())
        .containsExactly("20", "1");
    assertThat(products().get(1).handled().container()).isTrue();
    assertThat(products().get(2).handled().weighed()).isTrue();
    load("1,Beer,BEER,V,500,1,,,,,,1.60,");
    ProductItem dearer = products().getLast();
    assertThat(dearer.price()).isEqualTo(160);
    assertThat(dearer.handled()).isEqualTo(beer.handled());
  }

  @Test
  void anOpenPriceStandsInAColumnAndStaysWithoutIt() throws Exception {
    Path file = files.resolve("open.csv");
    String header = HEADER + ",least_age,restricted,by_weight,is_deposit,deposits,taxes";
    Files.writeString(
        file,
        header
            + ",open_price\n"
            + "1,Flowers,SHOP,V,,1,,,,,,0.00,,,,,,,,yes\n"
            + "2,Bread,SHOP,V,,1,,,,,,2.00,,,,,,,,\n"
            + "90,Bottle,DEPOSIT,V,,1,,,,,,0.08,,,,,yes,,,yes\n");
    ImportReport report = backroom.provisioning().importCatalogue(tenant, file);
    assertThat(report.refused())
        .containsExactly(
            new ImportReport.Remark(4, "open_price: a deposit has the catalogue's price"));
    assertThat(products())
        .extracting(product -> product.handled().asksPrice())
        .containsExactly(true, false);
    loadMinded("1,Flowers,GARDEN,V,,1,,,,,,0.00,,16,,,,");
    assertThat(products().getLast().handled())
        .as("nothing was said of it")
        .isEqualTo(Handling.NONE.withLeastAge(16).withOpenPrice(true));
    load("1,Flowers,SHOP,V,,1,,,,,,0.00,");
    assertThat(products().getLast().handled().asksPrice()).isTrue();
    Files.writeString(file, header + ",open_price\n1,Flowers,SHOP,V,,1,,,,,,3.00,,,,,,,,no\n");
    backroom.provisioning().importCatalogue(tenant, file);
    assertThat(products().getLast().handled()).isEqualTo(Handling.NONE);
  }

  private void tax(UUID id, String name) throws Exception {
    backroom
        .tenants()
        .<Boolean, Exception>write(
            tenant,
            scope ->
                new FeedTable()
                    .put(
                        scope,
                        id,
                        null,
                        new TaxItem(name, "PERCENT", BigDecimal.TEN, true, false, true)));
  }

  @Test
  void theTaxesOfAProductStandInAColumnAndStayWithoutIt() throws Exception {
    UUID vat = new UUID(7, 1);
    UUID duty = new UUID(7, 2);
    tax(vat, "VAT 20 %");
    tax(duty, "Duty");
    tax(new UUID(7, 3), "Twin");
    tax(new UUID(7, 4), "Twin");
    Path file = files.resolve("taxed.csv");
    Files.writeString(
        file,
        String.join(
            "\n",
            HEADER + ",least_age,restricted,by_weight,is_deposit,deposits,taxes",
            "1,Beer,BEER,V,500,1,,,,,,1.50,,16,,,,,Duty; VAT 20 %",
            "2,Water,BEER,V,500,1,,,,,,1.00,,,,,,,",
            "3,Odd,BEER,V,500,1,,,,,,1.00,,,,,,,VAT 21 %",
            "4,Odd,BEER,V,500,1,,,,,,1.00,,,,,,,Twin",
            "5,Odd,BEER,V,500,1,,,,,,1.00,,,,,,,Duty;Duty",
            "6,Odd,BEER,V,500,1,,,,,,1.00,,,,,,,Duty;",
            ""));
    ImportReport report = backroom.provisioning().importCatalogue(tenant, file);
    assertThat(report.refused())
        .containsExactly(
            new ImportReport.Remark(4, "taxes: there is no tax named 'VAT 21 %'"),
            new ImportReport.Remark(5, "taxes: there are several taxes named 'Twin'"),
            new ImportReport.Remark(6, "taxes names a tax twice"),
            new ImportReport.Remark(7, "taxes: there is no tax named ''"));
    assertThat(products())
        .extracting(ProductItem::taxes)
        .containsExactly(List.of(duty, vat), List.of());

    load("1,Beer,BEER,V,500,1,,,,,,1.60,");
    assertThat(products().getLast().price()).isEqualTo(160);
    assertThat(products().getLast().taxes()).as("nothing was said").containsExactly(duty, vat);
    loadMinded("1,Beer,BEER,V,500,1,,,,,,1.70,,18,,,,");
    assertThat(products().getLast().handled().leastAge()).isEqualTo(18);
    assertThat(products().getLast().taxes()).as("nothing was said").containsExactly(duty, vat);
    Files.writeString(
        file,
        HEADER
            + ",least_age,restricted,by_weight,is_deposit,deposits,taxes\n"
            + "1,Beer,BEER,V,500,1,,,,,,1.70,,18,,,,,\n");
    assertThat(backroom.provisioning().importCatalogue(tenant, file).changed()).isOne();
    assertThat(products().getLast().taxes()).as("none was said").isEmpty();
  }

  @Test
  void aRowBecomesAProductWithItsSingleAndPackBarcode() throws Exception {
    ImportReport report =
        load(
            "159,JACK DANIELS,TENNESSEE WHISKIES,BROWN FORMAN CORP.,750,6,70,82184001172,"
                + "10811538019672,15.57,93.42,23.36,2020-08-01");
    assertThat(report.accepted()).isEqualTo(1);
    assertThat(report.refusedCount()).isZero();
    ProductItem product = products().getFirst();
    assertThat(product.sku()).isEqualTo("159");
    assertThat(product.price()).isEqualTo(2336);
    assertThat(product.size()).isEqualTo("750 ml");
    assertThat(product.barcodes())
        .contains(new Barcode("10811538019672", Quantity.of(6)))
        .contains(new Barcode("00082184001172", Quantity.ONE));
    // What a till has no business to know is not there.
    assertThat(Json.strict().valueToTree(product).toString()).doesNotContain("15.57");
  }

  @Test
  void aBadRowIsRefusedByItselfWithItsLine() throws Exception {
    ImportReport report =
        load(
            "1,Good,GIN,V,750,6,80,,,1,6,10.00,2020-01-01",
            "2,Too precise,GIN,V,750,6,80,,,1,6,10.001,2020-01-01",
            "3,Negative,GIN,V,750,6,80,,,1,6,-1,2020-01-01",
            "4,No price,GIN,V,750,6,80,,,1,6,,2020-01-01",
            "5,\"Unclosed,GIN,V,750,6,80,,,1,6,10.00,2020-01-01",
            "6,Too few,GIN",
            ",No number,GIN,V,750,6,80,,,1,6,10.00,2020-01-01",
            "7,,GIN,V,750,6,80,,,1,6,10.00,2020-01-01",
            "1,Twice,GIN,V,750,6,80,,,1,6,10.00,2020-01-01",
            "8,Free,GIN,V,750,6,80,,,1,6,0,2020-01-01",
            "9,Words,GIN,V,750,6,80,,,1,6,1e2,2020-01-01");
    assertThat(report.accepted()).isEqualTo(2);
    assertThat(report.refused())
        .extracting(ImportReport.Remark::line)
        .containsExactly(3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 12L);
    assertThat(products()).extracting(ProductItem::sku).containsExactly("1", "8");
  }

  @Test
  void aWrongCheckDigitCostsTheBarcodeAndNotTheProduct() throws Exception {
    ImportReport report =
        load(
            "1,One,GIN,V,750,6,80,012345678901,10811538019671,1,6,10.00,2020-01-01",
            "2,Two,GIN,V,750,0,80,,10811538019672,1,6,10.00,2020-01-01");
    assertThat(report.accepted()).isEqualTo(2);
    assertThat(report.refusedCount()).isZero();
    assertThat(report.warningCount()).isEqualTo(3);
    assertThat(products()).allMatch(product -> product.barcodes().isEmpty());
  }

  @Test
  void anotherHeaderIsRefusedBeforeAnythingIsRead() throws Exception {
    Path file = files.resolve("other.csv");
    Files.writeString(file, "sku,name\n1,x\n");
    assertThatThrownBy(() -> backroom.provisioning().importCatalogue(tenant, file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("other.csv:1");
    assertThat(products()).isEmpty();
  }

  @Test
  void importingAgainChangesOnlyWhatDiffers() throws Exception {
    load(
        "1,One,GIN,V,750,6,80,,,1,6,10.00,2020-01-01",
        "2,Two,GIN,V,750,6,80,,,1,6,10.00,2020-01-01");
    ImportReport again =
        load(
            "1,One,GIN,V,750,6,80,,,1,6,10.00,2020-01-01",
            "2,Two,GIN,V,750,6,80,,,1,6,12.00,2020-01-01");
    assertThat(again.accepted()).isEqualTo(2);
    assertThat(again.changed()).isEqualTo(1);
    assertThat(products()).extracting(ProductItem::price).containsExactly(1000L, 1200L);
  }

  @Test
  void aHundredThousandRowsAreNotHeldInMemory() throws Exception {
    Path file = files.resolve("large.csv");
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write(HEADER + "\n");
      for (int i = 0; i < 100_000; i++) {
        out.write(
            i % 10 == 9 ? "bad\n" : i + ",P " + i + ",GIN,V,750,6,80,,,1,6,9.99,2020-01-01\n");
      }
    }
    ImportReport report = backroom.provisioning().importCatalogue(tenant, file);
    assertThat(report.accepted()).isEqualTo(90_000);
    assertThat(report.refusedCount()).isEqualTo(10_000);
    assertThat(report.refused()).hasSize(ImportReport.KEPT);
  }
}
