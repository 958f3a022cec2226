package dev.countersign.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way on real parts: server, tills, TLS, stores, log. */
class ReplayTest {
  private static final String SALES =
      """
      date,store_number,invoice,line,item_number,bottles,amount
      2021-10-01,2190,INV-1,1,11296,12,314.88
      2021-10-01,2190,INV-1,2,4867,7,183.76
      2021-10-01,2633,INV-2,1,424242,3,30.00
      2021-10-02,2190,INV-3,1,11297,1,29.99
      2021-10-02,2190,INV-3,2,11297,x,29.99
      2021-10-03,2633,RINV-4,1,11296,-2,-52.48
      2021-10-03,2633,INV-5,1,11296,1,0.00
      """;

  @TempDir Path folder;
  private String sales = SALES;
  private final List<String> told = new ArrayList<>();

  private Replay.Result replay(Set<String> only) throws Exception {
    Path catalogue = folder.resolve("catalogue.csv");
    try (var in = Replay.class.getResourceAsStream("beverages.csv")) {
      Files.write(catalogue, in.readAllBytes());
    }
    Path file = folder.resolve("sales.csv");
    Files.writeString(file, sales);
    return new Replay(Files.createDirectories(folder.resolve("place")), told::add)
        .run(catalogue, file, only);
  }

  @Test
  void everySaleCountsOnceOnBothSidesAndTheExportProvesIt() throws Exception {
    Replay.Result result = replay(Set.of());
    // 7 bottles for 183.76 do not divide evenly; an unknown item, a return and a free one count
    // too.
    assertThat(result.sales()).isEqualTo(5);
    assertThat(result.lines()).isEqualTo(6);
    assertThat(result.total()).isEqualTo("506.15");
    assertThat(result.stores()).isEqualTo(Map.of("2190", "528.63", "2633", "-22.48"));
    assertThat(result.acceptedByServer()).isEqualTo(5);
    assertThat(result.serverTotal()).isEqualTo("506.15");
    assertThat(result.verified()).isTrue();
    assertThat(result.refusedRows()).isEqualTo(1);
    assertThat(result.everythingAgrees()).as("a refused row is said").isFalse();
    assertThat(told).anyMatch(line -> line.startsWith("refused sales.csv:6: bottles"));
  }

  /** Of ten that come back six were bought by that customer at that price; a discount was not. */
  @Test
  void whatARetailerTookBackIsRefundedAgainstWhatTheCustomerBought() throws Exception {
    sales =
        """
        InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
        536365,85123A,WHITE HOLDER,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
        536366,22633,HAND WARMER,6,2010-12-01 08:28:00,1.85,17850.0,United Kingdom
        C536379,85123A,WHITE HOLDER,-4,2010-12-02 09:41:00,2.55,17850.0,United Kingdom
        C536380,85123A,WHITE HOLDER,-6,2010-12-02 09:49:00,2.55,17850.0,United Kingdom
        C536381,22633,HAND WARMER,-6,2010-12-02 09:50:00,1.85,14527.0,United Kingdom
        C536382,D,Discount,-1,2010-12-02 09:51:00,27.5,14527.0,United Kingdom
        536383,22633,damaged,-3,2010-12-02 09:52:00,0.0,,United Kingdom
        536384,22633,HAND WARMER,0,2010-12-02 09:53:00,1.85,,United Kingdom
        """;
    Replay.Result result = replay(Set.of());
    assertThat(result.currency()).isEqualTo("GBP");
    assertThat(result.sales()).isEqualTo(7);
    assertThat(result.refundedLines()).isEqualTo(2);
    assertThat(result.returnedLines()).isEqualTo(4);
    assertThat(result.total()).isEqualTo("-37.70");
    assertThat(result.serverTotal()).isEqualTo("-37.70");
    assertThat(result.acceptedByServer()).isEqualTo(7);
    assertThat(result.verified()).isTrue();
    assertThat(result.refusedRows()).isEqualTo(1);
  }

  @Test
  void oneStoreCanBeReplayedAlone() throws Exception {
    Replay.Result result = replay(Set.of("2633"));
    assertThat(result.stores()).containsOnlyKeys("2633");
    assertThat(result.everythingAgrees()).isTrue();
  }

  @Test
  void anInvoiceThatNoTillTakesCostsOnlyItself() throws Exception {
    StringBuilder rows = new StringBuilder(SALES);
    for (int line = 1; line <= 5_001; line++) {
      rows.append("2021-10-04,2633,HUGE,").append(line).append(",11296,1,26.24\n");
    }
    sales = rows.toString();
    Replay.Result result = replay(Set.of("2633"));
    assertThat(result.sales()).isEqualTo(3);
    assertThat(result.acceptedByServer()).isEqualTo(3);
    assertThat(result.refusedRows()).isEqualTo(5_001);
    assertThat(told).anyMatch(line -> line.startsWith("refused invoice HUGE of store 2633"));
  }

  @Test
  void aMissingFileIsSaidBeforeAnythingStarts() {
    Path nowhere = folder.resolve("nowhere.csv");
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> new Replay(folder, told::add).run(nowhere, nowhere, Set.of()))
        .isInstanceOf(IOException.class);
  }
}
