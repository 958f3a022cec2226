package dev.countersign.client.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the measurements run and are of the right things; their figures are not judged here. */
class TillBenchTest {
  @TempDir Path temp;

  @Test
  void completingSalesIsMeasuredInTurnsWithItsFloor() throws Exception {
    int sales = Integer.getInteger("countersign.bench.sales", 50);
    Figure figure = TillBench.saleComplete(temp, sales);
    System.out.println(figure + " ratio " + figure.ratio());
    assertThat(figure.key()).isEqualTo("sale.complete");
    assertThat(figure.median()).isPositive();
    assertThat(figure.floor()).isPositive();
  }

  @Test
  void completingSalesIsMeasuredInAStoreThatGrew() throws Exception {
    long many = Long.getLong("countersign.bench.grown", 60_000L);
    Figure figure = TillBench.saleCompleteGrown(temp, many, 50, 50);
    System.out.println(figure + " ratio " + figure.ratio());
    assertThat(figure.key()).isEqualTo("sale.complete.5m");
    assertThat(figure.median()).isPositive();
    assertThat(figure.floor()).isPositive();
  }

  @Test
  void lookingUpBarcodesIsMeasuredInTurnsWithItsFloor() throws Exception {
    long products = Long.getLong("countersign.bench.products", 2_000L);
    Figure figure = TillBench.barcodeLookup(temp, products, 500);
    System.out.println(figure + " ratio " + figure.ratio());
    assertThat(figure.p99()).isGreaterThanOrEqualTo(figure.median());
  }

  @Test
  void searchingWhileANameIsTypedIsMeasuredInTurnsWithItsFloor() throws Exception {
    Figure figure = TillBench.search(temp, 500, 40);
    assertThat(figure.key()).isEqualTo("search.1m");
    assertThat(figure.median()).isPositive();
    assertThat(figure.floor()).isPositive();
  }

  @Test
  void shiftsAreClosedOneAfterTheOther() throws Exception {
    Figure figure = ShiftBench.close(temp, 5, 2);
    assertThat(figure.key()).isEqualTo("shift.close.1000");
    assertThat(figure.median()).isPositive();
    assertThat(figure.floor()).isPositive();
  }
}
