package dev.countersign.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.sync.Front.Said;
import dev.countersign.client.sync.SyncState.AllAccepted;
import dev.countersign.client.sync.SyncState.Waiting;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything a network does between a till and the real server. */
class NetworkFaultsTest {
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

  /** Stands in front of the server and lets everything through. */
  private Front.Mind through() {
    var server = new PassingOn(shop.server.uri().toString(), shop.server.pin());
    return server::pass;
  }

  private void assertServerHas(int sales) throws Exception {
    var seen = shop.sales();
    assertThat(seen).hasSize(sales);
    assertThat(seen.stream().map(sale -> sale.receipt()).distinct()).hasSize(sales);
  }

  @Test
  void acknowledgementLostAfterCommit() throws Exception {
    Front.Mind server = through();
    AtomicInteger lost = new AtomicInteger();
    try (Front front = new Front(server)) {
      try (var till = shop.tillThrough(front.url(), front.pin())) {
        till.openShift();
        till.sell(1000);
        front.mind(
            asked -> {
              Said said = server.answer(asked);
              boolean swallow = asked.path().equals(Routes.BATCHES) && lost.incrementAndGet() <= 3;
              return swallow ? Said.cut() : said;
            });
        try (var loop = till.loop()) {
          loop.start();
          Eventually.holds("accepted", () -> loop.state() instanceof AllAccepted);
        }
        assertThat(lost).hasValue(4);
        assertServerHas(1);
      }
    }
  }

  @Test
  void sendingResumesByItselfWhenTheServerIsBack() throws Exception {
    try (Proxy proxy = new Proxy(shop.server.uri().getPort());
        var till = shop.tillThrough(proxy.url(), shop.server.pin())) {
      proxy.goDown();
      till.openShift();
      till.sell(700);
      try (var loop = till.loop()) {
        loop.start();
        Eventually.holds(
            "waiting with a reason",
            () ->
                loop.state() instanceof Waiting waiting
                    && waiting.count() == 2
                    && waiting.reason() != Obstacle.NONE);
        proxy.heal();
        Eventually.holds("accepted", () -> loop.state() instanceof AllAccepted);
      }
      assertServerHas(1);
    }
  }

  @Test
  void anHourOf503ThenResumesWithoutANewSale() throws Exception {
    AtomicLong nanos = new AtomicLong();
    AtomicInteger refused = new AtomicInteger();
    List<Duration> waits = new ArrayList<>();
    Front.Mind server = through();
    long hour = Duration.ofHours(1).toNanos();
    try (Front front = new Front(server);
        var till = shop.tillThrough(front.url(), front.pin())) {
      till.openShift();
      till.sell(900);
      front.mind(
          asked -> {
            if (nanos.get() >= hour) {
              return server.answer(asked);
            }
            refused.incrementAndGet();
            return Said.unavailable("5");
          });
      var around =
          new SyncLoop.Surroundings(
              InstantSource.system(),
              nanos::get,
              new Random(7),
              (bell, atMost) -> {
                if (nanos.get() > 2 * hour) {
                  bell.acquire();
                }
                waits.add(atMost);
                nanos.addAndGet(atMost.toNanos());
              },
              _ -> {});
      try (var loop = new SyncLoop(till.open, till.connect(), around)) {
        List<SyncState> states = new ArrayList<>();
        loop.addListener(states::add);
        loop.start();
        Eventually.holds("accepted", () -> loop.state() instanceof AllAccepted);
        assertThat(states)
            .anyMatch(
                state ->
                    state instanceof Waiting waiting && waiting.reason() == Obstacle.SERVER_BUSY);
      }
      assertThat(refused).hasValueLessThan(300).hasValueGreaterThan(60);
      assertThat(waits)
          .allMatch(wait -> wait.compareTo(Duration.ofSeconds(60)) <= 0)
          .anyMatch(wait -> wait.compareTo(Duration.ofSeconds(30)) > 0);
      assertServerHas(1);
    }
  }

  @Test
  void aTillThatHasSentTooManyBatchesComesBackWhenItWasTold() throws Exception {
    AtomicLong nanos = new AtomicLong();
    List<Long> sent = new CopyOnWriteArrayList<>();
    Front.Mind server = through();
    try (Front front = new Front(server);
        var till = shop.tillThrough(front.url(), front.pin())) {
      till.openShift();
      till.sell(900);
      front.mind(
          asked -> {
            if (!asked.path().equals(Routes.BATCHES)) {
              return server.answer(asked);
            }
            sent.add(nanos.get());
            return sent.size() > 3
                ? server.answer(asked)
                : Said.tooMany(Problem.of("too-many-requests", "later"), "137");
          });
      var around =
          new SyncLoop.Surroundings(
              InstantSource.system(),
              nanos::get,
              new Random(7),
              (bell, atMost) -> {
                if (till.open.outbox().state().waiting() == 0) {
                  bell.acquire();
                }
                nanos.addAndGet(atMost.toNanos());
              },
              _ -> {});
      try (var loop = new SyncLoop(till.open, till.connect(), around)) {
        loop.start();
        Eventually.holds("accepted", () -> loop.state() instanceof AllAccepted);
      }
      for (int i = 1; i <= 3; i++) {
        assertThat(sent.get(i) - sent.get(i - 1))
            .isGreaterThanOrEqualTo(Duration.ofSeconds(137).toNanos());
      }
      assertServerHas(1);
    }
  }

