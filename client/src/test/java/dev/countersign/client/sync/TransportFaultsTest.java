package dev.countersign.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ledger.SaleView;
import dev.countersign.client.sync.Front.Said;
import dev.countersign.client.sync.SyncState.AllAccepted;
import dev.countersign.client.sync.SyncState.Waiting;
import dev.countersign.common.protocol.Routes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A till's own loop, a real server, and between them a network that a test holds to the byte. */
class TransportFaultsTest {
  /** Every so many bytes of what is not a head is cut; {@code -Dcountersign.cuts=1} for each. */
  private static final int STRIDE = Integer.getInteger("countersign.cuts", 61);

  /** Every byte of so many is cut: the lines of a request, and those of an answer. */
  private static final int HEAD = 160;

  private static final ServerConnection.Patience BRIEF =
      new ServerConnection.Patience(
          Duration.ofMillis(400), Duration.ofMillis(400), Duration.ofMillis(800));

  @TempDir Path folder;
  private Shop shop;
  private Proxy proxy;
  private TillDevice till;

  @BeforeEach
  void open() throws Exception {
    shop = Shop.open(folder);
    proxy = new Proxy(shop.server.uri().getPort());
    till = shop.tillThrough(proxy.url(), shop.server.pin());
    till.openShift();
  }

  @AfterEach
  void close() throws Exception {
    till.close();
    proxy.close();
    shop.close();
  }

  /** What the till sold is what the server has: once, with its total, and nothing else. */
  private void assertBooksAreReceipts(int sold) throws Exception {
    List<SaleView> here = till.open.books().salesOn(TillDevice.DAY);
    List<SaleView> there = shop.sales();
    assertThat(here).hasSize(sold);
    assertThat(there)
        .extracting(SaleView::id, SaleView::receipt, SaleView::total)
        .containsExactlyInAnyOrderElementsOf(
            here.stream()
                .map(
                    each ->
                        org.assertj.core.groups.Tuple.tuple(
                            each.id(), each.receipt(), each.total()))
                .toList());
    var books = shop.server.provisioning().books(shop.tenant.id());
    assertThat(books.total().sales()).isEqualTo(sold);
    assertThat(books.total().total())
        .isEqualTo(here.stream().mapToLong(each -> each.total().minor()).sum());
    assertThat(till.open.outbox().state().waiting()).isZero();
    assertThat(till.open.outbox().state().needsManager()).isZero();
  }

  private void sendAll() throws Exception {
    proxy.heal();
    try (SyncLoop loop = till.loop()) {
      loop.start();
      Eventually.holds("accepted", () -> loop.state() instanceof AllAccepted);
    }
  }

  private static List<Long> cuts(long head, long end) {
    List<Long> cuts = new ArrayList<>();
    for (long at = 0; at < end; at += at >= head && at < head + HEAD ? 1 : STRIDE) {
      cuts.add(at);
    }
    return cuts;
  }

  /** Of one exchange that goes well: what is cut are the same bytes again and again. */
  private Proxy.Seen measured() {
    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    return proxy.last();
  }

  @Test
  void requestCutAtEveryByte() throws Exception {
    till.sell(100);
    Proxy.Seen whole = measured();
    assertThat(whole.requestBegan()).isPositive();
    int sold = 1;
    try (SyncLoop loop = till.loop()) {
      for (long cut : cuts(whole.requestBegan(), whole.up())) {
        if (sold % 50 == 0 || till.open.outbox().state().waiting() == 0) {
          till.sell(100 + sold++);
        }
        proxy.cutUpAfter(cut);
        loop.step();
        if (cut <= whole.requestBegan()) {
          assertThat(till.open.outbox().state().waiting()).as("cut at %s", cut).isPositive();
        }
      }
    }
    sendAll();
    assertBooksAreReceipts(sold);
  }

  @Test
  void answerCutAtEveryByte() throws Exception {
    till.sell(100);
    Proxy.Seen whole = measured();
    int sold = 1;
    for (long cut : cuts(whole.answerBegan(), whole.down())) {
      if (till.open.outbox().state().waiting() == 0) {
        till.sell(100 + sold++);
      }
      proxy.heal();
      proxy.cutDownAfter(cut);
      till.push();
    }
    sendAll();
    assertBooksAreReceipts(sold);
  }

