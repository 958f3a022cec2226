package dev.countersign.client.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.ledger.ClosedShift;
import dev.countersign.client.ledger.NotPermittedException;
import dev.countersign.client.ledger.SaleView;
import dev.countersign.client.ledger.VerdictView;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.change.ShiftClosed;
import dev.countersign.common.log.Checkpoint;
import dev.countersign.common.money.Money;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sale.Basket;
import dev.countersign.server.launch.Provisioning.BooksView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A till whose days go on without a network, or whose clock goes anywhere. */
class DaysAndClocksTest {
  private static final String ROWS =
      "item_number,description,category,vendor,bottle_ml,pack,proof,upc,scc,bottle_cost,case_cost,"
          + "bottle_retail,list_date\n"
          + "1,Dry Gin,GIN,V,750,6,80,4006381333931,,1,6,10.00,2020-01-01\n";

  @TempDir Path folder;
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private Shop shop;
  private TillDevice till;
  private Product gin;

  @BeforeEach
  void open() throws Exception {
    shop = Shop.open(folder);
    Path rows = Files.writeString(folder.resolve("rows.csv"), ROWS);
    shop.server.provisioning().importCatalogue(shop.tenant.id(), rows);
    till = shop.till(now::get);
    try (SyncLoop loop = till.loop()) {
      loop.start();
      Eventually.holds("a sheet", () -> till.open.grants().current().isPresent());
      Eventually.holds("gin", () -> !till.open.catalogue().search("gin", 1).isEmpty());
    }
    gin = till.open.catalogue().search("gin", 1).getFirst();
  }

  @AfterEach
  void close() throws Exception {
    till.close();
    shop.close();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(now.get(), ZoneOffset.UTC);
  }

  private void pass(Duration time) {
    now.updateAndGet(at -> at.plus(time));
  }

  private BooksView books() throws Exception {
    return shop.server.provisioning().books(shop.tenant.id());
  }

  private List<String> reasons() {
    return till.open.books().needsManager().stream().map(VerdictView::code).toList();
  }

  /** One pass of sending takes it all, in batches, and every sale counts on the day it was made. */
  @Test
  void thirtyDaysOfBacklog() throws Exception {
    LocalDate first = today().plusDays(1);
    now.set(first.atTime(8, 0).toInstant(ZoneOffset.UTC));
    List<LocalDate> days = new ArrayList<>();
    for (int day = 0; day < 30; day++) {
      till.openShift(today());
      days.add(today());
      for (int sale = 0; sale < 40; sale++) {
        till.sell(gin, today());
        pass(Duration.ofMinutes(10));
      }
      till.open.ledger().closeShift(till.actor(), Money.of(10_000 + 40 * 1000, TillDevice.USD));
      now.set(first.plusDays(day + 1L).atTime(8, 0).toInstant(ZoneOffset.UTC));
    }
    assertThat(till.open.outbox().state().waiting()).isEqualTo(30 * 42);

    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());

