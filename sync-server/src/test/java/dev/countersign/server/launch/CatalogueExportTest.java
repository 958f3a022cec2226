package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.json.Json;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.FeedBody.Barcode;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.FeedBody.TaxItem;
import dev.countersign.server.catalogue.CatalogueImport;
import dev.countersign.server.catalogue.ImportReport;
import dev.countersign.server.feed.FeedTable;
import java.math.BigDecimal;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written out comes in again as it was, and what would not is told of. */
class CatalogueExportTest {
  private static final String HEADER =
      "item_number,description,category,vendor,bottle_ml,pack,proof,upc,scc,bottle_cost,case_cost,"
          + "bottle_retail,list_date,least_age,restricted,by_weight,is_deposit,deposits,taxes,open_price";

  private static final UUID VAT = new UUID(7, 1);
  private static final UUID DUTY = new UUID(7, 2);

  @TempDir Path data;
  @TempDir Path files;
  private Backroom backroom;
  private UUID tenant;
  private final List<String> warned = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    backroom = Backroom.open(data, Surroundings.real());
    tenant = backroom.provisioning().addTenant("Shop", "USD", "demo").id();
    tax(tenant, VAT, "VAT 20 %");
    tax(tenant, DUTY, "Duty, old");
  }

  private void tax(UUID of, UUID id, String name) throws Exception {
    backroom
        .tenants()
        .<Boolean, Exception>write(
            of,
            scope ->
                new FeedTable()
                    .put(
                        scope,
                        id,
                        null,
                        new TaxItem(name, "PERCENT", BigDecimal.TEN, true, false, true)));
  }

  @AfterEach
  void close() throws Exception {
    backroom.close();
  }

  private Path written(UUID of, String name) throws Exception {
    Path file = files.resolve(name);
    backroom
        .provisioning()
        .exportCatalogue(
            of,
            file,
            new ImportReport.Listener() {
              @Override
              public void warned(ImportReport.Remark remark) {
                warned.add(remark.line() + " " + remark.reason());
              }

              @Override
              public void refused(ImportReport.Remark remark) {
                throw new AssertionError(remark);
              }
            });
    return file;
  }

  private List<ProductItem> products(UUID of) throws Exception {
    return backroom
        .tenants()
        .<List<ProductItem>, Exception>read(
            of,
            scope ->
                scope
                    .db()
                    .list(
                        "SELECT body FROM feed WHERE kind = 'product' ORDER BY seq",
                        row -> Json.decode(row.bytes(1), ProductItem.class)));
  }

  private void put(ProductItem product) throws Exception {
    backroom
        .tenants()
        .<Boolean, Exception>write(
            tenant,
            scope ->
                new FeedTable()
                    .put(scope, CatalogueImport.productId(tenant, product.sku()), null, product));
  }

  private void assertComesInAgain(Path file) throws Exception {
    ImportReport again = backroom.provisioning().importCatalogue(tenant, file);
    assertThat(again.refused()).isEmpty();
    assertThat(again.warnings()).isEmpty();
    assertThat(again.changed()).as("nothing is changed by what was written out").isZero();
    UUID other = backroom.provisioning().addTenant("Other", "USD", "demo").id();
    tax(other, VAT, "VAT 20 %");
    tax(other, DUTY, "Duty, old");
    backroom.provisioning().importCatalogue(other, file);
    assertThat(products(other))
        .extracting(item -> item.with(item.handled().withDeposits(List.of())))
        .isEqualTo(
            products(tenant).stream()
                .map(item -> item.with(item.handled().withDeposits(List.of())))
                .toList());
    assertThat(Files.readString(written(other, "other.csv"))).isEqualTo(Files.readString(file));
  }

  @Test
  void whatWasImportedIsWrittenInTheSameColumnsAndComesInAgain() throws Exception {
    Path rows =
        Files.writeString(
            files.resolve("rows.csv"),
            HEADER
                + "\n90,Bottle,DEPOSIT,V,,1,,,,,,0.08,,,,,yes,,,"
                + "\n1,\"Beer, \"\"Best\"\" – brune\",BEER,V,500,20,,4006381333931,"
                + "10811538019672,,,1.50,,16,Alcohol,no,,90*20,\"Duty, old; VAT 20 %\",no"
                + "\n2,Apples,FRUIT,V,,1,,,,,,2.99,,,,yes,no,, VAT 20 % ,yes"
                + "\n3,=Sum,,V,750,6,80,,10811538019689,1,6,10.00,2020-01-01,,,,,,,\n");
    assertThat(backroom.provisioning().importCatalogue(tenant, rows).refused()).isEmpty();
    Path file = written(tenant, "out.csv");
    assertThat(warned).isEmpty();
    assertThat(Files.readAllLines(file))
        .containsExactly(
            HEADER,
            "90,Bottle,DEPOSIT,,,,,,,,,0.08,,,,,yes,,,",
            "1,\"Beer, \"\"Best\"\" –"
                + " brune\",BEER,,500,20,,04006381333931,10811538019672,,,1.50,,16,alcohol,,,90*20,"
                + "\"Duty, old;VAT 20 %\",",
            "2,Apples,FRUIT,,,,,,,,,2.99,,,,yes,,,VAT 20 %,yes",
            "3,=Sum,,,750,6,,,10811538019689,,,10.00,,,,,,,,");
    assertComesInAgain(file);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whateverCanBeImportedComesInAgain(long seed) throws Exception {
    Random random = new Random(seed);
    List<String> rows = new ArrayList<>(List.of(HEADER, "90,Bottle,,V,,1,,,,,,0.25,,,,,yes,,,"));
    for (int i = 0; i < 200; i++) {
      rows.add(row(i, random));
    }
    Path in = Files.write(files.resolve("in.csv"), rows);
    ImportReport first = backroom.provisioning().importCatalogue(tenant, in);
    assertThat(first.accepted()).isGreaterThan(150);
    Path file = written(tenant, "out.csv");
    assertThat(warned).isEmpty();
    assertComesInAgain(file);
  }

  private static String row(int number, Random random) {
    String[] names = {"Gin", "\"Gin, dry\"", "Añejo Rum", "\"The \"\"One\"\"\"", "جعة", "- 5 %"};
    String[] sizes = {"", "0", "750", "1000", "odd"};
    String[] codes = {"", "82184001172", "4006381333931", "012345678905", "96385074", "77"};
    String[] packs = {"", "10811538019672", "4006381333931", "20811538019679"};
    String[] taxes = {"", "VAT 20 %", "\"Duty, old\"", "\"VAT 20 %; Duty, old\""};
    return String.join(
        ",",
        "A-" + number,
        names[random.nextInt(names.length)],
        random.nextBoolean() ? "CAT " + random.nextInt(5) : "",
        "V",
        sizes[random.nextInt(sizes.length)],
        "" + random.nextInt(30),
        "",
        codes[random.nextInt(codes.length)],
        packs[random.nextInt(packs.length)],
        "1",
        "6",
        random.nextInt(1000) + "." + (10 + random.nextInt(90)),
        "2020-01-01",
        random.nextBoolean() ? "" : "" + random.nextInt(100),
        random.nextInt(3) == 0 ? "Alcohol" : "",
        random.nextInt(9) == 0 ? "yes" : "no",
        "",
        random.nextInt(4) == 0 ? "90*" + (1 + random.nextInt(24)) : "",
        random.nextInt(20) == 0 ? "None such" : taxes[random.nextInt(taxes.length)],
        random.nextInt(5) == 0 ? "yes" : "");
  }

  @Test
  void whatTheColumnsCannotHoldIsToldOf() throws Exception {
    put(new ProductItem("1", "Six", "", "6 × 330 ml", 100, List.of(), List.of()));
    put(
        new ProductItem(
            "2",
            "Many codes",
            "",
            "",
            100,
            List.of(),
            List.of(
                new Barcode("04006381333931", Quantity.ONE),
                new Barcode("10811538019672", Quantity.of(6)),
                new Barcode("10811538019689", Quantity.of(12)))));
    put(new ProductItem("3", "Taxed", "", "", 100, List.of(UUID.randomUUID()), List.of()));
    put(new ProductItem("4", "n".repeat(120), "", "", 100, List.of(), List.of()));
    put(new ProductItem("5", "Plain", "", "", 100, List.of(), List.of(), Handling.NONE));
    put(new ProductItem("6", "Taxed", "", "", 100, List.of(VAT, DUTY), List.of()));
    UUID parted = new UUID(7, 3);
    tax(tenant, parted, "Tax; other");
    put(new ProductItem("7", "Parted", "", "", 100, List.of(parted), List.of()));
    written(tenant, "out.csv");
    assertThat(warned)
        .containsExactly(
            "2 an import of the row would change the size",
            "3 an import of the row would change barcodes",
            "4 taxes: there is no tax named '?': an import refuses the row",
            "5 description must be 1 to 100 characters: an import refuses the row",
            "8 taxes: there is no tax named 'Tax': an import refuses the row");
  }

  @Test
  void pricesOfCurrenciesWithOtherFractionsComeInAgain() throws Exception {
    for (String currency : List.of("JPY", "BHD")) {
      tenant = backroom.provisioning().addTenant("In " + currency, currency, "demo").id();
      put(new ProductItem("1", "One", "", "", 1_234, List.of(), List.of()));
      Path file = written(tenant, currency + ".csv");
      assertThat(warned).isEmpty();
      assertThat(backroom.provisioning().importCatalogue(tenant, file).changed()).isZero();
    }
  }

  @Test
  void aFileThatIsThereIsNotWrittenOver() throws Exception {
    Files.writeString(files.resolve("out.csv"), "mine");
    assertThatThrownBy(() -> written(tenant, "out.csv"))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(files.resolve("out.csv")).hasContent("mine");
  }
}