  @Test
  void slowSender() throws Exception {
    for (int i = 0; i < 40; i++) {
      till.sell(100 + i);
    }
    proxy.slow(64, Duration.ofMillis(1));
    try (SyncLoop loop = till.loop()) {
      loop.start();
      Eventually.holds("accepted", () -> loop.state() instanceof AllAccepted);
    }
    assertBooksAreReceipts(40);
  }

  /** Three batches wait; the network goes in the second and comes back by itself. */
  @Test
  void partitionThatHealsMidBatch() throws Exception {
    till.sell(100);
    Proxy.Seen whole = measured();
    for (int i = 0; i < 1_200; i++) {
      till.sell(100 + i % 9);
    }
    try (SyncLoop loop = till.loop()) {
      // The first batch passes whole, the second one in part.
      proxy.cutUpAfter(whole.requestBegan() + 60_000);
      loop.start();
      Eventually.holds(
          "cut in between",
          () -> loop.state() instanceof Waiting waiting && waiting.reason() != Obstacle.NONE);
      proxy.goDown();
      assertThat(till.open.outbox().state().waiting()).isPositive();
      proxy.heal();
      Eventually.holds("accepted", () -> loop.state() instanceof AllAccepted);
    }
    assertBooksAreReceipts(1_201);
  }