  @Test
  void aChangedCertificateIsSaidAndTheQueueIsKept() throws Exception {
    List<String> asked = new CopyOnWriteArrayList<>();
    try (Proxy proxy = new Proxy(shop.server.uri().getPort());
        Front impostor =
            new Front(
                request -> {
                  asked.add(request.path() + request.authorization());
                  return Said.html();
                });
        var till = shop.tillThrough(proxy.url(), shop.server.pin())) {
      till.openShift();
      till.sell(800);
      proxy.leadTo(impostor.port());
      try (var loop = till.loop()) {
        loop.start();
        Eventually.holds(
            "certificate",
            () ->
                loop.state() instanceof Waiting waiting
                    && waiting.count() == 2
                    && waiting.reason() == Obstacle.CERTIFICATE_CHANGED);
        // Only for what proves itself, and without saying who asks.
        assertThat(asked).allMatch(Routes.SERVER_KEYS::equals);
        proxy.leadTo(shop.server.uri().getPort());
        Eventually.holds("accepted", () -> loop.state() instanceof AllAccepted);
      }
      assertServerHas(1);
    }
  }

  @Test
  void captivePortalAnswering200WithHtml() throws Exception {
    Front.Mind server = through();
    try (Front front = new Front(server);
        var till = shop.tillThrough(front.url(), front.pin())) {
      till.openShift();
      till.sell(800);
      front.mind(_ -> Said.html());
      assertThat(till.push())
          .isInstanceOfSatisfying(
              PushOutcome.Delayed.class,
              delayed -> assertThat(delayed.obstacle()).isEqualTo(Obstacle.NOT_COUNTERSIGN));
      front.mind(_ -> Said.bytes(new byte[100]));
      assertThat(till.push())
          .isInstanceOfSatisfying(
              PushOutcome.Delayed.class,
              delayed -> assertThat(delayed.obstacle()).isEqualTo(Obstacle.NOT_SIGNED));
      assertThat(till.open.outbox().state().waiting()).isEqualTo(2);
      front.mind(server);
      assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
      assertServerHas(1);
    }
  }

  @Test
  void anAcknowledgementOfAnEarlierBatchIsNotTakenForThisOne() throws Exception {
    Front.Mind server = through();
    List<Said> answers = new ArrayList<>();
    try (Front front = new Front(server);
        var till = shop.tillThrough(front.url(), front.pin())) {
      till.openShift();
      front.mind(
          asked -> {
            answers.add(server.answer(asked));
            return answers.getFirst();
          });
      assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
      till.sell(100);
      assertThat(till.push()).isInstanceOf(PushOutcome.Delayed.class);
      assertThat(till.open.outbox().state().waiting()).isOne();
      front.mind(server);
      assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
      assertServerHas(1);
    }
  }

  @Test
  void aSnapshotThatIsCutLeavesWhatWasThere() throws Exception {
    try (Proxy proxy = new Proxy(shop.server.uri().getPort());
        var till = shop.tillThrough(proxy.url(), shop.server.pin())) {
      for (int cut = 0; cut < 6000; cut += 500) {
        proxy.heal();
        proxy.cutDownAfter(cut);
        till.pull();
        assertThat(till.open.users().list()).isNotEmpty();
      }
      proxy.heal();
      assertThat(till.pull()).isEqualTo(new PullOutcome.UpToDate());
    }
  }

  @Test
  void closingDoesNotWaitForAServerThatHangs() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    try (Front front = new Front(through());
        var till = shop.tillThrough(front.url(), front.pin())) {
      till.openShift();
      int before = front.requests.get();
      front.mind(
          _ -> {
            try {
              hanging.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            return Said.html();
          });
      var loop = till.loop();
      loop.start();
      Eventually.holds("asked", () -> front.requests.get() > before);
      loop.close();
      hanging.countDown();
      assertThat(till.open.outbox().state().waiting()).isOne();
    }
  }

  /** No request can carry such a token, so no server could ever say that it is wrong. */
  @Test
  void aTokenDamagedOnItsWayIsAskedForAgain() throws Exception {
    Front.Mind server = through();
    try (Front front = new Front(server);
        var till = shop.tillThrough(front.url(), front.pin())) {
      front.mind(
          asked -> {
            Said said = server.answer(asked);
            return asked.path().equals(Routes.SESSIONS) ? damagedToken(said) : said;
          });
      assertThat(till.pull()).isInstanceOf(PullOutcome.Delayed.class);
      front.mind(server);
      assertThat(till.pull()).isEqualTo(new PullOutcome.UpToDate());
    }
  }

  private static Said damagedToken(Said said) {
    String body = new String(said.body(), StandardCharsets.UTF_8);
    String damaged = body.replaceFirst("(\"token\":\".{9}).", "$1\u007f");
    assertThat(damaged).isNotEqualTo(body);
    return new Said(
        said.status(), said.type(), damaged.getBytes(StandardCharsets.UTF_8), said.headers());
  }
}
