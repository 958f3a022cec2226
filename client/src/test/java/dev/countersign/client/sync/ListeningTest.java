package dev.countersign.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.catalogue.Product;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.protocol.DeviceSession;
import dev.countersign.common.protocol.Routes;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A till hears that there is something, and where it cannot hear, it asks. */
class ListeningTest {
  private static final SyncLoop.Rhythm HOURS =
      new SyncLoop.Rhythm(Duration.ofHours(5), Duration.ofHours(5), true);
  private static final SyncLoop.Rhythm HOURS_ONCE_HEARD =
      new SyncLoop.Rhythm(Duration.ofMillis(200), Duration.ofHours(5), true);

  @TempDir Path folder;
  private Shop shop;

  @BeforeEach
  void open() throws Exception {
    shop = Shop.open(folder);
    Path file = folder.resolve("goods.csv");
    Files.writeString(
        file,
        "item_number,description,category,vendor,bottle_ml,pack,proof,upc,scc,bottle_cost,case_cost,bottle_retail,list_date\n"
            + "1,Gin,GIN,V,750,6,80,,,1,6,10.00,2020-01-01\n");
    shop.server.provisioning().importCatalogue(shop.tenant.id(), file);
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  private static Product gin(TillDevice device) {
    return device.open.catalogue().page(1, 0).getFirst();
  }

  private static void awaitPrice(TillDevice device, long minor) throws Exception {
    Eventually.holds("the price is " + minor, () -> gin(device).price().minor() == minor);
  }

  private static void awaitGoods(TillDevice device) throws Exception {
    Eventually.holds("goods", () -> !device.open.catalogue().page(1, 0).isEmpty());
  }

  @Test
  void aPriceChangedInTheOfficeIsAtATillThatWouldNotAskForHours() throws Exception {
    try (var till = shop.till();
        var office = shop.office();
        var here = till.loop(HOURS);
        var there = office.loop(HOURS)) {
      here.start();
      there.start();
      awaitGoods(till);
      awaitGoods(office);
      for (int price = 1_100; price <= 1_300; price += 100) {
        office.price(gin(office).id(), price);
        awaitPrice(till, price);
      }
    }
  }

  @Test
  void aServerThatWasRestartedIsListenedToAgain() throws Exception {
    try (var till = shop.till();
        var here = till.loop(HOURS)) {
      here.start();
      awaitGoods(till);
      shop.restart();
      try (var office = shop.office()) {
        office.pull();
        office.price(gin(office).id(), 1_100);
        office.push();
      }
      awaitPrice(till, 1_100);
    }
  }

  /** What may stand between a till and its server, on the way of the notices alone. */
  private void pollBringsIt(Front.Mind inBetween) throws Exception {
    pollBringsIt(inBetween, () -> {});
  }

  private void pollBringsIt(Front.Mind inBetween, Closeable letGo) throws Exception {
    AtomicInteger asked = new AtomicInteger();
    PassingOn passing = new PassingOn(shop.server.uri().toString(), shop.server.pin());
    try (Front front =
            new Front(
                request -> {
                  if (request.path().equals(Routes.NOTICES)) {
                    asked.incrementAndGet();
                    return inBetween.answer(request);
                  }
                  return passing.pass(request);
                });
        letGo;
        var till = shop.tillThrough(front.url(), front.pin());
        var office = shop.office();
        var here = till.loop(HOURS_ONCE_HEARD)) {
      here.start();
      awaitGoods(till);
      Eventually.holds("listening was tried", () -> asked.get() > 0);
      office.pull();
      office.price(gin(office).id(), 1_100);
      office.push();
      awaitPrice(till, 1_100);
    }
  }

  @Test
  void whereNoticesAreCutOffThePollBringsIt() throws Exception {
    pollBringsIt(_ -> Front.Said.cut());
  }

  @Test
  void aCaptivePortalIsNotListenedTo() throws Exception {
    pollBringsIt(_ -> Front.Said.html());
  }

  @Test
  void aProxyThatKeepsEverythingBackHoldsNothingUp() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    pollBringsIt(
        _ -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          return Front.Said.cut();
        },
        never::countDown);
  }

  @Test
  void whatIsNoNoticeIsNotListenedTo() throws Exception {
    byte[] garbage = "data: 99 bottles\n\n".getBytes(StandardCharsets.UTF_8);
    pollBringsIt(_ -> new Front.Said(200, "text/event-stream", garbage, Map.of()));
    byte[] endless = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    pollBringsIt(_ -> new Front.Said(200, "text/event-stream", endless, Map.of()));
  }

  /** Were every broken line a reason to come back at once, this would ask without end. */
  @Test
  void aLineThatBreaksOffAfterOneWordIsTriedMoreAndMoreSeldom() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger waits = new AtomicInteger();
    byte[] word = ":\n\n".getBytes(StandardCharsets.UTF_8);
    Duration[] longest = {Duration.ZERO};
    SigningKey key = SigningKey.generate(new SecureRandom());
    try (Front front =
            new Front(
                request ->
                    switch (request.path()) {
                      case Routes.CHALLENGES ->
                          Front.Said.json(new DeviceSession.Challenge("challenge"));
                      case Routes.SESSIONS ->
                          Front.Said.json(
                              new DeviceSession.Token(
                                  "token", Instant.parse("2030-01-01T00:00:00Z"), false));
                      default -> {
                        asked.incrementAndGet();
                        yield new Front.Said(200, "text/event-stream", word, Map.of());
                      }
                    });
        var connection = front.connect()) {
      Listening[] listening = {null};
      listening[0] =
          new Listening(
              connection,
              new DeviceSignIn(
                  connection,
                  UUID.randomUUID(),
                  "practice",
                  (type, payload) -> Envelope.seal(type, payload, "device", key),
                  () -> {}),
              () -> 1,
              () -> {},
              new Backoff(new Random(1)),
              (_, atMost) -> {
                longest[0] = atMost;
                if (waits.incrementAndGet() == 12) {
                  listening[0].close();
                }
              });
      listening[0].run();
    }
    assertThat(asked.get()).isEqualTo(12);
    assertThat(longest[0]).isGreaterThanOrEqualTo(Duration.ofSeconds(30));
  }
}
