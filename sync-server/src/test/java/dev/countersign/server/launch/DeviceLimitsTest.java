package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.crypto.Wire;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.BatchCodec;
import dev.countersign.common.protocol.FeedBody.TillRuleItem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.protocol.TillKeys;
import dev.countersign.server.account.By;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.launch.RawClient.Enrolled;
import dev.countersign.server.launch.RawClient.Reply;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one device may ask for, wherever it comes from; whoever is not it uses nothing of that. */
class DeviceLimitsTest {
  @TempDir Path data;
  private RunningServer shop;
  private RawClient client;

  private void open(UnaryOperator<ServerConfig> settings) throws Exception {
    shop = new RunningServer(data, settings);
    client = RawClient.of(shop.server);
  }

  private static ServerConfig threeBatches(ServerConfig config) {
    return config.limitedTo(60_000, 20_000).batchesLimitedTo(6, 3);
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  private SellingTill till(String name) throws Exception {
    Enrolled device = client.enrol(shop.tillTicket(), name);
    return new SellingTill(
        new SellingTill.Registered(
            shop.tenant.id(),
            device.id(),
            shop.store.id(),
            shop.register.id(),
            device.certificate().series(),
            "USD",
            shop.cashier.id()),
        device.key(),
        shop.now::get,
        new SecureRandom());
  }

  private Reply send(Envelope batch) throws Exception {
    return client.post(Routes.BATCHES, Wire.deflateFast(batch.encode()));
  }

  private static Envelope forged(SellingTill till) {
    return Envelope.seal(
        BatchCodec.PAYLOAD_TYPE,
        new byte[] {1, 2, 3},
        till.registered().device().toString(),
        SigningKey.generate(new SecureRandom()));
  }

  private static void assertHasToWait(Reply reply) {
    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.problem().code()).isEqualTo("too-many-requests");
    assertThat(Integer.parseInt(reply.headers().get("Retry-After"))).isBetween(1, 10);
  }

  @Test
  void aDeviceThatSendsTooManyBatchesHasToWaitAndTheOneBesideItDoesNot() throws Exception {
    open(DeviceLimitsTest::threeBatches);
    SellingTill one = till("One");
    Envelope first = one.seal(List.of(one.opening()));
    assertThat(send(first).status()).isEqualTo(200);
    // Sent again it counts as well: what it costs is the same.
    assertThat(send(first).status()).isEqualTo(200);
    assertThat(send(one.seal(List.of(one.sale(one.id(), 500)))).status()).isEqualTo(200);
    assertHasToWait(send(one.seal(List.of(one.sale(one.id(), 500)))));
    SellingTill other = till("Other");
    assertThat(send(other.seal(List.of(other.opening()))).status()).isEqualTo(200);
  }

  @Test
  void nobodyElseUsesUpADevicesTurns() throws Exception {
    open(DeviceLimitsTest::threeBatches);
    SellingTill till = till("One");
    for (int i = 0; i < 10; i++) {
      assertThat(send(forged(till)).status()).isEqualTo(401);
    }
    assertThat(send(till.seal(List.of(till.opening()))).status()).isEqualTo(200);
  }

  @Test
  void whoHasToWaitOrIsNobodyNeverWaitsForTheTenantsWriter() throws Exception {
    open(DeviceLimitsTest::threeBatches);
    SellingTill till = till("One");
    Envelope first = till.seal(List.of(till.opening()));
    for (int i = 0; i < 3; i++) {
      assertThat(send(first).status()).isEqualTo(200);
    }
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    CompletableFuture<Boolean> writer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return shop.server
                    .tenants()
                    .<Boolean, Exception>write(
                        shop.tenant.id(),
                        _ -> {
                          held.countDown();
                          return over.await(60, TimeUnit.SECONDS);
                        });
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    assertThat(held.await(60, TimeUnit.SECONDS)).isTrue();
    try {
      assertHasToWait(send(first));
      assertThat(send(forged(till)).status()).isEqualTo(401);
    } finally {
      over.countDown();
    }
    assertThat(writer.get(60, TimeUnit.SECONDS)).isTrue();
  }

  /** Thirty days without a network come in as fast as the server takes them. */
  @Test
  void twoHundredBatchesOfAHundredSalesGoThroughAtTheUsualLimits() throws Exception {
    open(config -> config);
    SellingTill till = till("One");
    assertThat(send(till.seal(List.of(till.opening()))).status()).isEqualTo(200);
    for (int batch = 0; batch < 200; batch++) {
      List<Change> sales = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        sales.add(till.sale(till.id(), 500));
      }
      assertThat(send(till.seal(sales)).status()).isEqualTo(200);
    }
  }

  private Reply ask(UUID device, SigningKey key) throws Exception {
    byte[] request = Json.encode(new TillKeys.ShareRequest(device, client.challenge(), 0));
    return client.post(
        Routes.TILL_SHARES,
        Envelope.seal(TillKeys.SHARE_PAYLOAD_TYPE, request, device.toString(), key).encode());
  }

  @Test
  void theShareIsGivenTenTimesAMinuteAndOnlyItsOwnDeviceUsesThemUp() throws Exception {
    open(config -> config.limitedTo(60_000, 20_000));
    Visitor visitor = new Visitor(shop);
    shop.server
        .tillShares()
        .setRule(shop.tenant.id(), By.OPERATOR, new TillRuleItem(true, 72, 30, 365));
    Enrolled till = client.enrol(shop.tillTicket(), "Till");
    SigningKey shareKey = SigningKey.generate(new SecureRandom());
    var report = new TillKeys.Report(shareKey.verifyKey().toBase64(), 0, "file");
    assertThat(visitor.call("POST", Routes.TILL_KEYS, report, client.token(till)).status())
        .isEqualTo(200);
    SigningKey stranger = SigningKey.generate(new SecureRandom());
    for (int i = 0; i < 20; i++) {
      assertThat(ask(till.id(), stranger).status()).isEqualTo(401);
    }
    for (int i = 0; i < 10; i++) {
      assertThat(ask(till.id(), shareKey).status()).isEqualTo(200);
    }
    assertHasToWait(ask(till.id(), shareKey));
  }
}
