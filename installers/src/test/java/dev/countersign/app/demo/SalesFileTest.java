package dev.countersign.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.app.demo.SalesFile.Invoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SalesFileTest {
  private static final Currency USD = Currency.getInstance("USD");
  private static final String HEADER =
      "date,store_number,invoice,line,item_number,bottles,amount\n";

  @TempDir Path folder;

  private SalesFile read(String rows, String... only) throws IOException {
    Path file = folder.resolve("sales.csv");
    Files.writeString(file, rows);
    return SalesFile.read(file, Set.of(only));
  }

  @Test
  void linesOfAnInvoiceComeTogetherWhereverTheyStand() throws IOException {
    SalesFile sales =
        read(
            HEADER
                + "2021-10-02,2190,B,1,1,1,1.00\n"
                + "2021-10-01,2190,A,2,11,2,2.50\n"
                + "2021-10-01,2633,A,1,7,1,9.99\n"
                + "2021-10-01,2190,A,1,10,12,243.00\n");
    assertThat(sales.refused()).isEmpty();
    assertThat(sales.stores().keySet()).containsExactly("2190", "2633");
    List<Invoice> first = sales.stores().get("2190");
    assertThat(first).extracting(Invoice::number).containsExactly("A", "B");
    assertThat(first.getFirst().lines())
        .extracting(line -> line.no() + " " + line.item() + " " + line.amount().toDecimalString())
        .containsExactly("1 10 243.00", "2 11 2.50");
  }

  @Test
  void onlyTheStoresAskedForAreTaken() throws IOException {
    SalesFile sales =
        read(HEADER + "2021-10-02,2190,B,1,1,1,1.00\n2021-10-01,2633,A,1,7,1,9.99\n", "2633");
    assertThat(sales.stores().keySet()).containsExactly("2633");
  }

  @Test
  void returnsHaveNegativeBottlesAndAmounts() throws IOException {
    SalesFile sales = read(HEADER + "2021-10-02,2190,RINV-1,1,1,-3,-30.00\n");
    assertThat(sales.stores().get("2190").getFirst().lines().getFirst().amount().minor())
        .isEqualTo(-3000);
  }

  @Test
  void everyBadRowIsRefusedByItselfWithItsPlaceAndReason() throws IOException {
    SalesFile sales =
        read(
            HEADER
                + "2021-10-01,2190,A,1,10,12,243.00\n"
                + "2021-13-01,2190,A,2,10,12,243.00\n"
                + "2021-10-01,2190,A,3,10,0,243.00\n"
                + "2021-10-01,2190,A,4,10,12,243.001\n"
                + "2021-10-01,2190,A,5,10,12,NaN\n"
                + "2021-10-01,2190,A,x,10,12,1.00\n"
                + "2021-10-01,,A,7,10,12,1.00\n"
                + "2021-10-01,2190,A,1,10,12,243.00\n"
                + "2021-10-01,2190,A\n"
                + "2021-10-01,2190,A,8,10,1e3,1.00\n"
                + "2021-10-01,2190,A,9,10,2,3.00\n"
                + "2021-10-01,2190,A,10,10,2,-3.00\n");
    assertThat(sales.stores().get("2190").getFirst().lines()).hasSize(2);
    assertThat(sales.refused())
        .extracting(SalesFile.RefusedRow::row)
        .containsExactly(3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 13L);
    assertThat(sales.refused().getFirst())
        .hasToString("sales.csv:3: date is not a date: “2021-13-01”");
    assertThat(sales.refused().get(6).reason()).contains("twice");
  }

  @Test
  void anotherKindOfFileIsRefusedWhole() {
    assertThatThrownBy(() -> read("a,b\n1,2\n")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("")).isInstanceOf(IOException.class);
  }
}