    assertThat(till.open.outbox().state().waiting()).isZero();
    assertThat(books().total().sales()).isEqualTo(1200);
    assertThat(books().total().total()).isEqualTo(1_200_000);
    assertThat(books().salesByVerdict()).doesNotContainKey(Verdict.QUARANTINED);
    assertThat(reasons()).noneMatch(code -> code.contains("shift-sums"));
    try (var office = shop.office()) {
      assertThat(office.pull()).isEqualTo(new PullOutcome.UpToDate());
      for (LocalDate day : days) {
        assertThat(office.open.books().totals(day).sales()).isEqualTo(40);
      }
    }
  }

  /** Selling goes on and is flagged; what one person may give away alone needs a second one. */
  @Test
  void leaseEndsMidSale() throws Exception {
    till.openShift(today());
    till.sell(gin, today());
    Basket begun = TillDevice.with(gin);
    till.open.ledger().saveDraft(begun);
    pass(Duration.ofHours(25));
    till.complete(begun, today());
    assertThatThrownBy(() -> till.sell(100)).isInstanceOf(NotPermittedException.class);

    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    assertThat(books().salesByVerdict())
        .containsEntry(Verdict.ACCEPTED, 1L)
        .containsEntry(Verdict.FLAGGED, 1L)
        .doesNotContainKey(Verdict.QUARANTINED);
    assertThat(reasons()).anyMatch(code -> code.contains("lease-ended"));
  }

  @Test
  void clocksOffByAnHourAYearBackwardsAndDaylightSaving() throws Exception {
    Instant real = now.get();
    ZonedDateTime autumn = ZonedDateTime.of(2026, 11, 1, 1, 30, 0, 0, ZoneId.of("America/Chicago"));
    ZonedDateTime spring = ZonedDateTime.of(2026, 3, 8, 1, 59, 0, 0, ZoneId.of("America/Chicago"));
    List<Instant> clocks =
        List.of(
            real,
            real.plus(Duration.ofHours(1)),
            real.minus(Duration.ofHours(1)),
            real.plus(Duration.ofDays(365)),
            real.minus(Duration.ofDays(365)),
            // The same time by the wall twice, and one minute that is an hour.
            autumn.withEarlierOffsetAtOverlap().toInstant(),
            autumn.withLaterOffsetAtOverlap().toInstant(),
            spring.toInstant(),
            spring.plusMinutes(1).toInstant(),
            Instant.EPOCH,
            real);
    till.openShift(today());
    Set<LocalDate> days = new HashSet<>();
    for (Instant clock : clocks) {
      now.set(clock);
      days.add(today());
      till.sell(gin, today());
      assertThat(till.push())
          .as("with the clock at %s", clock)
          .isEqualTo(new PushOutcome.AllSent());
    }
    assertThat(books().total().sales()).isEqualTo(clocks.size());
    assertThat(books().salesByVerdict()).doesNotContainKey(Verdict.QUARANTINED);
    assertThat(reasons())
        .anyMatch(code -> code.contains("clock-ahead"))
        .anyMatch(code -> code.contains("old"));
    assertThat(shop.receipts(days)).hasSize(clocks.size()).doesNotHaveDuplicates();
  }

  @Test
  void aZReportCarriesTheLogAsTheTillLastSawIt() throws Exception {
    till.openShift(today());
    assertThat(till.open.ledger().closeShift(till.actor(), Money.of(10_000, TillDevice.USD)).log())
        .as("before anything was acknowledged")
        .isEmpty();
    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    till.openShift(today());
    till.sell(gin, today());
    ClosedShift closed =
        till.open.ledger().closeShift(till.actor(), Money.of(11_000, TillDevice.USD));
    Checkpoint proven = Checkpoint.unsigned(till.open.checkpoints().last().orElseThrow().proven());
    assertThat(closed.log())
        .contains(new ShiftClosed.LogHead(proven.size(), proven.root().toHex()));
    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    assertThat(reasons()).isEmpty();
  }

  /** A shift's sales are those made in it, on whichever day they count. */
  @Test
  void aBusinessDayOverMidnight() throws Exception {
    LocalDate day = today();
    now.set(day.atTime(22, 0).toInstant(ZoneOffset.UTC));
    till.openShift(day);
    now.set(day.atTime(23, 59, 59).toInstant(ZoneOffset.UTC));
    till.sell(gin, today());
    pass(Duration.ofSeconds(2));
    assertThat(today()).isEqualTo(day.plusDays(1));
    till.sell(gin, today());
    till.sell(gin, day);
    ClosedShift closed =
        till.open.ledger().closeShift(till.actor(), Money.of(13_000, TillDevice.USD));

    assertThat(closed.sales()).isEqualTo(3);
    assertThat(closed.expected()).isEqualTo(Money.of(13_000, TillDevice.USD));
    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    assertThat(reasons()).noneMatch(code -> code.contains("shift"));
    assertThat(books().total().sales()).isEqualTo(3);
    try (var office = shop.office()) {
      office.pull();
      assertThat(office.open.books().salesOn(day)).extracting(SaleView::receipt).hasSize(2);
      assertThat(office.open.books().salesOn(day.plusDays(1))).hasSize(1);
    }
  }
}
