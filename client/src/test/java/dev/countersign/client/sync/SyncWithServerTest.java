package dev.countersign.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ledger.SaleView.Standing;
import dev.countersign.client.sync.SyncState.AllAccepted;
import dev.countersign.client.sync.SyncState.NeedsManager;
import dev.countersign.client.sync.SyncState.Waiting;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.protocol.BatchCodec;
import dev.countersign.common.protocol.EnrolmentTicket;
import dev.countersign.common.protocol.FeedPage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A till and the real server over TLS. */
class SyncWithServerTest {
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

  private void assertServerHas(int sales) throws Exception {
    var seen = shop.sales();
    assertThat(seen).hasSize(sales);
    assertThat(seen.stream().map(sale -> sale.receipt()).distinct()).hasSize(sales);
  }

  @Test
  void aTillEnrolsTakesItsSnapshotSellsAndIsCountersigned() throws Exception {
    try (var till = shop.till();
        var loop = till.loop()) {
      loop.start();
      till.openShift();
      till.sell(1299);
      till.sell(499);
      Eventually.holds("accepted", () -> loop.state() instanceof AllAccepted);

      Eventually.holds("snapshot", () -> till.open.replica().cursor() > 0);
      assertThat(till.open.settings().current().storeName()).isEqualTo("Harbour");
      assertThat(till.open.books().salesOn(TillDevice.DAY))
          .extracting(sale -> sale.standing())
          .containsOnly(Standing.ACCEPTED);
      assertThat(till.open.checkpoints().last()).isPresent();
      assertServerHas(2);
    }
  }

  @Test
  void aSaleIsNeverShownAsAcceptedBeforeItIs() throws Exception {
    try (Proxy proxy = new Proxy(shop.server.uri().getPort());
        var till = shop.tillThrough(proxy.url(), shop.server.pin())) {
      proxy.goDown();
      till.openShift();
      try (var loop = till.loop()) {
        assertThat(loop.state()).isInstanceOf(Waiting.class);
        loop.start();
        till.sell(100);
        assertThat(loop.state())
            .isInstanceOfSatisfying(
                Waiting.class, waiting -> assertThat(waiting.count()).isEqualTo(2));
      }
    }
  }

  @Test
  void aCodeWorksOnce() throws Exception {
    EnrolmentTicket ticket = shop.tillTicket();
    assertThat(TillDevice.enrol(ticket.text())).isInstanceOf(EnrolOutcome.Enrolled.class);
    assertThat(TillDevice.enrol(ticket.text())).isEqualTo(new EnrolOutcome.CodeRefused());
  }

  @Test
  void aGuessedSecretIsRefused() throws Exception {
    EnrolmentTicket real = shop.tillTicket();
    var guessed =
        new EnrolmentTicket(
            real.server(), real.code(), "0123456789ABCDEF", real.pin(), real.environment());
    assertThat(TillDevice.enrol(guessed.text())).isEqualTo(new EnrolOutcome.CodeRefused());
  }

  @Test
  void aServerWithAnotherKeyThanTheCodeNamesIsNotAsked() throws Exception {
    EnrolmentTicket real = shop.tillTicket();
    var swapped =
        new EnrolmentTicket(
            real.server(), real.code(), real.secret(), "0".repeat(64), real.environment());
    assertThat(TillDevice.enrol(swapped.text())).isEqualTo(new EnrolOutcome.CertificateChanged());
    assertThat(TillDevice.enrol(real.text())).isInstanceOf(EnrolOutcome.Enrolled.class);
  }

  @Test
  void twoPushersOnOneTill() throws Exception {
    try (var till = shop.till();
        var connection = till.connect();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      till.openShift();
      for (int i = 0; i < 20; i++) {
        till.sell(100);
      }
      var pusher = till.pusher(connection);
      Callable<PushOutcome> push = pusher::push;
      for (Future<PushOutcome> each : threads.invokeAll(List.of(push, push, push, push))) {
        assertThat(each.get()).isEqualTo(new PushOutcome.AllSent());
      }
      assertServerHas(20);
    }
  }

  @Test
  void anotherEpochBringsANewSnapshot() throws Exception {
    try (var till = shop.till()) {
      UUID epoch = till.open.replica().epoch();
      till.open
          .replica()
          .replaceAll(
              new FeedPage(UUID.randomUUID(), 1, false, List.of()), Collections.emptyIterator());
      assertThat(till.pull()).isEqualTo(new PullOutcome.UpToDate());
      assertThat(till.open.replica().epoch()).isEqualTo(epoch);
      assertThat(till.open.settings().current().storeName()).isEqualTo("Harbour");
    }
  }

  @Test
  void aBacklogOfTwoThousandSalesGoesOutInBatches() throws Exception {
    try (var till = shop.till()) {
      till.openShift();
      for (int i = 0; i < 2_000; i++) {
        till.sell(100 + i % 7);
      }
      assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
      assertThat(till.open.outbox().batch(5)).isPresent();
      assertThat(till.open.outbox().batch(6)).isEmpty();
      assertThat(till.open.outbox().state().waiting()).isZero();
      try (var office = shop.office()) {
        assertThat(office.pull()).isEqualTo(new PullOutcome.UpToDate());
        assertThat(office.open.books().totals(TillDevice.DAY).sales()).isEqualTo(2_000);
        assertThat(office.open.books().totals(TillDevice.DAY).total())
            .isEqualTo(till.open.books().totals(TillDevice.DAY).total());
      }
    }
  }

  @Test
  void aClockWrongByAYearStopsNothing() throws Exception {
    Instant nextYear = Instant.now().plus(Duration.ofDays(365));
    try (var till = shop.till(() -> nextYear);
        var loop = till.loop()) {
      loop.start();
      till.openShift();
      till.sell(500);
      Eventually.holds(
          "sent and flagged",
          () -> loop.state() instanceof NeedsManager needs && needs.count() == 2);
      assertServerHas(1);
    }
  }

  @Test
  void aLogThatGrewProvesThatItContinues() throws Exception {
    try (var till = shop.till();
        var connection = till.connect()) {
      till.openShift();
      till.push();
      var first = till.open.checkpoints().last().orElseThrow();
      till.sell(100);
      till.push();
      var witness = till.witness(connection);
      assertThat(till.open.checkpoints().last().orElseThrow().proven()).isEqualTo(first.seen());

      assertThat(witness.prove()).isEmpty();

      var proven = till.open.checkpoints().last().orElseThrow();
      assertThat(proven.proven()).isEqualTo(proven.seen()).isNotEqualTo(first.seen());
    }
  }

  @Test
  void aRevokedTillStillHandsInWhatItSold() throws Exception {
    try (var till = shop.till()) {
      till.openShift();
      till.sell(100);
      shop.server
          .provisioning()
          .revokeDevice(shop.tenant.id(), till.open.ledger().enrolled().device());
      assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
      assertThat(till.open.outbox().state().needsManager()).isEqualTo(2);
      assertThat(till.pull()).isInstanceOf(PullOutcome.Delayed.class);
    }
  }

  @Test
  void aReceiptsCheckIsWhatTheAuditLogHolds() throws Exception {
    try (var till = shop.till()) {
      till.openShift();
      till.sell(100);
      var batch = till.open.outbox().nextToSend().orElseThrow();
      var read = BatchCodec.decode(batch.payload());
      var sale = read.changes().getLast();
      assertThat(till.open.books().recorded(2))
          .contains(Hash.sha256(batch.payload(), sale.offset(), sale.length()));
      assertThat(till.open.books().recorded(3)).isEmpty();
    }
  }
}
