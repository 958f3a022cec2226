package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody.TaxItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.tax.Tax;
import dev.countersign.common.tax.TaxRule;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Taxes change at midnight while somebody is being served. */
class MidnightAtTheTillTest {
  private static final LocalDate TOMORROW = LocalDate.of(2026, 11, 22);

  @TempDir Path directory;
  private Window window;

  @BeforeEach
  void atTheCounter() throws Exception {
    Tax onTop =
        Tax.since("VAT", TaxRule.Kind.PERCENT, new BigDecimal("20"), false, false, true)
            .from(TOMORROW, BigDecimal.TEN);
    window =
        new Window(directory)
            .enrolled(DeviceKind.TILL, 0, List.of(FeedItem.of(900, Shelf.TAX, TaxItem.of(onTop))))
            .open()
            .atTheCounter();
    window.scan(Shelf.VODKA);
    window.awaitText("23.40");
  }

  @AfterEach
  void close() {
    window.close();
  }

  private void paid() {
    window.press(KeyCode.ENTER);
    window.await(() -> window.device().books().lastSale().isPresent());
    var sale = window.device().books().lastSale().orElseThrow().body();
    assertThat(sale.total()).isEqualTo(2145);
    assertThat(sale.businessDate()).isEqualTo(TOMORROW);
    assertThat(sale.lines().getFirst().taxes().getFirst().rate()).isEqualTo("10");
  }

  @Test
  void nobodyIsAskedForAnotherTotalUnawares() {
    window.clock.forward(Duration.ofDays(1));
    window.press(KeyCode.F12);
    window.awaitText(
        "Taxes or promotions have changed since this was rung up: it comes to 21.45 now,"
            + " not 23.40.");
    window.press(KeyCode.F12);
    window.awaitText("Cash");
    window.await(() -> !window.sees("have changed since"));
    paid();
  }

  @Test
  void aPaymentThatHasNotBegunBeginsAnew() {
    window.press(KeyCode.F12);
    window.awaitText("Cash");
    window.clock.forward(Duration.ofDays(1));
    window.press(KeyCode.ENTER);
    window.awaitText("it comes to 21.45 now, not 23.40");
    assertThat(window.device().books().lastSale()).isEmpty();
    window.press(KeyCode.F12);
    window.awaitText("Cash");
    paid();
  }

  @Test
  void whatTheCustomerWasToldStandsOnceSomethingWasHandedOverAlsoOverAPowerCut() throws Exception {
    window.press(KeyCode.F12);
    window.awaitText("Cash");
    window.type("1000");
    window.press(KeyCode.ENTER);
    window.awaitText("13.40");
    window.await(
        () -> !window.device().ledger().kept().orElseThrow().payment().tenders().isEmpty());
    window.clock.forward(Duration.ofDays(1));
    window.reopen();
    window.unlock("Ama K.");
    window.awaitText("13.40");
    window.press(KeyCode.ENTER);
    window.await(() -> window.device().books().lastSale().isPresent());
    var sale = window.device().books().lastSale().orElseThrow().body();
    assertThat(sale.total()).isEqualTo(2340);
    assertThat(sale.businessDate()).isEqualTo(TOMORROW.minusDays(1));
    assertThat(sale.lines().getFirst().taxes().getFirst().rate()).isEqualTo("20");
  }
}