  /** On the wire a copy is worth nothing; behind TLS it is answered like the first. */
  @Test
  void requestDuplicated() throws Exception {
    int sold = 0;
    proxy.doubleRequests();
    for (; sold < 5; sold++) {
      till.sell(100 + sold);
      assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    }
    var server = new PassingOn(shop.server.uri().toString(), shop.server.pin());
    AtomicInteger asked = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        Front front =
            new Front(
                request -> {
                  if (!request.path().equals(Routes.BATCHES)) {
                    return server.pass(request);
                  }
                  Callable<Said> pass = () -> server.pass(request);
                  var both = List.of(threads.submit(pass), threads.submit(pass));
                  try {
                    return both.get(asked.getAndIncrement() % 2).get();
                  } catch (Exception e) {
                    throw new IOException(e);
                  }
                });
        var second = shop.tillThrough(front.url(), front.pin())) {
      second.openShift();
      for (int i = 0; i < 10; i++) {
        second.sell(200);
        assertThat(second.push()).isEqualTo(new PushOutcome.AllSent());
      }
      assertThat(shop.server.provisioning().books(shop.tenant.id()).total().sales())
          .isEqualTo(sold + 10);
      assertThat(second.open.outbox().state().needsManager()).isZero();
    }
    assertThat(asked.get()).isGreaterThanOrEqualTo(10);
  }

  /** A request stays on the way until later ones have been answered on another connection. */
  @Test
  void requestsReordered() throws Exception {
    int sold = 0;
    for (int round = 0; round < 3; round++) {
      till.sell(100 + sold++);
      proxy.heal();
      proxy.holdRequests();
      try (ServerConnection connection = till.connect(BRIEF)) {
        assertThat(till.pusher(connection).push()).isInstanceOf(PushOutcome.Delayed.class);
      }
      sendAllBesideTheHeld();
      till.sell(100 + sold++);
      sendAllBesideTheHeld();
      proxy.release();
      till.sell(100 + sold++);
      assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
    }
    assertBooksAreReceipts(sold);
  }

  private void sendAllBesideTheHeld() {
    proxy.slow(4_096, Duration.ZERO);
    assertThat(till.push()).isEqualTo(new PushOutcome.AllSent());
  }

  @Test
  void byteDamagedUnderTls() throws Exception {
    till.sell(100);
    Proxy.Seen whole = measured();
    int sold = 1;
    for (long at = 0; at < Math.max(whole.up(), whole.down()); at += 97) {
      till.sell(100 + sold++);
      proxy.heal();
      proxy.damageUpAt(at);
      till.push();
      proxy.heal();
      proxy.damageDownAt(at);
      till.push();
    }
    sendAll();
    assertBooksAreReceipts(sold);
  }

  /** The same where nothing but the signatures would notice it. */
  @Test
  void byteDamagedInThePlain() throws Exception {
    var server = new PassingOn(shop.server.uri().toString(), shop.server.pin());
    AtomicInteger place = new AtomicInteger();
    try (Front front = new Front(server::pass);
        var plain = shop.tillThrough(front.url(), front.pin())) {
      plain.openShift();
      int sold = 0;
      for (int at = 0; at < 900; at += 13) {
        plain.sell(100);
        sold++;
        place.set(at);
        front.mind(asked -> server.pass(damaged(asked, place.get())));
        assertThat(plain.push()).isNotInstanceOf(PushOutcome.Ended.class);
        front.mind(asked -> damaged(server.pass(asked), place.get()));
        assertThat(plain.push()).isNotInstanceOf(PushOutcome.Ended.class);
      }
      front.mind(server::pass);
      assertThat(plain.push()).isEqualTo(new PushOutcome.AllSent());
      assertThat(plain.open.outbox().state().needsManager()).isZero();
      assertThat(shop.sales()).hasSize(sold);
      assertThat(shop.server.provisioning().books(shop.tenant.id()).total().sales())
          .isEqualTo(sold);
    }
  }

  private static byte[] damaged(byte[] body, int at) {
    byte[] other = body.clone();
    if (other.length > 0) {
      other[at % other.length] ^= 0x04;
    }
    return other;
  }

  private static Front.Asked damaged(Front.Asked asked, int at) {
    return asked.path().equals(Routes.BATCHES)
        ? new Front.Asked(
            asked.method(),
            asked.path(),
            asked.query(),
            asked.authorization(),
            damaged(asked.body(), at))
        : asked;
  }

  private static Said damaged(Said said, int at) {
    return new Said(said.status(), said.type(), damaged(said.body(), at), said.headers());
  }

  @Test
  void blackHole() throws Exception {
    till.sell(100);
    proxy.fallSilent();
    try (SyncLoop loop = till.loop(BRIEF)) {
      loop.start();
      Eventually.holds(
          "said so",
          () -> loop.state() instanceof Waiting waiting && waiting.reason() != Obstacle.NONE);
      till.sell(200);
      proxy.heal();
      Eventually.holds("accepted", () -> loop.state() instanceof AllAccepted);
    }
    assertBooksAreReceipts(2);
  }

  @Test
  void connectionRefused() throws Exception {
    till.sell(100);
    proxy.refuse();
    try (SyncLoop loop = till.loop()) {
      loop.start();
      Eventually.holds(
          "said so",
          () ->
              loop.state() instanceof Waiting waiting && waiting.reason() == Obstacle.SERVER_DOWN);
      till.sell(200);
      proxy.heal();
      Eventually.holds("accepted", () -> loop.state() instanceof AllAccepted);
    }
    assertBooksAreReceipts(2);
  }

  /** On plain HTTP, and over TLS under a certificate of its own. */
  @Test
  void captivePortal() throws Exception {
    till.sell(100);
    try (ServerSocket plain = portal();
        Front sealed = new Front(_ -> Said.html());
        SyncLoop loop = till.loop()) {
      proxy.leadTo(plain.getLocalPort());
      loop.start();
      Eventually.holds(
          "not the server",
          () ->
              loop.state() instanceof Waiting waiting
                  && waiting.reason() == Obstacle.NOT_COUNTERSIGN);
      proxy.leadTo(sealed.port());
      Eventually.holds(
          "another certificate",
          () ->
              loop.state() instanceof Waiting waiting
                  && waiting.reason() == Obstacle.CERTIFICATE_CHANGED);
      till.sell(200);
      assertThat(till.open.outbox().state().waiting()).isEqualTo(3);
      proxy.leadTo(shop.server.uri().getPort());
      Eventually.holds("accepted", () -> loop.state() instanceof AllAccepted);
    }
    assertBooksAreReceipts(2);
  }

  /** Answers whatever is said with a page. */
  private static ServerSocket portal() throws IOException {
    ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    byte[] page =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>"
            .getBytes(StandardCharsets.US_ASCII);
    Thread.ofVirtual()
        .start(
            () -> {
              while (!socket.isClosed()) {
                try (Socket guest = socket.accept()) {
                  guest.getInputStream().read(new byte[4096]);
                  guest.getOutputStream().write(page);
                } catch (IOException _) {
                  // the next guest
                }
              }
            });
    return socket;
  }
}
