package dev.countersign.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.protocol.Acknowledgement;
import dev.countersign.server.bench.SellingTill;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program with a till's key signs what our till refuses: the number goes no further. */
class CardInBatchTest {
  private static final String CARD = "4111 1111 1111 1111";

  @TempDir Path folder;
  private TestShop shop;
  private SellingTill till;

  @BeforeEach
  void open() throws SQLException {
    shop = new TestShop(folder);
    till = shop.enrol();
  }

  @AfterEach
  void close() throws SQLException {
    shop.close();
  }

  private SaleCompleted with(String name, String reference, String lastFour, String original) {
    SaleCompleted sale = till.saleBody(shop.product, 500);
    SaleCompleted.Line line = sale.lines().getFirst();
    return new SaleCompleted(
        sale.store(),
        sale.register(),
        sale.shift(),
        sale.receipt(),
        sale.businessDate(),
        sale.currency(),
        List.of(
            new SaleCompleted.Line(
                1,
                shop.product,
                "4006381333931",
                name,
                line.quantity(),
                line.unit(),
                null,
                line.amount(),
                List.of())),
        List.of(new SaleCompleted.Paid(SaleCompleted.Means.CASH, 500, reference, lastFour)),
        500,
        0,
        0,
        0,
        List.of(),
        original);
  }

  @Test
  void theSaleIsQuarantinedAndOnlyTheSignedBytesHoldTheNumber() throws Exception {
    IngestOutcome outcome =
        shop.accept(
            till.seal(
                List.of(
                    till.opening(),
                    till.change(till.id(), with("Gin " + CARD, "", "", null)),
                    till.change(till.id(), with("Gin", CARD, "", null)),
                    till.change(till.id(), with("Gin", "", "4111111111111111", null)),
                    till.change(till.id(), with("Gin", "", "", "Invoice " + CARD)),
                    till.change(till.id(), with("Gin 123-45-6789", "", "", null)),
                    till.change(till.id(), with("Gin", "", "", null)))));
    assertThat(outcome).isInstanceOf(IngestOutcome.Stored.class);
    Acknowledgement ack = ((IngestOutcome.Stored) outcome).acknowledgement();
    assertThat(ack.verdicts())
        .extracting(each -> each.verdict() + " " + each.code())
        .containsExactly(
            "ACCEPTED ",
            "QUARANTINED card-number",
            "QUARANTINED card-number",
            "QUARANTINED card-number",
            "QUARANTINED card-number",
            "FLAGGED government-id",
            "ACCEPTED ");
    assertThat(shop.count("question")).as("the flagged one asks too").isEqualTo(5);
    for (String table :
        List.of("sale", "shift", "question", "takings", "incident", "receipt_run")) {
      assertThat(everything(table))
          .as(table)
          .doesNotContain("4111 1111")
          .doesNotContain("41111111");
    }
    assertThat(
            shop.db()
                .list(
                    "SELECT leaves FROM audit_run",
                    row ->
                        new String(
                            dev.countersign.server.audit.LeafRun.unpack(row.bytes(1)),
                            StandardCharsets.UTF_8)))
        .isNotEmpty()
        .noneMatch(leaves -> leaves.contains("4111 1111") || leaves.contains("4111111111111111"));
    assertThat(shop.count("sale")).isEqualTo(2);
  }

  private String everything(String table) throws SQLException {
    List<String> columns =
        shop.db().list("SELECT name FROM pragma_table_info('" + table + "')", row -> row.text(1));
    List<String> values = new ArrayList<>();
    for (String column : columns) {
      values.addAll(
          shop.db()
              .list(
                  "SELECT CAST(\"" + column + "\" AS TEXT) FROM " + table,
                  row -> String.valueOf(row.textOrNull(1))));
    }
    return String.join("\n", values);
  }
}
