package dev.countersign.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.sale.ReceiptNumber;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.db.postgres.Stored;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which receipts of a till are taken is known by runs of them, and each leads to its own sale. */
class ReceiptRunTest {
  /** Written with statements of each size. */
  private static final int MANY = 43;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void everyReceiptLeadsToItsOwnSaleAndNoneIsTakenTwice(Stored stored) throws Exception {
    try (TestShop shop = new TestShop(folder, stored)) {
      SellingTill till = shop.enrol();
      SellingTill other = shop.enrol();
      Map<Long, UUID> sales = new HashMap<>();
      List<Change> first = new ArrayList<>(List.of(till.opening()));
      for (long number = 1; number <= MANY; number++) {
        first.add(sale(till, shop, number, sales));
      }
      assertThat(codes(shop, till, first)).containsOnly("");
      Map<Long, UUID> others = new HashMap<>();
      assertThat(
              codes(
                  shop,
                  other,
                  List.of(
                      other.opening(), sale(other, shop, 1, others), sale(other, shop, 2, others))))
          .containsOnly("");
      // Forty-four, and forty-seven before the two that it leaves out, one of which never comes.
      assertThat(
              codes(shop, till, List.of(sale(till, shop, 44, sales), sale(till, shop, 47, sales))))
          .containsExactly("", "receipt-gap");
      assertThat(
              codes(
                  shop,
                  till,
                  List.of(
                      sale(till, shop, 1, new HashMap<>()),
                      sale(till, shop, 20, new HashMap<>()),
                      sale(till, shop, 44, new HashMap<>()),
                      sale(till, shop, 45, sales),
                      sale(till, shop, 45, new HashMap<>()),
                      sale(till, shop, 47, new HashMap<>()),
                      sale(till, shop, 48, sales))))
          .containsExactly(
              "receipt-used",
              "receipt-used",
              "receipt-used",
              "receipt-late",
              "receipt-used",
              "receipt-used",
              "");
      for (long number = 0; number <= 50; number++) {
        assertThat(under(shop, till, number)).isEqualTo(sales.get(number));
        assertThat(under(shop, other, number)).isEqualTo(others.get(number));
      }
    }
  }

  private static UUID under(TestShop shop, SellingTill till, long number) throws Exception {
    return OlderSales.saleUnder(shop.db(), till.registered().device(), number).orElse(null);
  }

  private static List<String> codes(TestShop shop, SellingTill till, List<Change> changes)
      throws Exception {
    IngestOutcome outcome = shop.accept(till.seal(changes));
    assertThat(outcome).isInstanceOf(IngestOutcome.Stored.class);
    return ((IngestOutcome.Stored) outcome)
        .acknowledgement().verdicts().stream().map(each -> each.code()).toList();
  }

  private static Change sale(SellingTill till, TestShop shop, long number, Map<Long, UUID> sales) {
    SaleCompleted body = till.saleBody(shop.product, 1999);
    UUID id = till.id();
    sales.put(number, id);
    return till.change(
        id,
        new SaleCompleted(
            body.store(),
            body.register(),
            body.shift(),
            new ReceiptNumber(till.registered().series(), number).toString(),
            body.businessDate(),
            body.currency(),
            body.lines(),
            body.tenders(),
            body.total(),
            body.tax(),
            body.rounding(),
            body.change(),
            body.voided(),
            body.original()));
  }
}
